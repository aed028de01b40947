# The functions of the native module over the package's values; positional and private. An argument of a
# wrong type raises TypeError, which names class and field; all other failures are subclasses of Error.

from collections.abc import Callable, Iterable
from typing import Any

from ._assessability import Assessability, SalesCall
from ._checklist import Checklist
from ._cues import ChecklistFile, Cues
from ._deal import Deal, DealCall, DealHistory, Ratio, StagePlan
from ._errors import Error
from ._metrics import Metrics
from ._redaction import Redacted, Replacement
from ._report import Coaching, DealInfo, Report, StageUsage
from ._response import Claim, RejectedEvidence, Response, Verdict
from ._score import Policy, Score
from ._services import Assessment, Speech
from ._sessions import (
    AuditEntry,
    AuditReport,
    ScoreVersion,
    Session,
    SessionPage,
    SessionResult,
)
from ._transcript import Transcript
from ._words import Answer, RiskBand, Role, SalesCallRule, SessionStatus

_Log = Callable[[str, str], None] | None  # takes the level's name and a line
_Content = bytes | bytearray | memoryview | str
_Json = str | bytes

def read_transcript(data: _Content, rep_names: Iterable[str], most_bytes: int, /) -> Transcript: ...
def measure(transcript: Transcript, /) -> Metrics: ...
def find_checklist(id: str, /) -> Checklist: ...
def find_cues(checklist_id: str, /) -> Cues: ...
def validate_checklist(checklist: Checklist, /) -> tuple[Error, ...]: ...
def validate_cues(cues: Cues, checklist: Checklist, /) -> tuple[Error, ...]: ...
def validate_policy(policy: Policy, /) -> tuple[Error, ...]: ...
def validate_transcript(transcript: Transcript, /) -> tuple[Error, ...]: ...
def item_count(checklist: Checklist, /) -> int: ...
def checklist_fingerprint(checklist: Checklist, /) -> str: ...
def cues_fingerprint(cues: Cues, /) -> str: ...
def fingerprint(
    checklist: Checklist,
    transcript: Transcript,
    assessor: str,
    policy: Policy,
    responses: Iterable[Response],
    /,
) -> str: ...
def find_stage_plan(id: str, /) -> StagePlan: ...
def validate_stage_plan(plan: StagePlan, checklist: Checklist, /) -> tuple[Error, ...]: ...
def percent(ratio: Ratio, /) -> float | None: ...
def deal_call(session: str, at_ms: int, report: Report, /) -> DealCall: ...
def roll_up(
    checklist: Checklist,
    before: Deal | None,
    history: DealHistory,
    policy: Policy,
    stage: str,
    plan: StagePlan | None,
    as_of_ms: int | None,
    /,
) -> Deal: ...
def stage_plan_to_json(plan: StagePlan, /) -> str: ...
def stage_plan_from_json(json: str | bytes, /) -> StagePlan: ...
def deal_to_json(deal: Deal, /) -> str: ...
def deal_from_json(json: str | bytes, /) -> Deal: ...
def deal_history_to_json(history: DealHistory, /) -> str: ...
def deal_history_from_json(json: str | bytes, /) -> DealHistory: ...
def verify(transcript: Transcript, claims: Iterable[Claim], /) -> tuple[Verdict, ...]: ...
def describe(rejected: RejectedEvidence, /) -> str: ...
def describe_assessability(assessability: Assessability, /) -> str: ...
def is_incomplete(assessability: Assessability, /) -> bool: ...
def detect_language(transcript: Transcript, /) -> str: ...
def is_sales_call(
    transcript: Transcript, checklist: Checklist, responses: Iterable[Response], /
) -> SalesCall: ...
def assessability(
    transcript: Transcript,
    checklist: Checklist,
    responses: Iterable[Response],
    sales_call: SalesCallRule,
    /,
) -> Assessability: ...
def assess_offline(
    transcript: Transcript, checklist: Checklist, cues: Cues | None, /
) -> Assessment: ...
def score(checklist: Checklist, responses: Iterable[Response], policy: Policy, /) -> Score: ...
def coach_offline(
    transcript: Transcript, checklist: Checklist, responses: Iterable[Response], score: Score, /
) -> Coaching: ...
def analyze_content(
    call: _Content,
    checklist: Checklist,
    deal: DealInfo,
    policy: Policy,
    cues: Cues | None,
    log: _Log,
    sales_call: SalesCallRule,
    rep_names: Iterable[str],
    /,
) -> Report: ...
def analyze_transcript(
    call: Transcript,
    checklist: Checklist,
    deal: DealInfo,
    policy: Policy,
    cues: Cues | None,
    log: _Log,
    sales_call: SalesCallRule,
    /,
) -> Report: ...
def compose(
    transcript: Transcript,
    checklist: Checklist,
    responses: Iterable[Response],
    assessor: str,
    deal: DealInfo,
    policy: Policy,
    log: _Log,
    sales_call: SalesCallRule,
    /,
) -> Report: ...
def render_pdf(
    report: Report,
    include_transcript: bool,
    font_file: str,
    bold_font_file: str,
    log: _Log,
    /,
) -> bytes: ...

_Progress = Callable[[str, int, int], object] | None  # called as progress(stage, done, total)
_Usage = list[StageUsage] | None  # receives what was used

class Opened:  # by open_services() only
    @property
    def transcriber(self) -> str: ...
    @property
    def model(self) -> str: ...
    @property
    def voice(self) -> str: ...

class CancelToken:
    def __init__(self) -> None: ...
    def cancel(self) -> None: ...
    def cancelled(self) -> bool: ...

def open_services(json: str, /) -> Opened: ...
def transcribe(
    services: Opened,
    file: str,
    options: str,
    log: _Log,
    progress: _Progress,
    cancel: CancelToken | None,
    usage: _Usage,
    /,
) -> Transcript: ...
def analyze_content_by(
    services: Opened,
    call: _Content,
    checklist: Checklist,
    options: str,
    cues: Cues | None,
    log: _Log,
    progress: _Progress,
    cancel: CancelToken | None,
    /,
) -> Report: ...
def analyze_transcript_by(
    services: Opened,
    call: Transcript,
    checklist: Checklist,
    options: str,
    cues: Cues | None,
    log: _Log,
    progress: _Progress,
    cancel: CancelToken | None,
    /,
) -> Report: ...
def separate_turns(
    services: Opened,
    transcript: Transcript,
    options: str,
    log: _Log,
    progress: _Progress,
    cancel: CancelToken | None,
    usage: _Usage,
    /,
) -> Transcript: ...
def assess(
    services: Opened,
    transcript: Transcript,
    checklist: Checklist,
    options: str,
    log: _Log,
    progress: _Progress,
    cancel: CancelToken | None,
    usage: _Usage,
    /,
) -> Assessment: ...
def coach(
    services: Opened,
    transcript: Transcript,
    checklist: Checklist,
    responses: Iterable[Response],
    score: Score,
    options: str,
    log: _Log,
    cancel: CancelToken | None,
    usage: _Usage,
    /,
) -> Coaching: ...
def speak(
    services: Opened,
    text: str,
    progress: _Progress,
    cancel: CancelToken | None,
    usage: _Usage,
    /,
) -> Speech: ...

class OpenedEngine: ...  # by open_engine() only

def open_engine(
    json: str, services: Opened | None, log: Callable[[str, str], object], /
) -> OpenedEngine: ...
def engine_as(engine: OpenedEngine, tenant: str, actor: str, /) -> OpenedEngine: ...
def session_create(
    engine: OpenedEngine,
    customer: str,
    opportunity: str,
    deal_stage: str,
    decision_influencer: str,
    owner: str,
    policy: Policy,
    checklist: Checklist,
    cues: Cues | None,
    review: bool,
    sales_call: SalesCallRule,
    /,
) -> Session: ...
def session_find(engine: OpenedEngine, id: str, /) -> Session: ...
def session_list(
    engine: OpenedEngine,
    owner: str,
    customer: str,
    status: SessionStatus | None,
    band: RiskBand | None,
    created_from_ms: int | None,
    created_before_ms: int | None,
    after: str,
    limit: int,
    /,
) -> SessionPage: ...
def session_update(
    engine: OpenedEngine,
    id: str,
    customer: str | None,
    opportunity: str | None,
    deal_stage: str | None,
    decision_influencer: str | None,
    owner: str | None,
    review: bool | None,
    sales_call: SalesCallRule | None,
    /,
) -> Session: ...
def session_attach_audio(
    engine: OpenedEngine,
    id: str,
    file: str,
    rep_names: Iterable[str],
    channel_names: Iterable[str],
    language: str,
    /,
) -> Session: ...
def session_attach_transcript(
    engine: OpenedEngine, id: str, transcript: Transcript, /
) -> Session: ...
def session_run(
    engine: OpenedEngine,
    id: str,
    options: str,
    progress: _Progress,
    cancel: CancelToken | None,
    /,
) -> Session: ...
def session_run_pending(
    engine: OpenedEngine,
    limit: int,
    options: str,
    progress: _Progress,
    cancel: CancelToken | None,
    /,
) -> tuple[Session, ...]: ...
def session_coach(
    engine: OpenedEngine,
    id: str,
    options: str,
    progress: _Progress,
    cancel: CancelToken | None,
    /,
) -> Session: ...
def session_retry(engine: OpenedEngine, id: str, /) -> Session: ...
def session_approve(engine: OpenedEngine, id: str, /) -> Session: ...
def session_override(
    engine: OpenedEngine, id: str, item_id: str, answer: Answer, reason: str, /
) -> Session: ...
def session_rename_speaker(
    engine: OpenedEngine, id: str, speaker: str, name: str, /
) -> Session: ...
def session_merge_speakers(
    engine: OpenedEngine, id: str, speakers: Iterable[str], into: str, /
) -> Session: ...
def session_split_speaker(
    engine: OpenedEngine, id: str, utterances: Iterable[int], name: str, /
) -> Session: ...
def session_correct_utterance(
    engine: OpenedEngine, id: str, utterance: int, text: str, /
) -> Session: ...
def session_set_role(engine: OpenedEngine, id: str, speaker: str, role: Role, /) -> Session: ...
def session_rescore(engine: OpenedEngine, id: str, policy: Policy, /) -> Session: ...
def session_rescore_for(
    engine: OpenedEngine, id: str, checklist: Checklist, cues: Cues | None, /
) -> Session: ...
def session_result(engine: OpenedEngine, id: str, /) -> SessionResult: ...
def session_report(engine: OpenedEngine, id: str, /) -> Report: ...
def session_report_pdf(
    engine: OpenedEngine,
    id: str,
    include_transcript: bool,
    font_file: str,
    bold_font_file: str,
    log: _Log,
    /,
) -> bytes: ...
def session_coaching_audio(engine: OpenedEngine, id: str, /) -> bytes: ...
def session_history(engine: OpenedEngine, id: str, /) -> tuple[ScoreVersion, ...]: ...
def session_audit(engine: OpenedEngine, id: str, /) -> tuple[AuditEntry, ...]: ...
def session_verify_audit(engine: OpenedEngine, id: str, /) -> AuditReport: ...
def session_erase(engine: OpenedEngine, id: str, /) -> None: ...
def session_retention(engine: OpenedEngine, created_before_ms: int, /) -> int: ...
def redact(
    transcript: Transcript,
    cards: bool,
    accounts: bool,
    phones: bool,
    emails: bool,
    names: Iterable[str],
    /,
) -> Redacted: ...
def restore(text: str, replacements: Iterable[Replacement], /) -> str: ...

# Buffers: answers [rows, items] of uint8, and the arrays to fill.
def score_many(
    answers: Any,
    checklist: Checklist,
    policy: Policy,
    threads: int,
    totals: Any,
    bands: Any,
    category_scores: Any,
    /,
) -> None: ...
def version() -> str: ...
def checklist_to_json(checklist: Checklist, /) -> str: ...
def cues_to_json(cues: Cues, /) -> str: ...
def transcript_to_json(transcript: Transcript, /) -> str: ...
def transcript_with_metrics_to_json(transcript: Transcript, metrics: Metrics, /) -> str: ...
def metrics_to_json(metrics: Metrics, /) -> str: ...
def responses_to_json(responses: Iterable[Response], /) -> str: ...
def verdicts_to_json(verdicts: Iterable[Verdict], /) -> str: ...
def policy_to_json(policy: Policy, /) -> str: ...
def score_to_json(score: Score, /) -> str: ...
def coaching_to_json(coaching: Coaching, /) -> str: ...
def report_to_json(report: Report, /) -> str: ...
def sales_call_to_json(sales_call: SalesCall, /) -> str: ...
def assessability_to_json(assessability: Assessability, /) -> str: ...
def session_to_json(session: Session, /) -> str: ...
def session_page_to_json(page: SessionPage, /) -> str: ...
def session_result_to_json(result: SessionResult, /) -> str: ...
def score_history_to_json(history: Iterable[ScoreVersion], /) -> str: ...
def audit_log_to_json(entries: Iterable[AuditEntry], /) -> str: ...
def audit_report_to_json(report: AuditReport, /) -> str: ...
def redacted_to_json(redacted: Redacted, /) -> str: ...
def checklist_from_json(json: _Json, /) -> Checklist: ...
def read_checklist(json: _Json, /) -> ChecklistFile: ...
def cues_from_json(json: _Json, /) -> Cues: ...
def cues_of_checklist_from_json(json: _Json, checklist: Checklist, /) -> Cues: ...
def policy_from_json(json: _Json, /) -> Policy: ...
def transcript_from_json(json: _Json, /) -> Transcript: ...
def metrics_from_json(json: _Json, /) -> Metrics: ...
def claims_from_json(json: _Json, /) -> tuple[Claim, ...]: ...
def score_from_json(json: _Json, /) -> Score: ...
def coaching_from_json(json: _Json, /) -> Coaching: ...
def responses_from_json(json: _Json, /) -> tuple[Response, ...]: ...
def report_from_json(json: _Json, checklist: Checklist, /) -> Report: ...
