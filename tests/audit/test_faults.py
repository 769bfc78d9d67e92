"""Faults put into a clean timetable of 24 classes are found; the clean one has none."""

import datetime as dt
import re
from dataclasses import replace

import pytest

from scheduler.audit.inputs.school import (
    Delivery,
    Difference,
    Facts,
    ResearchTime,
    Staff,
    Use,
)
from scheduler.audit.running.audit import Outcome, audit
from scheduler.audit.running.catalogue import RULE, RULES
from scheduler.model.term import ClosedDays, Term
from scheduler.model.text import Text
from scheduler.model.times import RowKind, Week
from tests.audit.clean_school import (
    PROFILE,
    ROWS,
    changed,
    clean_school,
    day_bell,
    lesson,
    renamed,
)

CLEAN = clean_school()
START = dt.date(2026, 9, 1)
TERM = Term(
    "2026-2027学年第一学期", START, dt.date(2027, 1, 22), "Asia/Shanghai", START
)
KEY = "G4C2"
FOUR = ("CN", "ME", "MUS", "LAB")
SHORT = ROWS
for _old, _new in (
    ("08:20-09:00", "08:20-08:50"),
    ("09:15-09:55", "09:15-09:45"),
    ("10:35-11:15", "10:35-11:05"),
    ("11:30-12:10", "11:30-12:00"),
    ("14:00-14:40", "14:00-14:30"),
    ("14:55-15:35", "14:55-15:25"),
):
    SHORT = SHORT.replace(_old, _new)


def drop(code):
    return lambda x: None if x.code == code else x


def log(planned="PE", given="MA", count=1, weeks=1, rest=0, **more):
    """``count`` lessons a week given to another course, ``rest`` as planned."""
    rows = []
    for n in range(weeks):
        monday = dt.date(2026, 9, 7) + dt.timedelta(weeks=n)
        for k in range(count + rest):
            rows.append(
                Delivery(
                    monday + dt.timedelta(days=k),
                    KEY,
                    2,
                    planned,
                    given if k < count else planned,
                    **more,
                )
            )
    return tuple(rows)


def with_bell(old, new):
    return lambda s: replace(
        s,
        classes=tuple(
            replace(c, bell=day_bell(ROWS.replace(old, new))) for c in s.classes
        ),
        lessons=tuple(
            replace(x, start=500 - 10) if old == "08:20-09:00" and x.period == 1 else x
            for x in s.lessons
        ),
    )


def on(change, key=KEY):
    return lambda s: changed(s, key, change)


def facts(**more):
    return lambda s: replace(s, facts=Facts(**more), term=TERM)


def extra(*rows):
    return lambda s: replace(s, lessons=(*s.lessons, *rows))


def same_teacher(s):
    """The maths teacher of 4(2) gives a lesson of 4(1) at the same time."""
    mine = next(x for x in s.lessons if x.classes == (KEY,) and x.code == "MA")
    there = next(
        x
        for x in s.lessons
        if x.classes == ("G4C1",) and (x.day, x.period) == (mine.day, mine.period)
    )
    lessons = [
        replace(x, teachers=mine.teachers) if x is there else x for x in s.lessons
    ]
    return replace(s, lessons=tuple(lessons))


FAULTS = {
    # rule, what is done, class, measured, demanded
    "an hour too many in every day": (
        "A01",
        extra(*(lesson(KEY, d, 6, "MA") for d in (1, 2))),
        "四(2)班",
        "32",
        "30",
    ),
    "no science": ("A02", on(drop("SC")), "四(2)班", "0", "2"),
    "one lesson of morality": (
        "A03",
        on(renamed("ME", "CN", only=1)),
        "四(2)班",
        "1",
        "2",
    ),
    "nine of Chinese": ("A04", on(renamed("FA", "CN")), "四(2)班", "9", "8"),
    "two of PE": ("A05", on(renamed("PE", "MA", only=1)), "四(2)班", "2", "3"),
    "a day without PE": ("A06", on(drop("PEA")), "四(2)班", "3", "5"),
    "no labour": ("A07", on(drop("LAB")), "四(2)班", "0", "1"),
    "no comprehensive practice": ("A08", on(drop("CPA")), "四(2)班", "0", "1"),
    "no IT": ("A09", on(drop("IT")), "四(2)班", "0", "1"),
    "no psychology": ("A10", on(drop("PSY")), "四(2)班", "0", "0.5"),
    "one of music": ("A11", on(renamed("MUS", "FL", only=1)), "四(2)班", "3", "4"),
    "no early science": ("A12", on(drop("SC"), "G1C3"), "一(3)班", "0", "1"),
    "no calligraphy": ("A13", on(drop("CAL")), "四(2)班", "0", "1"),
    "no class meeting": ("A14", on(drop("CLS")), "四(2)班", "0", "1"),
    "no student reader": (
        "A15",
        lambda s: replace(s, term=TERM, term_number=1),
        "三(1)班",
        "0",
        "1",
    ),
    "too many school courses": (
        "A16",
        on(renamed("FL", "SCH")),
        "四(2)班",
        "7",
        "6",
    ),
    "olympiad maths": (
        "A18",
        on(renamed("SCH", "SCH", "奥数", 1)),
        "四(2)班",
        "1",
        "0",
    ),
    "English in grade 1": (
        "A19",
        on(renamed("ME", "FL", only=1), "G1C1"),
        "一(1)班",
        "1",
        "0",
    ),
    "an obsolete name": (
        "B01",
        on(renamed("ME", "ME", "品德与社会")),
        "四(2)班",
        "品德与社会",
        "道德与法治",
    ),
    "a bare school course": (
        "B02",
        on(renamed("SCH", "SCH", "校本", 1)),
        "四(2)班",
        "校本",
        "校本/课程名称",
    ),
    "two names of PE": (
        "B03",
        on(renamed("PE", "PE", "体育")),
        "",
        "体育、体育与健康",
        "体育与健康",
    ),
    "no term on a sheet": (
        "B04",
        lambda s: replace(
            s,
            classes=tuple(
                replace(c, shown=c.shown - {"term"}) if c.key == KEY else c
                for c in s.classes
            ),
        ),
        "四(2)班",
        "0",
        "term",
    ),
    "published late": ("B05", facts(published_on=dt.date(2026, 9, 20)), "", "19", "14"),
    "a start at eight": (
        "C01",
        with_bell("08:20-09:00", "08:00-08:40"),
        "",
        "08:00",
        "08:20",
    ),
    "a break of nine": ("C03", with_bell("14:55-15:35", "14:49-15:29"), "", "9", "10"),
    "a big break of 25": (
        "C04",
        lambda s: replace(
            s,
            classes=tuple(
                replace(
                    c,
                    bell=day_bell(
                        ROWS.replace("09:55-10:35", "10:00-10:25").replace(
                            "15:35-16:15", "15:40-16:00"
                        )
                    ),
                )
                for c in s.classes
            ),
        ),
        "",
        "25",
        "30",
    ),
    "one eye exercise": (
        "C05",
        with_bell("15 break 14:40-14:45", "19 break 14:40-14:45"),
        "",
        "1",
        "2",
    ),
    "no PE on a day": ("C06", on(drop("PEA")), "四(2)班", "80", "120"),
    "PE before lunch": (
        "C08",
        extra(lesson(KEY, 5, 4, "PE")),
        "四(2)班",
        "0",
        "30",
    ),
    "three of maths on a day": (
        "C09",
        extra(*(lesson(KEY, 1, p, "IT") for p in (1, 3, 5))),
        "四(2)班",
        "3",
        "2",
    ),
    "maths after school": (
        "C11",
        extra(lesson(KEY, 1, 18, "MA")),
        "四(2)班",
        "数学",
        "",
    ),
    "a teacher in two places": ("D01", same_teacher, "四(1)班", "2", "1"),
    "two classes in one room": (
        "D02",
        extra(
            lesson("G5C1", 1, 1, "MUS", place="音乐教室"),
            lesson("G5C2", 1, 1, "MUS", place="音乐教室"),
        ),
        "",
        "2",
        "1",
    ),
    "a lesson in research time": (
        "D10",
        facts(research=tuple(ResearchTime("IT", d, 0, 1440) for d in range(1, 6))),
        "四(2)班",
        "1",
        "0",
    ),
    "another timetable on the wall": (
        "E01",
        lambda s: replace(
            s, sources=2, differences=(Difference(KEY, 1, 2, Text("甲", "a"), "PE"),)
        ),
        "四(2)班",
        "2",
        "1",
    ),
    "a third of PE not given": (
        "E02",
        lambda s: replace(s, delivered=log(weeks=4, rest=2)),
        "四(2)班",
        "66.7",
        "90",
    ),
    "PE lost to maths": (
        "E03",
        lambda s: replace(
            s,
            delivered=(*log(), Delivery(dt.date(2026, 10, 30), KEY, 1, "CN", "CN")),
        ),
        "四(2)班",
        "MA",
        "PE",
    ),
    "maths gains three": (
        "E04",
        lambda s: replace(s, delivered=log(count=3)),
        "四(2)班",
        "3",
        "2",
    ),
    "a change without a form": (
        "E05",
        lambda s: replace(s, delivered=log(form="")),
        "四(2)班",
        "",
        "form",
    ),
    "lessons of half an hour": (
        "C02",
        lambda s: replace(
            s,
            classes=tuple(
                replace(c, bell=day_bell(SHORT)) if c.key == KEY else c
                for c in s.classes
            ),
            lessons=tuple(
                replace(x, end=x.start + 30) if x.classes == (KEY,) else x
                for x in s.lessons
            ),
        ),
        "四(2)班",
        "30",
        "40",
    ),
    "seven lessons in grade 1": (
        "C07",
        extra(
            *(lesson("G1C1", 1, p, "CN") for p in (1, 2, 3, 4, 5, 6)),
            lesson("G1C1", 1, 17, "CN", use=Use.LESSON, row=RowKind.LESSON),
        ),
        "一(1)班",
        "280",
        "240",
    ),
    "maths always first": (
        "C10",
        lambda s: extra(*(lesson(KEY, d, 1, "MA") for d in range(1, 6)))(
            changed(s, KEY, drop("MA"))
        ),
        "四(2)班",
        "5",
        "3",
    ),
    "a teacher of thirty lessons": (
        "D07",
        on(lambda x: replace(x, teachers=("张敏",))),
        "",
        "30",
        "19.6",
    ),
    "a teacher of four subjects": (
        "D08",
        on(lambda x: replace(x, teachers=("张敏",)) if x.code in FOUR else x),
        "",
        "4",
        "3",
    ),
    "maths and labour in one hand": (
        "D09",
        on(lambda x: replace(x, teachers=("张敏",)) if x.code in ("MA", "LAB") else x),
        "四(2)班",
        "1",
        "0",
    ),
    "a group that never meets": (
        "D11",
        lambda s: replace(
            s,
            lessons=tuple(
                replace(x, teachers=(f"T{x.period}",)) if x.classes == (KEY,) else x
                for x in s.lessons
            ),
            staff=tuple(
                Staff(f"T{n}", f"T{n}", ("CN",), group="语文") for n in range(1, 7)
            ),
        ),
        "",
        "0",
        "1",
    ),
    "music by a teacher of maths": (
        "D12",
        lambda s: replace(
            changed(
                s, KEY, lambda x: replace(x, teachers=("T",)) if x.code == "IT" else x
            ),
            staff=(Staff("T", "张敏", ("MA",)),),
        ),
        "",
        "6.2",
        "0",
    ),
    "PE lost at the end of term": (
        "E06",
        lambda s: replace(
            s,
            term=TERM,
            delivered=tuple(
                replace(d, date=dt.date(2027, 1, 11) + dt.timedelta(days=n))
                for n, d in enumerate(log(count=3))
            ),
        ),
        "",
        "3",
        "0",
    ),
    "PE given away by one": (
        "E07",
        lambda s: replace(s, delivered=log(count=3)),
        "",
        "3",
        "2",
    ),
    "one PE teacher for 960 pupils": (
        "F01",
        lambda s: replace(s, staff=(Staff("T", "张敏", ("PE",)),)),
        "",
        "0.10",
        "0.9",
    ),
    "one teacher of IT": (
        "F04",
        lambda s: replace(s, staff=(Staff("T", "张敏", ("MUS",)),)),
        "",
        "266.7",
        "120",
    ),
    "a retirement": (
        "F06",
        lambda s: replace(
            s,
            staff=tuple(Staff(f"T{n}", f"T{n}", ("MUS",)) for n in range(3)),
            facts=Facts(retiring=(("MUS", 1),)),
        ),
        "",
        "48",
        "36",
    ),
    "a crowd of 46": (
        "F02",
        lambda s: replace(
            s,
            classes=tuple(
                replace(c, size=46) if c.key == KEY else c for c in s.classes
            ),
        ),
        "四(2)班",
        "46",
        "45",
    ),
    "a single lesson on Fridays": (
        "C12",
        lambda s: replace(
            s,
            term=replace(
                TERM,
                closed=tuple(
                    ClosedDays(
                        START + dt.timedelta(days=n), START + dt.timedelta(days=n)
                    )
                    for n in range(3, 24, 7)
                ),
            ),
        ),
        "",
        "3",
        "2",
    ),
}


def found(school, rule=None):
    rules = [RULE[rule]] if rule else RULES
    return [(r.rule.id, f) for r, f in audit([school], PROFILE, rules).findings]


def test_the_clean_school_raises_no_alarm():
    assert [(r, f.text.zh) for r, f in found(CLEAN)] == []


@pytest.mark.parametrize("fault", FAULTS)
def test_a_seeded_fault_is_found_with_its_numbers(fault):
    rule, spoil, name, measured, demanded = FAULTS[fault]
    hits = [
        f
        for _rule, f in found(spoil(CLEAN), rule)
        if not name or (f.group and f.group.name == name)
    ]
    assert (measured, demanded) in [(f.measured, f.demanded) for f in hits], [
        (f.text.zh, f.measured, f.demanded) for f in hits
    ]


def test_more_than_thirty_kinds_of_faults_are_tried():
    assert len({x[0] for x in FAULTS.values()}) >= 30


def test_rules_are_those_of_the_regulations():
    ids = [
        f"{letter}{n:02d}"
        for letter, count in zip("ABCDEF", (19, 5, 12, 12, 7, 6), strict=True)
        for n in range(1, count + 1)
    ]
    assert [r.id for r in RULES] == ids


@pytest.mark.parametrize("rule", RULES, ids=lambda r: r.id)
def test_the_source_of_a_rule_names_documents_not_where_we_noted_them(rule):
    assert not re.search(r"regulation|csv|\bS\d|section", rule.source)
    assert re.search(r"[\u4e00-\u9fff]{2}", rule.source)


def test_no_rule_is_met_without_data():
    empty = replace(
        CLEAN,
        lessons=(),
        classes=tuple(
            replace(c, bell=None, size=None, shown=None) for c in CLEAN.classes
        ),
    )
    assert audit([empty], PROFILE).count(Outcome.MET) == 0


def test_cells_that_cannot_be_read_leave_a_shortage_unproven():
    school = changed(
        CLEAN, KEY, lambda x: replace(x, code="", sure=False) if x.code == "IT" else x
    )
    result = next(r for r in audit([school], PROFILE).results if r.rule.id == "A09")
    assert [x.group.key for x in result.unchecked] == [KEY]
    assert result.found == ()


def test_a_half_is_half_a_lesson():
    school = changed(
        CLEAN, KEY, lambda x: replace(x, week=Week.ODD) if x.code == "IT" else x
    )
    (item,) = found(school, "A09")
    assert (item[1].measured, item[1].demanded) == ("0.5", "1")
