"""Enumerations whose members are the strings of the JSON."""

import enum


class Word(str, enum.Enum):
    """An enumeration of strings. A member equals its string, and is printed and formatted as it."""

    def __str__(self) -> str:
        return str.__str__(self)

    def __format__(self, format_spec: str) -> str:
        return str.__format__(self, format_spec)


class Role(Word):
    """The side of a speaker."""

    UNKNOWN = "unknown"
    REP = "rep"
    CUSTOMER = "customer"


class RoleSource(Word):
    """Where the roles come from: given by the host or by labels, or inferred from the conversation."""

    NONE = "none"
    GIVEN = "given"
    INFERRED = "inferred"


class EvidenceFrom(Word):
    """Whose words can prove an item."""

    CUSTOMER = "customer"
    REP = "rep"
    EITHER = "either"


class Answer(Word):
    """The answer to a checklist item."""

    UNANSWERED = "unanswered"
    YES = "yes"
    NO = "no"
    NOT_APPLICABLE = "not_applicable"


class EvidenceStatus(Word):
    """How a quote was found: word for word, or repaired to the transcript's own words."""

    VERIFIED = "verified"
    REPAIRED = "repaired"


class Support(Word):
    """How well an answer is supported: the status of its weakest accepted quote.

    UNSUPPORTED is for an item answered yes whose quotes were all rejected, and NONE for any other answer
    without quotes.
    """

    NONE = "none"
    VERIFIED = "verified"
    REPAIRED = "repaired"
    UNSUPPORTED = "unsupported"


class RejectionReason(Word):
    """Why a quote that an assessor offered as proof is not evidence."""

    NOT_FOUND = "not_found"  # the words are not in the transcript
    WORDS_DIFFER = "words_differ"  # similar words are, but a word differs, is missing or was added
    NUMBER_DIFFERS = "number_differs"  # as words_differ, and the word is a number
    NAME_DIFFERS = "name_differs"  # as words_differ, and the word is a name
    NEGATION_DIFFERS = "negation_differs"  # as words_differ, and the word is a negation such as "not"
    STITCHED = "stitched"  # the quote joins words from different places
    WRONG_SIDE = "wrong_side"  # said by the other side than the item requires
    UNKNOWN_SPEAKER = "unknown_speaker"  # said by a speaker of unknown role
    SUSPECT_WORDS = "suspect_words"  # occurs only in a suspect utterance
    ADDRESSED_TO_ASSESSOR = "addressed_to_assessor"  # the quote is an instruction to the assessor
    SINGLE_WORD = "single_word"  # a single word proves nothing
    NO_WORDS = "no_words"  # the quote is empty or has only punctuation
    TOO_LONG = "too_long"  # the quote is longer than 4,000 bytes
    NOT_UTF8 = "not_utf8"  # the quote is not valid UTF-8

    @classmethod
    def _missing_(cls, value: object) -> "RejectionReason | None":
        """Accepts the names of earlier versions."""
        return cls.SUSPECT_WORDS if value == "doubtful_words" else None


class UnansweredReason(Word):
    """Why the assessor did not answer an item. Response.reasoning says the same as text."""

    NO_WORDS = "no_words"  # the transcript has no words
    SIDE_ABSENT = "side_absent"  # no speaker is known to be of the side that the item requires
    OTHER_LANGUAGE = "other_language"  # the conversation is in another language than the cues
    NOT_ASKED = "not_asked"  # the assessor was not asked
    OVER_BUDGET = "over_budget"  # the budget was spent
    SERVICE_FAILED = "service_failed"  # the model's service failed
    DECLINED = "declined"  # the model declined to answer, or its service filtered the reply
    UNUSABLE_REPLY = "unusable_reply"  # the model's reply had no valid answer for the item


class ShareBasis(Word):
    """What shares of talk are measured by."""

    NONE = "none"
    TIME = "time"
    WORDS = "words"


class RiskBand(Word):
    """The band of a score."""

    RED = "red"
    YELLOW = "yellow"
    GREEN = "green"


class ScoringMode(Word):
    """How items are weighted: all equally, or by category weight times item weight."""

    EQUAL_WEIGHT = "equal_weight"
    WEIGHTED = "weighted"


class Stage(Word):
    """The stages of a session, in order."""

    TRANSCRIBE = "transcribe"
    ASSESS = "assess"
    SCORE = "score"
    COACH = "coach"
    SPEAK = "speak"


class SessionStatus(Word):
    """The status of a session."""

    DRAFT = "draft"  # nothing is attached yet
    UPLOADING = "uploading"  # a recording is being written to the blob store
    PROCESSING = "processing"  # a recording is waiting to be transcribed, or is being transcribed
    ANALYZING = "analyzing"  # a transcript is waiting to be assessed, or is being assessed
    PENDING_REVIEW = "pending_review"  # assessed, and waiting for a person's approval
    SCORING = "scoring"  # being scored, coached and spoken
    COMPLETED = "completed"
    FAILED = "failed"  # Session.failure says at which stage and why
    ERASING = "erasing"  # an erasure has begun and must be finished


class AnswerCode(enum.IntEnum):
    """An answer as one byte, for score_many(). An unsupported yes must be passed as NO."""

    UNANSWERED = 0
    YES = 1
    NO = 2
    NOT_APPLICABLE = 3
