"""The rows of relations.csv as two rules: hard rows are kept, soft ones weighed."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from scheduler.constraints import describe, row_words
from scheduler.constraints.base import Constraint, Portion, Violation
from scheduler.constraints.primitives import Primitive
from scheduler.constraints.rules.relations.grid import Grids
from scheduler.constraints.rules.relations.kind import Row
from scheduler.constraints.rules.relations.kinds import KINDS
from scheduler.model.problem import Problem
from scheduler.model.relations import RelationKind
from scheduler.model.requirements import Lesson
from scheduler.model.resources import Level
from scheduler.model.text import Text
from scheduler.model.timetable import Timetable


class RelationRule(Constraint):
    """Rows of relations.csv of one level."""

    row_level: ClassVar[Level]

    def rows(self, problem: Problem) -> Iterator[Row]:
        """The rows of this rule, their lessons found."""
        grids = Grids(problem)
        for relation in problem.relations:
            if relation.level is self.row_level:
                lessons = problem.related_lessons(relation)
                weight = relation.weight if relation.level is Level.SOFT else 1
                yield Row(problem, relation, lessons, grids.of(lessons), weight)

    def violations(self, timetable: Timetable) -> Iterator[Violation]:
        """The breaches of each row's kind."""
        for row in self.rows(timetable.problem):
            for x in KINDS[row.relation.kind].breaches(row, timetable):
                one = x.meetings[0] if len(x.meetings) == 1 else None
                yield Violation(
                    row.weight * x.amount,
                    tuple(m.lesson.lesson_id for m in x.meetings),
                    (row.relation.relation_id, *x.others),
                    x.day,
                    one.start if one else None,
                    one.end if one else None,
                    x.layer,
                    (x.number,),
                )

    def primitives(self, problem: Problem) -> Iterator[Primitive]:
        """The terms of each row's kind."""
        return (term for _, term in self.portioned(problem))

    def portioned(self, problem: Problem) -> Iterator[tuple[Portion, Primitive]]:
        """The primitives in order, each with its row."""
        for row in self.rows(problem):
            for term in KINDS[row.relation.kind].primitives(row):
                yield Portion(self.name, (row.relation.relation_id,)), term

    def portion_name(self, problem: Problem, ids: tuple[str, ...]) -> Text:
        """What the row asks for."""
        return row_words.relation_name(problem, problem.relation[ids[0]])

    def explain(self, problem: Problem, violation: Violation) -> Text:
        """Name the lessons, what is wrong, the time, and the row with its reason."""
        relation = problem.relation[violation.resource_ids[0]]
        what = KINDS[relation.kind].sentence(problem, relation, violation)
        ids = violation.lesson_ids or tuple(
            x.lesson_id for x in problem.related_lessons(relation)
        )
        who = describe.lessons(problem, KINDS[relation.kind].named(ids))
        time = describe.when(
            violation.day, violation.start, violation.end, violation.layer
        )
        on_day, some = violation.day is not None, bool(time.en)
        at = Text("，" * on_day + time.zh, "," * on_day + " " * some + time.en)
        source = describe.row(
            Text("关系", "relation"), relation.relation_id, relation.reason
        )
        return Text(
            f"{who.zh}{what.zh}{at.zh}{source.zh}。",
            f"{who.en} {what.en}{at.en}{source.en}.",
        )


class KeepRelations(RelationRule):
    """The hard rows of relations.csv hold.

    Two lessons are compared in each week in which both meet. Slots count in the bell
    of each lesson's first class. Level: hard. Amount: that of the row's kind, over
    both weeks. Source: relations.csv. The kinds:
    """

    title: ClassVar[Text] = Text("遵守课间关系", "Keep relations of lessons")
    fault: ClassVar[Text] = Text("课间关系被违反", "Relations broken")
    table: ClassVar[str] = "relations"
    counts_days: ClassVar[bool] = True
    row_level: ClassVar[Level] = Level.HARD

    def tied_lessons(self, problem: Problem) -> Iterator[tuple[Lesson, ...]]:
        """Lessons of rows of the kind same_start."""
        for row in self.rows(problem):
            if row.relation.kind is RelationKind.SAME_START:
                yield row.lessons

    @classmethod
    def kinds(cls) -> dict[str, str]:
        """Each kind's own docstring."""
        return {x: " ".join((kind.__doc__ or "").split()) for x, kind in KINDS.items()}


@dataclass(frozen=True)
class PreferRelations(RelationRule):
    """The soft rows of relations.csv hold.

    Level: soft. Amount: that of the row's kind times the row's ``weight``, over both
    weeks. The kinds are those of KeepRelations. Source: relations.csv.
    """

    title: ClassVar[Text] = Text("尽量遵守课间关系", "Prefer relations of lessons")
    fault: ClassVar[Text] = Text("软性课间关系未满足", "Soft relations not met")
    row_level: ClassVar[Level] = Level.SOFT
    level: Level = Level.SOFT
    weight: int = 1

    def weights(self, problem: Problem) -> Iterator[int]:
        """The rule's weight times that of each row."""
        return (self.weight * row.weight for row in self.rows(problem))
