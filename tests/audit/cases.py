"""A violating and a complying case of every rule, with numbers worked out by hand.

``VIOLATING`` are those of :mod:`.test_faults` and, here, of rules on venues and on
all schools together. ``COMPLYING`` has the data that the rule asks for and keeps it,
where it can by the narrowest margin; for the rules it does not name that is the clean
school.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

from scheduler.audit.inputs.from_timetable import schools_of
from scheduler.audit.inputs.school import (
    AuditSchool,
    Delivery,
    Facts,
    ResearchTime,
    Staff,
)
from scheduler.model.meeting import Placement
from scheduler.model.resources import Stage, Subject, SubjectKind
from scheduler.model.term import ClosedDays
from scheduler.model.times import Week
from scheduler.model.timetable import Timetable
from scheduler.model.venues import Layout, Venue
from tests.audit.clean_school import PROFILE, changed, clean_school, lesson, renamed
from tests.audit.test_district import english_for_art, nine_years
from tests.audit.test_faults import FAULTS, KEY, TERM, extra, facts, log
from tests.builders import LAYOUTS, SUBJECTS, VENUES, agreement, need, problem

Schools = tuple[AuditSchool, ...]
CLEAN = clean_school()


def at_places(*lessons, **tables) -> Schools:
    """The eastern school with these lessons: requirement, day, period, layout."""
    given = problem(*(x[0] for x in lessons), **tables)
    placed = {
        f"{n.requirement_id}#1": Placement(Week.EVERY, d, p, layout, n.teacher_ids, 1)
        for n, d, p, layout in lessons
    }
    return schools_of(Timetable(given, placed), PROFILE)[:1]


def in_music_room(count: int) -> Schools:
    """So many lessons in the music room, which 35 periods a week are open for."""
    slots = [(day, period) for day in range(1, 6) for period in range(1, 8)]
    rows = [
        (need(f"M{n}", "C1", "MUS"), *slot, "LM")
        for n, slot in enumerate(slots[:count])
    ]
    return at_places(*rows)


def in_the_park(escort: bool = True) -> Schools:
    """PE in the park 10:00-10:40 under an agreement, ten minutes' walk away."""
    adults = {"escort_ids": ("T2",)} if escort else {}
    return at_places(
        (need("A", "C1", "PE", **adults), 1, 3, "LP"), agreements=(agreement(),)
    )


def at_two_schools(period: int) -> Schools:
    """Period 1 ends at 8:40; 20 minutes' way and a buffer of 15 are 35."""
    here, there = need("A", "C1", "CN"), need("B", "D1", "CN")
    return at_places((here, 1, 1, "home"), (there, 1, period, "home"))


def with_rooms(*codes: str) -> Schools:
    """Three classes with a room for each of these courses."""
    fine_art = Subject("FA", "美术", SubjectKind.ARTS)
    named = {"MUS": "音乐教室", "FA": "美术教室"}
    venues = [Venue(c, named[c], "S1", "room", True, "S1") for c in codes]
    layouts = [Layout(f"R{c}", c, (c,), (c,), 1) for c in codes]
    others = [replace(v, area_m2=900) for v in VENUES if v.venue_id != "MUSIC"]
    return at_places(
        (need("A", "C1", "CN"), 1, 1, "home"),
        subjects=(*SUBJECTS, fine_art),
        venues=(*others, *venues),
        layouts=(*(x for x in LAYOUTS if x.venue_id != "MUSIC"), *layouts),
    )


def with_staff(*counts: int) -> Schools:
    """A school of 960 pupils for each count of PE teachers."""
    return tuple(
        replace(
            CLEAN,
            stage=Stage.PRIMARY,
            staff=tuple(Staff(f"T{n}", f"T{n}", ("PE",)) for n in range(count)),
        )
        for count in counts
    )


def alike(*counts: int) -> Schools:
    """Schools with equal fields and rooms, and so many PE teachers each."""
    (school,) = with_rooms("MUS", "FA")
    return tuple(
        replace(
            school,
            staff=tuple(Staff(f"T{n}", f"T{n}", ("PE",)) for n in range(count)),
        )
        for count in counts
    )


def staffed() -> AuditSchool:
    """As many teachers of each course as its lessons need, by the norms of primary."""
    posts = {
        # Lessons a week in 24 classes and what a full post gives.
        "CN": 12,  # 8 x 8 + 8 x 7 + 8 x 6 = 168 / 14
        "MA": 8,  # 16 x 4 + 8 x 5 = 104 / 14
        "FL": 3,  # 8 x 2 + 8 x 3 = 40 / 16
        "PE": 5,  # 8 x 4 + 16 x 3 = 80 / 16
        "ME": 3,  # 48 / 18
        "SC": 3,  # 8 + 32 = 40 / 18
        "MUS": 3,  # 48 / 18
        "FA": 3,
        "IT": 1,  # 16 / 18
        "LAB": 2,  # 24 / 18
        "CPA": 2,
        "CLS": 2,  # 4 + 16 = 20 / 18
        "PSY": 1,  # 12 / 18
        "SCH": 1,  # 8 x 1.5 + 8 x 0.5 = 16 / 18
    }
    members = [
        Staff(f"{code}{n}", f"{code}{n}", (code,))
        for code, count in posts.items()
        for n in range(count)
    ]
    return replace(CLEAN, staff=tuple(members))


def readers() -> AuditSchool:
    """One lesson of morality is the Student Reader in grades 3 and 5, in term 1."""
    school = CLEAN
    for group in CLEAN.classes:
        if group.grade in (3, 5):
            change = renamed("ME", "XJP", "学生读本", only=1)
            school = changed(school, group.key, change)
    return replace(school, term=TERM, term_number=1)


def nine_in_ten() -> tuple[Delivery, ...]:
    """PE five times in each of four weeks, two of the twenty lost: 90 %."""
    rows = list(log(count=0, weeks=4, rest=5))
    for n in (0, 5):
        rows[n] = replace(rows[n], given="MA")
    return tuple(rows)


def late(count: int) -> tuple[Delivery, ...]:
    """PE lost to maths so often in January."""
    return tuple(
        replace(d, date=dt.date(2027, 1, 11) + dt.timedelta(days=n))
        for n, d in enumerate(log(count=count))
    )


def lost_fridays(count: int) -> AuditSchool:
    first = dt.date(2026, 9, 4)
    days = [first + dt.timedelta(weeks=n) for n in range(count)]
    return replace(
        CLEAN, term=replace(TERM, closed=tuple(ClosedDays(d, d) for d in days))
    )


def of(change: Callable[[AuditSchool], AuditSchool]) -> Schools:
    return (change(CLEAN),)


def logged(rows: tuple[Delivery, ...]) -> Schools:
    return (replace(CLEAN, term=TERM, delivered=rows),)


_HOME_MUSIC = need("A", "C1", "MUS"), 1, 1, "home"
_ROOM_MUSIC = need("B", "C2", "MUS"), 1, 1, "LM"
VIOLATING: dict[str, tuple[Schools, str, str]] = {
    # Schools, and what is measured and demanded.
    **{rule: (of(spoil), has, due) for rule, spoil, _, has, due in FAULTS.values()},
    "A17": ((english_for_art(),), "6.6", "9"),
    "D03": (in_the_park(escort=False), "0", "1"),
    "D04": (at_places(_HOME_MUSIC), "home", "音乐教室"),
    "D05": (in_music_room(13), "37.1", "40"),
    "D06": (at_two_schools(2), "10", "35"),
    "F03": (with_rooms("MUS"), "0", "1"),
    "F05": (with_staff(1, 4), "0.60", "0.50"),
}
COMPLYING: dict[str, Schools] = {
    "A15": (readers(),),
    "A17": (nine_years(),),
    "B05": of(facts(published_on=dt.date(2026, 9, 15))),  # the fourteenth day
    "C12": (lost_fridays(2),),
    "D02": of(
        extra(
            lesson("G5C1", 1, 1, "MUS", place="音乐教室"),
            lesson("G5C2", 1, 2, "MUS", place="音乐教室"),
        )
    ),
    "D03": in_the_park(),
    "D04": at_places(_HOME_MUSIC, _ROOM_MUSIC),
    "D05": in_music_room(14),  # 14 of 35 are 40 %
    "D06": at_two_schools(3),  # 10:00, 80 minutes later
    "D10": of(facts(research=(ResearchTime("IT", 1, 0, 500),))),  # until 8:20
    "D11": of(
        lambda s: replace(
            s,
            staff=tuple(
                Staff(f"教师G4C{n}MA", f"教师{n}", group="数学") for n in (1, 2, 3)
            ),
        )
    ),
    "D12": of(lambda s: replace(s, staff=(Staff("教师G4C2IT", "张敏", ("IT",)),))),
    "E01": of(lambda s: replace(s, sources=2)),
    "E02": logged(nine_in_ten()),
    "E03": logged(
        # Lost on 7 September, back on the fourteenth day.
        (*log(), Delivery(dt.date(2026, 9, 21), KEY, 1, "MA", "PE"))
    ),
    "E04": logged(log(count=2)),
    "E05": logged(
        log(form="调001", entered=dt.datetime.combine(dt.date(2026, 9, 6), dt.time(9)))
    ),
    "E06": logged(late(1)),
    "E07": logged(log(count=2)),
    "F01": with_staff(9),  # 9 for 960 pupils are 0.94 a hundred
    "F03": with_rooms("MUS", "FA"),
    "F04": (staffed(),),
    "F05": alike(1, 3),  # the mean is 2, the deviation 1: 0.50
    "F06": (
        # 48 lessons of music, four teachers of 18, one of whom retires: 54.
        replace(
            CLEAN,
            staff=tuple(Staff(f"T{n}", f"T{n}", ("MUS",)) for n in range(4)),
            facts=Facts(retiring=(("MUS", 1),)),
        ),
    ),
}
