"""D04 and D05: special rooms and their use."""

from collections import defaultdict
from collections.abc import Iterator
from fractions import Fraction

from scheduler.audit.findings import Severity, number
from scheduler.audit.places.capacity import is_mine
from scheduler.audit.places.outside import no_venues
from scheduler.audit.ruling.documents import DISTRICT, UNION, cited
from scheduler.audit.ruling.rule import MET, Case, Found, Item, Scope, rule
from scheduler.model.meeting import Meeting
from scheduler.model.requirements import HOME
from scheduler.model.text import Text, weekday
from scheduler.model.times import LAYERS, LESSON_ROWS
from scheduler.model.timetable import Timetable
from scheduler.model.venues import Venue

_SPECIAL = ("room", "lab")


@rule(
    "D04",
    Severity.INFORMATION,
    "TV",
    Text("专用教室空着时不在普通教室上", "special rooms are used when free"),
    wording="一般应当在专用教室上课",
    source=DISTRICT,
    mend=Text("换到空着的专用教室", "use the special room that is free"),
    scope=Scope.SCHOOL,
)
def special_room(case: Case) -> Iterator[Item]:
    """Lessons at home while a room whose layout names their subject is free."""
    timetable = case.school.timetable
    if timetable is None:
        yield no_venues(case)
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
        if not layouts or not is_mine(case, meeting):
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
    source=cited(DISTRICT, UNION),
    mend=Text("把应在功能室上的课排进去", "schedule the lessons that belong there"),
    scope=Scope.SCHOOL,
)
def room_use(case: Case) -> Iterator[Item]:
    """Lesson periods taken of those of the week, room by room."""
    timetable = case.school.timetable
    if timetable is None:
        yield no_venues(case)
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
