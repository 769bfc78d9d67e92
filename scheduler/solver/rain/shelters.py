"""What is open in bad weather to the lessons that must leave the ground."""

from dataclasses import replace

from scheduler.model.problem import Problem
from scheduler.model.requirements import HOME, Requirement
from scheduler.model.timetable import Timetable
from scheduler.model.venues import ANY_SUBJECT, Layout
from scheduler.model.weather import is_outdoor


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
