"""Small valid problems with odd names and ids, for round trips."""

import datetime as dt
from fractions import Fraction

from hypothesis import strategies as st

from scheduler.model.activities import Activity, ActivityKind, Waves
from scheduler.model.closures import (
    Booking,
    Calendar,
    Closure,
    ClosureKind,
    Replacement,
)
from scheduler.model.expansion import with_activities
from scheduler.model.limits import Limit, LimitKind, LimitOn
from scheduler.model.problem import Problem
from scheduler.model.relations import Relation, RelationKind
from scheduler.model.requirements import HOME, FixedLesson, Requirement, WeekRule
from scheduler.model.resources import (
    ClassGroup,
    Level,
    Post,
    ResourceKind,
    School,
    Stage,
    Subject,
    SubjectKind,
    Teacher,
    Unavailability,
)
from scheduler.model.settings import RuleSetting
from scheduler.model.term import ClosedDays, MakeUpDay, Term
from scheduler.model.times import Bell, Period, RowKind, Week
from scheduler.model.venues import (
    Agreement,
    Layout,
    SiteDistance,
    Venue,
    VenueTarget,
    Zone,
)

ODD = (
    *("007", "=1+1", "+1", "-1", "@x", "1e5", "TRUE", "#N/A", "3.0", "2026-09-01"),
    *(
        '"',
        '""',
        "'",
        "a,b",
        "三(2)班",
        "第1节",
        "１２",
        "（一）",
        "a b",
        "08:30",
        "\\",
    ),
    *(
        "x\ny",
        "=HYPERLINK(1)",
        "\tx",
        " x ",
        "_x0041_",
        "<b>&amp;",
        "𠮷",
        "é",
        "e\u0301",
    ),
)
_LETTERS = st.text("aZ09=+-@,\"' 体育．、&<", min_size=1, max_size=6)
NAMES = (st.sampled_from(ODD) | _LETTERS).filter(str.strip)
NOTES = st.just("") | NAMES
IDS = NAMES.map(str.strip).filter(
    lambda x: not set(x) & set("#;*\n１２（）．") and x != HOME
)
_TAGS = IDS.filter(lambda x: "、" not in x)


def _table_ids(count: int) -> st.SearchStrategy[list[str]]:
    return st.lists(IDS, min_size=count, max_size=count, unique=True)


_SOURCES = ("park.ics", "日历/公园.ics", "https://example.org/park.ics?key=1")
_SETTINGS = st.recursive(
    st.booleans()
    | st.integers(-(10**9), 10**9)
    | st.floats(allow_nan=False)
    | st.text(st.characters(codec="utf-8"), max_size=5),
    lambda inner: st.lists(inner, max_size=3).map(tuple),
    max_leaves=3,
)
_RULES = st.lists(
    st.builds(
        RuleSetting,
        st.sampled_from(("SpreadLessons", "Odd-Name_1", "规则")),
        st.none() | st.booleans(),
        st.none() | st.sampled_from(Level),
        st.none() | st.integers(0, 99),
        st.lists(
            st.tuples(st.sampled_from(("limit", "days of", "键")), _SETTINGS),
            max_size=2,
            unique_by=lambda pair: pair[0],
        ).map(tuple),
    ),
    max_size=2,
    unique_by=lambda setting: setting.name,
).map(tuple)


@st.composite
def problems(draw: st.DrawFn) -> Problem:
    """Two classes, one divided field, a park under an agreement; all tables used."""
    school, other = draw(_table_ids(2))
    bell_id = draw(IDS)
    classes, subjects = draw(_table_ids(2)), draw(_table_ids(2))
    teachers, venues = draw(_table_ids(3)), draw(_table_ids(2))
    zones = draw(_table_ids(2).filter(lambda names: not set(names) & set(venues)))
    layouts, requirements = draw(_table_ids(2)), draw(_table_ids(2))
    clubs = draw(st.integers(0, 2))
    tags = tuple(draw(st.lists(_TAGS, min_size=2, max_size=2, unique=True)))
    unstaffed = draw(_BOOLS)
    rows = draw(_table_ids(3))
    grades = [draw(st.integers(1, 9)) for _ in classes]
    first = dt.date(2026, 9, 1)
    bell = Bell(
        bell_id,
        tuple(
            Period(day, number, kind, 480 + 50 * row, 520 + 50 * row, draw(NOTES))
            for day in (1, 2)
            for row, (number, kind) in enumerate(
                ((1, RowKind.LESSON), (9, RowKind.BREAK), (2, RowKind.LESSON))
            )
        ),
    )
    given = Problem(
        schools=(
            School(school, draw(NAMES), draw(st.sampled_from(Stage)), site_id=school),
            School(other, draw(NAMES), Stage.JUNIOR, draw(st.just("") | IDS)),
        ),
        bells=(bell,),
        classes=tuple(
            ClassGroup(c, school, grade, draw(NAMES), 40, bell_id)
            for c, grade in zip(classes, grades, strict=True)
        ),
        subjects=tuple(
            Subject(s, draw(NAMES), SubjectKind.PE, draw(NOTES), outdoor=draw(_BOOLS))
            for s in subjects
        ),
        teachers=tuple(
            Teacher(
                *(t, draw(NAMES), school, tuple(draw(st.permutations(subjects)))),
                *(draw(st.none() | st.integers(2, 9)), None),
                *(draw(st.sampled_from(Post)), draw(NOTES)),
            )
            for t in teachers
        ),
        requirements=(
            Requirement(
                *(requirements[0], tuple(classes), subjects[0], Fraction(3, 2)),
                *((teachers[0],), tuple(teachers[1:]), (Fraction(1), Fraction(1, 2))),
                layouts=(layouts[0], HOME),
                max_per_day=1,
                escort_ids=(teachers[2],),
                tags=tags,
            ),
            Requirement(
                *(requirements[1], (classes[0],), subjects[1], Fraction(1, 2)),
                teacher_ids=() if unstaffed else (teachers[0],),
                no_teacher=unstaffed,
                week=draw(st.sampled_from((WeekRule.ODD, WeekRule.ALTERNATE))),
            ),
        ),
        term=Term(
            draw(NOTES),
            first,
            dt.date(2027, 1, 22),
            "Asia/Shanghai",
            first,
            draw(st.sampled_from((Week.ODD, Week.EVEN))),
            (
                ClosedDays(dt.date(2026, 10, 1), dt.date(2026, 10, 7), draw(NOTES)),
                ClosedDays(dt.date(2027, 1, 1), dt.date(2027, 1, 1), draw(NOTES)),
            ),
            (MakeUpDay(dt.date(2026, 10, 10), 3, Week.EVEN, draw(NOTES)),),
        ),
        venues=(
            Venue(venues[0], draw(NAMES), school, draw(NAMES), False, school, 5000),
            Venue(
                *(venues[1], draw(NAMES), draw(IDS), "public", draw(_BOOLS)),
                address=draw(NOTES),
            ),
        ),
        zones=tuple(
            Zone(z, venues[0], 2, *(draw(st.none() | _CAPS) for _ in range(3)))
            for z in zones
        ),
        layouts=(
            Layout(
                *(layouts[0], venues[0], tuple(zones), (subjects[0],), 2, None, 1),
                setup_minutes=draw(_CAPS),
                grades=draw(st.sampled_from(((), tuple(dict.fromkeys(grades))))),
                not_for=("球类", "跑步")[: 2 * bool(clubs)],
                max_grades_apart=draw(st.none() | _CAPS),
            ),
            Layout(layouts[1], venues[1], (venues[1],), ("*",), 1, draw(_CAPS)),
        ),
        agreements=(
            Agreement(
                *(draw(IDS), venues[1], school, first, dt.date(2027, 1, 22)),
                *(1, 480, 620, 1, 10, None, 2, 3),
                *((dt.date(2026, 11, 2),), draw(NOTES)),
                *(draw(st.none() | _CAPS), draw(st.none() | _CAPS), draw(NOTES)),
                *(draw(st.none() | _BOOLS), draw(NOTES), draw(NOTES)),
            ),
        ),
        sites=(SiteDistance(school, other, draw(st.integers(0, 99))),),
        venue_targets=(
            VenueTarget(venues[0], None, draw(_CAPS), draw(st.integers(0, 3))),
            VenueTarget(venues[0], grades[0], 0),
        ),
        unavailable=(
            Unavailability(ResourceKind.TEACHER, teachers[2], 2, period=2),
            Unavailability(
                *(ResourceKind.ZONE, venues[1], 1, None, 480, 500, Week.ODD),
                *(Level.SOFT, draw(NOTES)),
            ),
        ),
        fixed=(FixedLesson(requirements[0], 1, 1, 2, Week.EVERY, layouts[0]),),
        rules=draw(_RULES),
        limits=(
            Limit(
                *(rows[0], LimitKind.MAX_DAYS_WITHIN, LimitOn.TEACHER, 0),
                *(tuple(teachers[:2]), 480, draw(st.integers(481, 1440)), tags),
                *(draw(st.sampled_from(Level)), draw(_CAPS), draw(NOTES)),
            ),
            Limit(rows[1], LimitKind.MIN_DAYS, LimitOn.CLASS, 1, (classes[1],)),
        ),
        relations=(
            Relation(
                *(rows[0], RelationKind.MAX_AT_ONCE),
                *((f"{requirements[1]}#1", requirements[0]), draw(_CAPS)),
                *(((1, 2), (2, 9)), (), draw(st.sampled_from(Level)), draw(_CAPS)),
            ),
            Relation(
                *(rows[2], RelationKind.IN_LAYOUTS, (requirements[0],), None, ()),
                *((HOME, layouts[0]), Level.SOFT, 3, draw(NOTES)),
            ),
        ),
        activities=tuple(
            Activity(
                *(
                    f"{name}-{draw(IDS)}",
                    draw(NAMES),
                    ActivityKind.CLUB,
                    tuple(classes),
                ),
                *(Fraction(1, 2), 7, subjects[0], 1, (RowKind.LESSON,)),
                *((), (teachers[1], teachers[2]), (HOME, layouts[0])),
                *(draw(st.sampled_from(Waves)), draw(st.none() | _BOOLS)),
                tags=("球类", "跑步"),
            )
            for name in ("HD1", "HD2")[:clubs]
        ),
        closures=(
            Closure(rows[0], ClosureKind.SCHOOL, other, dt.date(2026, 10, 26)),
            Closure(
                *(rows[1], ClosureKind.ZONE, zones[0], dt.date(2026, 11, 2)),
                *(dt.date(2026, 11, 3), 480, 600, draw(NOTES), draw(NOTES)),
            ),
        ),
        calendars=(
            Calendar(
                *(rows[0], venues[0], draw(st.sampled_from(_SOURCES))),
                *(draw(st.sampled_from(("", zones[1]))), draw(NOTES)),
            ),
        ),
        bookings=(
            Booking(rows[0], dt.date(2026, 11, 5), 0, 1440, draw(NOTES)),
            Booking(rows[0], dt.date(2026, 11, 6), 600, 660),
        ),
        replacements=(
            Replacement(dt.date(2026, 11, 2), f"{requirements[0]}#2", HOME),
            Replacement(
                *(dt.date(2026, 11, 2), f"{requirements[0]}#1", layouts[0]),
                draw(NOTES),
            ),
        ),
    )
    return with_activities(given)


_BOOLS = st.booleans()
_CAPS = st.integers(1, 2000)
