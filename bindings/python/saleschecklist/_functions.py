"""The arrows: pure functions from one noun to the next. Native work runs without the GIL."""

import logging
import os
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, overload

from . import _core
from ._checklist import Checklist
from ._cues import ChecklistFile, Cues
from ._errors import Error
from ._metrics import Metrics
from ._report import Coaching, DealInfo, Report
from ._response import Claim, Response, Verdict
from ._score import Policy, Score
from ._transcript import Transcript

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


def read_transcript(data: Content, *, rep_names: Iterable[str] = ()) -> Transcript:
    """Reads a transcript in any known format, recognised by content.

    Formats: WebVTT, SRT, plain text ("Name: text", Otter headings), JSON of Whisper, OpenAI
    diarized, Deepgram, AssemblyAI, ElevenLabs Scribe, QMSum, this library's own, and plain
    {"text": ...} objects.

    data: bytes (UTF-8, or UTF-16 with a byte order mark), a str that is the text itself, or a path
        object of the file to read.
    rep_names: the seller's names, compared without case; a first name suffices when only one
        speaker has it. Everyone else is then a customer. Empty: roles are inferred, and said to be.

    Raises InvalidInput naming line or JSON pointer and what was expected, InvalidArgument when a
    name in rep_names is nobody's in the transcript, and OSError when the file cannot be read.
    """
    return _core.read_transcript(content(data), rep_names)


def measure(transcript: Transcript) -> Metrics:
    """How the conversation was shared: times in milliseconds, shares 0 to 1."""
    return _core.measure(transcript)


def find_checklist(id: str) -> Checklist:
    """The built-in checklist of that id. Raises NotFound, naming those there are."""
    return _core.find_checklist(id)


def find_cues(checklist_id: str) -> Cues:
    """The built-in cues of the checklist with that id. Raises NotFound, naming those there are."""
    return _core.find_cues(checklist_id)


def read_checklist(text: str | bytes) -> ChecklistFile:
    """A checklist from JSON, and the cues that earlier versions kept inside it.

    Checklist.from_json() refuses a checklist with cues inside, so that none get lost.

    Raises InvalidInput as that does.
    """
    return _core.read_checklist(text)


@overload
def validate(
    noun: Checklist | Policy | Transcript, checklist: None = None
) -> tuple[Error, ...]: ...


@overload
def validate(noun: Cues, checklist: Checklist) -> tuple[Error, ...]: ...


def validate(
    noun: Checklist | Cues | Policy | Transcript, checklist: Checklist | None = None
) -> tuple[Error, ...]:
    """Every fault of a checklist, a policy, a transcript, or of cues for a checklist.

    Each has its JSON pointer in `where`. Empty when the noun is sound. A transcript that was put
    together by hand is sound when its times are in order and its texts without line breaks, as
    read_transcript() gives them; all other functions refuse it otherwise.
    """
    if isinstance(noun, Cues):
        if checklist is None:
            raise TypeError("validate: expected the checklist that the cues are for")
        return _core.validate_cues(noun, checklist)
    if checklist is not None:
        raise TypeError("validate: a checklist goes with cues only")
    if isinstance(noun, Transcript):
        return _core.validate_transcript(noun)
    if isinstance(noun, Policy):
        return _core.validate_policy(noun)
    return _core.validate_checklist(noun)


def item_count(checklist: Checklist) -> int:
    """The number of items in all categories."""
    return _core.item_count(checklist)


def verify(transcript: Transcript, claims: Iterable[Claim | str]) -> tuple[Verdict, ...]:
    """The evidence law: one verdict per claim, in order; a str is Claim(quote).

    A quote is verified when it stands in one utterance word for word, but for case, width, quotation
    marks, dashes and spaces; repaired when it differs by recognition noise only, and then the
    evidence is the transcript's own words. It is refused when a number, date, amount, name or
    negation differs, when its parts come from two places, and when it is the wrong side's.
    """
    if isinstance(claims, str):
        raise TypeError("claims: expected an iterable of Claim or str, got str")
    made = (Claim(claim) if isinstance(claim, str) else claim for claim in claims)
    return _core.verify(transcript, tuple(made))


def assess_offline(
    transcript: Transcript, checklist: Checklist | None = None, *, cues: Cues | None = None
) -> "Assessment":
    """Answers every item of the checklist (the standard one), in its order, by listening for cues.

    It hears English phrases, not meaning, and says so in each reasoning. Every yes carries at least
    one verified quote. Takes milliseconds for a call of an hour.

    cues: without, the built-in ones of a built-in checklist, which is known by its id. There are none
        for another checklist: then no item is heard, and the notices say so.

    Raises InvalidArgument when the checklist is unsound or the cues are, see validate().
    """
    return _core.assess_offline(transcript, chosen(checklist), cues)


def score(checklist: Checklist, responses: Iterable[Response], policy: Policy = Policy()) -> Score:
    """Scores answers: percent = 100 x points of yes / points of the items that count.

    not_applicable leaves the denominator, unanswered (and items without a response) stay in it; an
    unsupported yes counts as no until a person overrides it. Exact: the order does not matter.

    Raises InvalidArgument when a response names no item of the checklist or an item twice, when a
    confidence is not within 0 to 1, when every item is not_applicable, or when checklist or policy
    is unsound.
    """
    return _core.score(checklist, responses, policy)


def coach_offline(
    transcript: Transcript, checklist: Checklist, responses: Iterable[Response], score: Score
) -> Coaching:
    """Coaching composed from the checklist's own texts and the evidence found.

    Raises InvalidArgument when `score` is not that of these responses, and as score() does.
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
) -> Report:
    """Reads (unless given a Transcript), measures, assesses offline, scores and coaches.

    call, rep_names: as in read_transcript(); rep_names is without effect on a Transcript.
    checklist: the standard one unless given. cues: as in assess_offline().

    Logs its stages to the logger "saleschecklist". Raises what
    read_transcript(), assess_offline() and score() do.
    """
    if isinstance(call, Transcript):
        return _core.analyze_transcript(call, chosen(checklist), deal, policy, cues, log())
    return _core.analyze_content(
        content(call), chosen(checklist), deal, policy, cues, log(), rep_names
    )


def compose(
    transcript: Transcript,
    checklist: Checklist,
    responses: Iterable[Response],
    assessor: str,
    *,
    deal: DealInfo = DealInfo(),
    policy: Policy = Policy(),
) -> Report:
    """All that follows from answers which are known already: metrics, score, coaching, notices.

    assessor: who answered, such as Assessment.assessor or a person.

    Raises what score() does, and InvalidArgument when a piece of evidence is not in the transcript
    at its place.
    """
    return _core.compose(transcript, checklist, responses, assessor, deal, policy, log())


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
    """SHA-256 (lower-case hex) of a checklist, of cues, or of everything that a score depends on.

    Of the offline assessor its version counts, the digits of its cues do not: other cues that give the
    same answers give the same fingerprint.
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
    """The report as PDF. Same input and fonts, same bytes.

    font_file, bold_font_file: TrueType files; without, DejaVu, Liberation or Noto as fontconfig
        finds them, and without any the PDF base fonts, in which letters outside Latin-1 are
        transliterated or shown as "?".

    Logs the fonts in use, and characters that no font has, to the logger "saleschecklist". Raises
    IoError when a named font file cannot be loaded, and Unsupported in a build without PDF.
    """
    fonts = path(font_file), path(bold_font_file)
    return _core.render_pdf(report, include_transcript, *fonts, log())


def responses_to_json(responses: Iterable[Response]) -> str:
    """JSON text, two-space indented with keys in schema order: equal values, equal texts."""
    return _core.responses_to_json(responses)


def responses_from_json(text: str | bytes) -> tuple[Response, ...]:
    """Reads an array of responses, an object that holds one as "responses", or a whole report.

    Raises InvalidInput with "line L, column C" or a JSON pointer in `where`.
    """
    return _core.responses_from_json(text)


def verdicts_to_json(verdicts: Iterable[Verdict]) -> str:
    """JSON text, two-space indented with keys in schema order: equal values, equal texts."""
    return _core.verdicts_to_json(verdicts)


def claims_from_json(text: str | bytes) -> tuple[Claim, ...]:
    """Reads an array of claims. Raises InvalidInput as responses_from_json() does."""
    return _core.claims_from_json(text)


def version() -> str:
    """The library's version, such as "0.1.0"; also `__version__`."""
    return _core.version()


def chosen(checklist: Checklist | None) -> Checklist:
    return Checklist.standard() if checklist is None else checklist
