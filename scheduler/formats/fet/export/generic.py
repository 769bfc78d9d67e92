"""Any problem as a FET document: people, activities, rooms, hard rules."""

from collections.abc import Iterator

from scheduler.formats.fet.export.activities import (
    ExportedActivity,
    activities_of,
    rooms_for,
)
from scheduler.formats.fet.export.elements import (
    FET_VERSION,
    branch,
    constraint,
    leaf,
)
from scheduler.formats.fet.export.fixing import fixed_room, fixed_time
from scheduler.formats.fet.export.grid import Grid
from scheduler.formats.fet.export.notes import notes_on
from scheduler.formats.fet.export.places import Places
from scheduler.formats.fet.export.rows import limit_elements, relation_elements
from scheduler.formats.fet.export.rules import (
    room_rules,
    time_rules,
)
from scheduler.formats.fet.xml_tree import Node
from scheduler.model.problem import Problem
from scheduler.model.text import Text
from scheduler.model.timetable import Timetable


def export_problem(timetable: Timetable, notes: list[Text]) -> Node:
    """The whole file with the timetable fixed; adds to the notes what it cannot say."""
    problem = timetable.problem
    grid, places = Grid(problem), Places(problem)
    activities = activities_of(timetable, grid)
    times = [
        constraint("BasicCompulsoryTime"),
        *time_rules(problem, grid, activities),
        *limit_elements(problem, grid, notes),
        *relation_elements(problem, grid, activities, notes),
        *_fixed_times(activities, grid),
    ]
    spaces = [
        constraint("BasicCompulsorySpace"),
        *room_rules(problem, grid, places, activities),
        *_fixed_rooms(problem, places, activities),
    ]
    notes += notes_on(timetable, grid, activities)
    return Node(
        "fet",
        0,
        FET_VERSION,
        [
            leaf("Mode", "Official"),
            leaf("Institution_Name", " / ".join(s.name for s in problem.schools)),
            leaf("Comments", problem.term.name),
            *_lists(problem, grid),
            branch("Activities_List", *_activities(activities, problem)),
            *places.elements(),
            branch("Time_Constraints_List", *times),
            branch("Space_Constraints_List", *spaces),
        ],
    )


def _lists(problem: Problem, grid: Grid) -> Iterator[Node]:
    """Days, hours, subjects, tags, teachers, students."""
    for tag, names in (("Day", grid.day_name), ("Hour", grid.hour_name)):
        items = (branch(tag, leaf("Name", name)) for name in names.values())
        yield branch(f"{tag}s_List", leaf(f"Number_of_{tag}s", len(names)), *items)
    yield branch(
        "Subjects_List",
        *(_named("Subject", s.subject_id, s.name) for s in problem.subjects),
    )
    tags = dict.fromkeys(t for r in problem.requirements for t in r.tags)
    yield branch(
        "Activity_Tags_List",
        *(
            _named("Activity_Tag", tag, "", leaf("Printable", text=True))
            for tag in tags
        ),
    )
    hours = leaf("Target_Number_of_Hours", 0)
    yield branch(
        "Teachers_List",
        *(
            _named(
                *("Teacher", t.teacher_id, t.name),
                *(hours, branch("Qualified_Subjects", *_qualified(t.subjects))),
            )
            for t in problem.teachers
        ),
    )
    yield branch(
        "Students_List", *(_year(problem, grade) for grade in _grades(problem))
    )


def _qualified(subjects: tuple[str, ...]) -> Iterator[Node]:
    return (leaf("Qualified_Subject", name) for name in subjects)


def _named(tag: str, name: str, comment: str, *more: Node) -> Node:
    return branch(tag, leaf("Name", name), *more, leaf("Comments", comment))


def _grades(problem: Problem) -> tuple[tuple[str, int], ...]:
    pairs = sorted({(c.school_id, c.grade) for c in problem.classes})
    return tuple(pairs)


def _year(problem: Problem, grade: tuple[str, int]) -> Node:
    """A grade of a school as a year, its classes as groups."""
    own = [c for c in problem.classes if (c.school_id, c.grade) == grade]
    taken = {c.class_id for c in problem.classes}
    name = f"{grade[0]} {grade[1]}"
    while name in taken:
        name += "'"
    groups = (
        _named("Group", c.class_id, c.name, leaf("Number_of_Students", c.size))
        for c in own
    )
    return branch(
        "Year",
        leaf("Name", name),
        leaf("Number_of_Students", sum(c.size for c in own)),
        leaf("Comments", ""),
        leaf("Number_of_Categories", 0),
        leaf("Separator", " "),
        *groups,
    )


def _activities(
    activities: tuple[ExportedActivity, ...], problem: Problem
) -> Iterator[Node]:
    totals: dict[int, int] = {}
    for activity in activities:
        key = activity.group_id or -activity.activity_id
        totals[key] = totals.get(key, 0) + activity.duration
    for activity in activities:
        requirement = activity.requirement
        lessons = ", ".join(x.lesson_id for x in activity.lessons)
        yield branch(
            "Activity",
            *(leaf("Teacher", name) for name in activity.teacher_ids),
            leaf("Subject", requirement.subject_id),
            *(leaf("Activity_Tag", tag) for tag in requirement.tags),
            *(leaf("Students", name) for name in activity.class_ids),
            leaf("Duration", activity.duration),
            leaf("Total_Duration", totals[activity.group_id or -activity.activity_id]),
            leaf("Id", activity.activity_id),
            leaf("Activity_Group_Id", activity.group_id),
            leaf("Number_Of_Students", _pupils(activity, problem)),
            leaf("Active", text=True),
            leaf("Comments", lessons),
        )


def _pupils(activity: ExportedActivity, problem: Problem) -> int:
    """Pupils who attend, or of the largest class: each room holds one class."""
    if activity.is_merged:
        return 0
    sizes = (problem.class_group[c].size for c in activity.class_ids)
    return activity.requirement.pupils or max(sizes, default=0)


def _fixed_times(
    activities: tuple[ExportedActivity, ...], grid: Grid
) -> Iterator[Node]:
    for activity in activities:
        if activity.meetings:
            day, hour = grid.start_of(activity.meetings[0])
            yield fixed_time(activity.activity_id, day, hour)


def _fixed_rooms(
    problem: Problem, places: Places, activities: tuple[ExportedActivity, ...]
) -> Iterator[Node]:
    rooms = rooms_for(activities, places)
    for activity_id, (room, real) in rooms.items():
        yield fixed_room(activity_id, room, real if places.sets(room) else ())
