"""The functions that convert one type to the next. All are pure and run without the GIL."""

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
    """Reads a transcript in any known format, which is detected by content.

    Formats: WebVTT, SRT, plain text ("Name: text", Otter headings), JSON of Whisper, OpenAI
    diarized, Deepgram, AssemblyAI, ElevenLabs Scribe, QMSum, this library's own, and plain
    {"text": ...} objects.

    data: bytes (UTF-8, or UTF-16 with a byte order mark), a str that is the text itself, or a path
        object of the file to read.
    rep_names: the names of the sellers, ignoring case; a first name suffices if only one speaker has
        it. Everyone else is then a customer. If empty, roles are inferred, and role_source says so.

    Raises InvalidInput, which names the line or JSON pointer and what was expected, InvalidArgument if a
    name in rep_names is not a speaker of the transcript, and OSError if the file cannot be read.
    """
    return _core.read_transcript(content(data), rep_names)


def measure(transcript: Transcript) -> Metrics:
    """Measures the conversation. Times are in milliseconds, shares from 0 to 1."""
    return _core.measure(transcript)


def find_checklist(id: str) -> Checklist:
    """The built-in checklist with that id. Raises NotFound, whose message lists the built-in checklists."""
    return _core.find_checklist(id)


def find_cues(checklist_id: str) -> Cues:
    """The built-in cues for the checklist with that id. Raises NotFound."""
    return _core.find_cues(checklist_id)


def read_checklist(text: str | bytes) -> ChecklistFile:
    """Reads a checklist from JSON, and the cues that earlier versions kept inside it.

    Checklist.from_json() refuses a checklist that contains cues, so that they are not lost.

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
    """All faults of a checklist, a policy or a transcript, or of cues for a checklist.

    Each has its JSON pointer in `where`. Empty if there are none. In a valid transcript, times are in
    order and texts have no line breaks, as read_transcript() guarantees; all other functions refuse an
    invalid one.
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
    """Checks claims by the evidence law and returns one verdict per claim, in order. A str is Claim(quote).

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
    """Answers every item of the checklist (default: the standard one), in order, by matching its cues.

    It matches English phrases, not meaning, and says so in each reasoning. Every yes has at least one
    verified quote. A call of an hour takes milliseconds.

    cues: default to the built-in cues of the built-in checklist with the same id. Another checklist
        has none: then no item is answered, and the notices say so.

    Raises InvalidArgument if the checklist or the cues are invalid, see validate().
    """
    return _core.assess_offline(transcript, chosen(checklist), cues)


def score(checklist: Checklist, responses: Iterable[Response], policy: Policy = Policy()) -> Score:
    """Scores answers: percentage = 100 x points of items answered yes / points of the items that count.

    Items that are not_applicable do not count; unanswered items, including those without a response, do.
    An unsupported yes counts as no until a person overrides it. Exact: the order does not matter.

    Raises InvalidArgument if a response names an item that the checklist does not have, or an item
    twice, if a confidence is not within 0 to 1, if every item is not_applicable, or if checklist or
    policy are invalid.
    """
    return _core.score(checklist, responses, policy)


def coach_offline(
    transcript: Transcript, checklist: Checklist, responses: Iterable[Response], score: Score
) -> Coaching:
    """Composes coaching from the checklist's texts and the evidence.

    Raises InvalidArgument if `score` is not the score of these responses, and as score() does.
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
    """Reads a transcript (unless given a Transcript), measures, assesses offline, scores and coaches.

    call, rep_names: as in read_transcript(); rep_names has no effect on a Transcript.
    checklist: defaults to the standard one. cues: as in assess_offline().

    Logs its stages to the logger "saleschecklist". Raises as read_transcript(), assess_offline() and
    score() do.
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
    """Makes a report from existing answers: adds metrics, score, coaching and notices.

    assessor: who answered, such as Assessment.assessor or the name of a person.

    Raises as score() does, and InvalidArgument if a quote is not at its place in the
    transcript.
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
    """The SHA-256 of a checklist, of cues, or of everything that a score depends on, in hexadecimal.

    The version of the offline assessor is part of the latter, but not the digits of its cues: other cues
    that give the same answers give the same fingerprint.
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

    font_file, bold_font_file: TrueType files. Default: DejaVu, Liberation or Noto as found by
        fontconfig; if there are none, the PDF base fonts, in which letters outside Latin-1 are
        transliterated or shown as "?".

    Logs the fonts, and characters that no font has, to the logger "saleschecklist". Raises IoError if a
    named font file cannot be loaded, and Unsupported in a build without PDF.
    """
    fonts = path(font_file), path(bold_font_file)
    return _core.render_pdf(report, include_transcript, *fonts, log())


def responses_to_json(responses: Iterable[Response]) -> str:
    """JSON text, indented by two spaces, with keys in schema order: equal values give equal texts."""
    return _core.responses_to_json(responses)


def responses_from_json(text: str | bytes) -> tuple[Response, ...]:
    """Reads an array of responses, an object with the key "responses", or a report.

    Raises InvalidInput; `where` is "line L, column C" or a JSON pointer.
    """
    return _core.responses_from_json(text)


def verdicts_to_json(verdicts: Iterable[Verdict]) -> str:
    """JSON text, indented by two spaces, with keys in schema order: equal values give equal texts."""
    return _core.verdicts_to_json(verdicts)


def claims_from_json(text: str | bytes) -> tuple[Claim, ...]:
    """Reads an array of claims. Raises InvalidInput as responses_from_json() does."""
    return _core.claims_from_json(text)


def version() -> str:
    """The library's version, such as "0.1.0"; also `__version__`."""
    return _core.version()


def chosen(checklist: Checklist | None) -> Checklist:
    return Checklist.standard() if checklist is None else checklist
