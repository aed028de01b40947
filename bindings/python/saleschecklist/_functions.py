"""Functions that convert one type to the next. All of them are pure and run without the GIL."""

import logging
import os
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, overload

from . import _core
from ._assessability import Assessability, SalesCall
from ._checklist import Checklist
from ._cues import ChecklistFile, Cues
from ._deal import Deal, DealCall, DealHistory, StagePlan
from ._errors import Error
from ._metrics import Metrics
from ._report import Coaching, DealInfo, Report
from ._response import Claim, Response, Verdict
from ._score import Policy, Score
from ._transcript import Transcript
from ._words import SalesCallRule

if TYPE_CHECKING:
    from ._services import Assessment

_logger = logging.getLogger("saleschecklist")
_logger.addHandler(logging.NullHandler())
_LEVELS = {
    "debug": logging.DEBUG,
    "info": logging.INFO,
    "warning": logging.WARNING,
    "error": logging.ERROR,
}


def write_log(level: str, message: str) -> None:
    _logger.log(_LEVELS[level], "%s", message)


def log() -> Callable[[str, str], None] | None:
    return write_log if _logger.isEnabledFor(logging.WARNING) else None


Content = bytes | bytearray | memoryview | str | os.PathLike[str]


def content(data: Content) -> bytes | bytearray | memoryview | str:
    if not isinstance(data, os.PathLike):
        return data
    with open(data, "rb") as file:
        return file.read()


def path(file: str | os.PathLike[str] | None) -> str:
    return "" if file is None else os.fspath(file)


def read_transcript(
    data: Content, *, rep_names: Iterable[str] = (), most_bytes: int = 64 * 1024 * 1024
) -> Transcript:
    """Reads a transcript in any known format, which is detected by content.

    Formats: WebVTT, SRT, plain text ("Name: text", Otter headings), JSON of Whisper, OpenAI
    diarized, Deepgram, AssemblyAI, ElevenLabs Scribe, QMSum, this library's own, and plain
    {"text": ...} objects.

    data: bytes (UTF-8, or UTF-16 with a byte order mark), a str that is the text itself, or a path
        object of the file to read.
    rep_names: the names of the salespeople, ignoring case; a first name suffices if only one speaker has
        it. Everyone else is then a customer. If empty, roles are inferred, and Transcript.role_source
        says so.
    most_bytes: the largest transcript that is read.

    Raises InvalidInput, which names the line or JSON pointer and what was expected, InvalidArgument if a
    name in rep_names is not a speaker of the transcript, and OSError if the file cannot be read.
    """
    return _core.read_transcript(content(data), rep_names, most_bytes)


def measure(transcript: Transcript) -> Metrics:
    """Measures the conversation. Suspect utterances (see Utterance.suspect) are left out."""
    return _core.measure(transcript)


def find_checklist(id: str) -> Checklist:
    """Returns the built-in checklist with that id.

    Raises NotFound if there is none; the message lists the built-in checklists.
    """
    return _core.find_checklist(id)


def find_cues(checklist_id: str) -> Cues:
    """Returns the built-in cues of the checklist with that id.

    Raises NotFound if there are none; the message lists the checklists that have built-in cues.
    """
    return _core.find_cues(checklist_id)


def read_checklist(text: str | bytes) -> ChecklistFile:
    """Reads a checklist from JSON, and the cues that earlier versions kept inside it.

    Checklist.from_json() refuses a checklist that contains cues, so that the cues are not lost.

    Raises InvalidInput; `where` is "line L, column C" or a JSON pointer, and the message lists all faults.
    """
    return _core.read_checklist(text)


@overload
def validate(
    noun: Checklist | Policy | Transcript, checklist: None = None
) -> tuple[Error, ...]: ...


@overload
def validate(noun: Cues | StagePlan, checklist: Checklist) -> tuple[Error, ...]: ...


def validate(
    noun: Checklist | Cues | Policy | StagePlan | Transcript, checklist: Checklist | None = None
) -> tuple[Error, ...]:
    """Returns all faults of a checklist, a policy or a transcript, or of cues or a plan for a checklist.

    The result is empty if there are none. Each fault is an Error, which is not raised, with a JSON pointer
    in `where`. In a valid transcript, times are in order, texts have no line breaks, and spans are within
    the text, as read_transcript() guarantees; all other functions refuse an invalid transcript.
    """
    if isinstance(noun, (Cues, StagePlan)):
        if checklist is None:
            raise TypeError("validate: expected the checklist that the cues or the plan are for")
        if isinstance(noun, StagePlan):
            return _core.validate_stage_plan(noun, checklist)
        return _core.validate_cues(noun, checklist)
    if checklist is not None:
        raise TypeError("validate: a checklist goes with cues and plans only")
    if isinstance(noun, Transcript):
        return _core.validate_transcript(noun)
    if isinstance(noun, Policy):
        return _core.validate_policy(noun)
    return _core.validate_checklist(noun)


def item_count(checklist: Checklist) -> int:
    """Returns the number of items in all categories."""
    return _core.item_count(checklist)


def verify(transcript: Transcript, claims: Iterable[Claim | str]) -> tuple[Verdict, ...]:
    """Checks claims by the evidence law and returns one verdict per claim, in order.

    A str stands for a Claim with that quote.

    A quote is verified if it is in one utterance word for word, ignoring case, character width,
    quotation marks, dashes and spaces. It is repaired if only recognition noise differs; the evidence is
    then the transcript's own words. It is rejected if a number, date, amount, name or negation differs,
    if its parts come from two places, or if the wrong side said it.
    """
    if isinstance(claims, str):
        raise TypeError("claims: expected an iterable of Claim or str, got str")
    made = (Claim(claim) if isinstance(claim, str) else claim for claim in claims)
    return _core.verify(transcript, tuple(made))


def assess_offline(
    transcript: Transcript, checklist: Checklist | None = None, *, cues: Cues | None = None
) -> "Assessment":
    """Answers every item of the checklist, in order, by matching the cues.

    It matches English phrases, not meaning, and each Response.reasoning says so. Every yes has at least
    one verified quote. A call of an hour takes milliseconds.

    checklist: defaults to the standard one.
    cues: default to the built-in cues of a built-in checklist, which is recognised by its id. Any other
        checklist has no cues: no item is answered then, and a notice says so.

    Raises InvalidArgument if the checklist or the cues are invalid, see validate().
    """
    return _core.assess_offline(transcript, chosen(checklist), cues)


def score(checklist: Checklist, responses: Iterable[Response], policy: Policy = Policy()) -> Score:
    """Scores answers: percentage = 100 x points of items answered yes / points of the items that count.

    Items that are not_applicable do not count; unanswered items, including those without a response, do.
    An unsupported yes counts as no until a person overrides it. The arithmetic is exact, so the order of
    the responses does not matter.

    Raises InvalidArgument if a response names an item that the checklist does not have, if two responses
    name the same item, if a confidence is not within 0 to 1, if every item is not_applicable, or if the
    checklist or the policy is invalid.
    """
    return _core.score(checklist, responses, policy)


def detect_language(transcript: Transcript) -> str:
    """Returns the code of the language that is spoken, such as "en"; empty if it is not known.

    That is the language that the transcript states, unless the words are clearly in another one.
    """
    return _core.detect_language(transcript)


def is_sales_call(
    transcript: Transcript, checklist: Checklist, responses: Iterable[Response]
) -> SalesCall:
    """Judges whether the call is a sales call. The answers count by the breadth of their categories.

    Needs no model. In doubt the verdict is `unsure`, and the call is scored all the same.
    """
    return _core.is_sales_call(transcript, checklist, responses)


def assessability(
    transcript: Transcript,
    checklist: Checklist,
    responses: Iterable[Response],
    *,
    sales_call: SalesCallRule = SalesCallRule.AUTOMATIC,
) -> Assessability:
    """Tells how far the call could be assessed, and why it has no score if it has none.

    Items without a response count as not asked.
    """
    return _core.assessability(transcript, checklist, responses, SalesCallRule(sales_call))


def coach_offline(
    transcript: Transcript, checklist: Checklist, responses: Iterable[Response], score: Score
) -> Coaching:
    """Composes coaching from the texts of the checklist and the evidence.

    Raises InvalidArgument if `score` is not the score of these responses or if evidence is not at its
    place in the transcript, and otherwise the same errors as score().
    """
    return _core.coach_offline(transcript, checklist, responses, score)


def analyze(
    call: Transcript | Content,
    checklist: Checklist | None = None,
    *,
    deal: DealInfo = DealInfo(),
    policy: Policy = Policy(),
    rep_names: Iterable[str] = (),
    cues: Cues | None = None,
    sales_call: SalesCallRule = SalesCallRule.AUTOMATIC,
) -> Report:
    """Measures, assesses, scores and coaches a call, all offline, and returns the report.

    call: a Transcript, or an argument of read_transcript(), which then reads it.
    checklist: defaults to the standard one.
    rep_names: as in read_transcript(); has no effect on a Transcript.
    cues: as in assess_offline().
    sales_call: who decides whether this is a sales call: is_sales_call(), or the caller.

    A call that is not assessable has neither score nor coaching; Report.assessment says why.

    Logs its stages to the logger "saleschecklist". Raises the same errors as read_transcript(),
    assess_offline() and score().
    """
    if isinstance(call, Transcript):
        return _core.analyze_transcript(
            call, chosen(checklist), deal, policy, cues, log(), SalesCallRule(sales_call)
        )
    return _core.analyze_content(
        content(call),
        chosen(checklist),
        deal,
        policy,
        cues,
        log(),
        SalesCallRule(sales_call),
        rep_names,
    )


def compose(
    transcript: Transcript,
    checklist: Checklist,
    responses: Iterable[Response],
    assessor: str,
    *,
    deal: DealInfo = DealInfo(),
    policy: Policy = Policy(),
    sales_call: SalesCallRule = SalesCallRule.AUTOMATIC,
) -> Report:
    """Makes a report from existing answers by adding metrics, score, coaching and notices.

    assessor: the name of who answered, such as Assessment.assessor or the name of a person.
    sales_call: as in analyze().

    Raises the same errors as score(), and InvalidArgument if a quote is not at its place in the
    transcript.
    """
    return _core.compose(
        transcript,
        checklist,
        responses,
        assessor,
        deal,
        policy,
        log(),
        SalesCallRule(sales_call),
    )


def find_stage_plan(id: str) -> StagePlan:
    """Returns the built-in stage plan with that id, "complex-sale" or "short-sale".

    Raises NotFound if there is none; the message lists the built-in plans.
    """
    return _core.find_stage_plan(id)


def deal_call(session: str, at_ms: int, report: Report) -> DealCall:
    """Returns the call of a report as roll_up() needs it.

    session: an id that is unique in the deal. at_ms: when the call took place, in ms since 1970-01-01 UTC.
    """
    return _core.deal_call(session, at_ms, report)


def roll_up(
    checklist: Checklist,
    history: DealHistory,
    *,
    before: Deal | None = None,
    policy: Policy = Policy(),
    stage: str = "",
    plan: StagePlan | str | None = None,
    as_of_ms: int | None = None,
) -> Deal:
    """Returns what is known about a deal by its calls, and how much of what is due at its stage.

    In the order of time, the last call or person that says something about an item decides; silence never
    lowers a deal. docs/deals.md has the rules.

    before: a deal that `history` continues, with later times; the result equals a roll-up of everything.
    plan: what is due at each stage, or the id of a built-in plan; None: the band is that of the score.
    as_of_ms: the time by which evidence is stale; None: that of the last call or confirmation.

    Raises InvalidArgument if the plan is not one for the checklist, if two calls have one session id, if a
    confirmation or a note names an unknown item, or as score() does.
    """
    if isinstance(plan, str):
        plan = find_stage_plan(plan)
    return _core.roll_up(checklist, before, history, policy, stage, plan, as_of_ms)


@overload
def fingerprint(
    checklist: Checklist | Cues,
    transcript: None = None,
    assessor: None = None,
    policy: None = None,
    responses: None = None,
) -> str: ...


@overload
def fingerprint(
    checklist: Checklist,
    transcript: Transcript,
    assessor: str,
    policy: Policy,
    responses: Iterable[Response],
) -> str: ...


def fingerprint(
    checklist: Checklist | Cues,
    transcript: Transcript | None = None,
    assessor: str | None = None,
    policy: Policy | None = None,
    responses: Iterable[Response] | None = None,
) -> str:
    """Returns the SHA-256 of a checklist, of cues, or of everything that a score depends on.

    The result is in lower-case hexadecimal. Equal inputs give equal fingerprints. A score depends on the
    version of the offline assessor, but not on the digits of its cues: different cues that give the same
    answers give the same fingerprint.

    Give either the first argument alone, or all five.
    """
    if transcript is None and assessor is None and policy is None and responses is None:
        if isinstance(checklist, Cues):
            return _core.cues_fingerprint(checklist)
        return _core.checklist_fingerprint(checklist)
    if isinstance(checklist, Cues):
        raise TypeError("fingerprint: expected a checklist, got cues")
    if transcript is None or assessor is None or policy is None or responses is None:
        raise TypeError("fingerprint: expected a checklist alone, or all five arguments")
    return _core.fingerprint(checklist, transcript, assessor, policy, responses)


def render_pdf(
    report: Report,
    *,
    include_transcript: bool = False,
    font_file: str | os.PathLike[str] | None = None,
    bold_font_file: str | os.PathLike[str] | None = None,
) -> bytes:
    """Renders the report as PDF. Equal input and fonts give equal bytes.

    include_transcript: whether the PDF contains the whole transcript.
    font_file, bold_font_file: TrueType files. If None, DejaVu, Liberation or Noto is used if fontconfig
        finds it, or else the PDF base fonts, in which letters outside Latin-1 are transliterated or
        shown as "?".

    Logs the fonts in use, and the characters that no font has, to the logger "saleschecklist". Raises
    IoError if a given font file cannot be loaded, and Unsupported in a build without PDF.
    """
    fonts = path(font_file), path(bold_font_file)
    return _core.render_pdf(report, include_transcript, *fonts, log())


def responses_to_json(responses: Iterable[Response]) -> str:
    """Returns JSON text, indented by two spaces and with keys in schema order.

    Equal values give equal texts.
    """
    return _core.responses_to_json(responses)


def responses_from_json(text: str | bytes) -> tuple[Response, ...]:
    """Reads an array of responses, an object with the key "responses", or a report.

    Raises InvalidInput; `where` is "line L, column C" or a JSON pointer.
    """
    return _core.responses_from_json(text)


def verdicts_to_json(verdicts: Iterable[Verdict]) -> str:
    """Returns JSON text, indented by two spaces and with keys in schema order.

    Equal values give equal texts.
    """
    return _core.verdicts_to_json(verdicts)


def claims_from_json(text: str | bytes) -> tuple[Claim, ...]:
    """Reads an array of claims. Raises InvalidInput like responses_from_json()."""
    return _core.claims_from_json(text)


def version() -> str:
    """Returns the version of the library, such as "0.1.0", which is also `__version__`."""
    return _core.version()


def chosen(checklist: Checklist | None) -> Checklist:
    return Checklist.standard() if checklist is None else checklist
