"""What each lesson may choose from, before and after the hard single-lesson rules."""

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import islice, product
from operator import itemgetter

from scheduler.constraints.base import Capped, Constraint, Portion
from scheduler.constraints.catalogue import rules_in_force
from scheduler.constraints.primitives import (
    Capacity,
    OptionCost,
    PairCost,
    Primitive,
    RangeCost,
)
from scheduler.model.meeting import Meeting, Placement
from scheduler.model.problem import Problem
from scheduler.model.requirements import Lesson, Requirement
from scheduler.model.resources import Level
from scheduler.model.times import RowKind, Week
from scheduler.solver.collector import collector_paused
from scheduler.solver.pools import LayoutPools

_LARGE = 8000
"""Options of all lessons from which on another process helps."""

Slot = tuple[int, int]
"""Weekday and number of a row."""
Choice = tuple[Week, str, tuple[str, ...]]
"""Week, layout and teachers."""


@dataclass(frozen=True, slots=True)
class Posted:
    """A term with the rule it comes from, and the portion of it; None: always holds."""

    rule: Constraint
    term: Primitive
    portion: Portion | None = None

    @property
    def hard(self) -> bool:
        """Whether its amount must be 0."""
        return self.rule.level is Level.HARD


@dataclass(frozen=True)
class LessonGroup:
    """Interchangeable lessons of one requirement and the options of each.

    Every term treats them alike, so only how many of them take an option counts.
    """

    lessons: tuple[Lesson, ...]
    options: tuple[Meeting, ...]

    @property
    def count(self) -> int:
        """Number of lessons."""
        return len(self.lessons)


@dataclass(frozen=True)
class Compiled:
    """A problem as options and terms; the common start of every solver.

    ``implied`` are caps that follow from the terms once the options are cut to them.
    """

    problem: Problem
    terms: tuple[Posted, ...]
    groups: tuple[LessonGroup, ...]
    pools: LayoutPools
    by_layout: bool = False
    implied: tuple[Posted, ...] = ()

    @property
    def lesson_count(self) -> int:
        """Number of lessons."""
        return sum(group.count for group in self.groups)

    @property
    def is_large(self) -> bool:
        """Whether it takes a while to work anything out of all options."""
        return sum(len(g.options) for g in self.groups) > _LARGE

    def only(self, rules: Iterable[Constraint]) -> "Compiled":
        """The same options with the terms of some of the rules."""
        kept = set(map(id, rules))
        terms = tuple(t for t in self.terms if id(t.rule) in kept)
        return replace(self, terms=terms)

    def limit(self, posted: Posted) -> int:
        """A capacity's limit; places of a pool are one with room for all."""
        term = posted.term
        assert isinstance(term, Capacity)
        # Only places are pooled; a class may bear the same id as its room.
        if not posted.rule.capped.is_pooled:
            return term.limit
        zone = posted.rule.capped is Capped.ZONE
        return term.limit * self.pools.copies(term.resource[0], self.problem, zone)

    def unpooled(self) -> "Compiled":
        """The same terms with every layout told apart."""
        rules = tuple(dict.fromkeys(t.rule for t in self.terms))
        return compile_problem(self.problem, rules, aggregate=False)

    def lessons_without_option(self) -> tuple[Lesson, ...]:
        """Lessons that the single-lesson rules leave nowhere to go."""
        return tuple(x for g in self.groups if not g.options for x in g.lessons)


def classes_clash_free(rules: Iterable[Constraint]) -> bool:
    """Tell whether the hard ones of these rules let alike lessons be treated as one.

    Where a class may have two lessons at once at a price, alike ones may meet at the
    same time, which a 0/1 choice for all of them cannot say.
    """
    return any(r.capped is Capped.CLASS and r.level is Level.HARD for r in rules)


def compiled_in_force(problem: Problem) -> tuple[tuple[Constraint, ...], Compiled]:
    """All rules in force, and the problem compiled under them; worked out once.

    Raises:
        InputError: the rule settings are wrong.
    """
    known = problem.known.others
    if "compiled" not in known:
        rules = rules_in_force(problem)
        compiled = compile_problem(problem, rules, classes_clash_free(rules))
        known["compiled"] = rules, compiled
    found: tuple[tuple[Constraint, ...], Compiled] = known["compiled"]
    return found


@collector_paused()
def compile_problem(
    problem: Problem,
    rules: Iterable[Constraint],
    aggregate: bool = True,
    heeding: tuple[Posted, ...] = (),
    pool: bool = True,
) -> Compiled:
    """Lower the rules and list every lesson's options.

    Parameters:
        rules: Rules to post.
        aggregate: Treat alike lessons of a requirement, interchangeable layouts
            and layouts at one time as one; as :func:`classes_clash_free` allows.
        heeding: Terms that are not posted but tell lessons apart.
        pool: Treat interchangeable layouts as one at all.
    """
    terms = tuple(
        Posted(rule, t, portion)
        for rule in rules
        for portion, t in rule.portioned(problem)
    )
    # A cap that is only weighed is each place's own: pooled, it would be their sum.
    caps = {t.rule.capped for t in terms if t.hard}
    pooled = aggregate and pool and {Capped.ZONE, Capped.LAYOUT} <= caps
    pools = LayoutPools.of(problem) if pooled else LayoutPools({})
    forbidding = _forbidding(terms)
    groups = tuple(
        LessonGroup(lessons, tuple(_allowed(problem, lessons[0], pools, forbidding)))
        for lessons in _alike(problem, terms + heeding, aggregate)
    )
    implied = tuple(_implied(terms, groups))
    left_out = set(map(id, implied))
    needed = tuple(t for t in terms if id(t) not in left_out)
    return Compiled(problem, needed, groups, pools, not aggregate, implied)


def _implied(
    terms: tuple[Posted, ...], groups: tuple[LessonGroup, ...]
) -> Iterator[Posted]:
    """Caps on pupils that follow from the same place's caps on classes."""
    caps = {
        (type(t.rule), t.term.resource): (t, t.term)
        for t in terms
        if t.hard and isinstance(t.term, Capacity)
    }
    for (rule, resource), (posted, term) in caps.items():
        partner = caps.get((rule, (*resource[:-1], "classes")))
        if resource[-1] != "pupils" or partner is None:
            continue
        if sum(islice(_crowds(term, groups), partner[1].limit)) <= term.limit:
            yield posted


def _crowds(term: Capacity, groups: tuple[LessonGroup, ...]) -> Iterator[int]:
    """Demands of the lessons that may use a resource, the largest first."""
    users = {x.lesson_id for x in term.lessons}
    found = [
        (term.demand(lesson), group)
        for group in groups
        if group.lessons[0].lesson_id in users
        for lesson in group.lessons
    ]
    for demand, group in sorted(found, key=itemgetter(0), reverse=True):
        if any(map(term.span, group.options)):
            yield demand


def _alike(
    problem: Problem, terms: tuple[Posted, ...], aggregate: bool
) -> Iterator[tuple[Lesson, ...]]:
    """Lessons that no term can tell apart; fixed ones stand alone."""
    heard = _terms_of_some(terms)
    for requirement in problem.requirements:
        found: dict[object, list[Lesson]] = defaultdict(list)
        for lesson in requirement.lessons:
            alone = not aggregate or lesson.lesson_id in problem.fixed_at
            key: object = (lesson.length, lesson.weeks, *heard[lesson.lesson_id])
            found[lesson.index if alone else key].append(lesson)
        yield from map(tuple, found.values())


def _terms_of_some(terms: tuple[Posted, ...]) -> dict[str, list[object]]:
    """Terms by lesson id that speak of some lessons of a requirement, not of all.

    A term is told by its number, where it has several parts also by the part.
    """
    found: dict[str, list[object]] = defaultdict(list)
    known: dict[int, list[Lesson]] = {}
    for number, posted in enumerate(terms):
        for part, lessons in enumerate(_parts(posted.term)):
            # Terms of other days and weeks speak of the same tuple.
            if id(lessons) not in known:
                known[id(lessons)] = _split(lessons)
            for lesson in known[id(lessons)]:
                found[lesson.lesson_id].append((number, part))
    return found


def _split(lessons: tuple[Lesson, ...]) -> list[Lesson]:
    """Those of requirements that have further lessons."""
    counts = Counter(x.requirement.requirement_id for x in lessons)
    whole = {x.requirement.requirement_id: x.requirement for x in lessons}
    split = {r for r, n in counts.items() if n < len(whole[r].lengths)}
    return [x for x in lessons if split and x.requirement.requirement_id in split]


def _parts(term: Primitive) -> tuple[tuple[Lesson, ...], ...]:
    """Sets of lessons that the term may tell from others."""
    if isinstance(term, RangeCost):
        return term.groups
    roles = term.roles if isinstance(term, PairCost) else ()
    return roles or (term.lessons,)


def candidates(problem: Problem, lesson: Lesson) -> Iterator[Placement]:
    """All placements on the lesson's kind of rows and its allowed layouts."""
    slots = _slots(problem, lesson)
    for slot, (week, layout_id, teachers) in product(slots, _choices(problem, lesson)):
        yield Placement(week, *slot, layout_id, teachers, lesson.length)


def _slots(problem: Problem, lesson: Lesson) -> list[Slot]:
    """In the order of the kernel's slots: of each day lesson rows first."""
    bell, kinds = problem.bell_of(lesson.requirement), lesson.requirement.rows
    rows = [row for d in bell.days for row in bell.rows(d, kinds)]
    rows.sort(key=lambda r: (r.day, r.kind is not RowKind.LESSON))
    return [(row.day, row.number) for row in rows]


def _choices(problem: Problem, lesson: Lesson) -> Iterator[Choice]:
    layouts = problem.allowed_layouts(lesson.requirement)
    return product(lesson.weeks, layouts, staff_of(lesson.requirement))


def staff_of(requirement: Requirement) -> Iterator[tuple[str, ...]]:
    """Who may give the lesson: all named teachers, and one of the pool."""
    pool = [t for t in requirement.teacher_pool if t not in requirement.teacher_ids]
    if not pool:
        yield requirement.teacher_ids
    for teacher_id in pool:
        yield (*requirement.teacher_ids, teacher_id)


def _allowed(
    problem: Problem,
    lesson: Lesson,
    pools: LayoutPools,
    forbidding: dict[str, list[OptionCost | Capacity]],
) -> Iterator[Meeting]:
    """Meetings of the candidates that no hard rule forbids by itself.

    What does not hang on the time is asked once for all times, what does not hang on
    the layout once for all layouts.
    """
    terms = forbidding[lesson.lesson_id]
    costs = [t for t in terms if isinstance(t, OptionCost)]
    caps = [t for t in terms if isinstance(t, Capacity)]
    spans = [t.span for t in caps if t.demand(lesson) > t.limit]
    slots, choices = _slots(problem, lesson), []
    for choice in _choices(problem, lesson) if slots else ():
        if pools.stands_for_itself(choice[1]):
            meeting = _meeting(problem, lesson, slots[0], choice)
            if not any(c.of(meeting) > 0 for c in costs if not c.by_time):
                asked = [c.of for c in costs if _is_asked(c, choice[1])]
                choices.append((choice, asked))
    at_times = [c.of for c in costs if c.by_time and not c.by_layout]
    for slot in slots:
        free: dict[Hashable, bool] = {}
        for choice, asked in choices:
            people = (choice[0], choice[2])
            if not free.get(people, True):
                continue
            meeting = _meeting(problem, lesson, slot, choice)
            if people not in free:
                free[people] = not any([cost(meeting) > 0 for cost in at_times])
            if not free[people] or any([cost(meeting) > 0 for cost in asked]):
                continue
            if not spans or all(span(meeting) is None for span in spans):
                yield meeting


def _is_asked(cost: OptionCost, layout_id: str) -> bool:
    """Whether a cost may be another at each time on a layout."""
    here = cost.layouts is None or layout_id in cost.layouts
    return here and cost.by_time and cost.by_layout


def _meeting(problem: Problem, lesson: Lesson, slot: Slot, choice: Choice) -> Meeting:
    week, layout_id, teachers = choice
    placement = Placement(week, *slot, layout_id, teachers, lesson.length)
    return Meeting.of(problem, lesson, placement)


def _forbidding(
    terms: tuple[Posted, ...],
) -> dict[str, list[OptionCost | Capacity]]:
    """Hard terms that can rule out an option by itself, by lesson id."""
    found: dict[str, list[OptionCost | Capacity]] = defaultdict(list)
    for posted in terms:
        term = posted.term
        if posted.hard and isinstance(term, OptionCost | Capacity):
            for lesson in term.lessons:
                found[lesson.lesson_id].append(term)
    return found
