# The library's functions over the package's nouns, positional and private. A wrong type raises
# TypeError naming class and field; everything else a subclass of Error. Iterables may be of any kind.

from collections.abc import Callable, Iterable
from typing import Any

from ._checklist import Checklist
from ._errors import Error
from ._metrics import Metrics
from ._report import Coaching, Deal, Report, StageUsage
from ._response import Claim, Response, Verdict
from ._score import Policy, Score
from ._services import Assessment, Speech
from ._transcript import Transcript

_Log = Callable[[str, str], None] | None  # takes the level's name and a line
_Content = bytes | bytearray | memoryview | str
_Json = str | bytes

def read_transcript(data: _Content, rep_names: Iterable[str], /) -> Transcript: ...
def measure(transcript: Transcript, /) -> Metrics: ...
def find_checklist(id: str, /) -> Checklist: ...
def validate_checklist(checklist: Checklist, /) -> tuple[Error, ...]: ...
def validate_policy(policy: Policy, /) -> tuple[Error, ...]: ...
def validate_transcript(transcript: Transcript, /) -> tuple[Error, ...]: ...
def item_count(checklist: Checklist, /) -> int: ...
def checklist_fingerprint(checklist: Checklist, /) -> str: ...
def fingerprint(
    checklist: Checklist,
    transcript: Transcript,
    assessor: str,
    policy: Policy,
    responses: Iterable[Response],
    /,
) -> str: ...
def verify(transcript: Transcript, claims: Iterable[Claim], /) -> tuple[Verdict, ...]: ...
def assess_offline(transcript: Transcript, checklist: Checklist, /) -> tuple[Response, ...]: ...
def score(checklist: Checklist, responses: Iterable[Response], policy: Policy, /) -> Score: ...
def coach_offline(
    transcript: Transcript, checklist: Checklist, responses: Iterable[Response], score: Score, /
) -> Coaching: ...
def analyze_content(
    call: _Content,
    checklist: Checklist,
    deal: Deal,
    policy: Policy,
    log: _Log,
    rep_names: Iterable[str],
    /,
) -> Report: ...
def analyze_transcript(
    call: Transcript, checklist: Checklist, deal: Deal, policy: Policy, log: _Log, /
) -> Report: ...
def compose(
    transcript: Transcript,
    checklist: Checklist,
    responses: Iterable[Response],
    assessor: str,
    deal: Deal,
    policy: Policy,
    log: _Log,
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

_Progress = Callable[[str, int, int], object] | None  # takes stage, done and total
_Usage = list[StageUsage] | None  # what was used is appended

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
    log: _Log,
    progress: _Progress,
    cancel: CancelToken | None,
    /,
) -> Report: ...
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

# Buffers: answers [rows, items] of uint8 and the arrays to fill.
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
def transcript_to_json(transcript: Transcript, /) -> str: ...
def transcript_with_metrics_to_json(transcript: Transcript, metrics: Metrics, /) -> str: ...
def metrics_to_json(metrics: Metrics, /) -> str: ...
def responses_to_json(responses: Iterable[Response], /) -> str: ...
def verdicts_to_json(verdicts: Iterable[Verdict], /) -> str: ...
def policy_to_json(policy: Policy, /) -> str: ...
def score_to_json(score: Score, /) -> str: ...
def coaching_to_json(coaching: Coaching, /) -> str: ...
def report_to_json(report: Report, /) -> str: ...
def checklist_from_json(json: _Json, /) -> Checklist: ...
def policy_from_json(json: _Json, /) -> Policy: ...
def transcript_from_json(json: _Json, /) -> Transcript: ...
def metrics_from_json(json: _Json, /) -> Metrics: ...
def claims_from_json(json: _Json, /) -> tuple[Claim, ...]: ...
def score_from_json(json: _Json, /) -> Score: ...
def coaching_from_json(json: _Json, /) -> Coaching: ...
def responses_from_json(json: _Json, /) -> tuple[Response, ...]: ...
def report_from_json(json: _Json, checklist: Checklist, /) -> Report: ...
