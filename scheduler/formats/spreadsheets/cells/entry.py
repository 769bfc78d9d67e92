"""Entry: one subject of a timetable cell, and the parts a cell is taken apart into."""

from dataclasses import dataclass, field

from scheduler.formats.spreadsheets.labels.class_names import ClassLabel
from scheduler.formats.spreadsheets.labels.vocabulary import Name
from scheduler.model.times import Week

ODD_EVEN = (Week.ODD, Week.EVEN)
WITHIN = "∕"
"""Stands for the slash of ``校/书法``, which parts a course from its title."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One subject of a cell, with who, where, when."""

    name: Name
    week: Week = Week.EVERY
    teachers: tuple[str, ...] = ()
    room: str = ""
    groups: tuple[ClassLabel, ...] = ()
    assumed: str = ""


@dataclass(slots=True)
class Parts:
    """Pieces of a cell sorted by what they are."""

    subjects: list[tuple[str, Week | None]] = field(default_factory=list)
    teachers: list[tuple[str, ...]] = field(default_factory=list)
    rooms: list[str] = field(default_factory=list)
    groups: list[ClassLabel] = field(default_factory=list)
    rest: list[str] = field(default_factory=list)
    separators: list[str] = field(default_factory=list)
    week: Week | None = None
    every_other: bool = False
    moved: bool = False
    strange: bool = False
    """Whether what was taken for a teacher in brackets has no known surname."""
    glued: bool = False
    """Whether a mark of weeks may be the beginning of a word: 双语."""
    ranges: bool = False
    """Whether it is taught in a part of the term's weeks only: 1-8周."""
    order: tuple[Week, ...] = ()
    """Weeks said once for both subjects: (单/双)."""
