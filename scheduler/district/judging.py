"""One judgement of a whole district: all rules, all schools, at once."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from scheduler.constraints.catalogue import rules_in_force
from scheduler.constraints.evaluate import Report, evaluate
from scheduler.constraints.rules.fill_class_days import FillClassDays
from scheduler.district.parts import Part, joined
from scheduler.model.district import District
from scheduler.model.settings import with_parameter
from scheduler.model.timetable import Timetable


@dataclass(frozen=True)
class Judgement:
    """The timetable of all schools and what the rules say of it.

    ``soft`` adds up what each school's own rules charge it.
    """

    timetable: Timetable
    report: Report
    unplaced: tuple[str, ...]
    soft: int

    @property
    def is_sound(self) -> bool:
        """Whether every lesson has a place and no hard rule is broken anywhere."""
        return not (self.report.hard or self.unplaced)


def judge(
    district: District,
    timetables: Mapping[str, Timetable],
    parts: tuple[Part, ...],
    holes: int = 0,
) -> Judgement:
    """Judge what the parts have, by their keys, as one timetable.

    No teacher, venue or agreement may be used twice at once anywhere: that shows only
    here.

    Parameters:
        holes: The most holes of a class that a school had to be allowed.
    """
    whole = _allowing(district, holes)
    together = joined(whole, timetables.values())
    placed = together.placements
    problem = whole.problem
    soft = sum(
        evaluate(Timetable(p.problem, timetables[p.key].placements)).soft
        for p in parts
        if p.key in timetables
    )
    return Judgement(
        together,
        evaluate(together),
        tuple(x.lesson_id for x in problem.lessons if x.lesson_id not in placed),
        soft,
    )


def judge_whole(district: District, timetable: Timetable) -> Judgement:
    """Judge a timetable of all schools, as read from a file."""
    problem = district.problem
    together = Timetable(problem, timetable.placements)
    report = evaluate(together)
    unplaced = tuple(
        x.lesson_id for x in problem.lessons if x.lesson_id not in timetable.placements
    )
    return Judgement(together, report, unplaced, report.soft)


def _allowing(district: District, holes: int) -> District:
    """The district with so many holes a week allowed to every class."""
    problem = district.problem
    rule = next(
        (r for r in rules_in_force(problem) if isinstance(r, FillClassDays)), None
    )
    if rule is None or holes <= rule.allowed:
        return district
    rules = with_parameter(problem.rules, FillClassDays.__name__, "allowed", holes)
    return district.with_problem(replace(problem, rules=rules))
