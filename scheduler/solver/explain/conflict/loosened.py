"""A problem whose hard rules can be left out portion by portion."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from scheduler.constraints.base import Missing, Portion, SingleLessonRule
from scheduler.constraints.counting import shortage_table
from scheduler.constraints.primitives import (
    Capacity,
    CountCost,
    OptionCost,
    PairCost,
    PatternSumCost,
    Primitive,
    SameChoice,
    day_of,
)
from scheduler.model.meeting import Meeting
from scheduler.model.resources import Level
from scheduler.model.times import LAYERS
from scheduler.solver.exact.exact_model import ExactModel
from scheduler.solver.exact.highs import RunLimits, run
from scheduler.solver.hard_view import HardView, every_week
from scheduler.solver.options import (
    Compiled,
    LessonGroup,
    Posted,
    classes_clash_free,
    compile_problem,
)
from scheduler.solver.reading import read_timetable
from scheduler.solver.status import Status


@dataclass(frozen=True, slots=True)
class Part:
    """Some lessons, on some days or (None) on all: a piece of the problem."""

    lessons: tuple[str, ...]
    days: frozenset[int] | None = None

    def has_day(self, meeting: Meeting) -> bool:
        """Whether the meeting is on one of the days."""
        return self.days is None or meeting.day in self.days


_Barred = frozenset[Portion]


@dataclass(frozen=True)
class Loosened:
    """Every option that the rules which always hold allow, with what else bars it.

    ``barred`` goes with the options of the group of the same place; ``terms`` are
    tagged with their portion, None where they always hold.
    """

    compiled: Compiled
    barred: tuple[tuple[_Barred, ...], ...]
    terms: tuple[tuple[Portion | None, Posted], ...]

    @staticmethod
    def of(view: HardView, lessons: Collection[str] | None = None) -> "Loosened":
        """Compile once, all or these lessons; every test restricts the result."""
        problem = view.problem
        if lessons is not None:
            wanted = {problem.lesson[x].requirement.requirement_id for x in lessons}
            kept = (r for r in problem.requirements if r.requirement_id in wanted)
            problem = replace(problem, requirements=tuple(kept), relations=())
        always = [r for r in view.rules if r.structural]
        alike = classes_clash_free(view.rules)
        posted = tuple(
            p for p in view.compiled.terms if not isinstance(p.rule, SingleLessonRule)
        )
        compiled = compile_problem(problem, always, alike, posted)
        barring = _Barring(view)
        barred = tuple(tuple(map(barring.groups, g.options)) for g in compiled.groups)
        terms = tuple((p.portion, p) for p in posted)
        return Loosened(compiled, barred, terms)

    @property
    def portions(self) -> tuple[Portion, ...]:
        """All portions that can be left out, in order."""
        found = {tag for tag, _ in self.terms if tag is not None}
        found.update(tag for mine in self.barred for tags in mine for tag in tags)
        return tuple(sorted(found))

    def portions_of(self, part: Part) -> tuple[Portion, ...]:
        """Portions that matter to these lessons on these days at all, in order.

        What bars the lessons on other days matters: it leaves them these.
        """
        wanted = frozenset(part.lessons)
        found = {
            tag
            for tag, posted in self.terms
            if tag is not None and self._touches(posted.term, part)
        }
        for group, mine in zip(self.compiled.groups, self.barred, strict=True):
            if group.lessons[0].lesson_id in wanted:
                found.update(tag for tags in mine for tag in tags)
        return tuple(sorted(found))

    def _touches(self, term: Primitive, part: Part) -> bool:
        """Whether any option of these lessons uses what the term speaks of."""
        wanted = frozenset(part.lessons)
        if not binds(term, wanted, frozenset(), part.days):
            return False
        if not isinstance(term, Capacity):
            return True
        inside = {x.lesson_id for x in term.lessons} & wanted
        return any(
            term.span(m) is not None and part.has_day(m)
            for g in self.compiled.groups
            if g.lessons[0].lesson_id in inside
            for m in g.options
        )

    def restricted(self, active: Collection[Portion], part: Part) -> Compiled:
        """Only these portions, lessons and days: what it demands, the whole does too.

        A lesson that may be on another day need not be placed here; a term that a
        missing lesson or day could satisfy is dropped.
        """
        on, wanted = frozenset(active), frozenset(part.lessons)
        groups: list[LessonGroup] = []
        elsewhere: set[str] = set()
        for group, barred in zip(self.compiled.groups, self.barred, strict=True):
            if group.lessons[0].lesson_id not in wanted:
                continue
            free = _free(group, barred, on)
            here = tuple(filter(part.has_day, free))
            if len(here) < len(free):
                elsewhere.update(x.lesson_id for x in group.lessons)
            if here or not free:
                groups.append(LessonGroup(group.lessons, here))
        terms = tuple(
            posted
            for tag, posted in self.terms
            if (tag is None or tag in on)
            and posted.rule.missing is not Missing.LESSON
            and binds(posted.term, wanted, frozenset(elsewhere), part.days)
        )
        due = [g for g in groups if g.lessons[0].lesson_id not in elsewhere]
        placing = tuple(self.to_be_placed(due))
        return replace(self.compiled, groups=tuple(groups), terms=terms + placing)

    def to_be_placed(self, groups: Iterable[LessonGroup]) -> Iterator[Posted]:
        """The demand for lessons group by group, for parts hold some of them only."""
        rule = next(
            (p.rule for _, p in self.terms if p.rule.missing is Missing.LESSON),
            None,
        )
        if rule is None:
            return
        for group in groups:
            missing = shortage_table(group.count)
            yield Posted(rule, CountCost(group.lessons, lambda _: 1, missing))

    def impossible(
        self, active: Collection[Portion], part: Part, seconds: float
    ) -> bool | None:
        """Tell whether the part cannot be had; None if the time ran out."""
        compiled = self.restricted(active, part)
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

    def shortfall(
        self, active: Collection[Portion], part: Part, seconds: float
    ) -> tuple[int, int] | None:
        """What the part asks for and the most of it there can be; None if not proven.

        Counted are lessons to be placed, or lessons for days that must have one, a
        week; a part that asks for both, or not the same in both weeks, is not counted.
        """
        compiled = self.restricted(active, part)
        asking = [p for p in compiled.terms if p.rule.missing]
        softened = tuple(
            Posted(replace(p.rule, level=Level.SOFT, weight=1), p.term)
            if p.rule.missing
            else p
            for p in compiled.terms
        )
        if len({p.rule.missing for p in asking}) != 1 or seconds <= 0:
            return None
        daily = any(p.rule.missing is Missing.DAY for p in asking)
        if daily and not every_week(compiled.groups):
            return None
        model = ExactModel(replace(compiled, terms=softened))
        outcome = run(model.problem, RunLimits(seconds))
        if outcome.status is not Status.OPTIMAL or outcome.objective is None:
            return None
        need, short = sum(p.term.amount({}) for p in asking), round(outcome.objective)
        weeks = len(LAYERS) if daily else 1
        return need // weeks, (need - short) // weeks


def binds(
    term: Primitive,
    wanted: frozenset[str],
    elsewhere: frozenset[str],
    days: frozenset[int] | None,
) -> bool:
    """Whether a term binds these lessons on these days whatever else there is.

    Parameters:
        elsewhere: Those of the lessons that may be on other days.
    """
    day = day_of(term)
    if days is not None and day is not None and day not in days:
        return False
    inside = [x.lesson_id in wanted for x in term.lessons]
    if not any(inside):
        return False
    if only_limits(term):
        return True
    alone = day is not None or not any(x.lesson_id in elsewhere for x in term.lessons)
    return all(inside) and alone


def only_limits(term: Primitive) -> bool:
    """Whether the term asks for nothing: fewer lessons never cost more."""
    if isinstance(term, PatternSumCost):
        used = all(
            len(d.rows) == 1 and 0 == d.table(0) <= d.table(1) for d in term.days
        )
        return used and _is_rising(term)
    if isinstance(term, CountCost):
        return _is_rising(term)
    return isinstance(term, Capacity | OptionCost | PairCost | SameChoice)


def _is_rising(term: CountCost | PatternSumCost) -> bool:
    rising = all(a <= b for a, b in pairwise(term.table))
    return rising and term.low == 0 and term.table[0] == 0


def _free(
    group: LessonGroup, barred: tuple[_Barred, ...], on: frozenset[Portion]
) -> tuple[Meeting, ...]:
    return tuple(
        m for m, tags in zip(group.options, barred, strict=True) if not tags & on
    )


class _Barring:
    """Which portions forbid an option by itself."""

    def __init__(self, view: HardView) -> None:
        self._problem = view.problem
        self._rules = [
            (rule, frozenset(x.lesson_id for x in rule.lessons(view.problem)))
            for rule in view.rules
            if isinstance(rule, SingleLessonRule) and not rule.structural
        ]

    def groups(self, meeting: Meeting) -> _Barred:
        """Portions of the single-lesson rules that the meeting breaks."""
        return frozenset(
            rule.portion_broken(self._problem, violation)
            for rule, lessons in self._rules
            if meeting.lesson.lesson_id in lessons
            for violation in rule.breaches(self._problem, meeting)
        )
