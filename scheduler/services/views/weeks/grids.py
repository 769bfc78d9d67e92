"""The week of a class, teacher or venue as a page: its neighbours, its anchors."""

from collections.abc import Iterable
from dataclasses import dataclass

from scheduler.formats.week_grid import (
    SchoolGrid,
    WeekGrid,
    class_grid,
    school_grid,
    teacher_grid,
    venue_grid,
)
from scheduler.model.problem import Problem
from scheduler.model.resources import School
from scheduler.model.text import Text
from scheduler.services.views.concerned import Choice, SubjectOf
from scheduler.services.views.edition import Edition
from scheduler.services.views.grades import grade_heading
from scheduler.services.views.weeks.holes import with_holes
from scheduler.services.views.weeks.paper import week_size

Anchor = tuple[int, int, str]


@dataclass(frozen=True, slots=True)
class ChoiceGroup:
    """Choices that belong together: a grade, a teaching-research group."""

    label: Text
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class WeekPage:
    """A week grid, who it is about and who stands before and after.

    ``anchors`` are the (row, day, lesson) at which a lesson is first drawn: the one
    place that carries its name, so that a link has one target. ``size`` is that of
    its type on paper, in points.
    """

    grid: WeekGrid
    size: int
    choice: Choice
    before: Choice | None
    after: Choice | None
    groups: tuple[ChoiceGroup, ...]
    anchors: frozenset[Anchor]


def choice_groups(problem: Problem, kind: SubjectOf) -> tuple[ChoiceGroup, ...]:
    """All choices of a kind, grouped, in the order of the tables."""
    named = {
        SubjectOf.CLASS: _classes,
        SubjectOf.TEACHER: _teachers,
        SubjectOf.VENUE: _venues,
    }[kind](problem)
    found: dict[Text, list[Choice]] = {}
    for label, resource_id, name in named:
        found.setdefault(label, []).append(Choice(kind, resource_id, name))
    return tuple(ChoiceGroup(label, tuple(rows)) for label, rows in found.items())


def all_choices(problem: Problem) -> tuple[ChoiceGroup, ...]:
    """Classes, teachers and venues, one group each."""
    labels = {
        SubjectOf.CLASS: Text("班级", "Classes"),
        SubjectOf.TEACHER: Text("教师", "Teachers"),
        SubjectOf.VENUE: Text("场地", "Venues"),
    }
    return tuple(
        ChoiceGroup(
            label,
            tuple(c for group in choice_groups(problem, kind) for c in group.choices),
        )
        for kind, label in labels.items()
    )


@dataclass(frozen=True, slots=True)
class Sheet:
    """A week on a page of paper; ``size`` is that of its type, in points."""

    grid: WeekGrid
    size: int


_GRIDS = {
    SubjectOf.CLASS: class_grid,
    SubjectOf.TEACHER: teacher_grid,
    SubjectOf.VENUE: venue_grid,
}


def sheet(edition: Edition, kind: SubjectOf, resource_id: str, language: str) -> Sheet:
    """The week of one class, teacher or venue, fitted to a page.

    Raises:
        KeyError: there is no such class, teacher or venue.
    """
    grid = _GRIDS[kind](edition.timetable, resource_id)
    if kind is SubjectOf.CLASS:
        grid = with_holes(grid, edition.report, resource_id)
    return Sheet(grid, week_size(grid, kind, language))


def all_sheets(edition: Edition, kind: SubjectOf, language: str) -> tuple[Sheet, ...]:
    """The weeks of all classes, teachers or venues, in the order of their lists."""
    return tuple(
        sheet(edition, kind, choice.resource_id, language)
        for group in choice_groups(edition.problem, kind)
        for choice in group.choices
    )


def week_page(
    edition: Edition, kind: SubjectOf, resource_id: str, language: str = "zh"
) -> WeekPage:
    """The week of one class, teacher or venue.

    Raises:
        KeyError: there is no such class, teacher or venue.
    """
    week = sheet(edition, kind, resource_id, language)
    groups = choice_groups(edition.problem, kind)
    order = [choice for group in groups for choice in group.choices]
    place = next(i for i, c in enumerate(order) if c.resource_id == resource_id)
    return WeekPage(
        week.grid,
        week.size,
        order[place],
        order[place - 1] if place else None,
        order[place + 1] if place + 1 < len(order) else None,
        groups,
        _anchors(week.grid),
    )


def school_page(edition: Edition, school_id: str) -> tuple[School, SchoolGrid]:
    """The master timetable of one school.

    Raises:
        KeyError: there is no such school.
    """
    return edition.problem.school[school_id], school_grid(edition.timetable, school_id)


def _anchors(grid: WeekGrid) -> frozenset[Anchor]:
    """Where a lesson begins, or where it is first drawn if that is not in the grid."""
    first: dict[str, Anchor] = {}
    places = sorted(_places(grid), key=lambda found: found[0])
    for _, anchor in places:
        first.setdefault(anchor[2], anchor)
    return frozenset(first.values())


def _places(grid: WeekGrid) -> Iterable[tuple[bool, Anchor]]:
    for row, line in enumerate(grid.rows):
        for day, cell in enumerate(line.cells):
            for entry in cell.entries if cell.row_span else ():
                yield entry.continued, (row, day, entry.lesson_id)


def _classes(problem: Problem) -> Iterable[tuple[Text, str, str]]:
    for group in problem.classes:
        label = grade_heading(problem, group.school_id, group.grade)
        yield label, group.class_id, group.name


def _teachers(problem: Problem) -> Iterable[tuple[Text, str, str]]:
    for teacher in problem.teachers:
        name = problem.teacher_name[teacher.teacher_id]
        label = Text(teacher.group or "教师", teacher.group or "Teachers")
        yield _in_school(problem, teacher.school_id, label), teacher.teacher_id, name


def _venues(problem: Problem) -> Iterable[tuple[Text, str, str]]:
    for venue in problem.venues:
        owner = problem.school.get(venue.owner)
        label = Text("校外场地", "Outside venues")
        if owner is not None:
            label = _in_school(problem, owner.school_id, Text("校内场地", "Own venues"))
        yield label, venue.venue_id, venue.name


def _in_school(problem: Problem, school_id: str, label: Text) -> Text:
    """Name the school only where there are several."""
    if len(problem.schools) == 1:
        return label
    name = problem.school[school_id].name
    return Text(f"{name} · {label.zh}", f"{name} · {label.en}")
