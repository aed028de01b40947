#!/usr/bin/env python3
"""Learns how sellers, buyers and others talk, and writes schemas/models/talk-en.json.

train_talk_model.py PROGRAM [--held-out BATCH ...] [--cross-validate]: needs scikit-learn; PROGRAM is
build/release/tests/talk_features. Learns from the conversations of tests/data/roles without the batches that are held
out, of tests/data/conversations, tests/data/support and examples/calls. src/transcript/roles/talk_model.cpp applies the
weights. --cross-validate writes nothing: it holds out each batch in turn and tells how the roles come out.
"""

import argparse
import itertools
import json
import math
import re
import subprocess
from collections import Counter
from pathlib import Path

import numpy
from scipy import sparse
from scipy.optimize import minimize
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

ROOT = Path(__file__).resolve().parent.parent
OUTPUT = ROOT / "schemas/models/talk-en.json"
FEWEST_CONVERSATIONS = 4  # that have a feature
FEWEST_WORDS = 30  # of a speaker who is learned from
FEWEST_WORDS_OF_HALF = 100  # of half a conversation that is learned from
SELLER_STRENGTH, SALE_STRENGTH = 30, 60  # the inverses of the regularisation
# Features are divided by a power of their standard deviation, so that rare ones count more, and the kinds of evidence
# are scaled against them. The phrases that the kinds are heard by were tuned on the shorter conversations, so these scales
# are small.
SELLER_POWER, SALE_POWER = 0.5, 1
SELLER_KINDS, SALE_KINDS = 0.03, 0.01
DIVISION_REGULARISATION = 0.3
MOST_FEATURES = 10_000  # that are kept in the end

# As in talk_model.cpp, sides.cpp and weighing.cpp.
TELLING_WORDS, FEW_EXCHANGES, MOST_TOGETHER = 40, 5, 10
SHORT_CALL, USUAL_CALL = 100, 500
LEAST_LOG_ODDS, CLEAR_CHANCE, THIRD_CHANCE = 1, 0.9, 0.85


class Conversation:
    def __init__(self, batch, said, sellers):
        self.batch, self.sale = batch, bool(sellers)
        speakers = said["speakers"]
        self.sells = numpy.array([s["name"] in sellers for s in speakers])
        if missing := sellers - {s["name"] for s in speakers}:
            raise SystemExit(f"no speaker {missing} among {[s['name'] for s in speakers]}")
        self.exchanges = numpy.array(said["exchanges"], ndmin=2)
        self.words = numpy.array([sum(h["words"] for h in s["halves"]) for s in speakers], float)
        self.speakers = [frequencies(s["halves"]) for s in speakers]
        self.whole = frequencies([h for s in speakers for h in s["halves"]])
        halves = [[s["halves"][n] for s in speakers] for n in (0, 1)]
        self.halves = [frequencies(h) for h in halves if sum(s["words"] for s in h) >= FEWEST_WORDS_OF_HALF]
        kinds = numpy.array([list(s["kinds"].values()) for s in speakers])
        words = numpy.array([s["heard_words"] for s in speakers])
        shares = words / max(words.sum(), 1)
        self.doublings = numpy.log2((kinds + 1) / (numpy.outer(shares, kinds.sum(0)) + 1))
        self.densities = numpy.sqrt(100 * kinds.sum(0) / max(words.sum(), 1))
        self.kinds = list(speakers[0]["kinds"])


def frequencies(parts):
    """The square roots of the frequencies of the features in some parts of a conversation."""
    counts = Counter()
    for part in parts:
        counts.update(part["features"])
    words = sum(part["words"] for part in parts)
    return {feature: math.sqrt(count / words) for feature, count in counts.items()} if words else {}


def labelled_files():
    """Yields the batch, the file and the sellers of each conversation; sellers None: the first speaker sells."""
    roles = ROOT / "tests/data/roles"
    for line in (roles / "calls.tsv").read_text().splitlines()[1:]:
        batch, name, *sellers = line.split("\t")
        yield batch, roles / f"{name}.txt", {s.strip() for s in "".join(sellers).split(",")} - {""}
    for file in sorted((ROOT / "tests/data/conversations").glob("*.txt")):
        if "german" not in file.name:
            first = {file.read_text().split(":")[0]} if file.name.startswith("sales-") else set()
            yield "samples", file, first | ({"Stefan"} if file.name == "sales-technical.txt" else set())
    for file in sorted((ROOT / "tests/data/support").iterdir()):
        yield "samples", file, set()
    for labels in sorted((ROOT / "examples/calls").glob("*.labels.json")):
        [file] = [f for f in labels.parent.glob(labels.name.split(".")[0] + ".*") if f != labels]
        yield "samples", file, set(json.loads(labels.read_text())["reps"])


def conversations(program):
    files = list(labelled_files())
    done = subprocess.run([program, *(file for _, file, _ in files)], stdout=subprocess.PIPE, check=True)
    lines = done.stdout.decode().splitlines()
    return [Conversation(batch, json.loads(line), sellers) for (batch, _, sellers), line in zip(files, lines)]


class Table:
    """Rows of the features that enough conversations have, scaled by a power of their deviation among `taught`."""

    def __init__(self, examples, rows, taught_rows, power):
        spread = Counter(feature for c in examples for feature in c.whole)
        self.vectorizer = DictVectorizer().fit([{f: 1 for f, n in spread.items() if n >= FEWEST_CONVERSATIONS}])
        self.names = self.vectorizer.get_feature_names_out()
        found = self.vectorizer.transform(taught_rows)
        variance = found.multiply(found).mean(0) - numpy.square(found.mean(0))
        self.deviations = numpy.sqrt(numpy.maximum(numpy.asarray(variance).ravel(), 1e-8))
        scale = self.deviations**-power
        scale[numpy.asarray(found.sum(0)).ravel() == 0] = 0
        self.scale = scale / scale.mean()
        self.matrix = self.of(rows)

    def of(self, rows):
        return (self.vectorizer.transform(rows) @ sparse.diags(self.scale)).tocsr()


class SellerModel:
    """Which of the speakers of a sales call sells: a logistic regression over the differences of two speakers."""

    def __init__(self, examples):
        sales = [c for c in examples if c.sale]
        rows = [row for c in sales for row in c.speakers]
        words = numpy.concatenate([c.words for c in sales])
        heard = words >= FEWEST_WORDS
        table = Table(examples, rows, [row for row, told in zip(rows, heard) if told], SELLER_POWER)
        kinds = numpy.concatenate([c.doublings for c in sales])
        matrix = sparse.hstack([table.matrix, SELLER_KINDS * sparse.csr_matrix(kinds)]).tocsr()
        pairs, weights, first = [], [], 0
        for c in sales:
            places = [first + i for i in range(len(c.sells)) if heard[first + i]]
            sellers = [p for p in places if c.sells[p - first]]
            buyers = [p for p in places if not c.sells[p - first]]
            both = list(itertools.product(sellers, buyers))
            pairs += both
            weights += [1 / len(both) for _ in both]
            first += len(c.sells)
        sellers, buyers = numpy.array(pairs).T
        difference = matrix[sellers] - matrix[buyers]
        model = LogisticRegression(C=SELLER_STRENGTH, solver="liblinear", dual=True, fit_intercept=False, max_iter=3000)
        labels = [1] * len(pairs) + [0] * len(pairs)
        model.fit(sparse.vstack([difference, -difference]).tocsr(), labels, sample_weight=weights * 2)
        count = len(table.names)
        self.names, self.features = table.names, model.coef_[0][:count] * table.scale
        self.kinds = model.coef_[0][count:] * SELLER_KINDS
        self.vectorizer, self.deviations = table.vectorizer, table.deviations

    def leans(self, c):
        own = self.vectorizer.transform(c.speakers) @ self.features + c.doublings @ self.kinds
        return (own - numpy.average(own, weights=c.words)) * numpy.minimum(1, c.words / TELLING_WORDS)


class SaleModel:
    """Whether a conversation is a sales call. Half conversations are learned from, too."""

    def __init__(self, examples):
        rows, densities, labels, weights = [], [], [], []
        for c in examples:
            for row, weight in [(c.whole, 1)] + [(half, 0.5) for half in c.halves]:
                rows.append(row)
                densities.append(c.densities)
                labels.append(c.sale)
                weights.append(weight)
        table = Table(examples, rows, [c.whole for c in examples], SALE_POWER)
        wholes = numpy.array([c.densities for c in examples])
        mean, deviation = wholes.mean(0), wholes.std(0) + 1e-9
        kinds = SALE_KINDS * (numpy.array(densities) - mean) / deviation
        matrix = sparse.hstack([table.matrix, sparse.csr_matrix(kinds)]).tocsr()
        model = LogisticRegression(C=SALE_STRENGTH, solver="liblinear", dual=True, intercept_scaling=3, max_iter=3000)
        model.fit(matrix, labels, sample_weight=weights)
        count = len(table.names)
        self.names, self.features = table.names, model.coef_[0][:count] * table.scale
        self.kinds = model.coef_[0][count:] * SALE_KINDS / deviation
        self.intercept = float(model.intercept_[0] - mean @ self.kinds)
        self.vectorizer, self.deviations = table.vectorizer, table.deviations

    def score(self, c):
        words = c.words.sum()
        told = (self.vectorizer.transform([c.whole]) @ self.features)[0] * min(1, words / SHORT_CALL)
        shortness = math.log(USUAL_CALL / min(max(words, SHORT_CALL), USUAL_CALL))
        return self.intercept + told + c.densities @ self.kinds * (1 + shortness / 2)


def divisions(c, leans):
    """The speakers who are weighed together, each way to divide them, and the two terms of its log odds."""
    who = numpy.sort(numpy.argsort(-c.words, kind="stable")[:MOST_TOGETHER])
    ways = [w for w in itertools.product([0, 1], repeat=len(who)) if 0 < sum(w) < len(who)]
    ways = numpy.array(ways, ndmin=2)
    apart = numpy.log2(1 + c.exchanges[numpy.ix_(who, who)] / FEW_EXCHANGES)
    different = ways[:, :, None] != ways[:, None, :]
    return who, ways, numpy.stack([ways @ leans[who], (different * apart).sum((1, 2)) / 2], 1)


def division_weights(sales, leans):
    """How much leans and exchanges count: the weights under which the real divisions are most likely."""
    known = []
    for c in sales:
        who, ways, terms = divisions(c, leans[c])
        real = (ways == c.sells[who]).all(1)
        if real.any():
            known.append((terms, terms[real][0]))

    def cost(weights):
        # In half units, as if each side counted with its own sign.
        value, slope = DIVISION_REGULARISATION / 4 * weights @ weights, DIVISION_REGULARISATION / 2 * weights
        for terms, real in known:
            log_odds = terms @ weights
            greatest = log_odds.max()
            chances = numpy.exp(log_odds - greatest)
            value += greatest + math.log(chances.sum()) - real @ weights
            slope = slope + chances @ terms / chances.sum() - real
        return value, slope

    return minimize(cost, numpy.zeros(2), jac=True).x


class Model:
    """Both models, with what combines them, which is fitted to batches that the models were not learned from."""

    def __init__(self, examples):
        leans, scores = {}, {}
        for batch in dict.fromkeys(c.batch for c in examples):
            others = [c for c in examples if c.batch != batch]
            seller, sale = SellerModel(others), SaleModel(others)
            for c in examples:
                if c.batch == batch:
                    leans[c], scores[c] = seller.leans(c), sale.score(c)
        self.lean_weight, self.exchanges = division_weights([c for c in examples if c.sale], leans)
        fit = LogisticRegression(C=100).fit([[scores[c]] for c in examples], [c.sale for c in examples])
        self.scale, self.intercept = float(fit.coef_[0][0]), float(fit.intercept_[0])
        self.seller, self.sale = SellerModel(examples), SaleModel(examples)
        self.keep_strongest()

    def keep_strongest(self):
        strength = self.lean_weight * abs(self.seller.features) * self.seller.deviations
        strength += self.scale * abs(self.sale.features) * self.sale.deviations
        self.kept = numpy.sort(numpy.argsort(-strength, kind="stable")[:MOST_FEATURES])
        for model in (self.seller, self.sale):
            kept = numpy.zeros_like(model.features)
            kept[self.kept] = model.features[self.kept]
            model.features = kept

    def sale_log_odds(self, c):
        return self.scale * self.sale.score(c) + self.intercept

    def outcome(self, c):
        """How the roles come out: right, partly (without a seller), none or wrong; given or ok where nothing is sold."""
        roles = {}
        if len(c.words) > 1 and self.sale_log_odds(c) >= LEAST_LOG_ODDS:
            who, ways, terms = divisions(c, self.seller.leans(c))
            log_odds = terms @ [self.lean_weight, self.exchanges]
            chances = numpy.exp(log_odds - log_odds.max())
            chances = chances @ ways / chances.sum()
            if chances.max() >= CLEAR_CHANCE and chances.min() <= 1 - CLEAR_CHANCE:
                roles = {w: p > 0.5 for w, p in zip(who, chances) if max(p, 1 - p) >= THIRD_CHANCE}
        if not c.sale:
            return "given" if roles else "ok"
        if any(sells != c.sells[w] for w, sells in roles.items()):
            return "wrong"
        return "none" if not roles else "right" if sum(roles.values()) == c.sells.sum() else "partly"

    def document(self):
        """The weights as the library reads them: all in log odds."""
        seller, sale = self.seller.features * self.lean_weight, self.sale.features * self.scale
        features = {self.seller.names[i]: [round(seller[i], 1), round(sale[i], 1)] for i in self.kept}
        kinds = zip(self.seller.kinds * self.lean_weight, self.sale.kinds * self.scale)
        return {
            "description": "How sellers, buyers and others talk: weights for who sells, and whether something is sold.",
            "exchanges": round(self.exchanges, 3),
            "sale_intercept": round(self.intercept + self.scale * self.sale.intercept, 3),
            "kinds": kinds,
            "features": features,
        }


def cross_validate(examples):
    for batch in dict.fromkeys(c.batch for c in examples):
        model = Model([c for c in examples if c.batch != batch])
        print(batch, dict(Counter(model.outcome(c) for c in examples if c.batch == batch)), flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("program")
    parser.add_argument("--held-out", nargs="*", default=[])
    parser.add_argument("--cross-validate", action="store_true")
    arguments = parser.parse_args()
    examples = [c for c in conversations(arguments.program) if c.batch not in arguments.held_out]
    if arguments.cross_validate:
        return cross_validate(examples)
    document = Model(examples).document()
    document["kinds"] = {k: [round(x, 3) for x in w] for k, w in zip(examples[0].kinds, document["kinds"])}
    lines = json.dumps(document, indent=0, ensure_ascii=False)
    lines = re.sub(r"\[\n(\S+),\n(\S+)\n\]", r"[\1, \2]", lines)
    OUTPUT.parent.mkdir(exist_ok=True)
    OUTPUT.write_text(lines + "\n", encoding="utf-8")
    print(f"{len(examples)} conversations, {len(document['features'])} features, {OUTPUT.stat().st_size} bytes")


if __name__ == "__main__":
    main()
