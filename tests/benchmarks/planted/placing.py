"""Lay the lessons of a staffed school into the week, then into layouts."""

import math
from collections import Counter, defaultdict
from dataclasses import dataclass
from random import Random

from scheduler.model.meeting import Placement
from scheduler.model.requirements import HOME, Lesson, Requirement, WeekRule
from scheduler.model.times import LAYERS
from scheduler.model.times import Week as WeekKind
from tests.benchmarks.planted.flows import Edge, Node
from tests.benchmarks.planted.places import Grounds
from tests.benchmarks.planted.plans import Department
from tests.benchmarks.planted.planting import (
    MANY,
    Column,
    Double,
    Places,
    Slot,
    place_doubles,
    spread,
)
from tests.benchmarks.planted.staffing import Member, Staffing

_SMALL = "L-COURT1"
"""The court for small classes: the smallest that meets then goes there."""


@dataclass(frozen=True)
class Sown:
    """The planted week: slots of the lessons, and the meetings kept free for."""

    slots: dict[str, Slot]
    meetings: dict[str, tuple[Column, ...]]
    """Columns of each teacher's research half-day, by teacher id."""
    daily: dict[str, int]
    """Most periods a day for which each teacher was planned."""


def sow(
    school: Staffing, grounds: Grounds, random: Random, look_ahead: bool = False
) -> Sown:
    """Give every lesson a slot.

    Parameters:
        look_ahead: As in :func:`spread`.

    Raises:
        Unplantable: this draw of meetings and doubles came to a dead end.
    """
    meetings = draw_meetings(school, random)
    places, daily = _places(school, grounds, meetings)
    _leave_ends_free(school, places)
    lessons = [x for r in school.requirements for x in r.lessons]
    doubles = [_double(school, x) for x in lessons if _is_double(x)]
    random.shuffle(doubles)
    doubles.sort(key=lambda d: -len(d.needs))
    week = school.plan.week
    halves = [
        [slot for column in week.half(day, half) for slot in column]
        for day in week.days
        for half in range(len(week.halves) if look_ahead else 0)
    ]
    columns = place_doubles(doubles, week.columns, places, random, halves)
    for double in doubles:
        day = columns[double.key][0][0]
        places.daily[double.requirement, day] = 0
    edges = [e for x in lessons if (e := _edge(school, x)) is not None]
    slots = spread(edges, week.columns, places, random, look_ahead)
    first = {key: column[0] for key, column in columns.items()}
    return Sown(slots | first, meetings, daily)


def draw_meetings(school: Staffing, random: Random) -> dict[str, tuple[Column, ...]]:
    """Research half-days: departments take turns over the days of a shuffled week."""
    week = school.plan.week
    turn = {half: random.sample(week.days, len(week.days)) for half in (0, 1)}
    count = Counter[int]()
    found: dict[str, tuple[Column, ...]] = {}
    for department in school.plan.departments:
        half = department.half
        for wave in range(department.waves) if half is not None else ():
            assert half is not None
            day = turn[half][count[half] % len(week.days)]
            count[half] += 1
            for member in school.members:
                if (member.department, member.wave) == (department.name, wave):
                    found[member.teacher_id] = week.half(day, half)
    return found


def _places(
    school: Staffing, grounds: Grounds, meetings: dict[str, tuple[Column, ...]]
) -> tuple[Places, dict[str, int]]:
    """Places of classes, teachers, rooms and requirements; the teachers' day limits."""
    week, places = school.plan.week, Places()
    for group in school.classes:
        places.add(_class(group.class_id), week.columns, 1)
        places.add(_pe(group.class_id), week.columns, 1)
        places.limit(_pe(group.class_id), week, 1)
    load: Counter[str] = Counter()
    for r in school.requirements:
        places.add(_requirement(r), week.columns, MANY)
        singles = sum(length == 1 for length in r.lengths)
        places.limit(_requirement(r), week, -(-singles // 5))
        load.update({t: math.ceil(r.per_week) for t in r.teacher_ids})
    daily = {t: n // len(week.days) + 2 for t, n in load.items()}
    for member in school.members:
        here = meetings.get(member.teacher_id, ())
        free = [c for c in week.columns if c not in here]
        places.add(_teacher(member.teacher_id), free, 1)
        places.limit(_teacher(member.teacher_id), week, daily[member.teacher_id])
    for subject_id, layouts in grounds.rooms.items():
        places.add(_rooms(subject_id), week.columns, len(layouts))
    for column in week.columns:
        units = min(len(grounds.open_units(slot)) for slot in column)
        places.add(_rooms("PE"), [column], units)
    places.add(_rooms("HALL"), week.columns, grounds.hall_pairs)
    for department in school.plan.departments:
        if department.room in grounds.rooms and department.half is not None:
            _close_rooms(school, department, meetings, places)
    return places, daily


def _leave_ends_free(school: Staffing, places: Places) -> None:
    """What is free of a class's week lies at the end of days: no day has holes.

    Days at whose end most teachers are missing come first.
    """
    week = school.plan.week
    rows = {d: sum(len(c) for c in week.columns if c[0][0] == d) for d in week.days}
    teachers = [_teacher(m.teacher_id) for m in school.members]
    spare = {
        d: sum(places.at[t].get((d, n), 0) for t in teachers) - len(school.classes)
        for d, n in rows.items()
    }
    for group in school.classes:
        free = sum(rows.values()) - _taken(school, group.class_id)
        for above in range(-(-free // len(rows))):
            here = min(len(rows), free - above * len(rows))
            for day in sorted(rows, key=lambda d: spare[d])[:here]:
                places.close(_class(group.class_id), [(day, rows[day] - above)])
                spare[day] += not above


def _taken(school: Staffing, class_id: str) -> int:
    """Periods of a class in its fuller week."""
    meetings = sum(
        x.length * x.layers_met
        for r in school.requirements
        if class_id in r.class_ids
        for x in r.lessons
    )
    return -(-meetings // len(LAYERS))


def _close_rooms(
    school: Staffing,
    department: Department,
    meetings: dict[str, tuple[Column, ...]],
    places: Places,
) -> None:
    """While a department meets, its rooms stand empty: no day may count on them."""
    member = next(m for m in school.members if m.department == department.name)
    places.add(_rooms(department.room), meetings[member.teacher_id], 0)


def _is_double(lesson: Lesson) -> bool:
    """Blocks and lessons of several classes are placed before everything else."""
    return lesson.length > 1 or len(lesson.requirement.class_ids) > 1


def _double(school: Staffing, lesson: Lesson) -> Double:
    r = lesson.requirement
    needs = [_class(c) for c in r.class_ids] + [_teacher(t) for t in r.teacher_ids]
    if "L-HALL" in r.layouts:
        needs.append(_rooms("HALL"))
    elif not r.layouts and r.subject_id in school.plan.rooms:
        needs.append(_rooms(r.subject_id))
    return Double(lesson.lesson_id, lesson.length, tuple(needs), _requirement(r))


def _edge(school: Staffing, lesson: Lesson) -> Edge | None:
    """A single lesson; of two that alternate only the first stands for both."""
    r = lesson.requirement
    if _is_double(lesson) or (r.week is WeekRule.ALTERNATE and r.subject_id != "PSY"):
        return None
    department = _member(school, r.teacher_ids[0]).department
    room = next((d.room for d in school.plan.departments if d.name == department), "")
    staff: tuple[Node, ...] = (_teacher(r.teacher_ids[0]),)
    if room:
        staff = (_rooms(room), *staff)
    pupils = [_class(r.class_ids[0]), _requirement(r)]
    if r.subject_id in ("PE", "PEA"):
        pupils.insert(1, _pe(r.class_ids[0]))
    return Edge(lesson.lesson_id, staff, tuple(pupils))


def _member(school: Staffing, teacher_id: str) -> Member:
    return school.members[int(teacher_id[1:]) - 1]


def _class(name: str) -> Node:
    return ("class", name)


def _pe(name: str) -> Node:
    return ("PE of", name)


def _teacher(name: str) -> Node:
    return ("teacher", name)


def _rooms(name: str) -> Node:
    return ("rooms", name)


def _requirement(r: Requirement) -> Node:
    return ("requirement", r.requirement_id)


def settle(
    school: Staffing, grounds: Grounds, sown: Sown, random: Random
) -> dict[str, Placement]:
    """Placements: slots with layouts, and the weeks of what alternates."""
    slots = dict(sown.slots)
    for class_id in school.teams:
        slots[f"{class_id}-LOC#1"] = slots[f"{class_id}-PSY#1"]
    lessons = {x.lesson_id: x for r in school.requirements for x in r.lessons}
    here: dict[Slot, list[Lesson]] = defaultdict(list)
    for key, (day, period) in slots.items():
        for k in range(lessons[key].length):
            here[day, period + k].append(lessons[key])
    layouts: dict[str, str] = {}
    for slot in sorted(here):
        _sit_down(school, grounds, here[slot], slot, layouts, random)
    odd_first = {c: k % 2 == 0 for k, c in enumerate(school.teams)}
    return {
        key: Placement(
            _week(lessons[key], odd_first),
            *slot,
            layouts[key],
            lessons[key].requirement.teacher_ids,
            lessons[key].length,
        )
        for key, slot in slots.items()
    }


def _week(lesson: Lesson, odd_first: dict[str, bool]) -> WeekKind:
    r = lesson.requirement
    if r.week is not WeekRule.ALTERNATE:
        return WeekKind.EVERY
    odd = odd_first[r.class_ids[0]] == (r.subject_id == "PSY")
    return WeekKind.ODD if odd else WeekKind.EVEN


def _sit_down(
    school: Staffing,
    grounds: Grounds,
    lessons: list[Lesson],
    slot: Slot,
    layouts: dict[str, str],
    random: Random,
) -> None:
    """Rooms for everybody who meets in a slot; a double keeps the room it has."""
    size = {c.class_id: c.size for c in school.classes}
    units = [u.layout_id for u in grounds.open_units(slot)]
    random.shuffle(units)
    units.sort(key=lambda name: name == _SMALL, reverse=True)
    taken = {layouts[x.lesson_id] for x in lessons if x.lesson_id in layouts}
    for lesson in sorted(lessons, key=lambda x: size[x.requirement.class_ids[0]]):
        r = lesson.requirement
        if lesson.lesson_id in layouts:
            continue
        if r.subject_id in ("PE", "PEA"):
            place = units.pop(0)
        elif r.layouts:
            place = r.layouts[0]
        elif r.subject_id in grounds.rooms:
            place = next(x for x in grounds.rooms[r.subject_id] if x not in taken)
        else:
            place = HOME
        layouts[lesson.lesson_id] = place
        taken.add(place)
