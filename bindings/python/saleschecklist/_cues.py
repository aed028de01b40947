"""The phrases that the offline assessor matches, for the items of a checklist."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from . import _core
from ._checklist import Checklist
from ._noun import Document, FrozenMap, Noun, Part


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemCues(Part):
    """The cues of one item, each a phrase in the cue language (docs/cues.md)."""

    statement: tuple[str, ...] = ()  #: what the right speaker states
    question: tuple[str, ...] = ()  #: what the right speaker asks
    exchange: tuple[str, ...] = ()  #: what the rep asks and the customer answers
    answer: tuple[str, ...] = ()  #: what that answer must contain; if empty, any real answer counts
    veto: tuple[str, ...] = ()  #: silences the other cues in the same sentence
    denial: tuple[str, ...] = ()  #: what the right speaker states if the contrary is true

    _left_out = frozenset({"statement", "question", "exchange", "answer", "veto", "denial"})


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Cues(Document):
    """The cues of a checklist, which are kept separately from the checklist.

    Changing cues affects neither the fingerprint of the checklist nor that of a score. validate() checks
    that cues fit a checklist.
    """

    checklist_id: str  #: id of the checklist that the cues are for; "checklist" in JSON
    #: named lists of phrases; read-only
    concepts: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: FrozenMap({}))
    #: cues by the id of the item; read-only
    items: Mapping[str, ItemCues] = field(default_factory=lambda: FrozenMap({}))

    _json = (_core.cues_to_json, _core.cues_from_json)

    @classmethod
    def from_json(cls, text: str | bytes, checklist: Checklist | None = None) -> "Cues":
        """Reads cues from JSON and checks that they are well formed.

        If `checklist` is given, also checks that the cues fit it.

        Raises InvalidInput; `where` is "line L, column C" or a JSON pointer, and the message lists all
        faults.
        """
        if checklist is None:
            return _core.cues_from_json(text)
        return _core.cues_of_checklist_from_json(text, checklist)

    @staticmethod
    def standard() -> "Cues":
        """Returns the built-in cues of "sales-checklist-92", always the same object."""
        return _core.find_cues("sales-checklist-92")

    @staticmethod
    def ten_point() -> "Cues":
        """Returns the built-in cues of "ten-point", always the same object."""
        return _core.find_cues("ten-point")

    def __repr__(self) -> str:
        return f"<Cues for {self.checklist_id!r}: {len(self.items)} items>"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChecklistFile(Noun):
    """A checklist read from JSON, and the cues that earlier versions kept inside it."""

    checklist: Checklist
    cues: Cues | None = None  #: the cues inside the checklist; None if there were none
    notices: tuple[str, ...] = ()  #: sentences for the person who maintains the file
