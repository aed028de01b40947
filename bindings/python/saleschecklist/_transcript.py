"""Who said what, and when: the input of every judgement."""

from dataclasses import dataclass

from . import _core
from ._metrics import Metrics
from ._noun import Document, JsonDict, Noun, Part
from ._words import Role, RoleSource


@dataclass(frozen=True, slots=True, kw_only=True)
class TimedSpan(Part):
    """A part of one utterance with its own times, as the recogniser delivered it."""

    begin: int = 0  #: byte offset of its first character in the UTF-8 of Utterance.text
    begin_ms: int | None = None  #: milliseconds from the start of the recording
    end_ms: int | None = None  #: milliseconds from the start of the recording


@dataclass(frozen=True, slots=True, kw_only=True)
class Utterance(Part):
    """Consecutive words of one speaker.

    Consecutive parts of a named speaker are merged into one utterance; `spans` keeps the times of each,
    in order, the first at byte 0. If none are given, there is one span with the times of the
    utterance.
    """

    speaker: str = ""  #: empty when the source names none
    role: Role = Role.UNKNOWN
    begin_ms: int | None = None  #: milliseconds from the start of the recording
    end_ms: int | None = None  #: milliseconds, never before begin_ms
    text: str  #: never empty, no line breaks
    spans: tuple[TimedSpan, ...] = ()
    suspect: str = ""  #: why these words may be invented; such words prove nothing and count nowhere

    _more_keys = frozenset({"index"})
    _old_keys = {"cues": "spans", "doubt": "suspect"}

    def __post_init__(self) -> None:
        Noun.__post_init__(self)
        if not self.spans:
            span = TimedSpan(begin_ms=self.begin_ms, end_ms=self.end_ms)
            object.__setattr__(self, "spans", (span,))

    def to_dict(self) -> JsonDict:
        """The dict of the schema: without an index; with spans if there are several, with suspect if not empty."""
        data = Noun.to_dict(self)
        if len(self.spans) == 1:
            del data["spans"]
        if not self.suspect:
            del data["suspect"]
        return data


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Transcript(Document):
    """A conversation. Text is Unicode, times are milliseconds from the start of the recording."""

    language: str = ""  #: as the source names it ("en", "english"), or empty
    duration_ms: int | None = None
    utterances: tuple[Utterance, ...]  #: ordered by begin time where there is one
    source_format: str = ""  #: "webvtt", "srt", "text", "otter", "whisper", ...
    role_source: RoleSource = RoleSource.NONE
    role_reason: str = ""  #: one sentence for people
    warnings: tuple[str, ...] = ()  #: what was skipped or repaired while reading

    _json = (_core.transcript_to_json, _core.transcript_from_json)

    def to_json(self, metrics: Metrics | None = None) -> str:
        """JSON text, indented by two spaces, with keys in schema order; includes the metrics if given."""
        if metrics is None:
            return _core.transcript_to_json(self)
        return _core.transcript_with_metrics_to_json(self, metrics)

    def __repr__(self) -> str:
        speakers = len({utterance.speaker for utterance in self.utterances})
        return (
            f"<Transcript {self.source_format or 'of no source'}: "
            f"{len(self.utterances)} utterances, {speakers} speakers, roles {self.role_source}>"
        )
