"""How many classes change place at one bell: the crowd on stairs and at gates."""

from collections import Counter
from dataclasses import dataclass

from scheduler.model.meeting import Meeting
from scheduler.model.requirements import HOME
from scheduler.model.times import LAYERS
from scheduler.model.timetable import Timetable


@dataclass(frozen=True, slots=True)
class Moves:
    """Classes that change place for the lessons that begin at a minute of a weekday.

    ``classes`` by week of the cycle (odd, even).
    """

    day: int
    minute: int
    classes: tuple[int, int]

    @property
    def most(self) -> int:
        """Classes in the fuller week."""
        return max(self.classes)


def moves(timetable: Timetable) -> tuple[Moves, ...]:
    """Changes of place at each bell at which any lesson begins, in order of time.

    A class is in its own room until its first lesson. It changes place for a lesson
    elsewhere than the one before; the way home at the end of the day is not counted.
    What only some pupils of a class attend moves nobody but them and is left out.
    """
    counts: Counter[tuple[int, int, int]] = Counter()
    bells = {(m.day, m.start) for m in timetable.meetings}
    for meetings in timetable.by_class.values():
        whole = [m for m in meetings if not m.lesson.requirement.is_partial]
        for layer in LAYERS:
            counts.update((layer, m.day, m.start) for m in _changes(whole, layer))
    return tuple(
        Moves(day, minute, (counts[0, day, minute], counts[1, day, minute]))
        for day, minute in sorted(bells)
    )


def _changes(meetings: list[Meeting], layer: int) -> list[Meeting]:
    """Meetings of a class for which it comes from elsewhere."""
    found, before = [], (0, HOME)
    here = (m for m in meetings if layer in m.layers)
    for meeting in sorted(here, key=lambda m: (m.day, m.start)):
        was = before[1] if before[0] == meeting.day else HOME
        place = meeting.placement.layout_id
        if place != was:
            found.append(meeting)
        before = (meeting.day, place)
    return found
