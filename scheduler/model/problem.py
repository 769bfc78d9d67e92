"""Everything given: the tables of a problem and look-ups over them."""

from dataclasses import dataclass
from functools import cached_property

from scheduler.model.known import Known
from scheduler.model.problem_places import ProblemPlaces
from scheduler.model.problem_times import ProblemTimes


@dataclass(frozen=True)
class Problem(ProblemPlaces, ProblemTimes):
    """A school's week to be solved; trusted once built (formats.check_problem).

    Its fields are the tables (problem_tables.py). Everything else is derived from them
    and worked out when first asked for: lessons (problem_lessons.py), places
    (problem_places.py), unavailable times (problem_times.py).
    """

    @cached_property
    def known(self) -> Known:
        """What meetings of the problem share, once worked out."""
        return Known()
