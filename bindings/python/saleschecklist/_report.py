"""The coaching after a call, and the report, which is everything that is known about the call."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from . import _core
from ._assessability import Assessability
from ._checklist import Checklist
from ._metrics import Metrics
from ._noun import Document, JsonDict, Noun, Part, json_dict, json_text
from ._response import Response
from ._score import Score
from ._transcript import Transcript


@dataclass(frozen=True, slots=True)
class CoachingPoint(Part):
    """One point to keep or to improve."""

    point: str
    explanation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment(Part):
    """A place in the call that is worth listening to again. Times are in milliseconds."""

    utterance: int = 0  #: index into Transcript.utterances
    quote: str
    begin_ms: int | None = None
    end_ms: int | None = None
    item_id: str


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Coaching(Document):
    """The coaching for the seller after the call."""

    feedback_text: str  #: 200 to 300 words
    strengths: tuple[CoachingPoint, ...] = ()
    improvement_areas: tuple[CoachingPoint, ...] = ()
    action_items: tuple[str, ...] = ()  #: three actions for the next call
    first_change: str = ""  #: the one behaviour to change first
    moments: tuple[Moment, ...] = ()

    _json = (_core.coaching_to_json, _core.coaching_from_json)

    def __repr__(self) -> str:
        return (
            f"<Coaching: {len(self.strengths)} strengths, "
            f"{len(self.improvement_areas)} points to improve, {len(self.moments)} moments>"
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class DealInfo(Part):
    """The deal that the call belongs to. Every field may be empty."""

    customer: str = ""
    opportunity: str = ""
    stage: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Usage(Part):
    """What services did, as counted by the services; 0 where a service does not report a number."""

    requests: int = 0  #: sent, including retries
    retries: int = 0
    tokens_in: int = 0  #: read by a model, including cached ones
    tokens_cached: int = 0  #: of those, read from the service's cache
    tokens_out: int = 0  #: written by a model, including hidden reasoning
    characters: int = 0  #: spoken by a voice
    audio_ms: int = 0  #: transcribed
    micro_dollars: int = 0  #: estimated by a price table; 1,000,000 are one US dollar
    tokens_reasoning: int = 0  #: of those, hidden reasoning, where the service tells it


@dataclass(frozen=True, slots=True, kw_only=True)
class StageUsage(Part):
    """The usage of one stage: "transcribe", "separate", "assess", "coach" or "speak"."""

    stage: str
    provider: str  #: provider and model, such as "openai:gpt-4o-mini"
    usage: Usage = Usage()


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Report(Noun):
    """Everything that is known about a call. Its JSON names the checklist instead of containing it."""

    deal: DealInfo = DealInfo()
    checklist: Checklist
    checklist_fingerprint: str  #: fingerprint(checklist)
    transcript: Transcript
    metrics: Metrics
    responses: tuple[Response, ...]  #: one per item, in checklist order
    assessment: Assessability = Assessability()
    score: Score | None
    coaching: Coaching | None
    assessor: str  #: who answered, see Assessment
    notices: tuple[str, ...] = ()  #: what readers must know to interpret the report
    usage: tuple[StageUsage, ...] = ()  #: of the stages that used a service, in order

    def to_json(self) -> str:
        """Returns JSON text, indented by two spaces and with keys in schema order.

        Equal values give equal texts.
        """
        return _core.report_to_json(self)

    @staticmethod
    def from_json(text: str | bytes, checklist: Checklist) -> "Report":
        """Reads a report from JSON text. `checklist` must be the checklist that the report names.

        Raises InvalidArgument if the checklist has another fingerprint, and InvalidInput if a quote is not
        in the transcript, if the metrics, the assessment or the score do not follow from the transcript and
        the responses,
        or if the text violates the schema.
        """
        return _core.report_from_json(text, checklist)

    def to_dict(self) -> JsonDict:
        """Returns the JSON that the schema describes as dict, list, str, int, float, bool and None."""
        return json_dict(self.to_json())

    @staticmethod
    def from_dict(data: Mapping[str, Any], checklist: Checklist) -> "Report":
        """Makes a report from a dict like that of to_dict(). Raises the same errors as from_json()."""
        return Report.from_json(json_text(data), checklist)

    def __repr__(self) -> str:
        score = (
            f"{self.score.total_score} of 100, {self.score.risk_label}"
            if self.score
            else f"without a score, {self.assessment.reason}"
        )
        return (
            f"<Report {score}: "
            f"{len(self.responses)} answers by {self.assessor} "
            f"over {len(self.transcript.utterances)} utterances>"
        )
