"""Metrics of a conversation."""

from dataclasses import dataclass

from . import _core
from ._noun import Document, Part
from ._words import Role, ShareBasis


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeakerMetrics(Part):
    """Metrics of one speaker. A turn is a sequence of consecutive utterances of one speaker.

    A ratio whose denominator is zero is None. Times are in milliseconds.
    """

    speaker: str
    role: Role = Role.UNKNOWN
    talk_ms: int = 0  #: total time covered by the speaker's spans that have both times
    words: int = 0
    turns: int = 0
    questions: int = 0  #: sentences that end in a question mark
    interruptions: int = 0  #: turns that begin strictly within another speaker's utterance
    longest_monologue_words: int = 0
    longest_monologue_ms: int | None = None  #: the longest timed turn, from its first begin to its last end
    talk_share: float | None = None  #: 0 to 1, see Metrics.talk_share_basis
    words_per_minute: float | None = None  #: words of timed spans / talk_ms
    #: mean pause before a reply, in whole milliseconds, rounded down; a reply is a turn that begins at or
    #: after the end of another speaker's turn
    patience_ms: int | None = None
    replies: int = 0  #: number of replies, over which patience_ms is the mean


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Metrics(Document):
    """Metrics of the whole conversation. Times are in milliseconds, and shares are from 0 to 1."""

    duration_ms: int = 0  #: from the first begin to the last end; 0 if there are no times
    words: int = 0
    utterances: int = 0
    turns: int = 0
    speaker_switches: int = 0
    switches_per_minute: float | None = None
    talk_share_basis: ShareBasis = ShareBasis.NONE  #: speaking time, or else words
    rep_talk_share: float | None = None  #: None if nobody is known to be a rep
    customer_talk_share: float | None = None
    longest_rep_monologue_ms: int | None = None
    speakers: tuple[SpeakerMetrics, ...] = ()  #: in order of first appearance

    _json = (_core.metrics_to_json, _core.metrics_from_json)

    def __repr__(self) -> str:
        return (
            f"<Metrics: {self.duration_ms} ms, {self.words} words, {self.turns} turns, "
            f"{len(self.speakers)} speakers>"
        )
