"""Hypothesis strategies: small problems with everything in them, mostly bad timetables.

Two days, two bells, two schools, a divided field, a park under agreements, two alike
rooms, a second site; few lessons, so that a failure stays readable.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from typing import TypeVar

from hypothesis import strategies as st

from scheduler.model.meeting import Placement
from scheduler.model.problem import Problem
from scheduler.model.requirements import (
    HOME,
    FixedLesson,
    Lesson,
    Requirement,
    WeekRule,
)
from scheduler.model.resources import (
    ClassGroup,
    Level,
    ResourceKind,
    School,
    Stage,
    Subject,
    SubjectKind,
    Teacher,
    Unavailability,
)
from scheduler.model.times import Bell, RowKind, SlotKind, Week
from scheduler.model.timetable import Timetable
from scheduler.model.venues import (
    Agreement,
    Layout,
    SiteDistance,
    Venue,
    VenueTarget,
    Zone,
)
from scheduler.solver.options import candidates
from tests.builders import TERM, bell

T = TypeVar("T")

LONG_DAY = """
1 lesson 08:00-08:40
8 break 08:40-08:50
2 lesson 08:50-09:30
9 big_break 09:30-10:00
3 lesson 10:00-10:40
4 lesson 10:40-11:20
10 lunch 11:20-13:00
5 lesson 13:00-13:40
11 after_school 13:40-14:20
"""
SHORT_DAY = """
1 lesson 08:10-08:50
2 lesson 08:50-09:30
3 big_break 09:30-10:00
4 lesson 10:20-11:00
5 lunch 11:00-12:30
6 activity 12:40-13:20
"""
BELLS = (bell("long", LONG_DAY, (1, 2)), bell("short", SHORT_DAY, (1, 2)))
TINY_BELLS = (
    bell("long", "1 lesson 08:00-08:40\n2 lesson 08:40-09:20", (1, 2)),
    bell("short", "1 lesson 08:20-09:00\n4 lesson 13:20-14:00", (1, 2)),
)
SCHOOLS = (
    School("S1", "东校", Stage.PRIMARY),
    School("S2", "西校", Stage.PRIMARY),
)
SUBJECTS = (
    Subject("PE", "体育与健康", SubjectKind.PE),
    Subject("RUN", "大课间", SubjectKind.PE_ACTIVITY),
    Subject("CN", "语文", SubjectKind.CORE),
    Subject("SCI", "科学", SubjectKind.SCIENCE),
)
VENUES = (
    Venue("FIELD", "田径场", "S1", "field", False, "S1"),
    Venue("FAR", "分校操场", "S1B", "field", False, "S1"),
    Venue("LAB1", "实验室1", "S1", "lab", True, "S1"),
    Venue("LAB2", "实验室2", "S1", "lab", True, "S1"),
    Venue("PARK", "社区公园", "PARK", "public", False),
)
SITES = ("S1", "S2", "S1B", "PARK")
ROW_KINDS = (
    (RowKind.BIG_BREAK,),
    (RowKind.ACTIVITY, RowKind.LESSON),
    (RowKind.AFTER_SCHOOL, RowKind.ACTIVITY),
)
LENGTHS = (
    ("1/2",),
    ("1",),
    ("2",),
    ("3",),
    ("1", "1"),
    ("2", "2"),
    ("2", "1"),
    ("1", "1", "1/2"),
    ("1", "1", "1"),
    ("1", "1", "1", "1", "1"),
)


def some_of(values: Sequence[T], least: int = 0) -> st.SearchStrategy[tuple[T, ...]]:
    """Some of the values, each at most once."""
    few = st.lists(st.sampled_from(values), min_size=least, max_size=2, unique=True)
    return few.map(tuple)


def seldom(strategy: st.SearchStrategy[T]) -> st.SearchStrategy[T | None]:
    """None as often as not."""
    return st.one_of(st.none(), strategy)


@st.composite
def places(draw: st.DrawFn) -> dict[str, tuple[object, ...]]:
    """Zones and layouts of the venues, and who may use the park when."""
    caps = seldom(st.integers(20, 70))
    few = st.integers(1, 2)
    apart = seldom(st.integers(0, 2))
    zones = (
        Zone("Z1", "FIELD", draw(few), draw(caps), max_grades_apart=draw(apart)),
        Zone("Z2", "FIELD", draw(few), draw(caps)),
    )
    labs = draw(few)
    setup = st.sampled_from((0, 0, 15, 60))
    layouts = (
        Layout(
            *("L1", "FIELD", ("Z1",), ("PE", "RUN"), draw(few), draw(caps)),
            setup_minutes=draw(setup),
            not_for=draw(st.sampled_from(((), ("ball",)))),
        ),
        Layout(
            *("L2", "FIELD", ("Z2",), ("PE",), draw(few), None, draw(few)),
            grades=draw(st.sampled_from(((), (3,)))),
        ),
        Layout(
            *("L12", "FIELD", ("Z1", "Z2"), ("PE",), draw(few)),
            setup_minutes=draw(setup),
            max_grades_apart=draw(apart),
        ),
        Layout("LF", "FAR", ("FAR",), ("PE",), 1, None, 2),
        Layout("LP", "PARK", ("PARK",), ("PE",), draw(few), draw(caps)),
        Layout("LAB1", "LAB1", ("LAB1",), ("SCI", "*"), labs),
        Layout("LAB2", "LAB2", ("LAB2",), ("SCI", "*"), labs),
    )
    return {
        "venues": VENUES,
        "zones": zones,
        "layouts": layouts,
        "agreements": tuple(
            draw(agreements(school, day)) for school in ("S1", "S2") for day in (1, 2)
        ),
        "sites": tuple(
            SiteDistance(a, b, draw(st.sampled_from((10, 20, 30))))
            for a in SITES
            for b in SITES
            if a != b
        ),
        "venue_targets": draw(venue_targets()),
    }


@st.composite
def venue_targets(draw: st.DrawFn) -> tuple[VenueTarget, ...]:
    """A ceiling and a weight now and then, and a ceiling of one grade."""
    ceiling, weight = draw(st.integers(0, 2)), draw(st.integers(0, 3))
    return draw(
        some_of(
            (
                VenueTarget("FIELD", None, ceiling, weight),
                VenueTarget("PARK", 3, ceiling),
                VenueTarget("FIELD", 1, 1, weight),
                VenueTarget("LAB2", None, ceiling, weight),
            )
        )
    )


@st.composite
def agreements(draw: st.DrawFn, school_id: str, day: int) -> Agreement:
    """A school's window at the park on one day; now and then it ends in mid-term."""
    start, end = draw(st.sampled_from(((470, 700), (480, 570), (530, 800))))
    last = draw(st.sampled_from((TERM.last_day, TERM.last_day, dt.date(2026, 9, 20))))
    return Agreement(
        agreement_id=f"XY-{school_id}-{day}",
        venue_id="PARK",
        school_id=school_id,
        valid_from=TERM.first_day,
        valid_to=last,
        day=day,
        start=start,
        end=end,
        max_classes=draw(st.integers(1, 2)),
        walk_minutes=draw(st.sampled_from((0, 5, 10, 15))),
        walk_metres=draw(st.sampled_from((None, None, 200, 600))),
        max_pupils=draw(seldom(st.integers(20, 70))),
    )


@st.composite
def people(draw: st.DrawFn) -> dict[str, tuple[object, ...]]:
    """Two or three classes and two to four teachers."""
    class_ids = ("C1", "C2", "C3")[: draw(st.integers(2, 3))]
    teacher_ids = ("T1", "T2", "T3", "T4")[: draw(st.integers(2, 4))]
    classes = tuple(
        ClassGroup(
            name,
            draw(st.sampled_from(("S1", "S1", "S2"))),
            draw(st.sampled_from((1, 3))),
            f"{name}班",
            draw(st.integers(20, 45)),
            draw(st.sampled_from(("long", "long", "short"))),
        )
        for name in class_ids
    )
    teachers = tuple(
        Teacher(
            name,
            f"{name}老师",
            "S1",
            max_per_day=draw(seldom(st.integers(1, 3))),
            max_per_week=draw(seldom(st.integers(1, 4))),
            group=draw(st.sampled_from(("", "体育组"))),
        )
        for name in teacher_ids
    )
    return {"classes": classes, "teachers": teachers}


@st.composite
def requirements(
    draw: st.DrawFn, name: str, tables: dict[str, tuple[object, ...]], longest: int
) -> Requirement:
    """One requirement with up to ``longest`` lessons."""
    class_ids = [c.class_id for c in tables["classes"]]
    teacher_ids = [t.teacher_id for t in tables["teachers"]]
    subject_id = draw(st.sampled_from(("PE", "PE", "RUN", "CN", "SCI")))
    open_to = [x.layout_id for x in tables["layouts"] if x.allows(subject_id)]
    lengths = draw(st.sampled_from([x for x in LENGTHS if len(x) <= longest]))
    blocks = tuple(Fraction(x) for x in lengths)
    week = WeekRule.EVERY
    if Fraction(1, 2) not in blocks:
        week = draw(st.sampled_from((WeekRule.EVERY, WeekRule.EVERY, *WeekRule)))
    pool = draw(some_of(teacher_ids))
    return Requirement(
        requirement_id=name,
        class_ids=draw(some_of(class_ids, least=1)),
        subject_id=subject_id,
        per_week=sum(blocks) / (1 if week is WeekRule.EVERY else 2),
        teacher_ids=draw(some_of(teacher_ids, least=0 if pool else 1)),
        teacher_pool=pool,
        blocks=blocks,
        week=week,
        layouts=draw(some_of((*open_to, HOME))),
        slots=draw(st.sampled_from((SlotKind.LESSON, SlotKind.LESSON, *SlotKind))),
        max_per_day=draw(seldom(st.integers(1, 2))),
        escort_ids=draw(seldom(some_of(teacher_ids))) or (),
        row_kinds=draw(st.sampled_from(((), (), (), *ROW_KINDS))),
        pupils=draw(st.sampled_from((None, None, 12, 25))),
        tags=draw(st.sampled_from(((), (), ("ball",)))),
    )


def twin_of(requirement: Requirement, class_id: str) -> Requirement:
    """The same course, by the same teachers, for another class."""
    name = f"{requirement.requirement_id}-{class_id}"
    return replace(requirement, requirement_id=name, class_ids=(class_id,))


@st.composite
def unavailabilities(
    draw: st.DrawFn, tables: dict[str, tuple[object, ...]]
) -> Unavailability:
    """A row of unavailable.csv: a period, clock times or a whole day."""
    named = {
        ResourceKind.TEACHER: [t.teacher_id for t in tables["teachers"]],
        ResourceKind.CLASS: [c.class_id for c in tables["classes"]],
        ResourceKind.VENUE: [v.venue_id for v in tables["venues"]],
        ResourceKind.ZONE: ["Z1", "Z2", "PARK"],
        ResourceKind.GROUP: ["体育组"],
    }
    kind = draw(st.sampled_from(ResourceKind))
    when: dict[str, int] = draw(
        st.sampled_from(({}, {"period": 1}, {"period": 4}, {"start": 520, "end": 540}))
    )
    return Unavailability(
        kind,
        draw(st.sampled_from(named[kind])),
        draw(st.integers(1, 2)),
        week=draw(st.sampled_from(Week)),
        level=draw(st.sampled_from(Level)),
        **when,
    )


@st.composite
def problems(
    draw: st.DrawFn, most: int = 4, longest: int = 5, bells: tuple[Bell, ...] = BELLS
) -> Problem:
    """A small problem of ``most`` requirements with ``longest`` lessons at most."""
    tables = draw(people()) | draw(places())
    count = draw(st.integers(1, most))
    needed = [draw(requirements(f"R{k}", tables, longest)) for k in range(1, count + 1)]
    if count < most and draw(st.booleans()):
        class_id = draw(st.sampled_from(tables["classes"])).class_id
        needed.append(twin_of(needed[0], class_id))
    given = Problem(
        schools=SCHOOLS,
        bells=bells,
        subjects=SUBJECTS,
        requirements=tuple(needed),
        term=TERM,
        unavailable=tuple(draw(unavailabilities(tables)) for _ in range(4)),
        **tables,
    )
    return replace(given, fixed=draw(fixed_lessons(given)))


@st.composite
def fixed_lessons(draw: st.DrawFn, problem: Problem) -> tuple[FixedLesson, ...]:
    """Now and then one lesson is fixed, its week and layout open or not."""
    lesson = draw(seldom(st.sampled_from(problem.lessons)))
    options = list(candidates(problem, lesson)) if lesson else []
    if not options:
        return ()
    p = draw(st.sampled_from(options))
    week = draw(st.sampled_from((None, p.week)))
    layout_id = draw(st.sampled_from((None, p.layout_id)))
    r = lesson.requirement
    return (
        FixedLesson(r.requirement_id, lesson.index, p.day, p.period, week, layout_id),
    )


@st.composite
def any_placements(draw: st.DrawFn, problem: Problem, lesson: Lesson) -> Placement:
    """Anywhere: wrong rows, weeks, layouts, lengths; some of its people."""
    requirement = lesson.requirement
    row = draw(st.sampled_from(problem.bell_of(requirement).periods))
    named = dict.fromkeys(requirement.teacher_ids + requirement.teacher_pool)
    present = [t for t in named if draw(st.sampled_from((True, True, False)))]
    layouts = [x.layout_id for x in problem.layouts]
    return Placement(
        draw(st.sampled_from((*lesson.weeks, *lesson.weeks, *Week))),
        row.day,
        row.number,
        draw(st.sampled_from((*problem.allowed_layouts(requirement), *layouts, HOME))),
        tuple(present),
        draw(st.sampled_from((lesson.length, lesson.length, 1, 2, 3))),
    )


@st.composite
def any_timetables(draw: st.DrawFn, problem: Problem) -> Timetable:
    """Lessons anywhere, some nowhere."""
    placements = {
        lesson.lesson_id: draw(any_placements(problem, lesson))
        for lesson in problem.lessons
        if draw(st.integers(0, 6))
    }
    return Timetable(problem, placements)


@st.composite
def model_timetables(draw: st.DrawFn, problem: Problem) -> Timetable:
    """Lessons on placements that the solver knows of, some nowhere."""
    placements = {}
    for lesson in problem.lessons:
        options = list(candidates(problem, lesson))
        if options and draw(st.integers(0, 6)):
            placements[lesson.lesson_id] = draw(st.sampled_from(options))
    return Timetable(problem, placements)
