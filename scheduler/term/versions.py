"""Versions of a term's timetable, each in force from a date on."""

import datetime as dt
from dataclasses import dataclass, replace

from scheduler.model.problem import Problem
from scheduler.model.timetable import Timetable


@dataclass(frozen=True, slots=True)
class Version:
    """A timetable on the dates from ``first`` until the day before ``until``."""

    first: dt.date
    until: dt.date
    timetable: Timetable

    @property
    def problem(self) -> Problem:
        """What is timetabled."""
        return self.timetable.problem

    def holds(self, date: dt.date) -> bool:
        """Tell whether it is in force on a date."""
        return self.first <= date < self.until


@dataclass(frozen=True, slots=True)
class Versions:
    """What was published of a term, without gaps, in the order of the dates."""

    all: tuple[Version, ...]

    @staticmethod
    def of(timetable: Timetable) -> "Versions":
        """One timetable for all dates."""
        return Versions((Version(dt.date.min, dt.date.max, timetable),))

    def then(self, first: dt.date, timetable: Timetable) -> "Versions":
        """The same with another timetable from a date on; earlier dates keep theirs."""
        kept = [
            replace(v, until=min(v.until, first)) for v in self.all if v.first < first
        ]
        start = first if kept else dt.date.min
        return Versions((*kept, Version(start, dt.date.max, timetable)))

    def at(self, date: dt.date) -> Version:
        """The version in force on a date."""
        return next(v for v in self.all if v.holds(date))

    @property
    def newest(self) -> Version:
        """That of the last dates."""
        return self.all[-1]

    def with_problem(self, problem: Problem) -> "Versions":
        """The same with newer tables in the last version."""
        last = self.newest
        table = Timetable(problem, last.timetable.placements)
        return Versions((*self.all[:-1], replace(last, timetable=table)))
