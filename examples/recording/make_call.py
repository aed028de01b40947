#!/usr/bin/env python3
"""Speaks script.json with espeak-ng into call.m4a, and notes when each line is said.

Only needed to change the call. Needs espeak-ng and ffmpeg.
"""

import json
import subprocess
import tempfile
import wave
from pathlib import Path

HERE = Path(__file__).resolve().parent
RATE = 16_000
PAUSE_MS = 450


def spoken(text, voice, folder):
    """16 kHz mono samples (bytes) of a text."""
    raw, wav = folder / "raw.wav", folder / "line.wav"
    subprocess.run(["espeak-ng", "-v", voice, "-s", "165", "-w", raw, text], check=True)
    subprocess.run(["ffmpeg", "-v", "error", "-y", "-i", raw, "-ar", str(RATE), "-ac", "1", wav], check=True)
    with wave.open(str(wav)) as file:
        return file.readframes(file.getnframes())


def main():
    script = json.loads((HERE / "script.json").read_text())
    samples = b""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for line in script["lines"]:
            line["begin_ms"] = len(samples) // 2 * 1000 // RATE
            samples += spoken(line["text"], script["speakers"][line["speaker"]], folder)
            line["end_ms"] = len(samples) // 2 * 1000 // RATE
            samples += bytes(2 * RATE * PAUSE_MS // 1000)
        with wave.open(str(folder / "call.wav"), "wb") as file:
            file.setparams((1, 2, RATE, 0, "NONE", ""))
            file.writeframes(samples)
        subprocess.run(["ffmpeg", "-v", "error", "-y", "-i", folder / "call.wav", "-c:a", "aac", "-b:a", "24k",
                        "-fflags", "+bitexact", "-flags:a", "+bitexact", HERE / "call.m4a"], check=True)
    times = {line["text"]: [line.pop("begin_ms"), line.pop("end_ms")] for line in script["lines"]}
    (HERE / "times.json").write_text(json.dumps(list(times.values())) + "\n")


if __name__ == "__main__":
    main()
