"""The answer to a checklist item, with the quotes that prove it."""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from . import _core
from ._noun import JsonDict, Noun, Part
from ._words import (
    Answer,
    EvidenceFrom,
    EvidenceStatus,
    RejectionReason,
    Role,
    Support,
    UnansweredReason,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence(Part):
    """A quote of the transcript.

    `quote.encode()` equals `utterances[utterance].text.encode()[begin:end]`: offsets count UTF-8 bytes,
    not characters. Times are those of the spans that contain the quote, in milliseconds.
    """

    utterance: int
    begin: int
    end: int
    quote: str
    begin_ms: int | None = None
    end_ms: int | None = None
    status: EvidenceStatus = EvidenceStatus.VERIFIED


@dataclass(frozen=True, slots=True)
class RejectedEvidence(Part):
    """A quote that was offered as proof and rejected. It is kept so that people can see why.

    The fields after `reason` are the details of the reason: each is set for the reasons in its comment,
    and has its default value for all others.
    """

    quote: str
    reason: RejectionReason
    speaker: str = ""  #: WRONG_SIDE, UNKNOWN_SPEAKER: the speaker; empty if not named
    role: Role = Role.UNKNOWN  #: WRONG_SIDE: the speaker's role
    #: WRONG_SIDE, UNKNOWN_SPEAKER: whose words the item requires
    evidence_from: EvidenceFrom = EvidenceFrom.EITHER
    suspect: str = ""  #: SUSPECT_WORDS: Utterance.suspect
    quote_word: str = ""  #: *_DIFFER(S): the word in the quote; empty if it is missing
    transcript_word: str = ""  #: *_DIFFER(S): the word in the transcript; empty if it is missing

    _more_keys = frozenset({"message"})
    _old_keys = {"doubt": "suspect"}

    @property
    def message(self) -> str:
        """Why the quote was rejected, as one clause without a full stop."""
        return _core.describe(self)

    def to_dict(self) -> JsonDict:
        """Returns the dict that the schema describes.

        It has the message, and lacks the fields that have their default value.
        """
        data = Noun.to_dict(self)
        shown = {"quote": data.pop("quote"), "reason": data.pop("reason"), "message": self.message}
        defaults = {field.name: field.default for field in dataclasses.fields(self)}
        return shown | {key: value for key, value in data.items() if value != defaults[key]}


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction(Part):
    """A correction by a person. The assessor's answer remains in Response.ai_answer."""

    by: str
    reason: str
    at: str  #: ISO 8601, UTC; set by the host


@dataclass(frozen=True, slots=True, kw_only=True)
class Response(Part):
    """The answer to one item. In reports, its JSON also has the category and the title of the item."""

    item_id: str
    answer: Answer = Answer.UNANSWERED  #: the answer that is scored
    ai_answer: Answer = Answer.UNANSWERED  #: the assessor's, before the evidence law and corrections
    confidence: float = 0.0  #: 0 to 1
    support: Support = Support.NONE
    evidence: tuple[Evidence, ...] = ()
    rejected_evidence: tuple[RejectedEvidence, ...] = ()
    reasoning: str = ""
    #: why ai_answer is unanswered; None if it is not, or if the assessor gave no reason
    unanswered_reason: UnansweredReason | None = None
    override: Correction | None = None
    needs_review: bool = False
    #: accepted quotes that say the contrary of `evidence`: what the other person says (AMBIGUOUS), or what
    #: the same person said before and then took back (YES and DENIED)
    contrary_evidence: tuple[Evidence, ...] = ()

    _more_keys = frozenset({"category", "title"})
    _left_out = frozenset({"unanswered_reason", "contrary_evidence"})

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> "Response":
        """Makes the value from a dict like that of to_dict(). Raises InvalidInput like Part.from_dict().

        If `ai_answer` is absent, it is the answer, as in responses_from_json().
        """
        if isinstance(data, Mapping) and "answer" in data:
            data = {"ai_answer": data["answer"], **data}
        return super(Response, cls).from_dict(data)


@dataclass(frozen=True, slots=True)
class Claim(Part):
    """A quote to be checked."""

    quote: str
    utterance: int | None = None  #: where the quote is said to be; other places are searched, too
    evidence_from: EvidenceFrom = EvidenceFrom.EITHER  #: whose words the quote must be


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict(Part):
    """The result for a claim: either `evidence` or `rejected` is set, and the other is None."""

    evidence: Evidence | None = None
    rejected: RejectedEvidence | None = None
