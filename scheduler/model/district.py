"""A district: many schools as one problem, each with its own settings of rules."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from scheduler.model.problem import Problem
from scheduler.model.settings import RuleSetting


@dataclass(frozen=True)
class District:
    """All schools of a bureau (区教育局) or of a union of schools (教联体).

    ``problem`` holds the tables of all; its rules are those of the whole district.
    ``rules`` are those of single schools that have their own, by school_id.
    """

    problem: Problem
    rules: Mapping[str, tuple[RuleSetting, ...]] = field(default_factory=dict)

    def rules_of(self, school_id: str) -> tuple[RuleSetting, ...]:
        """The settings a school is solved and judged by."""
        return self.rules.get(school_id, self.problem.rules)

    @cached_property
    def school_ids(self) -> tuple[str, ...]:
        """Schools with at least one class, in the order of their table."""
        taught = {c.school_id for c in self.problem.classes}
        return tuple(s.school_id for s in self.problem.schools if s.school_id in taught)

    def with_problem(self, problem: Problem) -> "District":
        """The same rules for other tables."""
        return replace(self, problem=problem)
