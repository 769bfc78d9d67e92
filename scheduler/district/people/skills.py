"""Who can teach what, how much they teach now, and how much a week they could."""

from collections import defaultdict
from fractions import Fraction
from functools import cached_property

from scheduler.model.problem import Problem
from scheduler.model.requirements import Requirement
from scheduler.model.staff_plan import StaffPlan
from scheduler.model.times import LAYERS


def weekly(requirement: Requirement) -> Fraction:
    """Periods a week of a requirement, on average over the two-week cycle."""
    return sum(
        (Fraction(x.length * x.layers_met, len(LAYERS)) for x in requirement.lessons),
        Fraction(0),
    )


class Skills:
    """Teachers of a district by what they teach and can teach; amounts are periods."""

    def __init__(self, problem: Problem, plan: StaffPlan) -> None:
        self.problem, self.plan = problem, plan

    @cached_property
    def taught(self) -> dict[str, dict[tuple[str, str], Fraction]]:
        """Periods a week by teacher and (school, subject); a pool's are shared out."""
        found: dict[str, dict[tuple[str, str], Fraction]] = {
            t.teacher_id: defaultdict(Fraction) for t in self.problem.teachers
        }
        for r in self.problem.requirements:
            place = self.problem.schools_of(r)[0], r.subject_id
            for name in r.teacher_ids:
                found[name][place] += weekly(r)
            for name in r.teacher_pool:
                found[name][place] += weekly(r) / len(r.teacher_pool)
        return found

    def load(self, teacher_id: str) -> Fraction:
        """Periods a week that a teacher gives now."""
        return sum(self.taught[teacher_id].values(), Fraction(0))

    def subjects_taught(self, teacher_id: str) -> tuple[str, ...]:
        """Subjects a teacher gives, the main one first, then by periods."""
        given: dict[str, Fraction] = defaultdict(Fraction)
        for (_, subject), count in self.taught[teacher_id].items():
            given[subject] += count
        listed = self.problem.teacher[teacher_id].subjects[:1]
        return tuple(sorted(given, key=lambda s: (s not in listed, -given[s], s)))

    def able(self, teacher_id: str) -> tuple[str, ...]:
        """Subjects a teacher can teach: those listed, else those taught now."""
        listed = self.problem.teacher[teacher_id].subjects
        return listed or self.subjects_taught(teacher_id)

    def main(self, teacher_id: str) -> str:
        """The subject a teacher is there for; empty for none."""
        return next(iter(self.able(teacher_id)), "")

    def capacity(self, teacher_id: str) -> int:
        """Periods a week that a teacher is expected to give: the norm, or the limit."""
        most, norm = (
            self.problem.teacher[teacher_id].max_per_week,
            self.plan.post_of(self.main(teacher_id)),
        )
        return norm if most is None else min(most, norm)

    def schools(self, teacher_id: str) -> tuple[str, ...]:
        """The own school and those taught at, each once."""
        home = self.problem.teacher[teacher_id].school_id
        return tuple(dict.fromkeys((home, *(s for s, _ in self.taught[teacher_id]))))

    def union(self, school_id: str) -> str:
        """The union of schools (教联体) within which teachers are shared."""
        return self.problem.school[school_id].group_id
