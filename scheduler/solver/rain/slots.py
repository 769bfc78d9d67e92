"""The slots of a week in bad weather, and what is open to their lessons."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations

from scheduler.model.components import components
from scheduler.model.meeting import Meeting
from scheduler.model.problem import Problem
from scheduler.model.requirements import HOME, Requirement
from scheduler.model.times import LAYERS, WEEK_OF_LAYER, Week
from scheduler.model.timetable import Timetable
from scheduler.model.venues import ANY_SUBJECT, Layout
from scheduler.model.weather import is_outdoor
from scheduler.solver.rain.choice import Row, SlotChoice, without_implied
from scheduler.solver.rain.rows import PlaceTerm, Unit, limit, place_terms


def slot_choices(timetable: Timetable) -> tuple[SlotChoice, ...]:
    """What is to be chosen in each slot, by day, start and week.

    A slot that is the same in odd and even weeks is one of every week.
    """
    wet = in_bad_weather(timetable)
    terms = place_terms(wet.problem)
    found: list[SlotChoice] = []
    for day in sorted({m.day for m in wet.meetings}):
        odd, even = (list(_choices(wet, day, layer, terms)) for layer in LAYERS)
        both = [replace(c, week=Week.EVERY) for c in odd]
        again = {replace(c, week=Week.EVERY) for c in even}
        found += [b if b in again else c for b, c in zip(both, odd, strict=True)]
        found += [c for c in even if replace(c, week=Week.EVERY) not in both]
    order = {Week.EVERY: 0, Week.ODD: 1, Week.EVEN: 2}
    return tuple(sorted(found, key=lambda c: (c.day, c.start, order[c.week])))


def _choices(
    timetable: Timetable, day: int, layer: int, terms: dict[str, list[PlaceTerm]]
) -> Iterator[SlotChoice]:
    """The slots of one day of one week."""
    problem = timetable.problem
    here = [m for m in timetable.meetings if m.day == day and layer in m.layers]
    leaving = [m for m in here if is_outdoor(problem, m)]
    stays = [m for m in here if not is_outdoor(problem, m)]
    units = [
        Unit.of(problem, m, shelters(problem, m.lesson.requirement)) for m in leaving
    ]
    units, rows = limit(units, stays, terms)
    told = without_implied(rows)
    whole = _choice(problem, units, day, WEEK_OF_LAYER[layer])
    for group in _joined(units, told):
        members = [units[u].home for u in group]
        inside = [row for row in told if row.units <= set(group)]
        yield replace(
            whole.part(group, inside),
            start=min(m.start for m in members),
            end=max(m.end for m in members),
        )


def _choice(problem: Problem, units: list[Unit], day: int, week: Week) -> SlotChoice:
    """All units of a day, still without rows."""
    places = [unit.places for unit in units]
    return SlotChoice(
        day,
        week,
        0,
        0,
        tuple(unit.lesson_id for unit in units),
        tuple(unit.home.lesson.requirement.classes_counted for unit in units),
        tuple(tuple(m.placement.layout_id for m in x) for x in places),
        tuple(tuple(_cost(problem, m) for m in x) for x in places),
        (),
    )


def _cost(problem: Problem, meeting: Meeting) -> int:
    """Minutes of walking and travel there and back, plus the layout's preference."""
    if meeting.layout is None:
        return 0
    school = problem.site_of_school(meeting.uses[0].school_id)
    travel = problem.travel_minutes(school, meeting.site_id) or 0
    return 2 * (meeting.walk + travel) + meeting.layout.preference


def _joined(units: list[Unit], rows: tuple[Row, ...]) -> list[tuple[int, ...]]:
    """Units by slot, each slot in the order of the clock."""
    by_start = sorted(range(len(units)), key=lambda u: (units[u].home.start, u))
    meeting = (
        (u, v)
        for u, v in combinations(by_start, 2)
        if units[u].home.overlaps(units[v].home.start, units[v].home.end)
    )
    ties = (*meeting, *(row.units for row in rows))
    return [tuple(group) for group in components(by_start, ties)]


def shelters(problem: Problem, requirement: Requirement) -> tuple[str, ...]:
    """Layouts indoors that a requirement may use in bad weather, best first.

    Those that name its subject (of an activity, the one it finds places by), and those
    marked ``wet``; the layout must take its grades and tags, and every school of its
    classes must own the venue or have an agreement.
    What the requirement itself lists is for good weather and does not narrow them.
    """
    like = (a for a in problem.activities if a.activity_id == requirement.activity_id)
    subjects = {requirement.subject_id, *(a.subject_id for a in like)}
    found = [
        x
        for x in problem.layouts
        if problem.venue[x.venue_id].indoor
        and (x.wet or any(map(x.names, subjects)))
        and problem.is_open_to(x, requirement)
    ]
    return tuple(x.layout_id for x in sorted(found, key=lambda x: x.preference))


def in_bad_weather(timetable: Timetable) -> Timetable:
    """The same timetable under a problem that allows the shelters.

    What is fixed and what limits and relations say is for good weather; lessons keep
    their times, so only the place rules can tell one shelter from another.
    """
    problem = timetable.problem
    moving = {
        m.lesson.requirement.requirement_id
        for m in timetable.meetings
        if is_outdoor(problem, m)
    }
    changed = replace(
        problem,
        layouts=tuple(map(_opened, problem.layouts)),
        requirements=tuple(
            _sheltered(problem, r) if r.requirement_id in moving else r
            for r in problem.requirements
        ),
        fixed=(),
        limits=(),
        relations=(),
    )
    return Timetable(changed, timetable.placements)


def _opened(layout: Layout) -> Layout:
    """Where PE may go in bad weather any subject is allowed."""
    if not layout.wet or ANY_SUBJECT in layout.subjects:
        return layout
    return replace(layout, subjects=(*layout.subjects, ANY_SUBJECT))


def _sheltered(problem: Problem, requirement: Requirement) -> Requirement:
    places = (*problem.allowed_layouts(requirement), *shelters(problem, requirement))
    return replace(requirement, layouts=tuple(dict.fromkeys((*places, HOME))))
