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
    original: str  #: as it was said first


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Redacted(Written):
    """A redacted transcript, and what was replaced. Cannot be read back from JSON."""

    transcript: Transcript  #: speakers' names among what is replaced
    replacements: tuple[Replacement, ...] = ()  #: each different one once

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
    """Replaces personal data in texts and speakers' names with placeholders; times and roles stay.

    It finds what looks like such data, written or spoken in English, so it may miss some: it is a
    help, not a guarantee. The warnings of the transcript say how much was replaced.

    cards: 13 to 19 digits with a valid check digit. accounts: IBANs with valid check digits, and
        longer numbers that are called an account. phones: 7 to 15 digits written or spoken as a phone
        number. emails: also as spoken, "dana at acme dot com".
    names: whole words, ignoring case.

    Raises InvalidArgument if the transcript is invalid or a name is empty.
    """
    return _core.redact(transcript, cards, accounts, phones, emails, names)


def restore(text: str, replacements: Iterable[Replacement]) -> str:
    """Restores the original text of placeholders, for people who may see it."""
    return _core.restore(text, replacements)
