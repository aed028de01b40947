"""Enumerations whose members are the words of the JSON."""

import enum


class Word(str, enum.Enum):
    """A fixed set of words. A member equals, prints and formats as its word."""

    def __str__(self) -> str:
        return str.__str__(self)

    def __format__(self, format_spec: str) -> str:
        return str.__format__(self, format_spec)


class Role(Word):
    """Which side of the table somebody is on."""

    UNKNOWN = "unknown"
    REP = "rep"
    CUSTOMER = "customer"


class RoleSource(Word):
    """Where the roles come from: named by the host, or inferred from what was said."""

    NONE = "none"
    GIVEN = "given"
    INFERRED = "inferred"


class EvidenceFrom(Word):
    """Whose words can prove an item."""

    CUSTOMER = "customer"
    REP = "rep"
    EITHER = "either"


class Answer(Word):
    """What a checklist item is answered with."""

    UNANSWERED = "unanswered"
    YES = "yes"
    NO = "no"
    NOT_APPLICABLE = "not_applicable"


class EvidenceStatus(Word):
    """How a quote was found: word for word, or repaired to the transcript's own words."""

    VERIFIED = "verified"
    REPAIRED = "repaired"


class Support(Word):
    """How well an answer stands: its weakest accepted quote, a yes whose quotes all failed, none."""

    NONE = "none"
    VERIFIED = "verified"
    REPAIRED = "repaired"
    UNSUPPORTED = "unsupported"


class ShareBasis(Word):
    """What shares of talk are shares of."""

    NONE = "none"
    TIME = "time"
    WORDS = "words"


class RiskBand(Word):
    """The traffic light of a deal."""

    RED = "red"
    YELLOW = "yellow"
    GREEN = "green"


class ScoringMode(Word):
    """What an item weighs: the same as each other, or category weight times item weight."""

    EQUAL_WEIGHT = "equal_weight"
    WEIGHTED = "weighted"


class AnswerCode(enum.IntEnum):
    """An answer as one byte, for `score_many()`. A yes that is unsupported is to be given as NO."""

    UNANSWERED = 0
    YES = 1
    NO = 2
    NOT_APPLICABLE = 3
