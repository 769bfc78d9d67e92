"""Lessons as FET's activities; what meets every other week shares one of them.

FET has one week. Lessons of odd and of even weeks that meet at one time and share a
class, a teacher or a zone would clash there, so each such set is one activity with the
people and the rooms of all of them. Where they overlap at different times, the people
and places they share are left out of the later one.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from scheduler.formats.fet.export.grid import Grid
from scheduler.formats.fet.export.places import Places
from scheduler.model.meeting import Meeting
from scheduler.model.requirements import Lesson, Requirement
from scheduler.model.resources import ResourceKind
from scheduler.model.times import Week
from scheduler.model.timetable import Timetable

Used = tuple[ResourceKind, str]
"""A class, teacher or zone."""


@dataclass(frozen=True)
class ExportedActivity:
    """One activity and the lessons it stands for; the first gives its subject.

    ``group_id`` is the first activity's of its requirement, 0 where it is alone;
    ``left_out`` are classes, teachers and zones that another activity has.
    """

    activity_id: int
    group_id: int
    lessons: tuple[Lesson, ...]
    meetings: tuple[Meeting, ...]
    duration: int
    left_out: frozenset[Used] = frozenset()

    @property
    def requirement(self) -> Requirement:
        """The first lesson's requirement."""
        return self.lessons[0].requirement

    @property
    def class_ids(self) -> tuple[str, ...]:
        """Classes of all its lessons; none where only some pupils attend."""
        asked = (x.requirement for x in self.lessons)
        names = (c for r in asked if not r.is_partial for c in r.class_ids)
        return self._kept(ResourceKind.CLASS, names)

    @property
    def class_count(self) -> int:
        """Classes by which it fills a room; some pupils of several are one."""
        return max(1, len(self.class_ids))

    @property
    def teacher_ids(self) -> tuple[str, ...]:
        """Adults who are present; for an unplaced lesson those it names."""
        if not self.meetings:
            named = self.requirement.teacher_ids + self.requirement.escort_ids
            return self._kept(ResourceKind.TEACHER, named)
        names = (name for m in self.meetings for name in m.adult_ids)
        return self._kept(ResourceKind.TEACHER, names)

    def _kept(self, kind: ResourceKind, names: Iterable[str]) -> tuple[str, ...]:
        once = dict.fromkeys(names)
        return tuple(name for name in once if (kind, name) not in self.left_out)

    @property
    def is_merged(self) -> bool:
        """Whether it stands for several lessons."""
        return len(self.lessons) > 1


def activities_of(timetable: Timetable, grid: Grid) -> tuple[ExportedActivity, ...]:
    """All lessons as activities, numbered from 1 in the order of the problem."""
    problem = timetable.problem
    clusters = _merged(timetable)
    first_of = {members[0]: members for members in clusters}
    inside = {x for members in clusters for x in members[1:]}
    found: list[ExportedActivity] = []
    for requirement in problem.requirements:
        own = [x for x in requirement.lessons if x.lesson_id not in inside]
        first = len(found) + 1
        for lesson in own:
            names = first_of.get(lesson.lesson_id, (lesson.lesson_id,))
            lessons = tuple(problem.lesson[name] for name in names)
            placed = (timetable.meeting.get(name) for name in names)
            meetings = tuple(m for m in placed if m)
            group = first if len(own) > 1 else 0
            duration = _duration(grid, lesson, meetings)
            found.append(
                ExportedActivity(len(found) + 1, group, lessons, meetings, duration)
            )
    return tuple(_apart(found))


def _apart(activities: list[ExportedActivity]) -> Iterator[ExportedActivity]:
    """Leave out whom an activity shares with an earlier one of the other week."""
    before: list[ExportedActivity] = []
    for activity in activities:
        if any(m.placement.week is not Week.EVERY for m in activity.meetings):
            shared = [_shared(activity, x) for x in before if _overlap(activity, x)]
            activity = replace(activity, left_out=frozenset().union(*shared))
            before.append(activity)
        yield activity


def _overlap(a: ExportedActivity, b: ExportedActivity) -> bool:
    first, second = a.meetings[0], b.meetings[0]
    return first.day == second.day and first.overlaps(second.start, second.end)


def _shared(a: ExportedActivity, b: ExportedActivity) -> set[Used]:
    return _used(a) & _used(b)


def _used(activity: ExportedActivity) -> set[Used]:
    zones = (zone for m in activity.meetings for zone in m.zone_ids)
    return {
        *((ResourceKind.CLASS, name) for name in activity.class_ids),
        *((ResourceKind.TEACHER, name) for name in activity.teacher_ids),
        *((ResourceKind.ZONE, name) for name in zones),
    }


def _duration(grid: Grid, lesson: Lesson, meetings: tuple[Meeting, ...]) -> int:
    if meetings:
        return grid.duration(meetings[0].rows)
    places = grid.blocks(lesson.requirement, lesson.length)
    return min((grid.duration(rows) for _, rows in places), default=lesson.length)


def _merged(timetable: Timetable) -> list[tuple[str, ...]]:
    """Lessons of odd and even weeks to be one activity, in the problem's order."""
    alternating = [m for m in timetable.meetings if m.placement.week is not Week.EVERY]
    order = {x.lesson_id: k for k, x in enumerate(timetable.problem.lessons)}
    clusters: list[list[Meeting]] = []
    for meeting in alternating:
        touching = [c for c in clusters if any(_shares(meeting, m) for m in c)]
        joined = [meeting, *(m for c in touching for m in c)]
        clusters = [c for c in clusters if c not in touching] + [joined]
    names = ([m.lesson.lesson_id for m in c] for c in clusters if len(c) > 1)
    return [tuple(sorted(members, key=order.__getitem__)) for members in names]


def _shares(a: Meeting, b: Meeting) -> bool:
    """Whether two lessons meet at one time in different weeks and share something."""
    if a.day != b.day or (a.start, a.end) != (b.start, b.end):
        return False
    return any(
        set(x) & set(y)
        for x, y in (
            (a.class_ids, b.class_ids),
            (a.adult_ids, b.adult_ids),
            (a.zone_ids, b.zone_ids),
        )
    )


def rooms_for(
    activities: Iterable[ExportedActivity], places: Places
) -> dict[int, tuple[str, tuple[str, ...]]]:
    """For each placed activity with a room: the room, and real rooms of a virtual one.

    Rooms of a zone are handed out in the order of time, each to the next lesson that
    finds it free.
    """
    free_from: dict[tuple[int, str], int] = {}
    found: dict[int, tuple[str, tuple[str, ...]]] = {}
    placed = [a for a in activities if any(m.layout for m in a.meetings)]
    for activity in sorted(placed, key=_when):
        day, start, end = _when(activity)
        real: list[str] = []
        for zone_id, count in _need(activity, places).items():
            free = [
                room
                for room in places.rooms[zone_id]
                if free_from.get((day, room), 0) <= start
            ]
            real += free[:count]
        free_from.update({(day, room): end for room in real})
        if real:
            found[activity.activity_id] = _named(activity, places, tuple(real))
    return found


def _when(activity: ExportedActivity) -> tuple[int, int, int]:
    meeting = activity.meetings[0]
    return meeting.day, meeting.start, meeting.end


def _need(activity: ExportedActivity, places: Places) -> dict[str, int]:
    """How many rooms of each zone; of odd and even weeks the greater number."""
    need: dict[str, int] = {}
    for meeting in activity.meetings:
        for zone_id in meeting.zone_ids:
            if (ResourceKind.ZONE, zone_id) in activity.left_out:
                continue
            taken = places.taken(zone_id, meeting.lesson.requirement.classes_counted)
            need[zone_id] = max(need.get(zone_id, 0), taken)
    return need


def _named(
    activity: ExportedActivity, places: Places, real: tuple[str, ...]
) -> tuple[str, tuple[str, ...]]:
    if len(real) == 1:
        only = activity.meetings[0].layout
        room = places.of_layout(only, activity.class_count) if only else None
        is_virtual = not activity.is_merged and room is not None and places.sets(room)
        return (room or real[0], real) if is_virtual else (real[0], ())
    layout = activity.meetings[0].layout
    if activity.is_merged or layout is None:
        return places.joined(real), real
    return places.of_layout(layout, activity.class_count) or places.joined(real), real
