"""Weeks of travelling teachers by the clock: lessons, ways between, visits, minutes."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import pandas as pd

from scheduler.model.meeting import Meeting
from scheduler.model.settings.district import DistrictSettings
from scheduler.model.times import LAYERS, format_clock
from scheduler.model.timetable import Timetable

WEEK_COLUMNS = (
    *("teacher", "week", "day", "start", "end", "school", "class", "subject"),
    *("needs", "has"),
)


@dataclass(frozen=True, slots=True)
class Traveller:
    """One teacher of several schools.

    ``schools`` are those taught at; ``most_a_day`` of them on one day. ``late`` counts
    ways for which the time between two lessons is too short; ``minutes`` are on the
    road in a week, from the own school and back, on average of the two weeks.
    """

    teacher_id: str
    schools: tuple[str, ...]
    most_a_day: int
    visits: float
    minutes: float
    late: int


class Weeks:
    """The weeks of all teachers who teach elsewhere than at home, of one timetable."""

    def __init__(self, timetable: Timetable) -> None:
        self._problem = timetable.problem
        self.meetings: dict[str, tuple[Meeting, ...]] = {}
        for teacher in self._problem.teachers:
            given = timetable.by_teacher[teacher.teacher_id]
            homes = {self._school(m) for m in given} | {teacher.school_id}
            if given and len(homes) > 1:
                order = sorted(given, key=lambda m: (m.day, m.start))
                self.meetings[teacher.teacher_id] = tuple(order)

    def _school(self, meeting: Meeting) -> str:
        return self._problem.schools_of(meeting.lesson.requirement)[0]

    def travellers(self) -> tuple[Traveller, ...]:
        """What each travels."""
        return tuple(self._traveller(name) for name in self.meetings)

    def _traveller(self, name: str) -> Traveller:
        meetings, home = self.meetings[name], self._problem.teacher[name].school_id
        days = list(self._days(meetings))
        schools = dict.fromkeys(map(self._school, meetings))
        visits = sum(len({self._school(m) for m in day} - {home}) for day in days)
        return Traveller(
            name,
            tuple(schools),
            max(len({self._school(m) for m in day}) for day in days),
            visits / len(LAYERS),
            sum(self._road(home, day) for day in days) / len(LAYERS),
            len(set(self._late(days))),
        )

    def _days(self, meetings: Sequence[Meeting]) -> Iterator[list[Meeting]]:
        """Days of both weeks of the cycle, each in order."""
        found: dict[tuple[int, int], list[Meeting]] = defaultdict(list)
        for meeting in meetings:
            for layer in meeting.layers:
                found[layer, meeting.day].append(meeting)
        yield from found.values()

    def _road(self, home: str, day: Sequence[Meeting]) -> int:
        site = self._problem.site_of_school(home)
        stops = [site, *(m.site_id for m in day), site]
        return sum(self._problem.travel_minutes(a, b) or 0 for a, b in pairwise(stops))

    def _late(self, days: Sequence[Sequence[Meeting]]) -> Iterator[tuple[str, str]]:
        for day in days:
            for one, other in pairwise(day):
                needs = self._problem.travel_minutes(one.site_id, other.site_id) or 0
                if other.adult_busy[0] - one.adult_busy[1] < needs:
                    yield one.lesson.lesson_id, other.lesson.lesson_id

    def table(self) -> pd.DataFrame:
        """A row for each lesson; ``needs`` and ``has`` are minutes of the way before.

        They are empty where the lesson before was at the same site, or is the first.
        """
        rows = []
        for name, meetings in self.meetings.items():
            before: dict[str, Meeting] = {}
            for day in self._days(meetings):
                before |= {b.lesson.lesson_id: a for a, b in pairwise(day)}
            for m in meetings:
                needs, has = self._way(before.get(m.lesson.lesson_id), m)
                r = m.lesson.requirement
                classes = ";".join(r.class_ids)
                rows.append(
                    (
                        *(name, m.placement.week.value, m.day),
                        *(format_clock(m.start), format_clock(m.end)),
                        *(self._school(m), classes, r.subject_id, needs, has),
                    )
                )
        return pd.DataFrame(rows, columns=list(WEEK_COLUMNS))

    def _way(self, one: Meeting | None, other: Meeting) -> tuple[str, str]:
        if one is None or one.site_id == other.site_id:
            return "", ""
        needs = self._problem.travel_minutes(one.site_id, other.site_id) or 0
        return str(needs), str(other.adult_busy[0] - one.adult_busy[1])

    def too_many(self) -> Iterator[tuple[str, int, int]]:
        """Who teaches at more schools a day or a term than allowed: id, both counts."""
        settings = DistrictSettings.of(self._problem.rules)
        for t in self.travellers():
            a_day, a_term = t.most_a_day, len(t.schools)
            if a_day > settings.schools_a_day or a_term > settings.schools_a_term:
                yield t.teacher_id, a_day, a_term


def workload(timetable: Timetable) -> pd.DataFrame:
    """Lessons of every teacher by school, subject, weekday and week: periods, minutes.

    What a term makes of it is a matter of its dates.
    """
    problem = timetable.problem
    rows = [
        (
            *(name, problem.schools_of(m.lesson.requirement)[0]),
            *(m.lesson.requirement.subject_id, ";".join(m.class_ids)),
            *(m.day, m.placement.week.value, len(m.rows)),
            sum(r.end - r.start for r in m.rows),
        )
        for name, meetings in timetable.by_teacher.items()
        for m in meetings
    ]
    columns = ("teacher", "school", "subject", "class", "day", "week")
    return pd.DataFrame(rows, columns=[*columns, "periods", "minutes"])
