"""Deals over their calls, and stage plans."""

from dataclasses import dataclass

from . import _core
from ._noun import Document, Part
from ._response import Response
from ._score import Policy, Score
from ._words import Answer, BandBasis, ItemState, RiskBand


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanLine(Part):
    """One line of a plan: all of `items` are due, or `at_least` items of `category`.

    Whichever items of the category are known count, those that are due by name, too.
    """

    items: tuple[str, ...] = ()
    category: str = ""
    at_least: int = 0
    reason: str = ""

    _left_out = frozenset({"items", "category"})


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanStage(Part):
    """What is due by the end of a stage. It stays due at all later ones."""

    id: str
    name: str
    due: tuple[PlanLine, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class StagePlan(Document):
    """What should be known about a deal by the end of each of its stages."""

    id: str
    name: str
    description: str = ""
    checklist_id: str
    revision: int = 1
    stages: tuple[PlanStage, ...]  #: in the order of a deal
    closed: tuple[str, ...] = ()  #: stages of deals that are over, where nothing is due
    paused: tuple[str, ...] = ()  #: stages of deals that rest

    _json = (_core.stage_plan_to_json, _core.stage_plan_from_json)


@dataclass(frozen=True, slots=True)
class Ratio(Part):
    """`num` of `den`."""

    num: int = 0
    den: int = 0

    _more_keys = frozenset({"percent"})

    @property
    def percent(self) -> float | None:
        """100 x num / den with one decimal, rounded towards zero; None if den is 0."""
        return _core.percent(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class DealCall(Part):
    """What one call says about a deal."""

    session: str
    at_ms: int  #: when the call took place, in ms since 1970-01-01 UTC
    responses: tuple[Response, ...]
    #: the speaker of each utterance, by its number; empty if not named; may be shorter
    speakers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Confirmation(Part):
    """A person's answer about the deal, whether or not a call has a proof of it."""

    item_id: str
    by: str
    at_ms: int
    answer: Answer = Answer.YES  #: yes, no, denied or not_applicable
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemNote(Part):
    """A person's note on an item of the deal. The latest one is shown."""

    item_id: str
    by: str
    at_ms: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DealHistory(Document):
    """Everything that a deal is rolled up from, in any order."""

    calls: tuple[DealCall, ...]
    confirmations: tuple[Confirmation, ...] = ()
    notes: tuple[ItemNote, ...] = ()

    _json = (_core.deal_history_to_json, _core.deal_history_from_json)


@dataclass(frozen=True, slots=True, kw_only=True)
class DealEvidence(Part):
    """A quote of a call, see Evidence."""

    session: str
    at_ms: int = 0  #: of the call
    utterance: int = 0
    begin: int = 0
    end: int = 0
    quote: str = ""
    speaker: str = ""  #: empty if not named
    begin_ms: int | None = None  #: in the call


@dataclass(frozen=True, slots=True, kw_only=True)
class DealItem(Part):
    """What is known about an item over all calls of a deal."""

    item_id: str
    state: ItemState = ItemState.EMPTY
    #: what was said last: NO if calls were judged and none shows it, UNANSWERED if none was judged
    answer: Answer = Answer.UNANSWERED
    confidence: float | None = None  #: of that answer; None if a person gave it
    evidence: tuple[DealEvidence, ...] = ()  #: all quotes that prove the item, oldest first
    contradicted_by: tuple[DealEvidence, ...] = ()  #: the contrary, since it was proved the last time
    first_heard_ms: int | None = None
    since_ms: int | None = None  #: since when it has this answer
    last_confirmed_ms: int | None = None  #: when it was last proved or confirmed
    decision: Confirmation | None = None  #: the last word of a person
    note: ItemNote | None = None
    #: whether a person should look: it is contradicted, or a newer quote speaks against the word of a person,
    #: which holds all the same
    needs_review: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CallGain(Part):
    """What a call brought."""

    session: str
    at_ms: int = 0
    gain: Ratio = Ratio()  #: items first heard in it, of those that were not heard before
    items: tuple[str, ...] = ()  #: first heard in it, in the order of the checklist


@dataclass(frozen=True, slots=True, kw_only=True)
class DueLine(Part):
    """One line of the stage plan that is due by now."""

    stage: str
    line: PlanLine = PlanLine()
    known: Ratio = Ratio()
    missing: tuple[str, ...] = ()  #: the items of the line that are not known


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Deal(Document):
    """What is known about a deal by its calls, see roll_up()."""

    checklist_fingerprint: str
    stage: str = ""
    plan_id: str = ""  #: empty without a plan
    items: tuple[DealItem, ...] = ()  #: one for each item of the checklist, in its order
    calls: tuple[CallGain, ...] = ()  #: oldest first
    score: Score | None = None  #: over the deal; None if no item is applicable
    #: known by now, of what is due by now; None unless `basis` is STAGE_PROGRESS. Of each category is due
    #: what is due by name, or the greatest at_least if that is more
    stage_progress: Ratio | None = None
    due: tuple[DueLine, ...] = ()
    basis: BandBasis = BandBasis.NO_STAGE
    #: the band of the stage progress or of the score, capped by the gates of the policy that hold at this
    #: stage, see Score.closed_gates; None if there is neither
    band: RiskBand | None = None
    items_to_review: int = 0
    last_at_ms: int = 0  #: of the last call or confirmation; 0 if there is none
    unknown_items: tuple[str, ...] = ()  #: that calls answer; passed over

    _json = (_core.deal_to_json, _core.deal_from_json)

    def __repr__(self) -> str:
        known = sum(item.state in (ItemState.HEARD, ItemState.VALIDATED) for item in self.items)
        return f"<Deal {known} of {len(self.items)} items known, {self.band} by {self.basis}>"
