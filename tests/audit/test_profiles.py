"""Profiles: what they hold agrees with itself, and overrides are read or refused."""

from fractions import Fraction

import pytest

from scheduler.audit.standard import TOTAL, StandardKind
from scheduler.formats.profiles import profile_names, read_profile
from scheduler.model.errors import InputError

NATIONAL = read_profile()
GRADES = range(1, 10)


def reference(grade, code):
    rows = NATIONAL.standard.of_grade(grade)
    return next((r.reference for r in rows if r.code == code), Fraction())


@pytest.mark.parametrize("grade", GRADES)
def test_the_plan_of_a_grade_adds_up_to_its_weekly_total(grade):
    rows = NATIONAL.standard.of_grade(grade)
    plan = sum(r.reference for r in rows if r.kind is StandardKind.PLAN)
    assert (
        plan
        == reference(grade, TOTAL)
        == {1: 26, 2: 26}.get(grade, 34 if grade > 6 else 30)
    )


@pytest.mark.parametrize("grade", GRADES)
def test_groups_are_the_sums_of_their_members(grade):
    for row in NATIONAL.standard.of_grade(grade):
        if row.kind is StandardKind.GROUP:
            assert sum(reference(grade, c) for c in row.relatives) == row.reference


@pytest.mark.parametrize("share", NATIONAL.shares, ids=lambda s: s.name.en)
def test_shares_over_nine_years_are_within_the_national_range(share):
    weeks = {g: 33 if g == 9 else 35 for g in GRADES}
    total = sum(weeks[g] * reference(g, TOTAL) for g in GRADES)
    assert total == 9522
    have = sum(weeks[g] * reference(g, c) for g in GRADES for c in share.codes)
    assert share.low <= Fraction(round(1000 * have / total), 10) <= share.high


def test_every_value_has_its_source():
    names = {*NATIONAL.values.__slots__, *NATIONAL.lists.__slots__}
    assert names == set(NATIONAL.sources)
    assert all(s.source for s in NATIONAL.sources.values())


@pytest.mark.parametrize("name", profile_names())
def test_shipped_profiles_can_be_read(name):
    assert read_profile(name).id == name


@pytest.mark.parametrize(
    ("text", "column"),
    [
        ("[values]\npe_minuts = 3", "values.pe_minuts"),
        ('[values]\npe_minutes = "long"', "values.pe_minutes"),
        ("[values]\ndaily_pe = 1", "values.daily_pe"),
        ('[rules.A05]\nseverity = "X"', "rules.A05"),
    ],
)
def test_what_no_profile_has_is_refused_with_its_place(tmp_path, text, column):
    path = tmp_path / "own.toml"
    path.write_text(
        f'id = "own"\nversion = "1"\ntitle = {{ zh = "本区", en = "own" }}\n{text}\n',
        encoding="utf-8",
    )
    with pytest.raises(InputError) as refused:
        read_profile(str(path))
    assert [e.column for e in refused.value.errors] == [column]
