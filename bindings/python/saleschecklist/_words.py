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


class RejectionReason(Word):
    """Why a quote that was offered as proof is not evidence."""

    NOT_FOUND = "not_found"  # the words are not in the transcript
    WORDS_DIFFER = "words_differ"  # almost there, but a word is another one, missing or added
    NUMBER_DIFFERS = "number_differs"  # the same, and it is a number
    NAME_DIFFERS = "name_differs"  # the same, and it is a name
    NEGATION_DIFFERS = "negation_differs"  # the same, and it is a word such as "not"
    STITCHED = "stitched"  # the parts of the quote are in different places
    WRONG_SIDE = "wrong_side"  # said by the side whose words the item does not ask for
    UNKNOWN_SPEAKER = "unknown_speaker"  # said by somebody whose role is unknown
    SUSPECT_WORDS = "suspect_words"  # only in a suspect utterance
    ADDRESSED_TO_ASSESSOR = "addressed_to_assessor"  # an instruction to the assessor
    SINGLE_WORD = "single_word"  # one word proves nothing by itself
    NO_WORDS = "no_words"  # the quote is empty or has punctuation only
    TOO_LONG = "too_long"  # the quote has more than 4,000 bytes
    NOT_UTF8 = "not_utf8"  # the quote is not valid UTF-8

    @classmethod
    def _missing_(cls, value: object) -> "RejectionReason | None":
        """Words of earlier versions."""
        return cls.SUSPECT_WORDS if value == "doubtful_words" else None


class UnansweredReason(Word):
    """Why the assessor gave an item no answer."""

    NO_WORDS = "no_words"  # nothing is said in the transcript
    SIDE_ABSENT = "side_absent"  # nobody is known to be of the side whose words the item asks for
    OTHER_LANGUAGE = "other_language"  # the cues are for another language
    NOT_ASKED = "not_asked"  # the question was not put to the assessor
    OVER_BUDGET = "over_budget"  # the budget was spent
    SERVICE_FAILED = "service_failed"  # the model's service failed
    DECLINED = "declined"  # the model declined to answer, or its service filtered the reply
    UNUSABLE_REPLY = "unusable_reply"  # the model's reply had no valid answer for the item


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
