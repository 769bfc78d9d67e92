"""What the editor must know of a draft's problem: names, bells, lessons, places."""

from typing import Any

from scheduler.model.problem import Problem
from scheduler.model.requirements import HOME, Lesson
from scheduler.services.views.concerned import SubjectOf
from scheduler.services.views.editor.frames import Frames
from scheduler.services.views.weeks.grids import choice_groups


def school_facts(problem: Problem, language: str) -> dict[str, Any]:
    """Everything that no move changes, in one language.

    Lessons and places are lists, for a school has thousands; the editor's ``school.js``
    names their parts.
    """
    frames = Frames(problem, language)
    return {
        "subjects": _subjects(problem, language),
        "classes": {
            c.class_id: [problem.class_name[c.class_id], frames.of_class(c.class_id)]
            for c in problem.classes
        },
        "teachers": {
            name: [title, frames.of_teacher(name)]
            for name, title in problem.teacher_name.items()
        },
        "venues": {
            v.venue_id: [v.name, frames.of_venue(v.venue_id), frames.closed(v.venue_id)]
            for v in problem.venues
        },
        "zones": {z.zone_id: z.title for z in problem.all_zones},
        "layouts": {x.layout_id: [x.venue_id, x.zones] for x in problem.layouts},
        "bells": {
            b.bell_id: [[p.day, p.number, p.kind, p.start, p.end] for p in b.periods]
            for b in problem.bells
        },
        "lessons": [_lesson(problem, x) for x in problem.lessons],
        "frames": frames.facts,
        "groups": {kind: _groups(problem, kind, language) for kind in SubjectOf},
    }


def _subjects(problem: Problem, language: str) -> dict[str, list[str]]:
    named = {}
    for subject in problem.subjects:
        name = subject.name if language == "zh" else subject.name_en
        short = subject.short if language == "zh" else name
        known = name or subject.name
        named[subject.subject_id] = [known, short or known, subject.kind.value]
    return named


def _lesson(problem: Problem, lesson: Lesson) -> list[Any]:
    """Id, subject, classes, teachers, bell, length, kinds of rows, weeks, if it may
    choose a place, escorts; 0 where it is as most are."""
    need = lesson.requirement
    kinds = sorted(need.rows)
    return [
        lesson.lesson_id,
        need.subject_id,
        need.class_ids,
        need.teacher_ids + need.teacher_pool,
        problem.bell_of(need).bell_id,
        lesson.length,
        kinds if kinds != ["lesson"] else 0,
        lesson.weeks if len(lesson.weeks) > 1 else 0,
        problem.allowed_layouts(need) != (HOME,),
        need.escort_ids,
    ]


def _groups(
    problem: Problem, kind: SubjectOf, language: str
) -> list[tuple[str, list[str]]]:
    """Headings with the ids below each: grades, teaching-research groups, owners."""
    return [
        (group.label.in_language(language), [x.resource_id for x in group.choices])
        for group in choice_groups(problem, kind)
    ]
