#!/usr/bin/env python3
"""Compares what the program reads with what a few lines of Python read, speaker by speaker and word by word.

independent_reading.py PROGRAM SOURCE_DIR [FILE...]: the files named, or the sample calls and the recordings of others
in tests/data. The readers here know nothing of the library's: they split at what the format is documented to have.
"""

import html
import json
import re
import subprocess
import sys
import unittest
from collections import defaultdict
from pathlib import Path

PROGRAM, SOURCE = sys.argv[1], Path(sys.argv[2])
SAMPLES = sorted(
    file
    for file in [
        *(SOURCE / "examples/calls").iterdir(),
        SOURCE / "tests/data/kettle-meeting.qmsum.json",
        SOURCE / "tests/data/support-call.stt.json",
    ]
    if file.suffix in {".vtt", ".srt", ".txt", ".json"} and ".labels." not in file.name
)
FILES = [Path(name) for name in sys.argv[3:]] or SAMPLES


def of_cues(text):
    """WebVTT and SubRip: paragraphs with an arrow; the speaker is a voice tag or a label."""
    for block in re.split(r"\n\s*\n", text):
        lines = block.split("\n")
        arrow = next((i for i, line in enumerate(lines) if "-->" in line), None)
        if arrow is None:
            continue
        words = " ".join(lines[arrow + 1 :])
        voice = re.match(r"<v\s+([^>]*)>", words) or re.match(r"([^:]{1,40}): ", words)
        yield (voice[1] if voice else ""), html.unescape(re.sub(r"<[^>]*>", "", words[voice.end() if voice else 0 :]))


def of_otter(text):
    """A name with a time, and a paragraph below it."""
    for block in text.strip().split("\n\n"):
        heading, _, words = block.partition("\n")
        yield re.sub(r"\s+[\d:]+$", "", heading), words


def of_labels(text):
    """A label and a colon on each line."""
    for line in filter(None, text.split("\n")):
        yield tuple(line.split(": ", 1))


def of_json(text):
    document = json.loads(text)
    if "meeting_transcripts" in document:  # QMSum
        for turn in document["meeting_transcripts"]:
            yield turn["speaker"], re.sub(r"\{[a-z]+\}", "", turn["content"])
    else:  # one text for the whole call
        yield "", document["Content"]


def independent(file):
    text = file.read_text(encoding="utf-8-sig").replace("\r\n", "\n")
    if file.suffix == ".json":
        turns = of_json(text)
    elif file.suffix != ".txt":
        turns = of_cues(text)
    else:
        turns = of_otter(text) if re.match(r"\S+  \d+:\d\d\n", text) else of_labels(text)
    return words_by_speaker(turns)


def words_by_speaker(turns):
    out = defaultdict(list)
    for speaker, words in turns:
        out[speaker.strip()] += re.findall(r"\w+", words)
    return {speaker: words for speaker, words in out.items() if words}


def of_the_program(file):
    done = subprocess.run([PROGRAM, "transcript", file, "--json", "-"], capture_output=True, check=True, timeout=60)
    document = json.loads(done.stdout)
    utterances = document.get("utterances") or document["transcript"]["utterances"]
    return words_by_speaker((u["speaker"], u["text"]) for u in utterances)


class IndependentReading(unittest.TestCase):
    maxDiff = 2000

    def test_every_word_is_given_to_the_same_speaker(self):
        self.assertGreater(len(FILES), 0)
        for file in FILES:
            with self.subTest(file.name):
                self.assertEqual(of_the_program(file), independent(file))


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
