"""Hours that a class should have: by hand, and whatever a class has now."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.audit.inputs.school import AuditSchool
from scheduler.audit.remedy.wanted import wanted_hours
from scheduler.audit.ruling.rule import Case
from scheduler.audit.running.audit import audit
from scheduler.audit.running.catalogue import RULES
from scheduler.model.times import Week
from tests.audit.clean_school import (
    NAMES,
    PROFILE,
    changed,
    clean_school,
    lesson,
    renamed,
)

CLEAN = clean_school()
HOURS = [r for r in RULES if r.chapter == "A" and r.id not in ("A06", "A17")]
"""Rules that look at how many lessons there are, not at when."""
ROWS = 30


def _olympiad(x):
    return replace(x, code="", name="奥数") if x.code == "SCH" else x


def wanted(school: AuditSchool, key: str) -> dict[str, tuple[float, float]]:
    group = school.class_of[key]
    changes = wanted_hours(Case(school, PROFILE), group, ROWS)
    return {c.code or c.subject: (float(c.before), float(c.after)) for c in changes}


def test_a_class_that_keeps_the_plan_is_left_alone():
    assert [wanted(CLEAN, c.key) for c in CLEAN.classes] == [{}] * 24


@pytest.mark.parametrize(
    ("spoil", "changes"),
    [
        # 30 lessons stay 30: what comes on top is given by who has most too many.
        (renamed("IT", "MA"), {"IT": (0, 1), "MA": (5, 4)}),
        (renamed("PE", "CN", only=1), {"PE": (2, 3), "CN": (7, 6)}),
        (_olympiad, {"奥数": (1.5, 0), "SCH": (0, 1.5)}),
        # Calligraphy is one of the lessons of Chinese.
        (renamed("CAL", "CN"), {"CAL": (0, 1), "CN": (7, 6)}),
        (renamed("FA", "CN"), {"FA": (0, 2), "CN": (8, 6)}),
        # 27 lessons are filled up to the 30 of the plan.
        (
            lambda x: None if x.code in ("LAB", "SC") else x,
            {"LAB": (0, 1), "SC": (0, 2)},
        ),
    ],
)
def test_one_fault_is_mended_by_one_exchange(spoil, changes):
    assert wanted(changed(CLEAN, "G4C2", spoil), "G4C2") == changes


def test_grade_one_gives_up_english_for_what_the_plan_lacks():
    school = changed(CLEAN, "G1C1", renamed("SC", "FL"))
    assert wanted(school, "G1C1") == {"FL": (1, 0), "SC": (0, 1)}


def test_the_student_reader_comes_in_the_first_term_only():
    first = replace(CLEAN, term_number=1)
    assert wanted(first, "G5C1") == {"ME": (2, 1), "XJP": (0, 1)}
    assert wanted(replace(CLEAN, term_number=2), "G5C1") == {}


def test_a_filed_plan_of_concentrated_practice_needs_no_lesson():
    school = changed(CLEAN, "G4C2", renamed("CPA", "CN"))
    filed = replace(school, facts=replace(school.facts, filed=("CPA",)))
    assert "CPA" in wanted(school, "G4C2")
    assert "CPA" not in wanted(filed, "G4C2")


def test_every_change_says_by_which_rule_and_why():
    school = changed(CLEAN, "G4C2", renamed("IT", "MA"))
    group = school.class_of["G4C2"]
    more, less = wanted_hours(Case(school, PROFILE), group, ROWS)
    assert (more.rules, less.rules) == (("A09",), ("A01",))
    assert more.why.zh == "信息科技每周0节，应不少于1节"
    assert less.why.zh == "周总课时30节，为信息科技让出"


CODES = sorted({*NAMES} - {"PEA", "PSY", "CLS"})


@settings(max_examples=40, deadline=None)
@given(
    grade=st.integers(1, 6),
    names=st.lists(st.sampled_from([*CODES, "奥数", "自习"]), min_size=10, max_size=30),
    halves=st.lists(st.sampled_from(CODES), max_size=3),
)
def test_whatever_a_class_has_the_hours_wanted_pass_every_rule_of_hours(
    grade, names, halves
):
    key = f"G{grade}C1"
    slots = [(day, period) for day in range(1, 6) for period in range(1, 7)]
    rows = [_lesson(key, *slot, name) for slot, name in zip(slots, names, strict=False)]
    rest = slots[len(rows) :]
    rows += [
        replace(_lesson(key, *slot, name), week=Week.ODD)
        for slot, name in zip(rest, halves, strict=False)
    ]
    school = replace(
        CLEAN, classes=(CLEAN.class_of[key],), lessons=tuple(rows), term_number=2
    )
    assert not _broken(_after(school, key)), wanted(school, key)


CODE = {name: code for code, name in NAMES.items()}


def _lesson(key, day, period, code):
    if code in NAMES:
        return lesson(key, day, period, code)
    return replace(lesson(key, day, period, "SCH"), code="", name=code)


def _after(school: AuditSchool, key: str) -> AuditSchool:
    """The school with the hours wanted; when a lesson lies is all one to the rules."""
    halves: dict[str, Fraction] = {}
    for x in school.lessons:
        halves[x.name] = halves.get(x.name, Fraction()) + x.share
    for change in wanted_hours(Case(school, PROFILE), school.class_of[key], ROWS):
        halves[NAMES.get(change.code) or change.subject] = change.after
    rows = []
    for name, count in halves.items():
        for _ in range(int(2 * count)):
            slot = len(rows) // 2
            week = (Week.ODD, Week.EVEN)[len(rows) % 2]
            code = CODE.get(name, name)
            made = _lesson(key, slot // 6 + 1, slot % 6 + 1, code)
            rows.append(replace(made, week=week))
    return replace(school, lessons=tuple(rows))


def _broken(school: AuditSchool) -> list[str]:
    """Rules broken; the class meeting may alternate with another course (A14)."""
    found = audit([school], PROFILE, HOURS).findings
    return [f"{r.rule.id} {f.text.zh}" for r, f in found if r.rule.id != "A14"]
