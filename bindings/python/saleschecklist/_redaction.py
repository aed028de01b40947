"""Redacts personal data in a transcript before it is sent or stored."""

from collections.abc import Iterable
from dataclasses import dataclass

from . import _core
from ._noun import Part, Written
from ._transcript import Transcript


@dataclass(frozen=True, slots=True)
class Replacement(Part):
    """A placeholder in the transcript, and the text that it replaced."""

    placeholder: str  #: "[card 1]", "[account 1]", "[phone 1]", "[email 1]", "[name 1]"
    original: str  #: the text as it was first said


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Redacted(Written):
    """A redacted transcript and the texts that were replaced. It cannot be read back from JSON."""

    transcript: Transcript  #: speakers' names are redacted, too
    replacements: tuple[Replacement, ...] = ()  #: one for each distinct value; equal values share one

    _json = (_core.redacted_to_json,)

    def __repr__(self) -> str:
        return f"<Redacted: {len(self.replacements)} replacements in {self.transcript!r}>"


def redact(
    transcript: Transcript,
    *,
    cards: bool = True,
    accounts: bool = True,
    phones: bool = True,
    emails: bool = True,
    names: Iterable[str] = (),
) -> Redacted:
    """Replaces personal data in texts and speakers' names with placeholders. Times and roles are kept.

    It finds text that looks like such data, written or spoken in English, and may miss some: there is no
    guarantee. A warning of the transcript says how much was replaced. If a number continues in the
    speaker's next utterance, the continuation gets a placeholder of its own.

    cards: 13 to 19 digits with a valid check digit.
    accounts: IBANs with valid check digits, and long numbers that are called an account.
    phones: 7 to 15 digits written or spoken as a phone number.
    emails: email addresses, also as spoken: "dana at acme dot com".
    names: names to redact as whole words, ignoring case.

    Raises InvalidArgument if the transcript is invalid or a name is empty.
    """
    return _core.redact(transcript, cards, accounts, phones, emails, names)


def restore(text: str, replacements: Iterable[Replacement]) -> str:
    """Puts the original texts back in place of their placeholders. The library does not keep replacements."""
    return _core.restore(text, replacements)
