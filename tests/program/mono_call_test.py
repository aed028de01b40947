#!/usr/bin/env python3
"""A call on one channel and one key for a recogniser that tells no speakers apart, as a user meets it:
mono_call_test.py PROGRAM SOURCE_DIR [--measure]. Needs espeak-ng, which speaks the sample calls.

The server stands for a Whisper server and a language model: it returns the words of the call in segments that
do not care who speaks, and knows who says each sentence. What is measured is what the library makes of it."""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import unittest
import wave
from pathlib import Path

from model_server import ModelHandler, serve

PROGRAM, SOURCE = sys.argv[1], Path(sys.argv[2])
MEASURED = "--measure" in sys.argv
CALLS = ("freight-tracking.vtt", "lab-service.txt", "equipment-rental.srt", "fleet-telematics.vtt")
if not MEASURED:
    CALLS = CALLS[:1]
SEGMENT_S, PAUSE_S, RATE = 7.0, 0.35, 22_050
TURNS = 60  # of each call, which are one upload
VOICES = ("en-us", "en-gb+f3", "en-gb-scotland", "en-us+f2")


def sample(name):
    """The turns of a sample call: who speaks, and what."""
    done = subprocess.run([PROGRAM, "transcript", SOURCE / "examples" / "calls" / name, "--json", "-"],
                          capture_output=True, check=True)
    return [(u["speaker"], u["role"], u["text"]) for u in json.loads(done.stdout)["utterances"][:TURNS]]


def spoken(turns, file):
    """Speaks the turns into one channel; returns each word with its speaker's role and its times."""
    voices, words, at = {}, [], 0.0
    with wave.open(str(file), "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(RATE)
        for speaker, role, text in turns:
            voice = voices.setdefault(speaker, VOICES[len(voices) % len(VOICES)])
            subprocess.run(["espeak-ng", "-v", voice, "-s", "175", "-w", f"{file}.turn"], input=text.encode(), check=True)
            with wave.open(f"{file}.turn") as said:
                assert said.getframerate() == RATE
                out.writeframes(said.readframes(said.getnframes()))
                length = said.getnframes() / RATE
            out.writeframes(b"\0\0" * int(PAUSE_S * RATE))
            parts = text.split()
            for i, word in enumerate(parts):
                words.append((word, speaker, role, at + length * i / len(parts), at + length * (i + 1) / len(parts)))
            at += length + PAUSE_S
    return words


def segments_of(words):
    """Segments of some seconds, cut between words wherever they end, also within turns."""
    out = []
    for word, _, _, begin, end in words:
        if not out or end - out[-1]["start"] > SEGMENT_S:
            out.append({"start": begin, "end": end, "text": word, "avg_logprob": -0.2, "no_speech_prob": 0.01,
                        "compression_ratio": 1.4})
        else:
            out[-1] |= {"end": end, "text": out[-1]["text"] + " " + word}
    return out


class Service(ModelHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        with self.server.lock:
            if self.path.endswith("/audio/transcriptions"):
                self.server.heard += 1
                return self.reply(json.dumps({"language": "english", "duration": self.server.words[-1][4],
                                              "segments": segments_of(self.server.words)}))
            request = json.loads(body)
            self.complete(request, self.answer(request))

    def do_GET(self):
        self.send_error(404)

    def answer(self, request):
        question = request["messages"][1]["content"]
        asked = re.search(r"Who speaks the lines #(\d+) to #(\d+)", question)
        if asked:
            self.server.separated += 1
            return self.turns(question, int(asked[1]), int(asked[2]))
        return self.answers(request)

    def turns(self, question, first, last):
        """Gives each line to the one who says most of its words."""
        lines = {int(n): text.split() for n, text in re.findall(r"^#(\d+)[^:\n]*: (.*)$", question, re.MULTILINE)}
        numbers, roles, turns, word = {}, {}, [], self.server.next_word
        for line in range(first, last + 1):
            said = self.server.words[word:word + len(lines[line])]
            assert [w[0] for w in said] == lines[line], (line, lines[line])
            word += len(said)
            speakers = [w[1] for w in said]
            speaker = max(speakers, key=speakers.count)
            numbers.setdefault(speaker, self.server.numbers.setdefault(speaker, len(self.server.numbers) + 1))
            roles[numbers[speaker]] = next(w[2] for w in said if w[1] == speaker)
            if not turns or turns[-1]["speaker"] != numbers[speaker]:
                turns.append({"line": line, "speaker": numbers[speaker]})
        self.server.next_word = word
        return {"speakers": [{"speaker": n, "reasoning": "By what they know.", "role": roles[n]} for n in sorted(roles)],
                "turns": turns}


@unittest.skipUnless(shutil.which("espeak-ng"), "there is no espeak-ng")
class MonoCall(unittest.TestCase):
    def setUp(self):
        self.folder = Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, self.folder)
        self.server = serve(self, Service)
        self.options = ("--transcriber", "openai:whisper-1", "--model", "openai:local", "--base-url",
                        f"http://127.0.0.1:{self.server.server_port}/v1")

    def record(self, name):
        self.file = self.folder / f"{name}.wav"
        self.server.words = spoken(sample(name), self.file)
        self.server.heard = self.server.separated = self.server.next_word = 0
        self.server.numbers = {}

    def run_program(self, *arguments):
        return subprocess.run([PROGRAM, *map(str, arguments)], capture_output=True, timeout=300, text=True,
                              env={**os.environ, "XDG_DATA_HOME": str(self.folder)})

    def share_of_right_words(self, transcript):
        said = [(word, u["role"]) for u in transcript["utterances"] for word in u["text"].split()]
        self.assertEqual([word for word, _ in said], [w[0] for w in self.server.words])  # the text is untouched
        right = sum(role == w[2] for (_, role), w in zip(said, self.server.words))
        return right / len(said)

    def test_words_get_their_side_although_the_recogniser_names_nobody(self):
        for name in CALLS:
            with self.subTest(name):
                self.record(name)
                out = self.folder / "report.json"
                done = self.run_program("analyze", self.file, *self.options, "--rep", "Dana", "--json", out)
                self.assertIn(done.returncode, (0, 3), done.stderr)
                report = json.loads(out.read_text())
                self.assertTrue(report["transcript"]["speakers_inferred"])
                share = self.share_of_right_words(report["transcript"])
                if MEASURED:
                    print(f"{name}: {len(self.server.words)} words, {100 * share:.1f} % with the right side")
                self.assertGreaterEqual(share, 0.95)
                unanswered = [r for r in report["responses"] if r["answer"] == "unanswered"]
                self.assertEqual(unanswered, [])
                self.assertTrue(any("told the speakers apart by their words" in n for n in report["notices"]))

    def test_who_sells_may_be_said_later(self):
        self.record(CALLS[0])
        store = ("--store", f"sqlite:{self.folder}/sessions.db")
        made = self.run_program("session", "create", "--audio", self.file, "--customer", "Acme", "--opportunity", "Renewal", "--rep", "Dana", *store, "--json")
        self.assertEqual(made.returncode, 0, made.stderr)
        session = json.loads(made.stdout)["id"]
        done = self.run_program("session", "run", session, *self.options, *store)
        self.assertIn(done.returncode, (0, 3), done.stderr)
        self.assertEqual((self.server.heard, self.server.separated), (1, 1))
        said = self.run_program("session", "set-role", session, "Speaker 1", "rep", *store)
        self.assertEqual(said.returncode, 0, said.stderr)
        again = self.run_program("session", "run", session, *self.options, *store)
        self.assertIn(again.returncode, (0, 3), again.stderr)
        self.assertEqual((self.server.heard, self.server.separated), (1, 1))  # paid for once


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1], verbosity=2)
