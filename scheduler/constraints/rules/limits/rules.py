"""The rows of limits.csv as two rules: hard rows are kept, soft ones weighed."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from scheduler.constraints import describe, row_words
from scheduler.constraints.base import Constraint, Portion, Violation
from scheduler.constraints.primitives import Primitive
from scheduler.constraints.rules.limits.kind import Said, Week
from scheduler.constraints.rules.limits.kinds import KINDS
from scheduler.constraints.rules.limits.people import Calendar, meetings, people
from scheduler.model.limits import Limit, LimitOn
from scheduler.model.meeting import Meeting
from scheduler.model.problem import Problem
from scheduler.model.resources import Level
from scheduler.model.text import Text
from scheduler.model.times import LAYERS
from scheduler.model.timetable import Timetable


class LimitRule(Constraint):
    """Rows of limits.csv of one level, for everybody they name."""

    row_level: ClassVar[Level]

    def rows(self, problem: Problem) -> Iterator[tuple[Limit, int]]:
        """The rows of this rule and what a unit of their amounts weighs in it."""
        for row in problem.limits:
            if row.level is self.row_level:
                yield row, row.weight if row.level is Level.SOFT else 1

    def violations(self, timetable: Timetable) -> Iterator[Violation]:
        """One for each row, person, and day or week that breaks it."""
        calendar = Calendar(timetable.problem)
        for row, weight in self.rows(timetable.problem):
            kind = KINDS[row.kind]
            for person in people(timetable.problem, row):
                there = meetings(timetable, row, person)
                for layer in LAYERS:
                    week = _week(there, layer)
                    for x in kind.excesses(row, person, calendar, layer, week):
                        yield Violation(
                            weight * x.amount,
                            tuple(m.lesson.lesson_id for m in x.meetings),
                            (row.limit_id, person.person_id),
                            x.day,
                            layer=layer,
                            numbers=(x.number,),
                        )

    def primitives(self, problem: Problem) -> Iterator[Primitive]:
        """The terms of each row's kind, for each person and week."""
        return (term for _, term in self.portioned(problem))

    def portioned(self, problem: Problem) -> Iterator[tuple[Portion, Primitive]]:
        """The primitives in order, each with its row."""
        calendar = Calendar(problem)
        for row, weight in self.rows(problem):
            for person in people(problem, row):
                for layer in LAYERS:
                    for term in KINDS[row.kind].primitives(
                        row, person, calendar, layer, weight
                    ):
                        yield Portion(self.name, (row.limit_id,)), term

    def portion_name(self, problem: Problem, ids: tuple[str, ...]) -> Text:
        """What the row asks for."""
        return row_words.limit_name(problem, problem.limit[ids[0]])

    def explain(self, problem: Problem, violation: Violation) -> Text:
        """Name the person, the time, the numbers, and the row with its reason."""
        limit_id, person_id = violation.resource_ids
        row = problem.limit[limit_id]
        who = _name(problem, row, person_id)
        said = Said(violation.numbers[0], violation.day is not None)
        what = KINDS[row.kind].sentence(row, said)
        time = describe.when(violation.day, None, None, violation.layer)
        on = f" on {time.en}" if violation.day else describe.week_of(violation.layer).en
        tags = Text("", "")
        if row.tags:
            names = "、".join(row.tags)
            tags = Text(f"，只算{names}", f", counting {names}")
        source = describe.row(Text("限制", "limit"), limit_id, row.reason)
        return Text(
            f"{who.zh}{time.zh}{what.zh}{tags.zh}{source.zh}。",
            f"{who.en} {what.en}{tags.en}{on}{source.en}.",
        )


def _name(problem: Problem, row: Limit, person_id: str) -> Text:
    if row.on is LimitOn.CLASS:
        return describe.same(problem.class_name[person_id])
    if row.on is LimitOn.GROUP:
        return describe.same(person_id)
    name = describe.teacher(problem, person_id)
    return Text(f"教师{name}", name)


def _week(there: list[Meeting], layer: int) -> Week:
    """Meetings of one week by day, days in order."""
    found: Week = defaultdict(list)
    for meeting in sorted(there, key=lambda m: m.day):
        if layer in meeting.layers:
            found[meeting.day].append(meeting)
    return found


class KeepLimits(LimitRule):
    """The hard rows of limits.csv hold, each for every person it names.

    A teacher's lessons are those given, not those escorted. People without a lesson
    that counts are left out. Level: hard. Amount: that of the row's kind, over both
    weeks. Source: limits.csv. The kinds:
    """

    title: ClassVar[Text] = Text("不超限制", "Keep limits")
    fault: ClassVar[Text] = Text("超出限制", "Limits exceeded")
    table: ClassVar[str] = "limits"
    row_level: ClassVar[Level] = Level.HARD
    of_days: ClassVar[bool] = True
    counts_days: ClassVar[bool] = True

    @classmethod
    def kinds(cls) -> dict[str, str]:
        """Each kind's own docstring."""
        return {x: " ".join((kind.__doc__ or "").split()) for x, kind in KINDS.items()}


@dataclass(frozen=True)
class PreferLimits(LimitRule):
    """The soft rows of limits.csv hold, each for every person it names.

    Level: soft. Amount: that of the row's kind times the row's ``weight``, over both
    weeks. The kinds are those of KeepLimits. Source: limits.csv.
    """

    title: ClassVar[Text] = Text("尽量不超限制", "Prefer limits")
    fault: ClassVar[Text] = Text("超出软限制", "Soft limits exceeded")
    row_level: ClassVar[Level] = Level.SOFT
    level: Level = Level.SOFT
    weight: int = 1

    def weights(self, problem: Problem) -> Iterator[int]:
        """The rule's weight times that of each row."""
        return (self.weight * weight for _, weight in self.rows(problem))
