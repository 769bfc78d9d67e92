"""ReadTimetable: what was read from a school's spreadsheets, cell by cell.

The reader of spreadsheets makes it, an audit and an import stand on it. Every cell
keeps its address and how sure its reading is; lessons are the cells of all sheets
put together, class by class.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from scheduler.model.text import Text
from scheduler.model.times import RowKind, Week

NO_TEXT = Text("", "")
ACTIVITY_ROW = "activity_row"
"""The rule by which a row's name says what everybody does in it: 体育活动."""


class CellStatus(StrEnum):
    """How sure a reading is, from the surest on."""

    READ = "read"
    CORRECTED = "corrected"
    DOUBTFUL = "doubtful"
    UNKNOWN = "unknown"

    @property
    def sure(self) -> bool:
        """Whether a rule may stand on it."""
        return self in (CellStatus.READ, CellStatus.CORRECTED)


_RANK = {status: rank for rank, status in enumerate(CellStatus)}


def least_sure(statuses: Iterable[CellStatus]) -> CellStatus:
    """The least sure of some readings; ``READ`` of none."""
    return max(statuses, key=_RANK.__getitem__, default=CellStatus.READ)


class CellKind(StrEnum):
    """What a cell of a timetable is about."""

    LESSON = "lesson"
    ACTIVITY = "activity"
    NOT_LESSON = "not_lesson"
    EMPTY = "empty"


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands: file, sheet and the cell (``B5``); parts may be empty."""

    file: str
    sheet: str = ""
    cell: str = ""

    def __str__(self) -> str:
        """``file 'sheet' B5``, as far as it is known."""
        sheet = f" “{self.sheet}”" if self.sheet else ""
        return f"{self.file}{sheet} {self.cell}".rstrip()


@dataclass(frozen=True, slots=True)
class ClassName:
    """A class of pupils as a sheet names it.

    ``printed`` is the sheet's spelling; ``grade`` is 1 to 12, 10 and above senior
    high; ``number`` counts inside the grade; ``campus`` is what stood before the
    name. Grade and number are None where the name does not tell them.
    """

    printed: str
    grade: int | None = None
    number: int | None = None
    campus: str = ""

    @property
    def key(self) -> tuple[str, int | None, int | str]:
        """Equal for all spellings of one class of a school."""
        if self.grade is None or self.number is None:
            return self.campus, self.grade, self.printed
        return self.campus, self.grade, self.number


@dataclass(frozen=True, slots=True)
class ReadCell:
    """What one cell says of one class, day, period and week.

    A cell that speaks of several weeks, classes or days gives several of these.
    ``layout`` is L1 (class), L2 (master, wide), L3 (master, tall), L4 (teacher), L5
    (room), L7 (list). ``day`` is 1 to 7. ``period`` counts the lesson rows of the day
    from 1, None for other rows; ``row`` is how the sheet names the row, ``row_kind``
    what it is for. ``subject`` is a code of the curriculum standard, ``""`` where
    there is none; ``subject_name`` the name as printed. ``rule`` names what was
    corrected, ``suggestion`` the alternatives or the closest known name.
    """

    place: Place
    layout: str
    school: str
    class_name: ClassName
    day: int | None
    period: int | None
    week: Week
    kind: CellKind
    text: str
    subject: str = ""
    subject_name: str = ""
    teachers: tuple[str, ...] = ()
    room: str = ""
    status: CellStatus = CellStatus.READ
    suggestion: Text = NO_TEXT
    rule: str = ""
    row: str = ""
    row_kind: RowKind = RowKind.LESSON


@dataclass(frozen=True, slots=True)
class ReadPeriod:
    """A row of a school's day: ``period`` is None where it is no lesson.

    ``start`` and ``end`` are minutes after midnight, None where the sheet has no time;
    ``days`` are the weekdays it holds on.
    """

    period: int | None
    kind: RowKind
    name: str
    start: int | None = None
    end: int | None = None
    days: tuple[int, ...] = (1, 2, 3, 4, 5)


@dataclass(frozen=True, slots=True)
class ReadClass:
    """A class with the rows of its day and what stood around its timetable.

    ``title``, ``term`` and ``effective`` (the footer's date or week) are as printed,
    ``""`` where missing; ``places`` are the sheets that show it. ``senior`` tells
    senior high, also where the name gives no grade.
    """

    school: str
    name: ClassName
    periods: tuple[ReadPeriod, ...] = ()
    class_teacher: str = ""
    room: str = ""
    title: str = ""
    term: str = ""
    effective: str = ""
    places: tuple[Place, ...] = ()
    senior: bool = False

    @property
    def key(self) -> "ClassKey":
        """School and class, equal for all spellings."""
        return self.school, *self.name.key


ClassKey = tuple[str, str, int | None, int | str]


def class_key(cell: ReadCell) -> ClassKey:
    """The class that a cell speaks of."""
    return cell.school, *cell.class_name.key


@dataclass(frozen=True, slots=True)
class ReadLesson:
    """One lesson of one class: what all cells about it say together.

    ``disputed`` where cells contradict each other: then each reading is a lesson of
    its own and none is chosen.
    """

    class_key: ClassKey
    day: int
    period: int
    week: Week
    subject: str
    subject_name: str
    teachers: tuple[str, ...]
    room: str
    status: CellStatus
    cells: tuple[ReadCell, ...]
    disputed: bool = False


@dataclass(frozen=True, slots=True)
class ReadNote:
    """Something the reader assumed, left out or could not settle."""

    place: Place
    text: Text
    kind: str
    """A word for counting: ``assumed``, ``hidden``, ``left_out``, ``failed``, …"""


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Cells that say different things of one class, day, period and week.

    ``about`` is ``subject``, ``teacher`` or ``missing`` (a class's sheet has it, a
    teacher's or the master timetable has not).
    """

    class_key: ClassKey
    day: int
    period: int
    week: Week
    about: str
    cells: tuple[ReadCell, ...]
    text: Text


@dataclass(frozen=True, slots=True)
class Assignment:
    """Who teaches a subject in a class, from a 任课表 (L6)."""

    place: Place
    school: str
    class_name: ClassName
    subject: str
    subject_name: str
    teachers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PlannedHours:
    """Lessons a week of a subject in a grade, from a 课时表 (L6)."""

    place: Place
    school: str
    grade: int
    subject: str
    subject_name: str
    per_week: str


@dataclass(frozen=True, slots=True)
class ReadBell:
    """A table of bell times (L10); ``grades`` is empty where it is for all."""

    place: Place
    school: str
    name: str
    grades: tuple[int, ...]
    periods: tuple[ReadPeriod, ...]


@dataclass(frozen=True)
class ReadTimetable:
    """Everything read from some files.

    ``cells`` are in the order of files, sheets and addresses; ``lessons`` in that of
    classes, days and periods; ``files`` are the names of the files given, ``unread``
    those of which nothing could be read.
    """

    cells: tuple[ReadCell, ...]
    classes: tuple[ReadClass, ...] = ()
    lessons: tuple[ReadLesson, ...] = ()
    notes: tuple[ReadNote, ...] = ()
    disagreements: tuple[Disagreement, ...] = ()
    assignments: tuple[Assignment, ...] = ()
    hours: tuple[PlannedHours, ...] = ()
    bells: tuple[ReadBell, ...] = ()
    files: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()

    @cached_property
    def schools(self) -> tuple[str, ...]:
        """Names of the schools, in the order met."""
        return tuple(dict.fromkeys(x.school for x in self.classes))

    def of_school(self, school: str) -> Iterator[ReadClass]:
        """Classes of one school."""
        return (x for x in self.classes if x.school == school)

    def of_class(self, key: ClassKey) -> Iterator[ReadLesson]:
        """Lessons of one class."""
        return iter(self._by_class.get(key, ()))

    def teachers_of(self, what: "ReadCell | ReadLesson") -> tuple[str, ...]:
        """Teachers that a cell or lesson names, else those a table assigns to it."""
        key = what.class_key if isinstance(what, ReadLesson) else class_key(what)
        return what.teachers or self.assigned.get((key, what.subject), ())

    @cached_property
    def assigned(self) -> dict[tuple[ClassKey, str], tuple[str, ...]]:
        """Teachers by class and code of the subject, as tables of assignments say."""
        return {
            ((x.school, *x.class_name.key), x.subject): x.teachers
            for x in self.assignments
            if x.teachers and x.subject
        }

    @cached_property
    def _by_class(self) -> dict[ClassKey, list[ReadLesson]]:
        found: dict[ClassKey, list[ReadLesson]] = {}
        for lesson in self.lessons:
            found.setdefault(lesson.class_key, []).append(lesson)
        return found
