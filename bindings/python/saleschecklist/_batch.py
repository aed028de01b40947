"""Scores arrays of answers, for example to rescore a whole history of calls."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from . import _core
from ._checklist import Checklist
from ._score import Policy

if TYPE_CHECKING:
    import numpy
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class BatchScores:
    """The results of score_many(), one row per set of answers."""

    totals: "NDArray[numpy.uint8]"  #: shape [rows]: Score.total_score, 0 to 100
    bands: "NDArray[numpy.uint8]"  #: shape [rows]: 0 is red, 1 is yellow, 2 is green
    #: shape [rows, categories]: CategoryScore.score, in points; None unless requested
    category_scores: "NDArray[numpy.float64] | None" = None


def score_many(
    answers: "NDArray[numpy.uint8]",
    *,
    checklist: Checklist | None = None,
    policy: Policy | None = None,
    threads: int = 1,
    categories: bool = False,
) -> BatchScores:
    """Scores many sets of answers, exactly as score() does. Requires NumPy.

    answers: a C-contiguous uint8 array of AnswerCode of the shape [rows, items], with the items in
        checklist order. It is read in place, without a copy and without the GIL: if another thread
        changes it meanwhile, the results may reflect either state.
    checklist, policy: default to the standard checklist and the default policy.
    threads: the maximum number of threads; 0 means one per processor core.
    categories: whether to return the scores of the categories.

    Raises ImportError if NumPy is not installed, TypeError if the element type is not uint8, and
    InvalidArgument if the shape or the memory order is wrong, if a code is unknown, or if no item of a
    row is applicable; the message names the first such code or row. Also raises the same errors as
    score() if the checklist or the policy is invalid.
    """
    try:
        import numpy
    except ImportError as missing:
        raise ImportError(
            "score_many() requires NumPy: install saleschecklist[numpy]", name="numpy"
        ) from missing
    if not isinstance(answers, numpy.ndarray):
        raise TypeError(f"answers: expected a NumPy array of uint8, got {type(answers).__name__}")
    rows = answers.shape[0] if answers.ndim else 0
    chosen = Checklist.standard() if checklist is None else checklist
    columns = len(chosen.categories) if categories else 0
    out = BatchScores(
        totals=numpy.empty(rows, numpy.uint8),
        bands=numpy.empty(rows, numpy.uint8),
        category_scores=numpy.empty((rows, columns)) if categories else None,
    )
    _core.score_many(
        answers, chosen, policy or Policy(), threads, out.totals, out.bands, out.category_scores
    )
    return out
