"""What the families of constraints need to become rows of our tables."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from scheduler.formats.fet.classes import Classes
from scheduler.formats.fet.document import Activity, Document, FetConstraint
from scheduler.formats.fet.lessons import Lessons, Names
from scheduler.formats.fet.report import ImportReport
from scheduler.formats.fet.rooms import Rooms
from scheduler.formats.fet.week import Week
from scheduler.model.limits import Limit
from scheduler.model.relations import Relation
from scheduler.model.requirements import FixedLesson
from scheduler.model.resources import Level, Unavailability
from scheduler.model.text import Text

Row = Limit | Relation | Unavailability | FixedLesson
PER_PERCENT = 100
"""Weight of a row for each percent.

Our costs count both weeks, so FET's soft total is the cost of these rows / 20000.
"""


@dataclass(frozen=True)
class Mapping:
    """A document with the tables its people, rooms and activities became."""

    document: Document
    week: Week
    names: Names
    classes: Classes
    rooms: Rooms
    lessons: Lessons
    report: ImportReport

    def approximate(self, constraint: FetConstraint, zh: str, en: str) -> None:
        """Note that a constraint is not expressed exactly."""
        self.report.approximated[constraint.type, Text(zh, en)] += 1
        if constraint.is_hard:
            self.report.approximated_hard.add(constraint.type)

    def share_people(self, a: Activity, b: Activity) -> bool:
        """Whether two activities cannot overlap anyway."""
        classes = set(self.classes.of_activity(a)) & set(self.classes.of_activity(b))
        return bool(classes or set(a.teachers) & set(b.teachers))


def level_of(constraint: FetConstraint) -> Level:
    """Hard at 100 %, soft below."""
    return Level.HARD if constraint.is_hard else Level.SOFT


def weight_of(constraint: FetConstraint, units: int = 1) -> int:
    """Weight of a row whose amount is ``units`` times FET's; 1 for a hard one."""
    if constraint.is_hard:
        return 1
    return max(1, round(constraint.weight * PER_PERCENT / units))


class RowIds:
    """Ids of a constraint's rows: C12, and C12-2 for its second."""

    def __init__(self) -> None:
        self._count: Counter[int] = Counter()

    def next(self, constraint: FetConstraint) -> str:
        """The id of its next row."""
        self._count[constraint.number] += 1
        count = self._count[constraint.number]
        return f"C{constraint.number}" + (f"-{count}" if count > 1 else "")


Handler = Callable[[FetConstraint, Mapping, RowIds], Iterator[Row]]
"""Makes the rows of one constraint; raises Unsupported where there are none for it."""
