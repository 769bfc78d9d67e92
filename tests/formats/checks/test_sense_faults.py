"""What no single cell shows: one planted fault, exactly its own lines."""

import pytest

from scheduler.formats.problem.reading import read_problem
from tests.formats.primary_school import Folder

Edit = tuple[str | int, ...]
CASES: dict[str, tuple[list[Edit], list[str]]] = {
    "a period that ends before it starts": (
        [("put", "bells", 2, "end", "08:10")],
        [
            'bells row 2, end: "08:10" is not after the start '
            "08:20. Maybe start and end are swapped?",
        ],
    ),
    "periods that overlap": (
        [("put", "bells", 3, "start", "08:50")],
        [
            'bells row 3, start: "08:50" overlaps row 2, '
            "which ends at 09:00. Maybe one of the times is a slip?",
        ],
    ),
    "a lesson numbered out of order": (
        [("put", "bells", 20, "period", "11")],
        [
            'bells row 20, period: "11" is lesson 7 of the '
            "day by the clock. Maybe number it 7, and other rows after the "
            "lessons?",
        ],
    ),
    "a layout naming another venue's zone": (
        [("put", "layouts", 2, "zones", "Z-T;Z-GYM")],
        [
            'layouts row 2, zones: "Z-GYM" is a zone of '
            "V-GYM, not of V-FIELD. Maybe the venue is a slip?",
        ],
    ),
    "a layout for bad weather in the open": (
        [("put", "layouts", 2, "wet", "1")],
        [
            'layouts row 2, wet: "1" opens V-FIELD in bad weather, but '
            "it is not indoors. Maybe write 0, or 1 for the venue's indoor?",
        ],
    ),
    "a layout listed for a grade that it does not take": (
        [
            ("add", "layouts", "L-ROOF,V-HALL,Z-HALL,*,1,,"),
            ("put", "layouts", 17, "grades", "3;5"),
            ("put", "requirements", 2, "layouts", "L-ROOF"),
        ],
        [
            'requirements row 2, layouts: "L-ROOF" does not take grade 1. '
            "Maybe another layout, or change its grades or not_for?",
        ],
    ),
    "a layout listed for what it is not for": (
        [
            ("put", "layouts", 6, "not_for", "足球;篮球"),
            ("put", "requirements", 2, "subject_id", "PE"),
            ("put", "requirements", 2, "layouts", "L-GYM"),
            ("put", "requirements", 2, "tags", "球类;篮球"),
        ],
        [
            'requirements row 2, layouts: "L-GYM" does not take what is '
            'tagged "篮球". Maybe another layout, or change its grades or not_for?',
        ],
    ),
    "no layout left for what is tagged": (
        [
            ("put", "layouts", 10, "not_for", "打击乐"),
            ("put", "requirements", 15, "tags", "打击乐"),
        ],
        [
            'requirements row 15, layouts: "G6C01" leaves no place: '
            'L-MUS1 does not take what is tagged "打击乐", nor does any other layout. '
            "Maybe another layout, or change its grades or not_for?",
        ],
    ),
    "a zone with the id of an undivided venue": (
        [
            ("add", "zones", "V-PSY2,V-FIELD,1,"),
            ("add", "venues", "V-PSY2,心理室,S1,S1,room,1,"),
        ],
        [
            'zones row 15, zone_id: "V-PSY2" is the id of a '
            "venue without zones, which is its own zone. Maybe choose "
            "another id?",
        ],
    ),
    "reversed dates of an agreement": (
        [("put", "agreements", 2, "valid_to", "2026-08-01")],
        [
            'agreements row 2, valid_to: "2026-08-01" is '
            "before valid_from 2026-09-01. Maybe the two dates are "
            "swapped?",
        ],
    ),
    "reversed times of an agreement": (
        [("put", "agreements", 2, "end", "13:00")],
        [
            'agreements row 2, end: "13:00" is not after the '
            "start 13:50. Maybe start and end are swapped?",
        ],
    ),
    "overlapping windows of one school at one venue": (
        [("put", "agreements", 3, "day", "2")],
        [
            'agreements row 3, start: "13:50" overlaps the '
            "window of row 2. Maybe they are one window?",
        ],
    ),
    "an agreement that ended where nothing else is allowed": (
        [
            ("put", "agreements", 2, "valid_from", "2025-09-01"),
            ("put", "agreements", 2, "valid_to", "2026-01-22"),
            ("put", "agreements", 3, "valid_from", "2025-09-01"),
            ("put", "agreements", 3, "valid_to", "2026-01-22"),
        ],
        [
            'requirements row 6, layouts: "L-PARK1;L-PARK2" '
            "leaves only layouts whose agreement is not valid in the term. "
            "Maybe renew the agreement?",
            'requirements row 62, layouts: "L-PARK1;L-PARK2" '
            "leaves only layouts whose agreement is not valid in the term. "
            "Maybe renew the agreement?",
        ],
    ),
    "neither teacher nor pool": (
        [("put", "requirements", 2, "teacher_ids", "")],
        [
            "requirements row 2, teacher_ids: is empty, and "
            "so is teacher_pool; one of them is required. Maybe a teacher "
            "is still to be named?",
        ],
    ),
    "blocks that do not add up": (
        [("put", "requirements", 64, "blocks", "2;2;2")],
        [
            'requirements row 64, blocks: "2;2;2" adds up to '
            "6, not 5. Maybe per_week was changed?",
        ],
    ),
    "a half block in alternate weeks": (
        [("put", "requirements", 14, "blocks", "0.5")],
        [
            'requirements row 14, blocks: "0.5" holds 0.5, '
            "which week alternate does not allow. Maybe 1, or leave week "
            "empty?",
        ],
    ),
    "blocks of alternate weeks that do not add up to twice": (
        [("put", "requirements", 14, "blocks", "2")],
        [
            'requirements row 14, blocks: "2" adds up to 2, '
            "not 1 (twice per_week). Maybe per_week was changed?",
        ],
    ),
    "a block of one and a half": (
        [("put", "requirements", 64, "blocks", "2;1.5;1.5")],
        [
            'requirements row 64, blocks: "2;1.5;1.5" is not '
            "the length of a lesson. Maybe a whole number, or 0.5 for "
            "every other week?",
        ],
    ),
    "three quarters of a lesson": (
        [("put", "requirements", 2, "per_week", "0.75")],
        [
            'requirements row 2, per_week: "0.75" is not a '
            "positive multiple of 0.5. Maybe 4, or 0.5 for every other "
            "week?",
        ],
    ),
    "a block longer than any run of periods": (
        [("put", "requirements", 64, "blocks", "5")],
        [
            'requirements row 64, blocks: "5" holds a block '
            "of 5, but bell-high has no 5 periods in a row. Maybe split "
            "the block?",
        ],
    ),
    "a layout that does not allow the subject": (
        [("put", "requirements", 2, "layouts", "L-GYM")],
        [
            'requirements row 2, layouts: "L-GYM" does not '
            "allow the subject FA. Maybe add the subject to the layout?",
        ],
    ),
    "a layout at a venue without an agreement": (
        [("drop", "agreements", 3), ("drop", "agreements", 2)],
        [
            'requirements row 6, layouts: "L-PARK1" is at '
            "V-PARK, for which S1 has no agreement. Maybe an agreement is "
            "missing?",
            'requirements row 6, layouts: "L-PARK2" is at '
            "V-PARK, for which S1 has no agreement. Maybe an agreement is "
            "missing?",
            'requirements row 62, layouts: "L-PARK1" is at '
            "V-PARK, for which S1 has no agreement. Maybe an agreement is "
            "missing?",
            'requirements row 62, layouts: "L-PARK2" is at '
            "V-PARK, for which S1 has no agreement. Maybe an agreement is "
            "missing?",
        ],
    ),
    "more lessons than the bell has periods": (
        [("put", "requirements", 2, "per_week", "40")],
        [
            'classes row 2, class_id: "G1C01" needs 65 lesson '
            "periods a week, but bell-low has 28. Maybe per_week is a "
            "slip?",
            'teachers row 24, teacher_id: "T023" has 56 '
            "periods a week, but the bells have room for 33. Maybe "
            "per_week is a slip?",
        ],
    ),
    "more lessons than the teacher's week": (
        [("put", "teachers", 21, "max_per_week", "5")],
        [
            'teachers row 21, max_per_week: "5" is less than '
            "the 20 periods given. Maybe the limit or a requirement is a "
            "slip?",
        ],
    ),
    "more lessons than the teacher's days": (
        [("put", "teachers", 21, "max_per_day", "1")],
        [
            'teachers row 21, max_per_day: "1" on 5 days is '
            "less than the 20 periods given. Maybe the limit or a "
            "requirement is a slip?",
        ],
    ),
    "classes together without a common time": (
        [
            ("put", "requirements", 5, "class_ids", "G3C01;G1C01"),
            ("put", "requirements", 5, "slots", "activity"),
        ],
        [
            'requirements row 5, class_ids: "G3C01;G1C01" '
            "share no clock time in their bells. Maybe align the bells "
            "bell-high, bell-low?",
        ],
    ),
    "a fixed lesson beyond the last": (
        [("put", "fixed", 2, "index", "2")],
        [
            'fixed row 2, index: "2" is out of range: the '
            "requirement has 1 lessons. Maybe the blocks were changed?",
        ],
    ),
    "a fixed period the bell does not have": (
        [("put", "fixed", 2, "period", "17")],
        [
            'fixed row 2, period: "17" is not a period of '
            "bell-high on Monday. Maybe the day or the period is a slip?",
        ],
    ),
    "a lesson fixed at lunch": (
        [("put", "fixed", 2, "period", "9")],
        [
            'fixed row 2, period: "9" is a lunch row, not one '
            "for slots lesson. Maybe the day or the period is a slip?",
        ],
    ),
    "a fixed layout that is not allowed": (
        [("put", "fixed", 2, "layout_id", "L-GYM")],
        [
            'fixed row 2, layout_id: "L-GYM" is not allowed '
            "to the requirement. Maybe one of: home?",
        ],
    ),
    "a fixed week the lesson cannot have": (
        [("put", "fixed", 2, "week", "odd")],
        [
            'fixed row 2, week: "odd" is not a week this '
            "lesson can have. Maybe one of: every?",
        ],
    ),
    "unavailable by period and clock": (
        [("put", "unavailable", 2, "period", "1")],
        [
            'unavailable row 2, period: "1" is given beside '
            "start or end; only one of the two may be. Maybe empty start "
            "and end?",
        ],
    ),
    "unavailable without an end": (
        [("put", "unavailable", 2, "end", "")],
        [
            "unavailable row 2, end: is missing. Maybe fill in both start and end?",
        ],
    ),
    "unavailable backwards": (
        [("put", "unavailable", 2, "end", "07:00")],
        [
            'unavailable row 2, end: "07:00" is not after the '
            "start 08:00. Maybe start and end are swapped?",
        ],
    ),
    "a way between sites that is missing": (
        [("put", "venues", 3, "site_id", "GYM")],
        [
            'sites.csv: "S1 – GYM" is not listed, and class G1C01 may have '
            "to go there. Maybe add the minutes from door to door?",
        ],
    ),
    "invalid TOML": (
        [("replace", "term.toml", 'timezone = "Asia/Shanghai"', "timezone = Asia")],
        [
            "term.toml row 4: is not valid TOML (Invalid value). Maybe a "
            "quote or a bracket is missing?",
        ],
    ),
    "a reversed term": (
        [("replace", "term.toml", "last_day = 2027-01-22", "last_day = 2026-01-22")],
        [
            'term.toml, last_day: "2026-01-22" is before the '
            "first day 2026-09-01. Maybe the two dates are swapped?",
        ],
    ),
    "an unknown time zone": (
        [("replace", "term.toml", "Asia/Shanghai", "Asia/Shang")],
        [
            'term.toml, timezone: "Asia/Shang" is not a time '
            'zone. Maybe "Asia/Shanghai"?',
        ],
    ),
    "a make-up day that is closed": (
        [("replace", "term.toml", "date = 2026-10-10", "date = 2026-10-01")],
        [
            'term.toml, make_up 2: date: "2026-10-01" is a closed '
            "day (国庆节). Maybe one of the two is a slip?",
        ],
    ),
    "a make-up day outside the term": (
        [("replace", "term.toml", "date = 2026-10-10", "date = 2027-10-10")],
        [
            'term.toml, make_up 2: date: "2027-10-10" is outside '
            "the term (2026-09-01 to 2027-01-22). Maybe the year is a "
            "slip?",
        ],
    ),
    "reversed closed days": (
        [("replace", "term.toml", "to = 2026-10-07", "to = 2026-09-07")],
        [
            'term.toml, closed 2: to: "2026-09-07" is before '
            "2026-10-01. Maybe the two dates are swapped?",
        ],
    ),
    "a make-up day that acts as no weekday": (
        [("replace", "term.toml", "acts_as = 3", "acts_as = 9")],
        [
            'term.toml, make_up 2: acts_as: "9" is not a weekday. '
            "Maybe write 1 (Monday) to 7?",
        ],
    ),
    "settings of wrong types": (
        [
            (
                "overwrite",
                "rules.toml",
                '[A]\nenabled = 1\nlevel = "x"\nweight = -1\nok = 1979-01-01\n'
                "[B]\nweight = 3000000000\n",
            )
        ],
        [
            'rules.toml, A.ok: "1979-01-01" is no value.',
            'rules.toml, A.enabled: "1" is neither true nor false.',
            'rules.toml, A.level: "x" is neither hard nor soft.',
            'rules.toml, A.weight: "-1" is not a whole number from 0 to 10000000.',
            'rules.toml, B.weight: "3000000000" is not a whole number from 0 '
            "to 10000000.",
        ],
    ),
    "a setting outside any rule": (
        [("overwrite", "rules.toml", "A = 1\n")],
        [
            'rules.toml, A: "1" stands outside any rule. Maybe write it as [A]?',
        ],
    ),
    "invalid TOML in the rules": (
        [("overwrite", "rules.toml", "[A]\n[B\n")],
        [
            "rules.toml row 2: is not valid TOML (Expected ']' at the end "
            "of a table declaration). Maybe a quote or a bracket is "
            "missing?",
        ],
    ),
}


@pytest.mark.parametrize("claim", CASES)
def test_read_problem_with_one_senseless_entry_names_exactly_it(tmp_path, claim):
    folder = Folder(tmp_path)
    edits, lines = CASES[claim]
    for name, *values in edits:
        getattr(folder, str(name))(*values)

    assert folder.errors() == lines


def test_windows_at_once_may_open_different_zones_of_a_venue(tmp_path):
    made = Folder(tmp_path)
    made.put("agreements", 2, "zones", "Z-PARK1")
    row = dict(zip(*made.rows("agreements")[:2], strict=True))
    other = {**row, "agreement_id": "XY9", "zones": "Z-PARK2"}
    made.add("agreements", ",".join(other.values()))
    assert made.errors() == []

    made.put("agreements", 4, "zones", "Z-PARK1;Z-PARK2")
    (line,) = made.errors()
    assert 'row 4, start: "13:50" overlaps the window of row 2' in line


def test_agreement_opens_zones_of_its_own_venue(tmp_path):
    made = Folder(tmp_path)
    made.put("agreements", 2, "zones", "Z-GYM")
    (line,) = made.errors()

    assert 'zones: "Z-GYM" is a zone of V-GYM, not of V-PARK' in line


def test_place_may_be_kept_to_one_grade(tmp_path):
    made = Folder(tmp_path)
    made.put("zones", 2, "max_grades_apart", "0")
    made.put("layouts", 2, "max_grades_apart", "0")
    problem = read_problem(made.path).problem

    assert problem.zones[0].max_grades_apart == 0
    assert problem.layouts[0].max_grades_apart == 0


def test_big_break_shorter_than_half_an_hour_is_warned_of_once(tmp_path):
    made = Folder(tmp_path)
    rows = made.rows("bells")
    at = {name: rows[0].index(name) for name in rows[0]}
    for row in rows[1:]:
        if row[at["bell_id"]] == "bell-high" and row[at["kind"]] == "big_break":
            row[at["end"]] = "10:15"
    made.write("bells", rows)
    (line,) = made.warnings()

    assert line.startswith(
        'bells row 4, end: "10:15" makes 20 minutes of big break on Monday'
    )
