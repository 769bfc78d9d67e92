"""A problem whose hard rules can be left out portion by portion."""

from collections.abc import Collection
from dataclasses import dataclass, replace

from scheduler.constraints.base import SingleLessonRule
from scheduler.constraints.place_every_lesson import PlaceEveryLesson
from scheduler.constraints.terms import (
    Capacity,
    CountCost,
    OptionCost,
    PairCost,
    SameChoice,
)
from scheduler.model.meeting import Meeting
from scheduler.model.resources import Level
from scheduler.solver.exact_model import ExactModel
from scheduler.solver.explain.hard_view import HardView, classes_clash_free
from scheduler.solver.explain.rule_groups import (
    ALWAYS,
    RuleGroup,
    group_of_breach,
    group_of_term,
)
from scheduler.solver.highs import RunLimits, run
from scheduler.solver.options import Compiled, LessonGroup, PostedTerm, compile_problem
from scheduler.solver.reading import read_timetable
from scheduler.solver.status import Status

_Barred = frozenset[RuleGroup]


@dataclass(frozen=True)
class Loosened:
    """Every option that the rules which always hold allow, with what else bars it.

    ``barred`` goes with the options of the group of the same place; ``terms`` are
    tagged with their portion, None where they always hold.
    """

    compiled: Compiled
    barred: tuple[tuple[_Barred, ...], ...]
    terms: tuple[tuple[RuleGroup | None, PostedTerm], ...]

    @staticmethod
    def of(view: HardView) -> "Loosened":
        """Compile once; every test restricts the result."""
        always = [r for r in view.rules if isinstance(r, ALWAYS)]
        alike = classes_clash_free(view.rules)
        compiled = compile_problem(view.problem, always, alike)
        barring = _Barring(view)
        barred = tuple(tuple(map(barring.groups, g.options)) for g in compiled.groups)
        terms = tuple(
            (group_of_term(view.problem, posted), posted)
            for posted in view.compiled.terms
            if not isinstance(posted.rule, SingleLessonRule)
        )
        return Loosened(compiled, barred, terms)

    @property
    def rule_groups(self) -> tuple[RuleGroup, ...]:
        """All portions that can be left out, in order."""
        found = {tag for tag, _ in self.terms if tag is not None}
        found.update(tag for mine in self.barred for tags in mine for tag in tags)
        return tuple(sorted(found))

    def rule_groups_of(self, lessons: Collection[str]) -> tuple[RuleGroup, ...]:
        """Portions that touch one of these lessons at all, in order."""
        wanted = frozenset(lessons)
        found = {
            tag
            for tag, posted in self.terms
            if tag is not None and _touches(posted, self.compiled, wanted)
        }
        for group, mine in zip(self.compiled.groups, self.barred, strict=True):
            if group.lessons[0].lesson_id in wanted:
                found.update(tag for tags in mine for tag in tags)
        return tuple(sorted(found))

    def restricted(
        self, active: Collection[RuleGroup], lessons: Collection[str]
    ) -> Compiled:
        """Only these portions and lessons: what it demands, the whole does too.

        A term that a missing lesson could satisfy is left out.
        """
        on = frozenset(active)
        wanted = frozenset(lessons)
        groups = tuple(
            LessonGroup(g.lessons, _free(g, barred, on))
            for g, barred in zip(self.compiled.groups, self.barred, strict=True)
            if g.lessons[0].lesson_id in wanted
        )
        terms = tuple(
            posted
            for tag, posted in self.terms
            if (tag is None or tag in on) and _kept(posted, wanted)
        )
        return replace(self.compiled, groups=groups, terms=terms)

    def impossible(
        self,
        active: Collection[RuleGroup],
        lessons: Collection[str],
        seconds: float,
    ) -> bool | None:
        """Tell whether these lessons cannot be placed; None if the time ran out."""
        compiled = self.restricted(active, lessons)
        if compiled.lessons_without_option():
            return True
        if seconds <= 0:
            return None
        model = ExactModel(compiled, objective=False)
        outcome = run(model.problem, RunLimits(seconds, first_solution=True))
        if outcome.status is Status.INFEASIBLE:
            return True
        if outcome.objective is None or read_timetable(model) is None:
            return None
        return False

    def most_placed(
        self,
        active: Collection[RuleGroup],
        lessons: Collection[str],
        seconds: float,
    ) -> int | None:
        """The most of these lessons that can be placed; None if not proven."""
        compiled = self.restricted(active, lessons)
        softened = tuple(
            PostedTerm(replace(p.rule, level=Level.SOFT, weight=1), p.term)
            if isinstance(p.rule, PlaceEveryLesson)
            else p
            for p in compiled.terms
        )
        model = ExactModel(replace(compiled, terms=softened))
        outcome = run(model.problem, RunLimits(max(0.0, seconds)))
        if outcome.status is not Status.OPTIMAL or outcome.objective is None:
            return None
        return len(lessons) - round(outcome.objective)


def _touches(posted: PostedTerm, compiled: Compiled, wanted: frozenset[str]) -> bool:
    """Whether any option of these lessons uses what the term speaks of."""
    term = posted.term
    if not _kept(posted, wanted):
        return False
    if not isinstance(term, Capacity):
        return True
    inside = {x.lesson_id for x in term.lessons} & wanted
    return any(
        term.span(m) is not None
        for g in compiled.groups
        if g.lessons[0].lesson_id in inside
        for m in g.options
    )


def _free(
    group: LessonGroup, barred: tuple[_Barred, ...], on: frozenset[RuleGroup]
) -> tuple[Meeting, ...]:
    return tuple(
        m for m, tags in zip(group.options, barred, strict=True) if not tags & on
    )


def _kept(posted: PostedTerm, wanted: frozenset[str]) -> bool:
    """Whether a term binds these lessons whatever the others do."""
    term = posted.term
    inside = [x.lesson_id in wanted for x in term.lessons]
    if all(inside):
        return True
    if not any(inside):
        return False
    if isinstance(term, CountCost):
        rising = all(a <= b for a, b in zip(term.table, term.table[1:], strict=False))
        return rising and term.low == 0 and term.table[0] == 0
    return isinstance(term, Capacity | OptionCost | PairCost | SameChoice)


class _Barring:
    """Which portions forbid an option by itself."""

    def __init__(self, view: HardView) -> None:
        self._problem = view.problem
        self._rules = [
            (rule, frozenset(x.lesson_id for x in rule.lessons(view.problem)))
            for rule in view.rules
            if isinstance(rule, SingleLessonRule) and not isinstance(rule, ALWAYS)
        ]

    def groups(self, meeting: Meeting) -> _Barred:
        """Portions of the single-lesson rules that the meeting breaks."""
        return frozenset(
            group_of_breach(self._problem, rule, violation)
            for rule, lessons in self._rules
            if meeting.lesson.lesson_id in lessons
            for violation in rule.breaches(self._problem, meeting)
        )
