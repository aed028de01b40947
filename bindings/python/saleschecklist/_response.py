"""The answer to one checklist item, and the words that prove it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ._noun import Part
from ._words import Answer, EvidenceFrom, EvidenceStatus, Support


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence(Part):
    """Words that stand in the transcript.

    `quote.encode()` is `utterances[utterance].text.encode()[begin:end]`: offsets count the bytes of
    UTF-8, not characters. Times are those of the cues that hold the quote, in milliseconds.
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
    """A quote that was offered as proof and is not: kept, so that people can see it was refused."""

    quote: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Override(Part):
    """A person's correction. The machine's own answer stays in Response.ai_answer."""

    by: str
    reason: str
    at: str  #: ISO 8601 UTC, given by the host


@dataclass(frozen=True, slots=True, kw_only=True)
class Response(Part):
    """The answer to one item. Its JSON in reports names category and title of the item, too."""

    item_id: str
    answer: Answer = Answer.UNANSWERED  #: the one that is scored
    ai_answer: Answer = Answer.UNANSWERED  #: what the assessor said before any law or person
    confidence: float = 0.0  #: 0 to 1
    support: Support = Support.NONE
    evidence: tuple[Evidence, ...] = ()
    rejected_evidence: tuple[RejectedEvidence, ...] = ()
    reasoning: str = ""
    override: Override | None = None
    needs_review: bool = False

    _more_keys = frozenset({"category", "title"})

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> "Response":
        """As of every noun; an absent ai_answer is the answer, as responses_from_json() reads it."""
        if isinstance(data, Mapping) and "answer" in data:
            data = {"ai_answer": data["answer"], **data}
        return super(Response, cls).from_dict(data)


@dataclass(frozen=True, slots=True)
class Claim(Part):
    """A quote that somebody offers as proof."""

    quote: str
    utterance: int | None = None  #: where it is said to be; other places are searched, too
    evidence_from: EvidenceFrom = EvidenceFrom.EITHER  #: whose words it has to be


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict(Part):
    """What became of a claim: evidence, or the reason why not."""

    evidence: Evidence | None = None
    reason: str = ""  #: empty when there is evidence
