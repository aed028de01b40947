"""What the offline assessor listens for in a call: phrases for the items of a checklist, as data."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from . import _core
from ._checklist import Checklist
from ._noun import Document, FrozenMap, JsonDict, Noun, Part


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemCues(Part):
    """The cues of one item, each a phrase in the cue language (docs/cues.md)."""

    statement: tuple[str, ...] = ()  #: what the right speaker states
    question: tuple[str, ...] = ()  #: what the right speaker asks
    exchange: tuple[str, ...] = ()  #: what the rep asks and the customer answers
    answer: tuple[str, ...] = ()  #: what that answer must contain; empty: any real answer
    veto: tuple[str, ...] = ()  #: silences the other cues in the same sentence

    def to_dict(self) -> JsonDict:
        """As the schema has it; empty lists are left out."""
        return {key: phrases for key, phrases in Noun.to_dict(self).items() if phrases}


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Cues(Document):
    """What the offline assessor listens for, kept beside the checklist.

    Tuning cues changes neither the fingerprint of the checklist nor that of a score. validate()
    tells whether they fit a checklist.
    """

    checklist_id: str  #: of the checklist that they are for; "checklist" in JSON
    #: named lists of phrases; read-only
    concepts: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: FrozenMap({}))
    #: by the id of the item; read-only
    items: Mapping[str, ItemCues] = field(default_factory=lambda: FrozenMap({}))

    _json = (_core.cues_to_json, _core.cues_from_json)

    @classmethod
    def from_json(cls, text: str | bytes, checklist: Checklist | None = None) -> "Cues":
        """Reads cues, each of them well formed, and, with a checklist, for items that it has.

        Raises InvalidInput with "line L, column C" or a JSON pointer in `where`; when there are several
        faults, the message lists them all.
        """
        if checklist is None:
            return _core.cues_from_json(text)
        return _core.cues_of_checklist_from_json(text, checklist)

    @staticmethod
    def standard() -> "Cues":
        """The built-in ones for "sales-checklist-92"; the same object every time."""
        return _core.find_cues("sales-checklist-92")

    @staticmethod
    def ten_point() -> "Cues":
        """The built-in ones for "ten-point"; the same object every time."""
        return _core.find_cues("ten-point")

    def __repr__(self) -> str:
        return f"<Cues for {self.checklist_id!r}: {len(self.items)} items>"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChecklistFile(Noun):
    """A checklist as its JSON gives it. Earlier versions kept the cues inside the checklist."""

    checklist: Checklist
    cues: Cues | None = None  #: those inside the checklist; None if there were none
    notices: tuple[str, ...] = ()  #: sentences for whoever keeps the file
