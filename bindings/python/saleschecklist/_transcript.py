"""Transcripts: who said what, and when."""

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

    Consecutive spans of a named speaker are merged into one utterance; `spans` keeps the times of each,
    in order, and the first begins at byte 0. If no spans are given, there is one span with the times of
    the utterance.
    """

    speaker: str = ""  #: empty if the source names nobody
    role: Role = Role.UNKNOWN
    begin_ms: int | None = None  #: milliseconds from the start of the recording
    end_ms: int | None = None  #: milliseconds from the start of the recording; never before begin_ms
    text: str  #: never empty, no line breaks
    spans: tuple[TimedSpan, ...] = ()
    #: why the recogniser has probably invented these words, as one clause; empty if it has not; suspect
    #: words are shown, but they are never evidence and do not count in metrics
    suspect: str = ""

    _more_keys = frozenset({"index"})
    _old_keys = {"cues": "spans", "doubt": "suspect"}

    def __post_init__(self) -> None:
        Noun.__post_init__(self)
        if not self.spans:
            span = TimedSpan(begin_ms=self.begin_ms, end_ms=self.end_ms)
            object.__setattr__(self, "spans", (span,))

    def to_dict(self) -> JsonDict:
        """Returns the dict that the schema describes, without an index.

        It has `spans` only if there are several, and `suspect` only if it is not empty.
        """
        data = Noun.to_dict(self)
        if len(self.spans) == 1:
            del data["spans"]
        if not self.suspect:
            del data["suspect"]
        return data


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Transcript(Document):
    """A conversation. Times are in milliseconds from the start of the recording."""

    language: str = ""  #: as the source names it ("en", "english"), or empty
    duration_ms: int | None = None
    utterances: tuple[Utterance, ...]  #: ordered by begin time, if there are times
    source_format: str = ""  #: "webvtt", "srt", "text", "otter", "whisper", ...
    role_source: RoleSource = RoleSource.NONE
    role_reason: str = ""  #: how the roles were found, as one sentence
    role_confidence: float | None = None  #: 0..1, that nobody has a wrong role; only if inferred
    warnings: tuple[str, ...] = ()  #: what was skipped or repaired while reading
    speakers_inferred: bool = False  #: whether a language model told the speakers apart by the words alone

    _json = (_core.transcript_to_json, _core.transcript_from_json)

    def to_json(self, metrics: Metrics | None = None) -> str:
        """Returns JSON text, indented by two spaces and with keys in schema order.

        The text includes the metrics if they are given.
        """
        if metrics is None:
            return _core.transcript_to_json(self)
        return _core.transcript_with_metrics_to_json(self, metrics)

    def __repr__(self) -> str:
        speakers = len({utterance.speaker for utterance in self.utterances})
        return (
            f"<Transcript {self.source_format or 'of no source'}: "
            f"{len(self.utterances)} utterances, {speakers} speakers, roles {self.role_source}>"
        )
