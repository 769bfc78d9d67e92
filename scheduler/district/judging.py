"""One judgement of a whole district: all rules, all schools, at once."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from scheduler.constraints.base import Violation
from scheduler.constraints.evaluate import Report, RuleResult, evaluate
from scheduler.constraints.rules.fill_class_days import FillClassDays
from scheduler.district.parts import joined, parts_of
from scheduler.model.district import District
from scheduler.model.settings import RuleSetting, parameters_of, with_parameter
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
    district: District, timetables: Iterable[Timetable], soft: int, holes: int = 0
) -> Judgement:
    """Judge what the parts have as one timetable.

    No teacher, venue or agreement may be used twice at once anywhere: that shows only
    here.

    Parameters:
        soft: What the parts' own rules charge them.
        holes: The most holes of a class that a school had to be allowed.
    """
    whole = _allowing(district, holes)
    together = joined(whole, timetables)
    return Judgement(together, _report(whole, together), _unplaced(together), soft)


def judge_whole(district: District, timetable: Timetable) -> Judgement:
    """Judge a timetable of all schools, as read from a file."""
    together = joined(district, (timetable,))
    report = _report(district, together)
    return Judgement(together, report, _unplaced(together), report.soft)


def _unplaced(together: Timetable) -> tuple[str, ...]:
    lessons = together.problem.lessons
    return tuple(x.lesson_id for x in lessons if x.lesson_id not in together.placements)


def _report(district: District, together: Timetable) -> Report:
    """By the rules of all; what is within a school with rules of its own by those."""
    report = evaluate(together)
    own = [p for p in parts_of(district) if set(p.school_ids) & set(district.rules)]
    if not own:
        return report
    part_of: dict[str, int] = {}
    for number, part in enumerate(own):
        lessons = (x.lesson_id for x in part.problem.lessons)
        part_of |= dict.fromkeys((*lessons, *part.problem.class_group), number)
    results: list[RuleResult] = []
    for result in report.results:
        kept = tuple(v for v in result.violations if not _is_within(v, part_of))
        results.append(replace(result, violations=kept))
    for part in own:
        results += evaluate(part.timetable_of(together)).results
    return Report(report.problem, tuple(results))


def _is_within(violation: Violation, part_of: Mapping[str, int]) -> bool:
    """Whether a breach is all about lessons, or else classes, of one part."""
    about = violation.lesson_ids or violation.resource_ids
    parts = {part_of.get(name) for name in about}
    return len(parts) == 1 and None not in parts


def _allowing(district: District, holes: int) -> District:
    """The district with so many holes a week allowed to every class."""
    if not holes:
        return district
    rules = _raised(district.problem.rules, holes)
    own = {school: _raised(given, holes) for school, given in district.rules.items()}
    return District(replace(district.problem, rules=rules), own)


def _raised(rules: tuple[RuleSetting, ...], holes: int) -> tuple[RuleSetting, ...]:
    name = FillClassDays.__name__
    most = max(holes, parameters_of(rules, name).get("allowed", 0))
    return with_parameter(rules, name, "allowed", most)
