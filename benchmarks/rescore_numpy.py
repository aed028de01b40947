#!/usr/bin/env python3
"""score_many() beside the same arithmetic in NumPy, on the same answers in one run.

Needs the installed package with NumPy: build/python/venv/bin/python benchmarks/rescore_numpy.py
"""

import time

import numpy as np

import saleschecklist

ROWS = 1_000_000
REPEATS = 7


def by_numpy(answers, starts, points):
    """Totals, bands and category scores of the default policy, as one would write it in NumPy."""
    yes = answers == 1
    possible = answers.shape[1] - np.count_nonzero(answers == 3, axis=1)
    validated = np.count_nonzero(yes, axis=1)
    totals = (100 * validated // possible).astype(np.uint8)
    bands = (100 * validated >= 80 * possible).astype(np.uint8) + (100 * validated >= 60 * possible)
    categories = np.add.reduceat(yes, starts, axis=1, dtype=np.float64) * points
    return totals, bands, categories


def best_of(work):
    """The shortest of several runs, in seconds."""
    times = []
    for _ in range(REPEATS):
        begin = time.perf_counter()
        work()
        times.append(time.perf_counter() - begin)
    return min(times)


def main():
    checklist = saleschecklist.Checklist.standard()
    sizes = [len(category.items) for category in checklist.categories]
    starts = np.cumsum([0, *sizes[:-1]])
    points = np.array([float(category.max_score) for category in checklist.categories])
    random = np.random.default_rng(7)
    answers = random.choice(np.array([0, 1, 2, 3], np.uint8), (ROWS, sum(sizes)), p=[.4, .3, .28, .02])

    ours = saleschecklist.score_many(answers, checklist=checklist, categories=True)
    totals, bands, categories = by_numpy(answers, starts, points)
    assert (ours.totals == totals).all() and (ours.bands == bands).all()
    assert (ours.category_scores == categories).all()

    theirs = best_of(lambda: by_numpy(answers, starts, points))
    print(f"{ROWS} rows of {sum(sizes)} answers, totals, bands and category scores")
    print(f"NumPy {np.__version__}: {theirs * 1e3:.1f} ms")
    for threads in (1, 2):
        seconds = best_of(lambda: saleschecklist.score_many(
            answers, checklist=checklist, threads=threads, categories=True))
        print(f"score_many, threads={threads}: {seconds * 1e3:.1f} ms, {theirs / seconds:.1f} times as fast")


if __name__ == "__main__":
    main()
