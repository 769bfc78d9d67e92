"""Everything given: the tables of a problem and look-ups over them."""

from dataclasses import dataclass, fields
from functools import cached_property
from typing import Any

from scheduler.model.problem.known import Known
from scheduler.model.problem.places import ProblemPlaces
from scheduler.model.problem.times import ProblemTimes
from scheduler.model.resources import School


@dataclass(frozen=True)
class Problem(ProblemPlaces, ProblemTimes):
    """A school's week to be solved; trusted once built (formats/problem).

    Its fields are the tables (tables.py). Everything else is derived from them
    and worked out when first asked for: lessons (lessons.py), places
    (places.py), unavailable times (times.py).
    """

    def __getstate__(self) -> dict[str, Any]:
        """The tables alone; what follows from them another process works out anew."""
        return {f.name: getattr(self, f.name) for f in fields(self)}

    @cached_property
    def taught_schools(self) -> tuple[School, ...]:
        """Schools that have classes, else all: some only share people or places."""
        having = {group.school_id for group in self.classes}
        return tuple(x for x in self.schools if x.school_id in having) or self.schools

    @property
    def title(self) -> str:
        """The names of the schools that have classes."""
        return "、".join(x.name for x in self.taught_schools)

    @cached_property
    def known(self) -> Known:
        """What meetings of the problem share, once worked out."""
        return Known()
