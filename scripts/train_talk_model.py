#!/usr/bin/env python3
"""Learns how sellers, buyers and others talk, and writes schemas/models/talk-en.json.

train_talk_model.py PROGRAM [--held-out BATCH ...]: needs scikit-learn. Learns from the conversations of tests/data/roles
without the batches that are held out, of tests/data/conversations, tests/data/support and examples/calls, as PROGRAM
reads them. src/transcript/roles/talk_model.cpp applies the weights and counts words as this script does.
"""

import argparse
import json
import math
import re
import subprocess
from collections import Counter
from pathlib import Path

from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

ROOT = Path(__file__).resolve().parent.parent
OUTPUT = ROOT / "schemas/models/talk-en.json"
WORD = re.compile(r"[a-z0-9$%]+(?:'[a-z][a-z0-9$%]*)?")
FEWEST_CONVERSATIONS = 6  # that have a feature
FEWEST_WORDS = 30  # of a speaker who is learned from
MOST_FEATURES = 4000
STRENGTH = 60  # the inverse of the regularisation


def turns_of(program, file):
    done = subprocess.run([program, "transcript", file, "--json", "-"], capture_output=True, check=True)
    document = json.loads(done.stdout)
    return [(u["speaker"], u["text"]) for u in document.get("transcript", document)["utterances"] if u["speaker"]]


def conversations(program, held_out):
    """Yields the turns and the sellers of each conversation."""
    roles = ROOT / "tests/data/roles"
    for line in (roles / "calls.tsv").read_text().splitlines()[1:]:
        batch, name, *sellers = line.split("\t")
        if batch not in held_out:
            yield turns_of(program, roles / f"{name}.txt"), {s.strip() for s in "".join(sellers).split(",")} - {""}
    for file in sorted((ROOT / "tests/data/conversations").glob("*.txt")):
        turns = turns_of(program, file)
        if "german" not in file.name:
            yield turns, {turns[0][0]} if file.name.startswith("sales-") else set()
    for file in sorted((ROOT / "tests/data/support").iterdir()):
        yield turns_of(program, file), set()
    for labels in sorted((ROOT / "examples/calls").glob("*.labels.json")):
        [file] = [f for f in labels.parent.glob(labels.name.split(".")[0] + ".*") if f != labels]
        yield turns_of(program, file), set(json.loads(labels.read_text())["reps"])


def words_of(text):
    folded = "".join(c.lower() if c.isascii() else c for c in text.replace("’", "'"))
    return WORD.findall(folded)


def frequencies(texts):
    """The square roots of the frequencies of words and pairs of words, and the number of words."""
    counts, total = Counter(), 0
    for text in texts:
        words = words_of(text)
        counts.update(words)
        counts.update(" ".join(pair) for pair in zip(words, words[1:]))
        counts.update(["?"] if "?" in text else [])
        total += len(words)
    return {feature: math.sqrt(count / total) for feature, count in counts.items()} if total else {}, total


def fitted(rows, labels):
    vectorizer = DictVectorizer()
    matrix = vectorizer.fit_transform(rows)
    model = LogisticRegression(C=STRENGTH, max_iter=5000, class_weight="balanced").fit(matrix, labels)
    return dict(zip(vectorizer.get_feature_names_out(), model.coef_[0])), float(model.intercept_[0])


def learned(examples):
    """The weights and intercepts of both regressions, from pairs of turns and sellers."""
    wholes = [(frequencies([text for _, text in turns])[0], bool(sellers)) for turns, sellers in examples]
    spread = Counter(feature for whole, _ in wholes for feature in whole)
    known = {feature for feature, count in spread.items() if count >= FEWEST_CONVERSATIONS}
    speakers = []
    for turns, sellers in examples:
        for speaker in dict.fromkeys(s for s, _ in turns) if sellers else ():
            found, words = frequencies(text for s, text in turns if s == speaker)
            if words >= FEWEST_WORDS:
                speakers.append((found, speaker in sellers))

    def chosen(rows, features):
        return [{f: v for f, v in row.items() if f in features} for row, _ in rows], [label for _, label in rows]

    seller, _ = fitted(*chosen(speakers, known))
    sale, _ = fitted(*chosen(wholes, known))
    strongest = sorted(known, key=lambda f: -(abs(seller.get(f, 0)) + abs(sale.get(f, 0))))[:MOST_FEATURES]
    return fitted(*chosen(speakers, set(strongest))), fitted(*chosen(wholes, set(strongest)))


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("program")
    parser.add_argument("--held-out", nargs="*", default=[])
    arguments = parser.parse_args()
    examples = list(conversations(arguments.program, set(arguments.held_out)))
    (seller, seller_intercept), (sale, sale_intercept) = learned(examples)
    weights = {f: [round(seller.get(f, 0), 2), round(sale.get(f, 0), 2)] for f in sorted({*seller, *sale})}
    document = {
        "description": "Weights of words and pairs of words: who sells, and whether something is sold.",
        "intercepts": {"seller": round(seller_intercept, 3), "sale": round(sale_intercept, 3)},
        "weights": weights,
    }
    lines = json.dumps(document, indent=0, ensure_ascii=False)
    lines = re.sub(r"\[\n(\S+),\n(\S+)\n\]", r"[\1, \2]", lines)
    OUTPUT.parent.mkdir(exist_ok=True)
    OUTPUT.write_text(lines + "\n", encoding="utf-8")
    print(f"{len(examples)} conversations, {len(weights)} features, {OUTPUT.stat().st_size} bytes")


if __name__ == "__main__":
    main()
