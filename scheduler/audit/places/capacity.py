"""D02: capacities of venues, and of rooms that cells name.

Where a problem is known its zones are judged by the clock; of spreadsheets only rooms
named in cells are known.
"""

import re
from collections import defaultdict
from collections.abc import Iterator

from scheduler.audit.findings import Severity
from scheduler.audit.inputs.school import AuditLesson, Use
from scheduler.audit.ruling.documents import ASSUMED, SPORT_TERMS, cited
from scheduler.audit.ruling.rule import MET, Case, Found, Item, NotChecked, Scope, rule
from scheduler.model.meeting import Meeting
from scheduler.model.text import Text, weekday
from scheduler.model.times import format_clock, stretches
from scheduler.model.timetable import Timetable

_ROOM = re.compile(r"教室|室$|室\d*$|机房")
_OWN_ROOM = re.compile("(?:本班|各班|班级|原班|所在班)?教室|本班|班级")
"""What every class calls its own room: no place that they share."""


def is_mine(case: Case, meeting: Meeting) -> bool:
    """Whether one of its classes is of the school."""
    return bool(set(meeting.class_ids) & set(case.school.class_of))


@rule(
    "D02",
    Severity.CRITICAL,
    "TV",
    Text("场地不超容量", "no room or field over capacity"),
    wording="不得超过场地容量",
    source=cited(SPORT_TERMS, ASSUMED),
    mend=Text("错开时间或换场地", "stagger the lessons or use another place"),
    scope=Scope.SCHOOL,
)
def capacity(case: Case) -> Iterator[Item]:
    """Classes and pupils in each zone at every moment; in named rooms one class."""
    timetable = case.school.timetable
    if timetable is None:
        yield from _rooms(case)
        return
    by_zone: dict[tuple[str, int, int], list[Meeting]] = defaultdict(list)
    for meeting in timetable.meetings:
        for zone in meeting.zone_ids:
            for layer in meeting.layers:
                by_zone[zone, meeting.day, layer].append(meeting)
    told: set[tuple[str, int, int]] = set()
    for (zone_id, day, _layer), meetings in sorted(by_zone.items()):
        if not any(is_mine(case, m) for m in meetings):
            continue
        silent = True
        for found in _over(timetable, zone_id, meetings):
            silent = False
            key = zone_id, day, found[0]
            if key not in told:
                told.add(key)
                yield _over_found(timetable, zone_id, day, *found)
        if silent:
            yield MET


Over = tuple[int, int, int, bool]
"""Minute, how many there are, how many may be, whether pupils are counted."""


def _over(
    timetable: Timetable, zone_id: str, meetings: list[Meeting]
) -> Iterator[Over]:
    problem = timetable.problem
    zone = next(z for z in problem.all_zones if z.zone_id == zone_id)
    before: set[str] = set()
    for start, end in stretches((m.start, m.end) for m in meetings):
        there = [m for m in meetings if m.overlaps(start, end)]
        names = {m.lesson.lesson_id for m in there}
        classes = sum(len(m.class_ids) for m in there)
        pupils = sum(
            m.lesson.requirement.pupils
            or sum(problem.class_group[c].size for c in m.class_ids)
            for m in there
        )
        if names <= before:
            continue
        if classes > zone.max_classes:
            before = names
            yield start, classes, zone.max_classes, False
        elif zone.max_pupils is not None and pupils > zone.max_pupils:
            before = names
            yield start, pupils, zone.max_pupils, True


def _over_found(
    timetable: Timetable,
    zone_id: str,
    day: int,
    start: int,
    have: int,
    most: int,
    pupils: bool,
) -> Found:
    problem = timetable.problem
    zone = next(z for z in problem.all_zones if z.zone_id == zone_id)
    venue = problem.venue[zone.venue_id]
    name = venue.name if zone_id == venue.venue_id else f"{venue.name}（{zone_id}）"
    unit = Text("人", "pupils") if pupils else Text("个班", "classes")
    on, at = weekday(day), format_clock(start)
    return Found(
        Text(
            f"{on.zh}{at}{name}同时有{have}{unit.zh}，最多{most}{unit.zh}。",
            f"{on.en} {at}: {have} {unit.en} in {name}, at most {most}.",
        ),
        str(have),
        str(most),
        subject=name,
        day=str(day),
        period=at,
    )


def _rooms(case: Case) -> Iterator[Item]:
    """Two classes in one named room, told apart by teacher or subject."""
    at: dict[tuple[str, int, int, int], list[AuditLesson]] = defaultdict(list)
    for lesson in case.school.lessons:
        named = lesson.place and not _OWN_ROOM.fullmatch(lesson.place)
        if named and lesson.use is Use.LESSON and lesson.sure:
            for layer in lesson.week.layers:
                at[lesson.place, lesson.day, lesson.period, layer].append(lesson)
    told = set()
    for (place, day, period, _layer), lessons in sorted(at.items()):
        if not _ROOM.search(place):
            yield NotChecked(
                "no_capacity",
                Text(
                    f"不知道{place}能容几个班", f"the capacity of {place} is not known"
                ),
            )
            continue
        apart = {(x.teachers, x.code) for x in lessons}
        classes = list(dict.fromkeys(c for x in lessons for c in x.classes))
        if len(apart) == 1 or len(classes) == 1:
            yield MET
        elif (place, day, period) not in told:
            told.add((place, day, period))
            names = "、".join(case.school.class_of[c].name for c in classes)
            yield Found(
                Text(
                    f"{weekday(day).zh}第{period}节{place}同时有{names}上课。",
                    f"{names} are all in {place} in period {period} on "
                    f"{weekday(day).en}.",
                ),
                str(len(classes)),
                "1",
                subject=place,
                day=str(day),
                period=str(period),
            )
