"""The parts of a week grid: entries in cells, cells in rows."""

from dataclasses import dataclass
from fractions import Fraction

from scheduler.model.resources import SubjectKind
from scheduler.model.text import Text
from scheduler.model.times import Period, RowKind, Week


@dataclass(frozen=True, slots=True)
class Entry:
    """One lesson as it stands in a cell.

    ``week`` is None while an unplaced lesson may still choose; ``start`` and
    ``end`` are the lesson's own minutes, None when unplaced. ``continued`` says
    that the lesson has its own cell elsewhere, where it begins, and only reaches
    into this one; ``escort`` that the teacher whose grid it is goes along without
    teaching. ``place`` is empty for the class's own room; ``part`` names the zones
    taken where they are not the whole venue.
    """

    lesson_id: str
    subject_id: str
    subject: Text
    short: Text
    subject_kind: SubjectKind
    class_ids: tuple[str, ...]
    class_names: tuple[str, ...]
    teacher_ids: tuple[str, ...]
    teacher_names: tuple[str, ...]
    venue_id: str
    zone_ids: tuple[str, ...]
    place: str
    part: str
    week: Week | None
    length: int
    start: int | None
    end: int | None
    continued: bool = False
    escort: bool = False
    some: int | None = None

    def holds(self, period: Period) -> bool:
        """Whether a placed lesson takes place throughout a period of its day."""
        return (self.start or 0) <= period.start and period.end <= (self.end or 0)


@dataclass(frozen=True, slots=True)
class Hole:
    """An empty period within a class's day: its weeks, and a sentence on it."""

    week: Week
    sentence: Text


@dataclass(frozen=True, slots=True)
class GridCell:
    """One weekday of one row.

    ``start`` and ``end`` are this day's clock time of the row, None on a day
    without it. A cell with ``row_span`` n covers the n - 1 cells below it, whose
    ``row_span`` is 0: do not draw those. ``clash`` marks lessons that cannot take
    place together; ``closed`` a time at which the place cannot be used, and ``shut``
    names parts of it that cannot while others can; ``holes`` say in which weeks it must
    not be empty, and is.
    """

    entries: tuple[Entry, ...] = ()
    start: int | None = None
    end: int | None = None
    row_span: int = 1
    clash: bool = False
    closed: bool = False
    shut: tuple[str, ...] = ()
    holes: tuple[Hole, ...] = ()

    @property
    def exists(self) -> bool:
        """Whether the day has this row at all."""
        return self.start is not None


@dataclass(frozen=True, slots=True)
class GridRow:
    """A time band.

    ``start`` and ``end`` are those of most days; where a day differs its cell
    says so. ``merged`` rows (big break, lunch, after school) hold no
    lesson on any day and are drawn as one band.
    """

    label: Text
    start: int
    end: int
    kind: RowKind
    cells: tuple[GridCell, ...]
    merged: bool = False


@dataclass(frozen=True, slots=True)
class WeekGrid:
    """The week of one class, teacher or venue; one cell per row and day.

    Rows are the periods of one bell, or of several side by side. ``periods_a_week``,
    of lessons, and ``activities_a_week``, meetings of activities, are averages over
    both weeks.
    """

    title: Text
    days: tuple[int, ...]
    rows: tuple[GridRow, ...]
    unplaced: tuple[Entry, ...]
    periods_a_week: Fraction
    activities_a_week: Fraction

    @property
    def clashes(self) -> int:
        """Number of cells in which lessons clash."""
        return sum(cell.clash for row in self.rows for cell in row.cells)
