"""Times of a bell table for the classes of its school whose timetables have none."""

from collections.abc import Sequence
from dataclasses import replace

from scheduler.model.read_timetable import (
    ReadBell,
    ReadClass,
    ReadNote,
    ReadPeriod,
)
from scheduler.model.text import Text


def with_bell_times(
    classes: Sequence[ReadClass], bells: Sequence[ReadBell]
) -> tuple[list[ReadClass], list[ReadNote]]:
    """The classes with times where only one table fits, and a note where several do."""
    found = []
    notes: dict[str, ReadNote] = {}
    for one in classes:
        fitting = [bell for bell in bells if _fits(bell, one)]
        if _timed(one.periods) or not fitting:
            found.append(one)
        elif len(fitting) == 1:
            found.append(replace(one, periods=_with_times(one, fitting[0])))
        else:
            found.append(one)
            text = Text("有几套作息时间，没有选用", "several bell times: none is taken")
            notes.setdefault(one.school, ReadNote(fitting[0].place, text, "assumed"))
    return found, list(notes.values())


def _fits(bell: ReadBell, one: ReadClass) -> bool:
    same = bell.school == one.school or not bell.school or not one.school
    return same and (not bell.grades or one.name.grade in bell.grades)


def _timed(periods: Sequence[ReadPeriod]) -> bool:
    return any(p.start is not None for p in periods)


def _with_times(one: ReadClass, bell: ReadBell) -> tuple[ReadPeriod, ...]:
    """The rows of the bell, the class's own days kept."""
    days = {p.period: p.days for p in one.periods if p.period}
    return tuple(
        replace(row, days=days.get(row.period, row.days)) for row in bell.periods
    )
