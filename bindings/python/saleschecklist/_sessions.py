"""Stored sessions, and what is known about them.

An Engine returns these values. They have to_dict() and to_json(), but cannot be read back from JSON. The
fields are those of the C++ structs. The JSON groups some of them: Session.checklist_id is at
"/checklist/id", and Session.transcript_version is at "/versions/transcript".
"""

from collections.abc import Iterable
from dataclasses import dataclass

from . import _core
from ._assessability import Assessability
from ._errors import Error
from ._noun import JsonDict, Noun, Part, Written, json_text
from ._report import Coaching, StageUsage
from ._score import Policy, Score
from ._services import Assessment, Budget, Price, limits
from ._transcript import Transcript
from ._words import (
    AssessmentStatus,
    NotAssessableReason,
    RiskBand,
    SalesCallRule,
    SessionStatus,
    Stage,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionAudio(Part):
    """The recording of a session."""

    name: str  #: name of the original file
    blob: str  #: key of the recording in the blob store; empty once the recording is erased
    content_type: str
    bytes: int = 0
    duration_ms: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure(Noun):
    """Why a session failed. After Engine.retry(), the session resumes at `stage`."""

    stage: Stage
    error: Error  #: the exception, which is not raised here
    advice: str = ""  #: what to do about the failure, as one sentence
    at_ms: int = 0  #: milliseconds since 1970-01-01 UTC

    def to_dict(self) -> JsonDict:
        """Returns the dict that the schema of sessions describes, with all fields of the error."""
        error: JsonDict = {"code": self.error.code.value}
        names = "message where provider http_status request_id retry_after_ms".split()
        error |= {name: getattr(self.error, name) for name in names}
        return {
            "stage": self.stage.value,
            "error": error,
            "advice": self.advice,
            "at_ms": self.at_ms,
        }


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Session(Written):
    """A sales conversation and the state of its results.

    Times are in milliseconds since 1970-01-01 UTC; 0 means not yet.
    """

    id: str
    tenant: str = ""
    revision: int = 1  #: incremented by every change
    customer: str = ""
    opportunity: str = ""
    deal_stage: str = ""
    decision_influencer: str = ""
    owner: str = ""
    status: SessionStatus = SessionStatus.DRAFT
    review: bool = False  #: whether the session stops in pending_review once it is assessed
    sales_call: SalesCallRule = SalesCallRule.AUTOMATIC
    created_at_ms: int = 0
    updated_at_ms: int = 0
    submitted_at_ms: int = 0  #: when a recording or a transcript was attached
    completed_at_ms: int = 0
    checklist_id: str
    checklist_fingerprint: str
    policy: Policy = Policy()
    audio: SessionAudio | None = None
    failure: Failure | None = None
    transcript_version: int = 0  #: latest version, counted from 1; 0 if there is none
    assessment_version: int = 0  #: as transcript_version
    score_version: int = 0  #: as transcript_version
    coaching_version: int = 0  #: as transcript_version
    #: the stages whose results are older than their input; the results are kept but are not current
    stale: tuple[Stage, ...] = ()
    coaching_blob: str = ""  #: key of the spoken coaching in the blob store, or empty
    total_score: int | None = None  #: of the current score; None while there is none
    risk_band: RiskBand | None = None  #: of the current score; None while there is none
    assessment: AssessmentStatus | None = None  #: How far the call could be assessed; absent until it is scored.
    not_assessable: NotAssessableReason | None = None  #: why there is no score

    _json = (_core.session_to_json,)

    def __repr__(self) -> str:
        score = "" if self.total_score is None else f", {self.total_score} of 100"
        score = f", {self.not_assessable}" if self.not_assessable else score
        return f"<Session {self.id} of {self.customer!r}: {self.status}{score}>"


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class SessionPage(Written):
    """A page of sessions, newest first."""

    sessions: tuple[Session, ...]
    next: str = ""  #: for the argument `after` of Engine.list(); empty on the last page
    damaged: tuple[Error, ...] = ()  #: of the page: the sessions that cannot be read, and why

    _json = (_core.session_page_to_json,)

    def __repr__(self) -> str:
        return f"<SessionPage: {len(self.sessions)} sessions, {'more' if self.next else 'the last'}>"


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class SessionResult(Written):
    """What is currently known about a session. Stale results are None; Session.stale names their stages."""

    session: Session
    transcript: Transcript | None = None
    #: while the session is being assessed: the answers of the categories that are finished
    assessment: Assessment | None = None
    assessability: Assessability | None = None  #: made with the score, also if there is none
    score: Score | None = None
    coaching: Coaching | None = None
    usage: tuple[StageUsage, ...] = ()  #: of everything that was paid for, current or not

    _json = (_core.session_result_to_json,)

    def __repr__(self) -> str:
        known = [
            name
            for name in ("transcript", "assessment", "score", "coaching")
            if getattr(self, name) is not None
        ]
        return f"<SessionResult {self.session.id}: {', '.join(known) or 'nothing yet'}>"


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreVersion(Part):
    """One version of the score, and why it was made.

    A version without a score records that the call was not assessable.
    """

    version: int
    at_ms: int = 0  #: milliseconds since 1970-01-01 UTC
    actor: str = ""
    reason: str = ""  #: "assessed", "mentor.07: yes, ...", "rescored by policy strict"
    total_score: int | None = None
    percentage: float | None = None
    risk_band: RiskBand | None = None
    fingerprint: str = ""  #: see fingerprint()
    changed: tuple[str, ...] = ()  #: ids of the items whose answer differs from the version before
    assessment: AssessmentStatus | None = None
    not_assessable: NotAssessableReason | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditEntry(Part):
    """An entry of the audit log.

    It contains no words of the conversation and no name except the actor's.
    """

    number: int  #: 1, 2, 3, ... within the session
    at_ms: int = 0  #: milliseconds since 1970-01-01 UTC
    actor: str = ""
    action: str = ""  #: "created", "assessed", "overridden", "erased", ...
    detail: str = ""  #: "mentor.07", "version 3", or empty
    previous: str = ""  #: hash of the entry before; empty for the first one
    hash: str = ""  #: SHA-256 of all other fields and of what was written


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditReport(Written):
    """Whether an audit log is complete and matches the stored data."""

    entries: int = 0
    faults: tuple[Error, ...] = ()  #: what was found where; not raised; empty if nothing was tampered with

    _json = (_core.audit_report_to_json,)


def history_to_json(history: Iterable[ScoreVersion]) -> str:
    """Returns JSON text that follows schemas/score-history.schema.json."""
    return _core.score_history_to_json(history)


def audit_to_json(entries: Iterable[AuditEntry]) -> str:
    """Returns JSON text that follows schemas/audit-log.schema.json."""
    return _core.audit_log_to_json(entries)


def run_options(
    until: Stage,
    votes: int,
    budget: Budget,
    prices: Iterable[Price] | None,
    parallel: int,
    allow_partial: bool = False,
) -> str:
    stages = {"until": until, "votes": votes, "parallel": parallel, "allow_partial": allow_partial}
    return json_text(stages | limits(budget, prices))
