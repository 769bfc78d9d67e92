"""D03: lessons at venues of others, against the agreements on them."""

from collections import defaultdict
from collections.abc import Iterator

from scheduler.audit.findings import Severity
from scheduler.audit.ruling.documents import ASSUMED, DISTRICT, cited
from scheduler.audit.ruling.rule import MET, Case, Found, Item, NotChecked, Scope, rule
from scheduler.model.meeting import Meeting
from scheduler.model.text import Text, weekday
from scheduler.model.times import stretches
from scheduler.model.timetable import Timetable
from scheduler.model.venues import Use as VenueUse


def no_venues(case: Case) -> NotChecked:
    """Nothing is known of places."""
    text = Text("没有场地和协议的登记", "no register of venues and agreements")
    return NotChecked("no_venues", text)


@rule(
    "D03",
    Severity.ERROR,
    "TV",
    Text("到校外场地有协议、容量、随行教师和路程", "outside venues are agreed upon"),
    wording="应当有协议、有专人带队",
    source=cited(DISTRICT, ASSUMED),
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
        yield no_venues(case)
        return
    for meeting in timetable.meetings:
        for use in meeting.uses:
            if use.foreign and use.school_id == case.school.school_id:
                wrong = _wrong_outside(timetable, meeting, use)
                yield _outside(case, meeting, *wrong) if wrong else MET
    yield from _crowded_windows(case, timetable)


def _wrong_outside(
    timetable: Timetable, meeting: Meeting, use: VenueUse
) -> tuple[Text, tuple[str, str]] | None:
    """What is wrong with a lesson at another's venue, with what is and what is due."""
    problem, agreement = timetable.problem, use.agreement
    if agreement is None:
        text = Text("没有有效协议的时段", "no valid window of an agreement")
        return text, ("0", "1")
    if not problem.covers_term(agreement):
        name = agreement.agreement_id
        text = Text(
            f"协议{name}不是全学期有效", f"agreement {name} is not valid all term"
        )
        dates = agreement.valid_to, problem.term.last_day
        return text, (dates[0].isoformat(), dates[1].isoformat())
    if len(meeting.adult_ids) < 2:
        text = Text("没有指定随行教师", "no escort is named")
        return text, ("0", str(max(1, agreement.escorts)))
    gap = _least_gap(timetable, meeting)
    if gap is not None and gap < agreement.walk_minutes:
        text = Text("路上时间不够", "there is too little time for the way")
        return text, (str(gap), str(agreement.walk_minutes))
    return None


def _least_gap(timetable: Timetable, meeting: Meeting) -> int | None:
    """Minutes to the nearest other lesson of a class that day; None without any."""
    gaps = [
        max(other.start - meeting.end, meeting.start - other.end)
        for class_id in meeting.class_ids
        for other in timetable.by_class[class_id]
        if other.day == meeting.day
        and other is not meeting
        and set(other.layers) & set(meeting.layers)
    ]
    return min(gaps, default=None)


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
