"""A timetable as the pages show it, with everything that follows from it."""

import datetime as dt
from dataclasses import dataclass, replace
from functools import cached_property
from zoneinfo import ZoneInfo

from scheduler.audit.activity_time import ActivityTime, activity_time
from scheduler.audit.planned.table import HoursTable, hours_table
from scheduler.audit.profile import Profile
from scheduler.constraints.evaluate import Report, evaluate
from scheduler.model.problem import Problem
from scheduler.model.resources import School
from scheduler.model.text import Text
from scheduler.model.timetable import Timetable
from scheduler.services.views.conflicts import Conflict, conflicts_of
from scheduler.services.views.solution import SolutionClaim


@dataclass(frozen=True)
class Edition:
    """One state of a timetable; what is derived is worked out once, when asked for.

    ``published_at`` is aware; a timetable that is not ``published`` only stands in a
    file, and the moment is when it was read. ``claim`` is what a solve said of this
    timetable, None where it comes from elsewhere. ``profile`` is what its
    hours are held against. ``reason`` is why it was published with conflicts.
    """

    timetable: Timetable
    version: int
    published_at: dt.datetime
    profile: Profile
    claim: SolutionClaim | None = None
    published: bool = True
    reason: str = ""

    @property
    def problem(self) -> Problem:
        """What was to be timetabled."""
        return self.timetable.problem

    @cached_property
    def without_names(self) -> "Edition":
        """The same with numbers for the names of teachers, for whoever may not know."""
        named = enumerate(self.problem.teachers, 1)
        teachers = tuple(replace(t, name=f"教师{number}") for number, t in named)
        problem = replace(self.problem, teachers=teachers)
        table = Timetable(problem, self.timetable.placements)
        return replace(self, timetable=table, reason="")

    @cached_property
    def schools(self) -> tuple[School, ...]:
        """Schools that have classes."""
        return self.problem.taught_schools

    @cached_property
    def label(self) -> Text:
        """Version and moment on the school's clock."""
        zone = ZoneInfo(self.problem.term.timezone)
        at = f"{self.published_at.astimezone(zone):%Y-%m-%d %H:%M}"
        if not self.published:
            return Text(f"未发布（{at} 读入）", f"not published (read {at})")
        return Text(f"第 {self.version} 版，{at} 发布", f"version {self.version}, {at}")

    @cached_property
    def report(self) -> Report:
        """The timetable judged by every rule in force."""
        return evaluate(self.timetable)

    @cached_property
    def conflicts(self) -> tuple[Conflict, ...]:
        """Every violation: hard ones first, then in the order of the rules."""
        return conflicts_of(self.timetable, self.report)

    @cached_property
    def clashing(self) -> dict[str, tuple[Conflict, ...]]:
        """Hard violations by the id of a lesson concerned."""
        found: dict[str, list[Conflict]] = {}
        for conflict in self.conflicts:
            if conflict.hard:
                for lesson_id in dict.fromkeys(conflict.lesson_ids):
                    found.setdefault(lesson_id, []).append(conflict)
        return {lesson_id: tuple(rows) for lesson_id, rows in found.items()}

    @cached_property
    def activity_time(self) -> ActivityTime:
        """Minutes of PE-type activity, class by class and day by day."""
        return activity_time(self.timetable)

    @cached_property
    def hours(self) -> HoursTable:
        """Hours demanded, planned and placed, and what they lack."""
        return hours_table(self.timetable, self.profile.standard)
