"""What would help against a statement: changes tried by counting again."""

from collections.abc import Collection, Iterator
from dataclasses import replace
from itertools import takewhile
from math import inf
from time import monotonic

from scheduler.constraints import describe, row_words, words
from scheduler.constraints.base import Missing
from scheduler.constraints.catalogue import rules_in_force
from scheduler.model.limits import Limit
from scheduler.model.problem import Problem
from scheduler.model.relations import Relation
from scheduler.model.requirements import HOME
from scheduler.model.resources import Level, ResourceKind
from scheduler.model.text import Text
from scheduler.model.times import LAYERS
from scheduler.solver.explain.counting.checks import every_count
from scheduler.solver.explain.remedies.changes import (
    Change,
    FewerLessons,
    MorePlaces,
    OpenDay,
    OtherRow,
    RoomForPupils,
    shortened_row,
)
from scheduler.solver.explain.remedies.rule_changes import (
    NoDailyPE,
    Soften,
    Unfix,
    WithoutRelation,
)
from scheduler.solver.explain.sentences.explanation import Kind, Statement
from scheduler.solver.hard_view import HardView

SHOWN = 4
"""Remedies that are enough to choose from."""
_PLACES = (Kind.PLACES, Kind.PLACES_ON_DAY)
_MORE_AT_MOST = 3
_TRIED = 10
"""Alternatives of one kind that are tried."""


def remedies(
    problem: Problem, statement: Statement, deadline: float
) -> tuple[Change, ...]:
    """Changes each of which leaves nothing of the statement when counted again.

    Statements on other lessons may remain. They are looked for until ``deadline``
    (of ``monotonic``).
    """
    concerned = part_of(problem, statement)
    if _is_made(concerned, statement, deadline) is not True:
        return ()
    found: list[Change] = []
    for alternatives in _proposals(concerned, statement):
        for change in alternatives:
            if len(found) == SHOWN or monotonic() > deadline:
                return tuple(found)
            if _is_made(change.apply(concerned), statement, deadline) is False:
                found.append(change)
                break
    return tuple(found)


def part_of(problem: Problem, statement: Statement) -> Problem:
    """Only the requirements concerned, and all PE of their classes, for it counts."""
    own = {problem.lesson[x].requirement.requirement_id for x in statement.lesson_ids}
    classes = {c for name in own for c in problem.requirement[name].class_ids}
    kept = tuple(
        r
        for r in problem.requirements
        if r.requirement_id in own
        or (
            problem.subject[r.subject_id].kind.is_pe_type
            and not classes.isdisjoint(r.class_ids)
        )
    )
    ids = {r.requirement_id for r in kept}
    fixed = tuple(f for f in problem.fixed if f.requirement_id in ids)
    relations = tuple(
        shorter
        for row in problem.relations
        if (shorter := shortened_row(problem, row, _others(row, ids))) is not None
    )
    return replace(problem, requirements=kept, fixed=fixed, relations=relations)


def _others(row: Relation, ids: Collection[str]) -> set[str]:
    """Lessons and requirements named by a row that are not of these requirements."""
    return {name for name in row.lessons if name.partition("#")[0] not in ids}


def _is_made(problem: Problem, statement: Statement, deadline: float) -> bool | None:
    """Whether counting still makes the statement, or another on its lessons alone.

    None where the time ran out: what was cut short makes no statement, nor proves that
    there is none.
    """
    lessons = set(statement.lesson_ids)
    kinds = _PLACES if statement.kind in _PLACES else (statement.kind,)
    made = any(
        (s.kind in kinds and not lessons.isdisjoint(s.lesson_ids))
        or lessons.issuperset(s.lesson_ids)
        for s in every_count(
            HardView.of(problem), lambda: deadline - monotonic(), each=inf
        )
    )
    return made if made or monotonic() < deadline else None


def _proposals(problem: Problem, statement: Statement) -> Iterator[Iterator[Change]]:
    """Kinds of changes, each as alternatives of which the first that helps is told."""
    yield _whole_term(problem, statement)
    if statement.kind is Kind.FIXED_TOGETHER:
        yield from (iter([Unfix(x)]) for x in statement.lesson_ids)
        return
    fixed = [x for x in statement.lesson_ids if x in problem.fixed_at]
    yield from (iter([Unfix(x)]) for x in fixed[:_TRIED])
    if statement.kind is Kind.NO_OPTION:
        yield _room_for_pupils(problem, statement)
    if statement.kind in _PLACES:
        yield _more_places(problem, statement)
    if statement.kind is Kind.DAILY_LIMIT:
        yield _more_a_day(problem, statement)
    if statement.kind is Kind.TEACHER_LIMIT:
        yield _higher_load(problem, statement)
    yield from _rows(problem, statement)
    if statement.kind is Kind.DAILY_PE:
        yield iter([NoDailyPE(statement.resource_ids)])
        daily = (r for r in rules_in_force(problem) if r.missing is Missing.DAY)
        yield iter([Soften(r.name, r.title) for r in daily])
    yield _open_days(problem, statement)
    if statement.kind not in (Kind.DAILY_PE, Kind.PLACES_ON_DAY, Kind.NO_OPTION):
        yield _fewer(problem, statement)


def _whole_term(problem: Problem, statement: Statement) -> Iterator[Change]:
    requirements = [problem.lesson[x].requirement for x in statement.lesson_ids]
    layouts = {x for r in requirements for x in problem.allowed_layouts(r)} - {HOME}
    venues = {problem.layout[x].venue_id for x in layouts}
    term = problem.term
    for given in problem.agreements:
        if given.venue_id in venues and not problem.covers_term(given):
            first = min(given.valid_from, term.first_day)
            last = max(given.valid_to, term.last_day)
            told = Text(
                f"协议{given.agreement_id}覆盖整个学期",
                f"agreement {given.agreement_id} valid for the whole term",
            )
            longer = replace(given, valid_from=first, valid_to=last)
            yield OtherRow("agreements", given, longer, told)


def _room_for_pupils(problem: Problem, statement: Statement) -> Iterator[Change]:
    """The largest lesson let into one of its places."""
    needs = {problem.lesson[x].requirement for x in statement.lesson_ids}
    pupils = max(problem.pupils_in(r) for r in needs)
    for name in dict.fromkeys(x for r in needs for x in problem.allowed_layouts(r)):
        if name != HOME:
            yield RoomForPupils(name, pupils)


def _more_places(problem: Problem, statement: Statement) -> Iterator[Change]:
    """First for half a day, then for a day, then for the week; few before many."""
    requirements = {
        r.requirement_id: r
        for r in (problem.lesson[x].requirement for x in statement.lesson_ids)
    }
    schools = {s for r in requirements.values() for s in problem.schools_of(r)}
    if len(schools) > 1:
        return
    bells = {problem.bell_of(r).bell_id for r in requirements.values()}
    days = statement.days or sorted({d for b in bells for d in problem.bell[b].days})
    rows = max(
        len(problem.bell[b].rows(d, r.rows))
        for r in requirements.values()
        for b in bells
        for d in problem.bell[b].days
    )
    subjects = tuple(dict.fromkeys(r.subject_id for r in requirements.values()))
    for count in range(1, _MORE_AT_MOST + 1):
        made = (count, schools.copy().pop(), subjects, frozenset(requirements))
        if len(statement.days) < 2 and statement.deficit <= count * rows:
            for day in days if statement.deficit <= count * rows // 2 else ():
                yield MorePlaces(*made, day, True)
                yield MorePlaces(*made, day, False)
            for day in days:
                yield MorePlaces(*made, day)
        yield MorePlaces(*made)


def _rows(problem: Problem, statement: Statement) -> Iterator[Iterator[Change]]:
    """Rows of limits and relations that bear on the statement, each by itself."""
    ids = set(statement.lesson_ids)
    limits = [problem.limit[x] for x in statement.resource_ids if x in problem.limit]
    yield from (_higher_limit(problem, row, statement.deficit) for row in limits)
    for row in problem.relations:
        lessons = problem.related_lessons(row)
        if row.level is Level.HARD and any(x.lesson_id in ids for x in lessons):
            yield iter([WithoutRelation(row.relation_id)])


def _higher_limit(problem: Problem, row: Limit, deficit: int) -> Iterator[Change]:
    for more in range(1, deficit + 1):
        wider = replace(row, value=row.value + more)
        name = row_words.limit_name(problem, wider)
        told = Text(f"放宽为：{name.zh}", f"a wider limit: {name.en}")
        yield OtherRow("limits", row, wider, told)


def _more_a_day(problem: Problem, statement: Statement) -> Iterator[Change]:
    needs = {problem.lesson[x].requirement for x in statement.lesson_ids}
    for need in needs if len(needs) == 1 else ():
        for more in range(1, statement.deficit + 1) if need.max_per_day else ():
            most = (need.max_per_day or 0) + more
            told = Text(f"每天最多{most}次", f"up to {most} lessons a day")
            looser = replace(need, max_per_day=most)
            yield OtherRow("requirements", need, looser, told)


def _higher_load(problem: Problem, statement: Statement) -> Iterator[Change]:
    """The week to what is needed, and the day one by one."""
    teacher = problem.teacher[statement.resource_ids[0]]
    day, week = teacher.max_per_day, teacher.max_per_week
    raised = week if week is None else max(week, statement.need)
    name = describe.teacher(problem, teacher.teacher_id)
    for more in range(statement.deficit + 1):
        longer = day if day is None else day + more
        limits = words.load_limits(longer, raised)
        told = Text(f"{name}的限额放宽到{limits.zh}", f"{name} gives {limits.en}")
        busier = replace(teacher, max_per_day=longer, max_per_week=raised)
        yield OtherRow("teachers", teacher, busier, told)


def _open_days(problem: Problem, statement: Statement) -> Iterator[Change]:
    """Days on which what the lessons need is unavailable; then all days of it."""
    requirements = [problem.lesson[x].requirement for x in statement.lesson_ids]
    needed: set[tuple[ResourceKind, str]] = set()
    for requirement in requirements:
        for name in set(problem.allowed_layouts(requirement)) - {HOME}:
            layout = problem.layout[name]
            needed.add((ResourceKind.VENUE, layout.venue_id))
            needed.update((ResourceKind.ZONE, z) for z in layout.zones)
        if statement.kind not in _PLACES:
            r = requirement
            adults = (*r.teacher_ids, *r.teacher_pool, *r.escort_ids)
            needed.update((ResourceKind.TEACHER, t) for t in adults)
            groups = (problem.teacher[t].group for t in adults)
            needed.update((ResourceKind.GROUP, g) for g in groups if g)
            needed.update((ResourceKind.CLASS, c) for c in r.class_ids)
    rows = dict.fromkeys(
        OpenDay(row.kind, row.resource_id, row.day)
        for row in problem.unavailable + problem.closed_weekly
        if row.level is Level.HARD and (row.kind, row.resource_id) in needed
    )
    yield from list(rows)[:_TRIED]
    yield from list(dict.fromkeys(replace(row, day=None) for row in rows))[:_TRIED]


def _fewer(problem: Problem, statement: Statement) -> Iterator[Change]:
    """As many periods fewer as are missing, of those there are most of; or more."""
    ids = set(statement.lesson_ids)
    for periods in range(statement.deficit, statement.need + 1):
        chosen = _last_lessons(problem, ids, periods)
        if chosen is not None:
            yield FewerLessons(chosen)


def _last_lessons(
    problem: Problem, ids: set[str], periods: int
) -> tuple[str, ...] | None:
    """The last lessons of the requirements, in turn from the one with most left."""
    left = [
        list(takewhile(lambda x: x.lesson_id in ids, reversed(r.lessons)))
        for r in problem.requirements
    ]
    chosen, given = [], 0
    while given < periods and any(left):
        lesson = max(left, key=len).pop(0)
        chosen.append(lesson.lesson_id)
        given += lesson.length * lesson.layers_met // len(LAYERS) or 1
    return None if given < periods else tuple(chosen)
