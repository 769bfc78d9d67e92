"""D02-D05: capacities, outside venues, special rooms and their use.

Where a problem is known its venues, zones and agreements are judged by the clock; of
spreadsheets only rooms named in cells are known.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from fractions import Fraction

from scheduler.audit.findings import Severity, number
from scheduler.audit.inputs.school import AuditLesson, Use
from scheduler.audit.ruling.rule import MET, Case, Found, Item, NotChecked, Scope, rule
from scheduler.model.meeting import Meeting
from scheduler.model.requirements import HOME
from scheduler.model.text import Text, weekday
from scheduler.model.times import LAYERS, LESSON_ROWS, format_clock, stretches
from scheduler.model.timetable import Timetable
from scheduler.model.venues import Venue

_ROOM = re.compile(r"教室|室$|室\d*$|机房")
_OWN_ROOM = re.compile("(?:本班|各班|班级|原班|所在班)?教室|本班|班级")
"""What every class calls its own room: no place that they share."""
_SPECIAL = ("room", "lab")


def _mine(case: Case, meeting: Meeting) -> bool:
    return bool(set(meeting.class_ids) & set(case.school.class_of))


@rule(
    "D02",
    Severity.CRITICAL,
    "TV",
    Text("场地不超容量", "no room or field over capacity"),
    wording="不得超过场地容量",
    source="regulations 2.3",
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
        if not any(_mine(case, m) for m in meetings):
            continue
        silent = True
        for found in _over(timetable, zone_id, day, meetings):
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
    timetable: Timetable, zone_id: str, day: int, meetings: list[Meeting]
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


def _no_venues(case: Case) -> NotChecked:
    text = Text("没有场地和协议的登记", "no register of venues and agreements")
    return NotChecked("no_venues", text)


@rule(
    "D03",
    Severity.ERROR,
    "TV",
    Text("到校外场地有协议、容量、随行教师和路程", "outside venues are agreed upon"),
    wording="应当有协议、有专人带队",
    source="regulations 3",
    mend=Text(
        "签订或调整协议，配齐随行教师",
        "agree on the window, name an escort",
    ),
    scope=Scope.SCHOOL,
)
def outside_venue(case: Case) -> Iterator[Item]:
    """A valid window with room for the class, a named adult beside the teacher."""
    timetable = case.school.timetable
    if timetable is None:
        yield _no_venues(case)
        return
    problem = timetable.problem
    for meeting in timetable.meetings:
        for use in meeting.uses:
            if not use.foreign or use.school_id != case.school.school_id:
                continue
            agreement = use.agreement
            if agreement is None:
                yield _outside(
                    case,
                    meeting,
                    Text("没有有效协议的时段", "no valid window of an agreement"),
                    ("0", "1"),
                )
            elif not problem.covers_term(agreement):
                yield _outside(
                    case,
                    meeting,
                    Text(
                        f"协议{agreement.agreement_id}不是全学期有效",
                        f"agreement {agreement.agreement_id} is not valid all term",
                    ),
                    (agreement.valid_to.isoformat(), problem.term.last_day.isoformat()),
                )
            elif len(meeting.adult_ids) < 2:
                yield _outside(
                    case,
                    meeting,
                    Text("没有指定随行教师", "no escort is named"),
                    ("0", str(max(1, agreement.escorts))),
                )
            else:
                yield MET
    yield from _crowded_windows(case, timetable)


def _outside(
    case: Case, meeting: Meeting, what: Text, numbers: tuple[str, str]
) -> Found:
    problem = case.school.timetable.problem if case.school.timetable else None
    assert problem is not None
    assert meeting.layout is not None
    group = case.school.class_of.get(meeting.class_ids[0])
    venue = problem.venue[meeting.layout.venue_id].name
    name = group.name if group else meeting.class_ids[0]
    day, period = weekday(meeting.day), meeting.rows[0].number
    return Found(
        Text(
            f"{name}{day.zh}第{period}节去{venue}：{what.zh}。",
            f"{name} goes to {venue} in period {period} on {day.en}: {what.en}.",
        ),
        *numbers,
        group,
        subject=venue,
        teacher="、".join(case.school.teacher(t) for t in meeting.teacher_ids),
        day=str(meeting.day),
        period=str(period),
    )


def _crowded_windows(case: Case, timetable: Timetable) -> Iterator[Item]:
    """Classes under one agreement at a time, against its cap."""
    found: dict[tuple[str, int], list[Meeting]] = defaultdict(list)
    caps = {}
    for meeting in timetable.meetings:
        for use in meeting.uses:
            if use.agreement and use.school_id == case.school.school_id:
                caps[use.agreement.agreement_id] = use.agreement.max_classes
                for layer in meeting.layers:
                    found[use.agreement.agreement_id, layer].append(meeting)
    told = set()
    for (name, _layer), meetings in sorted(found.items()):
        for start, end in stretches((m.start, m.end) for m in meetings):
            there = [m for m in meetings if m.overlaps(start, end)]
            classes = sum(len(m.class_ids) for m in there)
            if classes > caps[name] and (name, start) not in told:
                told.add((name, start))
                what = Text(
                    f"协议{name}同时最多{caps[name]}个班，有{classes}个班",
                    f"agreement {name} takes {caps[name]} classes, {classes} are there",
                )
                numbers = str(classes), str(caps[name])
                yield _outside(case, there[-1], what, numbers)


@rule(
    "D04",
    Severity.INFORMATION,
    "TV",
    Text("专用教室空着时不在普通教室上", "special rooms are used when free"),
    wording="一般应当在专用教室上课",
    source="区督导整改报告",
    mend=Text("换到空着的专用教室", "use the special room that is free"),
    scope=Scope.SCHOOL,
)
def special_room(case: Case) -> Iterator[Item]:
    """Lessons at home while a room whose layout names their subject is free."""
    timetable = case.school.timetable
    if timetable is None:
        yield _no_venues(case)
        return
    problem = timetable.problem
    busy: dict[str, list[Meeting]] = defaultdict(list)
    for meeting in timetable.meetings:
        for zone in meeting.zone_ids:
            busy[zone].append(meeting)
    rooms = _special_rooms(timetable, case.school.school_id)
    for meeting in timetable.meetings:
        subject = meeting.lesson.requirement.subject_id
        layouts = [
            x for x in problem.layouts if x.venue_id in rooms and x.names(subject)
        ]
        if not layouts or not _mine(case, meeting):
            continue
        if meeting.placement.layout_id != HOME:
            yield MET
            continue
        free = [
            x
            for x in layouts
            if not any(_clash(meeting, m) for z in x.zones for m in busy[z])
        ]
        if not free:
            yield MET
            continue
        yield _not_in_room(case, meeting, rooms[free[0].venue_id])


def _clash(one: Meeting, other: Meeting) -> bool:
    return (
        one.day == other.day
        and bool(set(one.layers) & set(other.layers))
        and one.overlaps(other.start, other.end)
    )


def _special_rooms(timetable: Timetable, school_id: str) -> dict[str, Venue]:
    return {
        v.venue_id: v
        for v in timetable.problem.venues
        if v.kind in _SPECIAL and v.owner == school_id
    }


def _not_in_room(case: Case, meeting: Meeting, venue: Venue) -> Found:
    timetable = case.school.timetable
    assert timetable is not None
    subject = timetable.problem.subject[meeting.lesson.requirement.subject_id]
    group = case.school.class_of.get(meeting.class_ids[0])
    name = group.name if group else meeting.class_ids[0]
    day, period = weekday(meeting.day), meeting.rows[0].number
    return Found(
        Text(
            f"{name}{day.zh}第{period}节{subject.name}在普通教室，{venue.name}空着。",
            f"{name}: {subject.name_en or subject.name} in period {period} on "
            f"{day.en} is in the home room while {venue.name} is free.",
        ),
        HOME,
        venue.name,
        group,
        subject=subject.standard_code,
        day=str(meeting.day),
        period=str(period),
    )


@rule(
    "D05",
    Severity.WARNING,
    "TV",
    Text("功能室使用率不低于40%", "function rooms are used"),
    wording="一般应当充分使用",
    source="区督导整改报告 S37",
    mend=Text("把应在功能室上的课排进去", "schedule the lessons that belong there"),
    scope=Scope.SCHOOL,
)
def room_use(case: Case) -> Iterator[Item]:
    """Lesson periods taken of those of the week, room by room."""
    timetable = case.school.timetable
    if timetable is None:
        yield _no_venues(case)
        return
    bells = {c.bell for c in case.school.classes if c.bell is not None}
    usable = max(
        (sum(len(b.rows(d, LESSON_ROWS)) for d in b.school_days) for b in bells),
        default=0,
    )
    if not usable:
        return
    taken: dict[str, Fraction] = defaultdict(Fraction)
    for meeting in timetable.meetings:
        if meeting.layout is not None:
            share = Fraction(len(meeting.layers), len(LAYERS))
            taken[meeting.layout.venue_id] += share * len(meeting.rows)
    least = case.profile.values.room_use
    for venue in _special_rooms(timetable, case.school.school_id).values():
        percent = 100 * taken[venue.venue_id] / usable
        if percent >= least:
            yield MET
            continue
        have = number(taken[venue.venue_id])
        yield Found(
            Text(
                f"{venue.name}每周用{have}节（共{usable}节），使用率{number(percent)}%，"
                f"低于{least}%。",
                f"{venue.name}: {have} of {usable} periods a week, "
                f"{number(percent)} % used, below {least} %.",
            ),
            number(percent),
            str(least),
            subject=venue.name,
        )
