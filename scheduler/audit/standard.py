"""What a curriculum standard demands of each grade, in lessons a week."""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from functools import cached_property

from scheduler.model.text import Text

TOTAL = "TOTAL"
LAST_PRIMARY_GRADE = 6
PRIMARY_MINUTES = 40
JUNIOR_MINUTES = 45


class StandardKind(StrEnum):
    """How a row relates to the weekly total."""

    TOTAL = "total"
    PLAN = "plan"
    COMPONENT = "component_of"
    POLICY_COMPONENT = "policy_component_of"
    GROUP = "group"


@dataclass(frozen=True, slots=True)
class StandardRow:
    """Lessons a week of one subject code in one grade.

    ``reference`` is the plan the window ``minimum`` to ``maximum`` was drawn
    around. ``relatives`` are the codes whose lessons contain a component (more
    than one: it may lie in any of them), or the members of a group.
    """

    grade: int
    code: str
    name: Text
    minimum: Fraction
    maximum: Fraction
    kind: StandardKind
    reference: Fraction | None = None
    relatives: tuple[str, ...] = ()


@dataclass(frozen=True)
class Standard:
    """All rows of a curriculum standard, in the order of its table."""

    rows: tuple[StandardRow, ...]

    @cached_property
    def _by_grade(self) -> dict[int, tuple[StandardRow, ...]]:
        grades = dict.fromkeys(row.grade for row in self.rows)
        return {g: tuple(r for r in self.rows if r.grade == g) for g in grades}

    def of_grade(self, grade: int) -> tuple[StandardRow, ...]:
        """Rows of a grade; none where the standard does not speak of it."""
        return self._by_grade.get(grade, ())


def standard_minutes(grade: int) -> int:
    """Minutes of the standard's lesson: 40 in primary, 45 in junior grades.

    Source: curriculum plan of 2022, regulations 1.1.
    """
    return PRIMARY_MINUTES if grade <= LAST_PRIMARY_GRADE else JUNIOR_MINUTES
