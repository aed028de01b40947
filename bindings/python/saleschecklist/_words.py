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
    DENIED = "denied"  # words of the right side say the contrary; counts as no
    AMBIGUOUS = "ambiguous"  # two people of the right side say opposite things, see Policy::ambiguous


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


class SalesCallVerdict(Word):
    """Whether a call is a sales call."""

    NO = "no"
    UNSURE = "unsure"
    YES = "yes"


class SalesCallReason(Word):
    """What speaks for a verdict. The numbers behind it are in SalesCall."""

    STATED = "stated"
    BOTH_SIDES = "both_sides"  # a seller and a customer are known
    SIDE_MISSING = "side_missing"  # no seller or no customer is known
    BROAD = "broad"  # items of at least three categories were heard
    NARROW = "narrow"  # items of at most one category were heard
    SALES_TALK = "sales_talk"  # the talk is about products, prices, needs and next steps
    NO_SALES_TALK = "no_sales_talk"  # it hardly is
    SERVICE_TALK = "service_talk"  # the talk is about a fault, an order or an appointment of one person
    MEETING_TALK = "meeting_talk"  # the talk is that of a meeting, a lesson, an interview or a hearing
    AMONG_COLLEAGUES = "among_colleagues"  # hardly anybody says "you": the speakers talk about third parties


class SalesCallRule(Word):
    """Who decides whether a call is a sales call."""

    AUTOMATIC = "automatic"
    YES = "yes"  # the host says that it is; a short call is scored, too
    NO = "no"  # the host says that it is not


class AssessmentStatus(Word):
    """Whether a call was assessed."""

    ASSESSED = "assessed"
    PARTIAL = "partial"  # some items could not be judged, or it is unsure whether this is a sales call
    NOT_ASSESSABLE = "not_assessable"  # there is no score


class NotAssessableReason(Word):
    """Why a call has no score."""

    TOO_SHORT = "too_short"
    UNSUPPORTED_LANGUAGE = "unsupported_language"  # the offline assessor has no cues in the language of the call
    NOT_A_SALES_CALL = "not_a_sales_call"
    ROLES_UNKNOWN = "roles_unknown"  # no seller or no customer is known, so at least half of the items are unjudged
    NOT_ASKED = "not_asked"  # the assessor was not asked about at least half of the items
    SERVICE_FAILED = "service_failed"  # the model did not answer at least half of the items


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


class CountsAs(Word):
    """How an answer that is neither a plain yes nor a plain no counts. LEFT_OUT is as NOT_APPLICABLE."""

    NO = "no"
    YES = "yes"
    LEFT_OUT = "left_out"


class ItemState(Word):
    """What is known about an item over all calls of a deal."""

    EMPTY = "empty"
    HEARD = "heard"
    VALIDATED = "validated"
    CONTRADICTED = "contradicted"
    STALE = "stale"
    NOT_APPLICABLE = "not_applicable"


class BandBasis(Word):
    """What the band of a deal compares with the thresholds of the policy.

    All others than STAGE_PROGRESS are reasons why it is the score over the deal.
    """

    STAGE_PROGRESS = "stage_progress"
    FIRST_CALL = "first_call"
    NO_STAGE = "no_stage"
    UNKNOWN_STAGE = "unknown_stage"
    INACTIVE_STAGE = "inactive_stage"


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
    NOT_ASSESSABLE = "not_assessable"  # completed without a score; Session::not_assessable says why
    FAILED = "failed"  # Session.failure says at which stage and why
    ERASING = "erasing"  # an erasure has begun and must be finished


class AnswerCode(enum.IntEnum):
    """An answer as one byte, for score_many(). An unsupported yes must be passed as NO."""

    UNANSWERED = 0
    YES = 1
    NO = 2
    NOT_APPLICABLE = 3
