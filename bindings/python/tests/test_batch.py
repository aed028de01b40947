"""score_many() gives what score() gives, in place."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy
import pytest
import saleschecklist as sc
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from strategies import checklists

STANDARD = sc.Checklist.standard()
ANSWERS = {
    sc.AnswerCode.UNANSWERED: sc.Answer.UNANSWERED,
    sc.AnswerCode.YES: sc.Answer.YES,
    sc.AnswerCode.NO: sc.Answer.NO,
    sc.AnswerCode.NOT_APPLICABLE: sc.Answer.NOT_APPLICABLE,
}
BANDS = [sc.RiskBand.RED, sc.RiskBand.YELLOW, sc.RiskBand.GREEN]


def table(rows: int, seed: int = 7, items: int = 92) -> NDArray[numpy.uint8]:
    codes: NDArray[numpy.uint8] = numpy.random.default_rng(seed).integers(
        0, 4, (rows, items), numpy.uint8
    )
    codes[:, 0] %= 3  # so that something is applicable
    return codes


def responses(checklist: sc.Checklist, row: NDArray[numpy.uint8]) -> list[sc.Response]:
    ids = [item.id for category in checklist.categories for item in category.items]
    return [
        sc.Response(item_id=id, answer=ANSWERS[sc.AnswerCode(code)])
        for id, code in zip(ids, row.tolist(), strict=True)
    ]


def assert_same(
    checklist: sc.Checklist, answers: NDArray[numpy.uint8], mode: sc.ScoringMode
) -> None:
    policy = sc.Policy(mode=mode)
    many = sc.score_many(answers, checklist=checklist, policy=policy, threads=2, categories=True)
    assert many.category_scores is not None
    for row, total, band, categories in zip(
        answers, many.totals, many.bands, many.category_scores, strict=True
    ):
        one = sc.score(checklist, responses(checklist, row), policy)
        assert one.total_score == total
        assert one.risk_band is BANDS[band]
        assert [c.score for c in one.category_breakdown] == categories.tolist()


@pytest.mark.parametrize("mode", sc.ScoringMode)
def test_random_answers_score_as_one_by_one(mode: sc.ScoringMode) -> None:
    assert_same(STANDARD, table(60), mode)


@given(checklist=checklists(), seed=st.integers(0, 2**32), mode=st.sampled_from(sc.ScoringMode))
def test_any_checklist_scores_as_one_by_one(
    checklist: sc.Checklist, seed: int, mode: sc.ScoringMode
) -> None:
    assert_same(checklist, table(4, seed, sc.item_count(checklist)), mode)


def test_the_arrays_are_as_documented() -> None:
    scores = sc.score_many(table(5), categories=True)
    assert scores.totals.dtype == numpy.uint8 and scores.totals.shape == (5,)
    assert scores.bands.dtype == numpy.uint8 and scores.bands.shape == (5,)
    assert scores.category_scores is not None
    assert scores.category_scores.dtype == numpy.float64
    assert scores.category_scores.shape == (5, 10)
    assert sc.score_many(table(5)).category_scores is None


def test_no_rows_and_read_only_arrays_work() -> None:
    assert sc.score_many(table(0)).totals.shape == (0,)
    answers = table(3)
    answers.flags.writeable = False
    assert sc.score_many(answers).totals.tolist() == sc.score_many(table(3)).totals.tolist()


def test_threads_do_not_change_the_figures() -> None:
    answers = table(50_000)
    serial = sc.score_many(answers).totals
    for threads in (0, 2, 5):
        assert (sc.score_many(answers, threads=threads).totals == serial).all()
    with ThreadPoolExecutor(2) as pool:
        halves = list(pool.map(sc.score_many, [answers[:25_000], answers[25_000:]]))
    assert (numpy.concatenate([half.totals for half in halves]) == serial).all()


@pytest.mark.parametrize(
    ("answers", "error", "message"),
    [
        (table(2).astype(numpy.int64), TypeError, "array of uint8, got format 'l'"),
        (table(2).astype(numpy.float64), TypeError, "array of uint8, got format 'd'"),
        (table(2).astype(bool), TypeError, "array of uint8"),
        (table(2).tolist(), TypeError, "NumPy array of uint8, got list"),
        (table(2)[0], sc.InvalidArgument, r"the shape \(rows, 92\), got \(92\)"),
        (table(2)[:, :91].copy(), sc.InvalidArgument, r"\(rows, 92\), got \(2, 91\)"),
        (numpy.uint8(3) * numpy.ones((), numpy.uint8), TypeError, "NumPy array"),
        (numpy.ones((), numpy.uint8), sc.InvalidArgument, r"got \(\)"),
        (table(92).T, sc.InvalidArgument, "C-contiguous"),
        (table(4)[::2], sc.InvalidArgument, "C-contiguous"),
        (numpy.full((2, 92), 4, numpy.uint8), sc.InvalidArgument, "answer code of 0 .*, got 4"),
        (numpy.full((2, 92), 3, numpy.uint8), sc.InvalidArgument, "not applicable"),
    ],
)
def test_other_arrays_are_refused(answers: Any, error: type[Exception], message: str) -> None:
    with pytest.raises(error, match=message):
        sc.score_many(answers)


def test_other_options_are_refused() -> None:
    with pytest.raises(sc.InvalidArgument, match="threads: expected an integer from 0"):
        sc.score_many(table(2), threads=-1)
    with pytest.raises(TypeError, match="threads: expected int"):
        sc.score_many(table(2), threads=1.5)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="checklist: expected Checklist"):
        sc.score_many(table(2), checklist="ten-point")  # type: ignore[arg-type]


MEMORY = """
import resource, numpy, saleschecklist
answers = numpy.ones((2_000_000, 92), numpy.uint8)
saleschecklist.score_many(answers[:100])
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
scores = saleschecklist.score_many(answers)
assert (scores.totals == 100).all()
grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) * 1024
assert grown < answers.nbytes / 4, f"grown by {grown} bytes over {answers.nbytes}"
"""


def test_answers_are_read_in_place() -> None:
    # A copy anywhere would raise the peak of the process' memory by the 184 MB of the answers.
    subprocess.run([sys.executable, "-c", MEMORY], check=True)


def test_without_numpy_the_message_says_what_to_install() -> None:
    code = """
import sys
sys.modules["numpy"] = None
import saleschecklist
try:
    saleschecklist.score_many([])
except ImportError as missing:
    assert "saleschecklist[numpy]" in str(missing), missing
else:
    raise SystemExit("no error")
"""
    subprocess.run([sys.executable, "-c", code], check=True)
