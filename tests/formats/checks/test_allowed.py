"""What the contract allows must pass; what is probably a mistake is a warning."""

import pytest

from scheduler.formats.problem.reading import read_problem
from scheduler.formats.tables.declared.problem_tables import FOLDER_TABLES
from tests.formats.primary_school import Folder

Edit = tuple[str | int, ...]
LATE = "2026-12-01"
WARNINGS: dict[str, tuple[list[Edit], list[str]]] = {
    "closed days outside the term": (
        [("replace", "term.toml", "date = 2027-01-01", "date = 2027-02-17")],
        [
            'term.toml, closed 3: date: "2027-02-17" is outside the term '
            "and has no effect.",
        ],
    ),
    "an agreement that ends within the term": (
        [("put", "agreements", 2, "valid_to", LATE)],
        [
            'agreements row 2, valid_to: "2026-12-01" does not cover '
            "the term; weekly lessons cannot use it. Maybe the agreement is to be "
            "renewed?",
        ],
    ),
    "an agreement that ended before the term": (
        [
            ("put", "agreements", 2, "valid_from", "2025-09-01"),
            ("put", "agreements", 2, "valid_to", "2026-07-01"),
        ],
        [
            'agreements row 2, valid_to: "2026-07-01" leaves no day of '
            "the term (2026-09-01 to 2027-01-22); the agreement has no effect. Maybe "
            "the agreement is to be renewed?",
        ],
    ),
    "an agreement for the school's own venue": (
        [("put", "agreements", 2, "venue_id", "V-HALL")],
        [
            'agreements row 2, venue_id: "V-HALL" belongs to the school '
            "itself, which needs no agreement.",
        ],
    ),
    "a window without a whole period": (
        [
            ("put", "agreements", 2, "start", "12:30"),
            ("put", "agreements", 2, "end", "13:30"),
        ],
        [
            'agreements row 2, start: "12:30" begins a window '
            "(12:30–13:30) without a whole period of the school. Maybe the day or a "
            "time is a slip?",
        ],
    ),
    "a period that no bell has": (
        [("put", "unavailable", 8, "period", "17")],
        [
            'unavailable row 8, period: "17" is no period of that day; no effect.',
        ],
    ),
    "a restriction on what is not there": (
        [
            ("put", "layouts", 6, "grades", "1;2;3;4;5;6;9"),
            ("put", "layouts", 6, "not_for", "球"),
        ],
        [
            'layouts row 6, grades: "9" has no classes. Maybe another grade is meant?',
            'layouts row 6, not_for: "球" is the tag of no requirement. '
            "Maybe the tag was renamed?",
        ],
    ),
    "a way to a site of nobody": (
        [("add", "sites", "S1,MOON,20")],
        [
            'sites row 3, to_site: "MOON" is the site of no school or venue.',
        ],
    ),
}
ALLOWED: dict[str, list[Edit]] = {
    "rows of a bell in any order": [
        ("add", "bells", "bell-high,6,2,lesson,09:00,09:40,"),
        ("add", "bells", "bell-high,6,1,lesson,08:00,08:40,"),
    ],
    "a whole day unavailable": [("add", "unavailable", "teacher,T001,3,,,,,,")],
    "a zone of an undivided venue": [
        ("add", "venues", "V-NEW,新场地,S1,S1,court,0,"),
        ("add", "layouts", "L-NEW,V-NEW,V-NEW,*,1,,"),
        ("add", "unavailable", "zone,V-NEW,3,1,,,odd,soft,"),
    ],
    "a teacher's limit that rules.toml turns into a wish": [
        ("put", "teachers", 21, "max_per_week", "5"),
        ("overwrite", "rules.toml", '[LimitTeacherLoad]\nlevel = "soft"\n'),
    ],
    "a pool in place of teachers": [
        ("put", "requirements", 2, "teacher_pool", "T023;T024"),
        ("put", "requirements", 2, "teacher_ids", ""),
    ],
    "blocks of alternate weeks that add up to twice": [
        ("put", "requirements", 14, "blocks", "1"),
    ],
    "a half block in every week's lessons": [
        ("put", "requirements", 64, "per_week", "4.5"),
        ("put", "requirements", 64, "blocks", "2;0.5;2"),
    ],
    "a star layout where it is listed": [
        ("add", "layouts", "L-ALL,V-HALL,Z-HALL,*,1,,"),
        ("put", "requirements", 2, "layouts", "L-ALL;home"),
    ],
    "an area with a fraction": [("put", "venues", 2, "area_m2", "5394.4")],
    "an unavailable time given to the second": [
        ("put", "unavailable", 2, "start", "08:00:00"),
    ],
    "a fixed lesson whose layout is home": [("put", "fixed", 2, "layout_id", "home")],
}


@pytest.mark.parametrize("claim", WARNINGS)
def test_read_problem_with_a_probable_mistake_warns_of_exactly_it(tmp_path, claim):
    folder = Folder(tmp_path)
    edits, lines = WARNINGS[claim]
    for name, *values in edits:
        getattr(folder, str(name))(*values)
    assert folder.warnings() == lines


@pytest.mark.parametrize("claim", ALLOWED)
def test_read_problem_with_what_the_contract_allows_passes(tmp_path, claim):
    folder = Folder(tmp_path)
    for name, *values in ALLOWED[claim]:
        getattr(folder, str(name))(*values)
    assert (folder.errors(), folder.warnings()) == ([], [])


def test_read_problem_alternating_lessons_may_share_a_period(tmp_path):
    # bell-low has 28 lesson rows and G1C01 has 27 lessons; the last period is shared
    # by two lessons in alternate weeks.
    folder = Folder(tmp_path)
    folder.add("requirements", "A,G1C01,FA,T028,0.5,,alternate,,,")
    folder.add("requirements", "B,G1C01,FA,T028,0.5,,alternate,,,")
    assert folder.errors() == []
    folder.add("requirements", "C,G1C01,FA,T028,0.5,,alternate,,,")
    assert folder.errors() == [
        'classes row 2, class_id: "G1C01" needs 29 lesson periods a '
        "week, but bell-low has 28. Maybe per_week is a slip?"
    ]


def test_read_problem_faulty_row_starts_no_avalanche(tmp_path):
    folder = Folder(tmp_path)
    folder.put("agreements", 2, "start", "soon")
    folder.put("agreements", 3, "venue_id", "V-PRAK")
    assert [line.partition(":")[0] for line in folder.errors()] == [
        "agreements row 2, start",
        "agreements row 3, venue_id",
    ]


def test_read_problem_school_with_only_what_is_required_reads(tmp_path):
    folder = Folder(tmp_path)
    for table in FOLDER_TABLES:
        if not table.required and (folder.path / table.file_name).exists():
            (folder.path / table.file_name).unlink()
    kept = [["requirement_id", "class_ids", "subject_id", "teacher_ids", "per_week"]]
    kept += [row[:5] for row in folder.rows("requirements")[1:]]
    folder.write("requirements", kept)
    assert folder.errors() == []
    lessons = read_problem(folder.path).problem.lessons
    assert len(lessons) == sum(-(-float(row[4]) // 1) for row in kept[1:])
