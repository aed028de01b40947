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


class Stage(Word):
    """What is done to a session, in this order."""

    TRANSCRIBE = "transcribe"
    ASSESS = "assess"
    SCORE = "score"
    COACH = "coach"
    SPEAK = "speak"


class SessionStatus(Word):
    """Where a session is in its life."""

    DRAFT = "draft"  # nothing is attached
    UPLOADING = "uploading"  # a recording is being put where blobs are kept
    PROCESSING = "processing"  # a recording waits to be heard, or is
    ANALYZING = "analyzing"  # a transcript waits to be judged, or is
    PENDING_REVIEW = "pending_review"  # judged; a person is to look and approve
    SCORING = "scoring"  # being scored, coached and spoken
    COMPLETED = "completed"
    FAILED = "failed"  # Session.failure says where and why
    ERASING = "erasing"  # an erasure was begun and is to be finished


class AnswerCode(enum.IntEnum):
    """An answer as one byte, for `score_many()`. A yes that is unsupported is to be given as NO."""

    UNANSWERED = 0
    YES = 1
    NO = 2
    NOT_APPLICABLE = 3
