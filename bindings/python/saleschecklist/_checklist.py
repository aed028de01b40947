"""Checklists: categories of items that a healthy deal fulfils."""

from dataclasses import dataclass

from . import _core
from ._noun import Document, Part
from ._words import EvidenceFrom


@dataclass(frozen=True, slots=True, kw_only=True)
class Item(Part):
    """One item of a checklist, which is answered from what is said in a call."""

    id: str  #: such as "mentor.07"; never changes between revisions
    title: str
    definition: str
    key_behavior: str = ""
    key_mindset: str = ""
    coaching_question: str = ""
    weight: float = 1.0  #: 0.001 to 100 in steps of 0.001, so that sums are exact
    evidence_from: EvidenceFrom = EvidenceFrom.CUSTOMER
    counts: tuple[str, ...] = ()  #: sentences that prove the item, as examples
    does_not_count: tuple[str, ...] = ()  #: sentences that look like it and do not

    _left_out = frozenset({"counts", "does_not_count"})


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Category(Part):
    """A group of related items."""

    id: str
    name: str
    description: str = ""
    order: int = 0  #: position in the checklist, from 1
    default_weight: float = 1.0  #: same range as Item.weight
    max_score: int = 10  #: points per item, 1 to 1000
    items: tuple[Item, ...]

    def __repr__(self) -> str:
        return f"<Category {self.id!r}: {len(self.items)} items>"


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Checklist(Document):
    """Categories of items by which a sales conversation is judged.

    validate() checks a checklist; from_json() does so, too.
    """

    id: str
    name: str
    description: str = ""
    revision: int = 1
    categories: tuple[Category, ...]

    _json = (_core.checklist_to_json, _core.checklist_from_json)

    @staticmethod
    def standard() -> "Checklist":
        """Returns the built-in checklist "sales-checklist-92", always the same object."""
        return _core.find_checklist("sales-checklist-92")

    @staticmethod
    def ten_point() -> "Checklist":
        """Returns the built-in checklist "ten-point", always the same object."""
        return _core.find_checklist("ten-point")

    def __repr__(self) -> str:
        items = sum(len(category.items) for category in self.categories)
        return (
            f"<Checklist {self.id!r} revision {self.revision}: "
            f"{len(self.categories)} categories, {items} items>"
        )
