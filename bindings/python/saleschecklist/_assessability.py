"""Whether a call can be scored, and whether it is a sales call at all."""

from dataclasses import dataclass

from . import _core
from ._noun import Part, Written
from ._words import (
    AssessmentStatus,
    NotAssessableReason,
    SalesCallReason,
    SalesCallRule,
    SalesCallVerdict,
    UnansweredReason,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SalesCall(Written):
    """Whether a call is a sales call, and why.

    Phrases are counted once each, however often they are said, and only in English; the counts are 0 in
    other languages.
    """

    verdict: SalesCallVerdict = SalesCallVerdict.UNSURE
    reasons: tuple[SalesCallReason, ...] = ()  #: the most important one first
    seller_words: int = 0
    customer_words: int = 0
    categories_heard: int = 0  #: categories with an item that is answered yes
    categories: int = 0  #: categories of the checklist
    product_phrases: int = 0
    price_phrases: int = 0
    need_phrases: int = 0  #: about how the customer works, decides and buys today
    next_step_phrases: int = 0
    service_phrases: int = 0  #: of customer service
    meeting_phrases: int = 0  #: of meetings, lessons, interviews and hearings
    address_share: float = 0.0  #: of "you" and "your" in all words

    _json = (_core.sales_call_to_json,)


@dataclass(frozen=True, slots=True, kw_only=True)
class UnjudgedItems(Part):
    """How many items were not judged for one reason."""

    reason: UnansweredReason = UnansweredReason.NOT_ASKED
    items: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessability(Written):
    """How far a call could be assessed."""

    status: AssessmentStatus = AssessmentStatus.ASSESSED
    reason: NotAssessableReason | None = None  #: absent unless the status is not_assessable
    language: str = ""  #: its code, as detect_language(); or empty
    words: int = 0  #: of the call, without suspect ones
    unjudged_items: int = 0  #: unanswered ones
    unjudged_share: float = 0.0  #: of the items that are not not_applicable
    unjudged: tuple[UnjudgedItems, ...] = ()  #: by reason, the most frequent one first
    sales_call_rule: SalesCallRule = SalesCallRule.AUTOMATIC
    sales_call: SalesCall = SalesCall()

    _json = (_core.assessability_to_json,)

    @property
    def message(self) -> str:
        """The same as one or two sentences for people; empty if the status is `assessed`."""
        return _core.describe_assessability(self)

    @property
    def incomplete(self) -> bool:
        """Whether a model was asked about items and did not answer them, so that asking again can help."""
        return _core.is_incomplete(self)
