"""Odd and even weeks are kept."""

from collections import Counter
from collections.abc import Iterator
from typing import ClassVar

from scheduler.constraints import describe, words
from scheduler.constraints.base import Constraint, Portion, Violation
from scheduler.constraints.primitives import OptionCost, Primitive, SameChoice
from scheduler.model.meeting import Meeting
from scheduler.model.problem import Problem
from scheduler.model.requirements import Requirement, WeekRule
from scheduler.model.text import Text
from scheduler.model.times import Week
from scheduler.model.timetable import Timetable


class RespectWeeks(Constraint):
    """A lesson meets in the weeks its requirement says.

    Alternating requirements choose odd or even once for all their lessons.
    Amount: lessons in wrong weeks, and lessons that differ from the commonest
    choice. Level: hard. Source: data-format.md, "Weeks".
    """

    title: ClassVar[Text] = Text("单双周正确", "Respect odd and even weeks")
    fault: ClassVar[Text] = Text("单双周不对", "Wrong weeks")
    structural: ClassVar[bool] = True

    def violations(self, timetable: Timetable) -> Iterator[Violation]:
        """Wrong weeks lesson by lesson, then mixed choices by requirement."""
        for meeting in timetable.meetings:
            if _wrong(meeting):
                yield _violation(meeting)
        for requirement in _alternating(timetable.problem):
            ids = [x.lesson_id for x in requirement.lessons]
            placed = [timetable.meeting[i] for i in ids if i in timetable.meeting]
            chosen = Counter(_choice(m) for m in placed)
            if len(chosen) > 1:
                common = max(chosen, key=lambda w: (chosen[w], w))
                odd_ones = [m for m in placed if _choice(m) != common]
                yield from (_violation(m) for m in odd_ones)

    def primitives(self, problem: Problem) -> Iterator[Primitive]:
        """One option cost, and one choice for each alternating requirement."""
        yield OptionCost(problem.lessons, lambda m: int(_wrong(m)), by_time=False)
        for requirement in _alternating(problem):
            yield SameChoice(requirement.lessons, _choice)

    def portion_of(self, problem: Problem, primitive: Primitive) -> Portion | None:
        """The requirement whose lessons choose a week; wrong weeks nobody relaxes."""
        if not isinstance(primitive, SameChoice):
            return None
        requirement = primitive.lessons[0].requirement
        return Portion(self.name, (requirement.requirement_id,))

    def portion_name(self, problem: Problem, ids: tuple[str, ...]) -> Text:
        """The lessons that alternate."""
        requirement = problem.requirement[ids[0]]
        what = words.teaching(problem, [x.lesson_id for x in requirement.lessons])
        return Text(
            f"{what.zh}隔周上，各节同在单周或同在双周",
            f"{what.en} alternate, all in odd or all in even weeks",
        )

    def explain(self, problem: Problem, violation: Violation) -> Text:
        """Name the lesson and both weeks."""
        lesson = describe.lesson(problem, violation.lesson_ids[0])
        given = Week(violation.resource_ids[0])
        rule = problem.lesson[violation.lesson_ids[0]].requirement.week
        return Text(
            f"{lesson.zh}排在{_WEEK[given].zh}，与“{_RULE[rule].zh}”的要求不符。",
            f"{lesson.en} meets in {_WEEK[given].en}, "
            f"against its requirement ({_RULE[rule].en}).",
        )


_WEEK = {
    Week.EVERY: Text("每周", "every week"),
    Week.ODD: Text("单周", "odd weeks"),
    Week.EVEN: Text("双周", "even weeks"),
}
_RULE = {
    WeekRule.EVERY: Text("每周，半节隔周", "every week, halves every other week"),
    WeekRule.ODD: Text("仅单周", "odd weeks only"),
    WeekRule.EVEN: Text("仅双周", "even weeks only"),
    WeekRule.ALTERNATE: Text("隔周，各节同周", "alternate, all in the same week"),
}


def _wrong(meeting: Meeting) -> bool:
    return meeting.placement.week not in meeting.lesson.weeks


def _choice(meeting: Meeting) -> Week:
    return meeting.placement.week


def _alternating(problem: Problem) -> Iterator[Requirement]:
    return (
        r
        for r in problem.requirements
        if r.week is WeekRule.ALTERNATE and len(r.lessons) > 1
    )


def _violation(meeting: Meeting) -> Violation:
    return Violation(
        1,
        (meeting.lesson.lesson_id,),
        (meeting.placement.week.value,),
        meeting.day,
        meeting.start,
        meeting.end,
    )
