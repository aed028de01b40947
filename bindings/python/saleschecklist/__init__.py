"""Reads a sales call, answers a checklist with quotes as proof, and scores the deal.

The following works offline and without a key:

    from pathlib import Path
    import saleschecklist

    report = saleschecklist.analyze(Path("call.vtt"), rep_names=["Dana"])
    print(report.score.total_score if report.score else report.assessment.message)
    Path("report.pdf").write_bytes(saleschecklist.render_pdf(report))
    Path("report.json").write_text(report.to_json(), encoding="utf-8")

The same can be done step by step; each step is a pure function:

    call = saleschecklist.read_transcript(Path("call.vtt"), rep_names=["Dana"])
    checklist = saleschecklist.Checklist.standard()
    assessment = saleschecklist.assess_offline(call, checklist)   # answers with quotes
    verdicts = saleschecklist.verify(call, ["we lose 40k a month"])  # is this quote there?
    card = saleschecklist.score(checklist, assessment.responses)  # can be recomputed
    coaching = saleschecklist.coach_offline(call, checklist, assessment.responses, card)

With a key from the environment, a recording can be transcribed and assessed by a language model:

    services = saleschecklist.Services(transcriber="openai", model="openai", environment=True)
    report = services.analyze(services.transcribe("call.m4a"))

An engine stores sessions in a database and runs them through every stage. An interrupted run can be resumed:

    engine = saleschecklist.Engine(store="sqlite:deals.db", services=services, actor="dana")
    session = engine.create(customer="Acme")
    engine.attach_audio(session.id, "call.m4a")
    engine.run(session.id)
    print(engine.find(session.id).total_score)  # None if the call is not assessable

Values are immutable. Functions keep no state and may be called from any thread; the GIL is released
while the library works. Failures are raised as subclasses of `Error`.
"""

from ._assessability import Assessability, SalesCall, UnjudgedItems
from ._batch import BatchScores, score_many
from ._checklist import Category, Checklist, Item
from ._cues import ChecklistFile, Cues, ItemCues
from ._engine import Engine
from ._deal import (
    CallGain,
    Confirmation,
    Deal,
    DealCall,
    DealEvidence,
    DealHistory,
    DealItem,
    DueLine,
    ItemNote,
    PlanLine,
    PlanStage,
    Ratio,
    StagePlan,
)
from ._errors import (
    Cancelled,
    Conflict,
    Corrupt,
    Error,
    ErrorCode,
    InternalError,
    InvalidArgument,
    InvalidInput,
    IoError,
    NetworkError,
    NotFound,
    OutOfMemory,
    OverBudget,
    QuotaExceeded,
    RateLimited,
    Refused,
    Timeout,
    Unauthorized,
    Unsupported,
)
from ._functions import (
    analyze,
    assess_offline,
    assessability,
    claims_from_json,
    coach_offline,
    compose,
    deal_call,
    detect_language,
    find_checklist,
    find_cues,
    find_stage_plan,
    fingerprint,
    is_sales_call,
    item_count,
    measure,
    read_checklist,
    read_transcript,
    render_pdf,
    responses_from_json,
    responses_to_json,
    roll_up,
    score,
    validate,
    verdicts_to_json,
    verify,
    version,
)
from ._metrics import Metrics, SpeakerMetrics
from ._redaction import Redacted, Replacement, redact, restore
from ._report import Coaching, CoachingPoint, DealInfo, Moment, Report, StageUsage, Usage
from ._response import Claim, Evidence, Correction, RejectedEvidence, Response, Verdict
from ._score import Band, CategoryScore, ClosedGate, Gate, Policy, Score, ScoredItem, ScoreSummary
from ._services import Assessment, Budget, Cancel, Price, Services, Speech, SpokenMark
from ._sessions import (
    AuditEntry,
    AuditReport,
    Failure,
    ScoreVersion,
    Session,
    SessionAudio,
    SessionPage,
    SessionResult,
    audit_to_json,
    history_to_json,
)
from ._transcript import TimedSpan, Transcript, Utterance
from ._words import (
    Answer,
    AnswerCode,
    AssessmentStatus,
    BandBasis,
    CountsAs,
    EvidenceFrom,
    EvidenceStatus,
    ItemState,
    NotAssessableReason,
    RejectionReason,
    RiskBand,
    Role,
    RoleSource,
    SalesCallReason,
    SalesCallRule,
    SalesCallVerdict,
    ScoringMode,
    SessionStatus,
    ShareBasis,
    Stage,
    Support,
    UnansweredReason,
)

__all__ = [
    "Answer",
    "AnswerCode",
    "Assessability",
    "Assessment",
    "AssessmentStatus",
    "AuditEntry",
    "AuditReport",
    "Band",
    "BandBasis",
    "BatchScores",
    "Budget",
    "CallGain",
    "Cancel",
    "Cancelled",
    "Category",
    "CategoryScore",
    "Checklist",
    "ChecklistFile",
    "Claim",
    "ClosedGate",
    "Coaching",
    "CoachingPoint",
    "Confirmation",
    "Conflict",
    "Correction",
    "Corrupt",
    "CountsAs",
    "Cues",
    "Deal",
    "DealCall",
    "DealEvidence",
    "DealHistory",
    "DealInfo",
    "DealItem",
    "DueLine",
    "Engine",
    "Error",
    "ErrorCode",
    "Evidence",
    "EvidenceFrom",
    "EvidenceStatus",
    "Failure",
    "Gate",
    "InternalError",
    "InvalidArgument",
    "InvalidInput",
    "IoError",
    "Item",
    "ItemCues",
    "ItemNote",
    "ItemState",
    "Metrics",
    "Moment",
    "NetworkError",
    "NotAssessableReason",
    "NotFound",
    "OutOfMemory",
    "OverBudget",
    "PlanLine",
    "PlanStage",
    "Policy",
    "Price",
    "QuotaExceeded",
    "RateLimited",
    "Ratio",
    "Redacted",
    "Refused",
    "RejectedEvidence",
    "RejectionReason",
    "Replacement",
    "Report",
    "Response",
    "RiskBand",
    "Role",
    "RoleSource",
    "SalesCall",
    "SalesCallReason",
    "SalesCallRule",
    "SalesCallVerdict",
    "Score",
    "ScoreSummary",
    "ScoreVersion",
    "ScoredItem",
    "ScoringMode",
    "Services",
    "Session",
    "SessionAudio",
    "SessionPage",
    "SessionResult",
    "SessionStatus",
    "ShareBasis",
    "SpeakerMetrics",
    "Speech",
    "SpokenMark",
    "Stage",
    "StagePlan",
    "StageUsage",
    "Support",
    "TimedSpan",
    "Timeout",
    "Transcript",
    "UnansweredReason",
    "Unauthorized",
    "UnjudgedItems",
    "Unsupported",
    "Usage",
    "Utterance",
    "Verdict",
    "__version__",
    "analyze",
    "assess_offline",
    "assessability",
    "audit_to_json",
    "claims_from_json",
    "coach_offline",
    "compose",
    "deal_call",
    "detect_language",
    "find_checklist",
    "find_cues",
    "find_stage_plan",
    "fingerprint",
    "history_to_json",
    "is_sales_call",
    "item_count",
    "measure",
    "read_checklist",
    "read_transcript",
    "redact",
    "render_pdf",
    "responses_from_json",
    "responses_to_json",
    "restore",
    "roll_up",
    "score",
    "score_many",
    "validate",
    "verdicts_to_json",
    "verify",
    "version",
]

__version__ = version()

for _name in __all__:  # so that pickles and help() show the public name
    if callable(_public := globals()[_name]):
        _public.__module__ = __name__
del _name, _public
