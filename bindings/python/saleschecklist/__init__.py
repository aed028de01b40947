"""Hears a sales call, answers a checklist with proof, scores the deal. Offline, no key.

    from pathlib import Path
    import saleschecklist

    report = saleschecklist.analyze(Path("call.vtt"), rep_names=["Dana"])
    print(report.score.total_score, report.score.risk_label)
    Path("report.pdf").write_bytes(saleschecklist.render_pdf(report))
    Path("report.json").write_text(report.to_json(), encoding="utf-8")

or step by step, each a pure function:

    call = saleschecklist.read_transcript(Path("call.vtt"), rep_names=["Dana"])
    checklist = saleschecklist.Checklist.standard()
    responses = saleschecklist.assess_offline(call, checklist)    # answers with quotes
    verdicts = saleschecklist.verify(call, ["we lose 40k a month"])  # is this quote there?
    card = saleschecklist.score(checklist, responses)             # recomputable
    coaching = saleschecklist.coach_offline(call, checklist, responses, card)

Nouns are immutable values, functions keep no state and may be called from any thread; the GIL is
released while the library works. Failures are subclasses of `Error`.
"""

from ._batch import BatchScores, score_many
from ._checklist import Category, Checklist, Cues, Item
from ._errors import (
    Error,
    ErrorCode,
    InternalError,
    InvalidArgument,
    InvalidInput,
    IoError,
    NotFound,
    OutOfMemory,
    Unsupported,
)
from ._functions import (
    analyze,
    assess_offline,
    claims_from_json,
    coach_offline,
    compose,
    find_checklist,
    fingerprint,
    item_count,
    measure,
    read_transcript,
    render_pdf,
    responses_from_json,
    responses_to_json,
    score,
    validate,
    verdicts_to_json,
    verify,
    version,
)
from ._metrics import Metrics, SpeakerMetrics
from ._report import Coaching, CoachingPoint, Deal, Moment, Report, StageUsage, Usage
from ._response import Claim, Evidence, Override, RejectedEvidence, Response, Verdict
from ._score import Band, CategoryScore, Policy, Score, ScoredItem, ScoreSummary
from ._transcript import Cue, Transcript, Utterance
from ._words import (
    Answer,
    AnswerCode,
    EvidenceFrom,
    EvidenceStatus,
    RiskBand,
    Role,
    RoleSource,
    ScoringMode,
    ShareBasis,
    Support,
)

__all__ = [
    "Answer",
    "AnswerCode",
    "Band",
    "BatchScores",
    "Category",
    "CategoryScore",
    "Checklist",
    "Claim",
    "Coaching",
    "CoachingPoint",
    "Cue",
    "Cues",
    "Deal",
    "Error",
    "ErrorCode",
    "Evidence",
    "EvidenceFrom",
    "EvidenceStatus",
    "InternalError",
    "InvalidArgument",
    "InvalidInput",
    "IoError",
    "Item",
    "Metrics",
    "Moment",
    "NotFound",
    "OutOfMemory",
    "Override",
    "Policy",
    "RejectedEvidence",
    "Report",
    "Response",
    "RiskBand",
    "Role",
    "RoleSource",
    "Score",
    "ScoreSummary",
    "ScoredItem",
    "ScoringMode",
    "ShareBasis",
    "SpeakerMetrics",
    "StageUsage",
    "Support",
    "Transcript",
    "Unsupported",
    "Usage",
    "Utterance",
    "Verdict",
    "__version__",
    "analyze",
    "assess_offline",
    "claims_from_json",
    "coach_offline",
    "compose",
    "find_checklist",
    "fingerprint",
    "item_count",
    "measure",
    "read_transcript",
    "render_pdf",
    "responses_from_json",
    "responses_to_json",
    "score",
    "score_many",
    "validate",
    "verdicts_to_json",
    "verify",
    "version",
]

__version__ = version()

for _name in __all__:  # pickles and help() name the public home
    if callable(_public := globals()[_name]):
        _public.__module__ = __name__
del _name, _public
