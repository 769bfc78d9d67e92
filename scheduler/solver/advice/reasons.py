"""Why a lesson cannot go somewhere: the hard rule, who is concerned, a sentence."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property

from scheduler.constraints.base import (
    CapacityRule,
    Constraint,
    SingleLessonRule,
    Violation,
    excess,
    merge_weeks,
)
from scheduler.constraints.primitives import Capacity, OptionCost
from scheduler.model.meeting import Meeting
from scheduler.model.problem import Problem
from scheduler.model.text import Text
from scheduler.model.timetable import Timetable
from scheduler.solver.advice.ledger import Ledger, Moves
from scheduler.solver.options import Posted


@dataclass(frozen=True, eq=False)
class Reason:
    """A hard rule that some moves would break, by themselves or with other lessons.

    Sentences are worked out when asked for, from the rule's own definition.

    Attributes:
        moves: The new meetings by lesson id.
        numbers: The broken terms in the ledger.
        alone: Whether the other lessons do not matter.
    """

    problem: Problem
    rule: Constraint
    moves: Moves
    ledger: Ledger = field(repr=False)
    numbers: tuple[int, ...] = ()
    alone: bool = False

    @cached_property
    def violations(self) -> tuple[Violation, ...]:
        """What is broken then and is not now."""
        if isinstance(self.rule, CapacityRule):
            return merge_weeks(v for k in self.numbers for v in self._crowds(k))
        if isinstance(self.rule, SingleLessonRule):
            broken = (self.rule.breaches(self.problem, m) for m in self.moves.values())
            return merge_weeks(v for found in broken for v in found)
        then = self._said(self.moves)
        now = () if self.alone else self._said(self.ledger.before(self.moves))
        return tuple((Counter(then) - Counter(now)).elements())

    @property
    def quick(self) -> bool:
        """Whether its sentences cost little: no rule has to look at whole days."""
        return isinstance(self.rule, (CapacityRule, SingleLessonRule))

    @property
    def lesson_ids(self) -> tuple[str, ...]:
        """The other lessons that the breach is about."""
        ids = (x for v in self.violations for x in v.lesson_ids if x not in self.moves)
        return tuple(dict.fromkeys(ids))

    @property
    def resource_ids(self) -> tuple[str, ...]:
        """People, places or rows that the breach is about."""
        ids = (x for v in self.violations for x in v.resource_ids)
        return tuple(dict.fromkeys(ids))

    @property
    def sentences(self) -> tuple[Text, ...]:
        """One sentence for each breach; the rule's name where it has none."""
        told = (self.rule.explain(self.problem, v) for v in self.violations)
        return tuple(dict.fromkeys(told)) or (self.rule.title,)

    def _said(self, moves: Moves) -> tuple[Violation, ...]:
        """The rule's word on the lessons concerned, and on no others."""
        concerned = dict(moves)
        if not self.alone:
            concerned |= self.ledger.around(self.rule, self.moves)
        placements = {x: m.placement for x, m in concerned.items()}
        return merge_weeks(self.rule.violations(Timetable(self.problem, placements)))

    def _crowds(self, number: int) -> Iterator[Violation]:
        """Stretches in which moved lessons make a resource too full."""
        term = self.ledger.term(number)
        assert isinstance(term, Capacity)
        met = {} if self.alone else self.ledger.concerned(term)
        others = [m for x, m in met.items() if x not in self.moves]
        for lesson_id, meeting in self.moves.items():
            own = term.span(meeting)
            for layer in meeting.layers if own else ():
                used = [
                    (m, span)
                    for m in (meeting, *others)
                    if m.day == meeting.day and layer in m.layers
                    if (span := term.span(m)) is not None
                ]
                told = excess(term, used, layer, meeting.day)
                yield from (v for v in told if lesson_id in v.lesson_ids)


def reasons_of(
    problem: Problem,
    ledger: Ledger,
    moves: Moves,
    broken: Iterable[tuple[int, Posted]],
    alone: bool = False,
) -> tuple[Reason, ...]:
    """One for each hard rule that is broken, with the numbers of its terms."""
    rules: dict[int, Constraint] = {}
    numbers: dict[int, list[int]] = defaultdict(list)
    for number, posted in broken:
        rules[id(posted.rule)] = posted.rule
        numbers[id(posted.rule)].append(number)
    return tuple(
        Reason(problem, rule, moves, ledger, tuple(numbers[key]), alone)
        for key, rule in rules.items()
    )


def forbidding(
    problem: Problem, ledger: Ledger, meeting: Meeting
) -> tuple[Reason, ...]:
    """The hard rules that a meeting breaks whatever the others do."""
    lesson_id = meeting.lesson.lesson_id
    terms = ledger.terms_of(lesson_id)
    broken = [(k, posted) for k, posted in terms if _forbids(posted, meeting)]
    return reasons_of(problem, ledger, {lesson_id: meeting}, broken, alone=True)


def _forbids(posted: Posted, meeting: Meeting) -> bool:
    """Whether a term is a hard one that a meeting breaks whatever the others do."""
    term = posted.term
    if not posted.hard:
        return False
    if isinstance(term, Capacity):
        return (
            term.span(meeting) is not None and term.demand(meeting.lesson) > term.limit
        )
    return isinstance(term, OptionCost) and term.of(meeting) > 0
