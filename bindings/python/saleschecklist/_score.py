"""Scores, which anyone can recompute from the answers."""

from dataclasses import dataclass

from . import _core
from ._noun import Document, Part
from ._words import Answer, CountsAs, RiskBand, ScoringMode


@dataclass(frozen=True, slots=True)
class Band(Part):
    """The percentage from which a deal is in a band, and the band's label and colour."""

    threshold: float  #: in percent, 0 to 100 in steps of 0.001; compared unrounded
    label: str
    color: str  #: "#rrggbb"


@dataclass(frozen=True, slots=True)
class Gate(Part):
    """A critical item: as long as it is not shown, the band is at most `at_most`, whatever the score.

    An item that is not applicable or left out is not critical.
    """

    item_id: str
    at_most: RiskBand = RiskBand.YELLOW  #: yellow or red
    #: the stage of the deal from which the gate holds, see roll_up(). A gate without a stage holds for every
    #: call, too; score() passes over all others
    from_stage: str = ""
    reason: str = ""  #: for people: why the item is critical


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy(Document):
    """How answers are weighted and become a risk band.

    The thresholds must be ordered: 0 <= yellow <= green <= 100.
    """

    id: str = "default"
    mode: ScoringMode = ScoringMode.EQUAL_WEIGHT
    green: Band = Band(80.0, "Healthy", "#27ae60")
    yellow: Band = Band(60.0, "Caution", "#f39c12")
    red: Band = Band(0.0, "At Risk", "#e74c3c")
    ambiguous: CountsAs = CountsAs.NO  #: how Answer.AMBIGUOUS counts
    gates: tuple[Gate, ...] = ()  #: of different items
    #: of a deal: how long what was said proves an item, in ms, at least 1; None: for ever. What is older,
    #: ItemState.STALE, counts as `stale` says
    evidence_ttl_ms: int | None = None
    stale: CountsAs = CountsAs.YES

    _json = (_core.policy_to_json, _core.policy_from_json)


@dataclass(frozen=True, slots=True, kw_only=True)
class CategoryScore(Part):
    """The contribution of a category to the score."""

    id: str
    name: str
    score: float = 0.0  #: points of the yes answers (10 for an unweighted item)
    max_score: float = 0.0  #: points of all items that count
    validated_items: int = 0
    total_items: int = 0  #: items that count


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoredItem(Part):
    """An item in strengths or gaps; `category` is the name of its category."""

    item_id: str
    title: str
    category: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreSummary(Part):
    """The number of items of each kind."""

    validated_items: int = 0  #: yes
    unvalidated_items: int = 0  #: no, including unsupported yes
    unanswered_items: int = 0
    not_applicable_items: int = 0
    unsupported_items: int = 0
    total_items: int = 0
    denied_items: int = 0
    ambiguous_items: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosedGate(Part):
    """A gate of the policy whose item is not shown."""

    item_id: str
    title: str
    answer: Answer = Answer.UNANSWERED
    at_most: RiskBand = RiskBand.YELLOW
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Score(Document):
    """The scorecard of one call.

    Strengths are the items answered yes, and gaps all other items that count. Both are ordered by weight,
    then confidence (highest first), then position in the checklist.
    """

    total_score: int = 0  #: 0 to 100, the floor of the percentage
    percentage: float = 0.0  #: one decimal, rounded towards zero
    risk_band: RiskBand = RiskBand.RED
    risk_label: str = ""
    risk_color: str = ""  #: "#rrggbb"
    category_breakdown: tuple[CategoryScore, ...] = ()
    strengths: tuple[ScoredItem, ...] = ()
    gaps: tuple[ScoredItem, ...] = ()
    summary: ScoreSummary = ScoreSummary()
    policy: Policy = Policy()
    #: SHA-256 of everything that the score depends on, see fingerprint(); empty after score(), which does
    #: not know the transcript
    fingerprint: str = ""
    closed_gates: tuple[ClosedGate, ...] = ()  #: in the order of the policy; they cap the risk band

    _json = (_core.score_to_json, _core.score_from_json)

    def __repr__(self) -> str:
        return f"<Score {self.total_score} of 100, {self.risk_label} ({self.risk_band})>"
