"""Bells that classes share: one finding a grade where all its classes ring alike."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from scheduler.audit.inputs.school import AuditClass
from scheduler.audit.ruling.rule import Case, NotChecked
from scheduler.model.text import Text
from scheduler.model.times import LESSON_ROWS, Bell, Period, RowKind

NOON = 12 * 60


@dataclass(frozen=True)
class Ringing:
    """A bell with the classes of one grade that follow it.

    ``group`` is the class where not the whole grade rings so; ``who`` names them.
    """

    grade: int
    bell: Bell
    classes: tuple[AuditClass, ...]
    group: AuditClass | None
    who: Text

    @property
    def days(self) -> tuple[int, ...]:
        """School days of the bell."""
        return self.bell.school_days


def ringings(case: Case) -> Iterator[Ringing | NotChecked]:
    """Bells of every grade; NotChecked for classes without clock times."""
    by_grade: dict[int, list[AuditClass]] = defaultdict(list)
    for group in case.school.classes:
        if group.grade is not None and group.grade <= 9:
            by_grade[group.grade].append(group)
    for grade, classes in sorted(by_grade.items()):
        bells: dict[Bell, list[AuditClass]] = defaultdict(list)
        for group in classes:
            if group.bell is None:
                text = Text(
                    f"{group.name}的课表没有作息时间",
                    f"{group.name} shows no clock times",
                )
                yield NotChecked("no_bell", text, group)
            else:
                bells[group.bell].append(group)
        for bell, own in bells.items():
            if len(own) == len(classes):
                who = Text(f"{grade}年级", f"grade {grade}")
                yield Ringing(grade, bell, tuple(own), None, who)
            else:
                for group in own:
                    who = Text(group.name, group.name)
                    yield Ringing(grade, bell, (group,), group, who)


def pauses(bell: Bell, day: int) -> Iterator[tuple[Period, Period]]:
    """Neighbouring lessons of a day with no lunch between them."""
    lessons = bell.rows(day, LESSON_ROWS)
    lunches = bell.rows(day, frozenset({RowKind.LUNCH}))
    for one, other in pairwise(lessons):
        eaten = any(one.end <= x.start < other.start for x in lunches)
        if not (eaten or (one.end <= NOON + 30 and other.start >= NOON + 45)):
            yield one, other
