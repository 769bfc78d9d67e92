"""Single cells, ids and keys: one planted fault, exactly its own lines."""

import pytest

from tests.formats.primary_school import Folder

Edit = tuple[str | int, ...]
CASES: dict[str, tuple[list[Edit], list[str]]] = {
    "a required column that is missing": (
        [("retitle", "classes", "size", "x")],
        [
            'classes, size: the column is missing. Maybe it is the column "x"? '
            'Call it "size".',
        ],
    ),
    "a word for a number": (
        [("put", "classes", 2, "size", "many")],
        [
            'classes row 2, size: "many" is not a number. Maybe write it in digits?',
        ],
    ),
    "a class of nobody": (
        [("put", "classes", 2, "size", "0")],
        [
            'classes row 2, size: "0" is less than 1. Maybe a slip?',
        ],
    ),
    "a negative walk": (
        [("put", "agreements", 2, "walk_minutes", "-5")],
        [
            'agreements row 2, walk_minutes: "-5" is less than 0. Maybe a slip?',
        ],
    ),
    "a negative way": (
        [("put", "sites", 2, "minutes", "-1")],
        [
            'sites row 2, minutes: "-1" is less than 0. Maybe a slip?',
        ],
    ),
    "a zone for no class": (
        [("put", "zones", 2, "max_classes", "0")],
        [
            'zones row 2, max_classes: "0" is less than 1. Maybe a slip?',
        ],
    ),
    "a time after midnight": (
        [("put", "bells", 2, "start", "25:00")],
        [
            'bells row 2, start: "25:00" is not a time HH:MM. Maybe write it as 08:30?',
        ],
    ),
    "a date that does not exist": (
        [("put", "agreements", 2, "valid_to", "2027-02-30")],
        [
            'agreements row 2, valid_to: "2027-02-30" is not '
            "a date YYYY-MM-DD. Maybe write it as 2026-09-01?",
        ],
    ),
    "an eighth weekday": (
        [("put", "bells", 2, "day", "8")],
        [
            'bells row 2, day: "8" is not a weekday. Maybe write 1 (Monday) to 7?',
        ],
    ),
    "a word that is none of the few": (
        [("put", "schools", 2, "stage", "senior")],
        [
            'schools row 2, stage: "senior" is not a value of '
            'this column. Maybe "junior" is meant? '
            "It is one of: primary, junior, nine_year.",
        ],
    ),
    "a flag that is neither 0 nor 1": (
        [("put", "venues", 2, "indoor", "maybe")],
        [
            'venues row 2, indoor: "maybe" is neither 0 nor 1. Maybe 1 for yes?',
        ],
    ),
    "an empty required cell": (
        [("put", "teachers", 2, "name", "")],
        [
            "teachers row 2, name: is empty but required.",
        ],
    ),
    "a row longer than the header": (
        [("add", "sites", "S1,PARK2,3,9")],
        [
            "sites row 3: the row has more cells than the header. "
            "Maybe a cell with a comma is not quoted?",
        ],
    ),
    "an unknown teacher": (
        [("put", "requirements", 14, "teacher_ids", "T99")],
        [
            'requirements row 14, teacher_ids: "T99" is not '
            "in the table of teachers. Maybe renamed?",
        ],
    ),
    "an unknown teacher in a list": (
        [("put", "requirements", 18, "teacher_ids", "T025;X9")],
        [
            'requirements row 18, teacher_ids: "X9" is not in '
            "the table of teachers. Maybe renamed?",
        ],
    ),
    "an unknown school": (
        [("put", "classes", 2, "school_id", "S9")],
        [
            'classes row 2, school_id: "S9" is not in '
            "the table of schools. Maybe renamed?",
        ],
    ),
    "an unknown bell": (
        [("put", "classes", 2, "bell_id", "bell-lo")],
        [
            'classes row 2, bell_id: "bell-lo" is not in '
            'the table of bells. Maybe "bell-low" is meant?',
        ],
    ),
    "an unknown subject": (
        [("put", "requirements", 2, "subject_id", "FAA")],
        [
            'requirements row 2, subject_id: "FAA" is not in '
            'the table of subjects. Maybe "FA" is meant?',
        ],
    ),
    "an unknown layout in a list": (
        [("put", "requirements", 6, "layouts", "L-PARK1;L-PRK2")],
        [
            'requirements row 6, layouts: "L-PRK2" is not in '
            'the table of layouts. Maybe "L-PARK2" is meant?',
        ],
    ),
    "an unknown zone": (
        [("put", "layouts", 2, "zones", "Z-T;Z-9")],
        [
            'layouts row 2, zones: "Z-9" is not in the table of zones. '
            'Maybe "Z-T" is meant?',
        ],
    ),
    "a zone of an unknown venue": (
        [("put", "zones", 2, "venue_id", "V-FELD")],
        [
            'zones row 2, venue_id: "V-FELD" is not in '
            'the table of venues. Maybe "V-FIELD" is meant?',
        ],
    ),
    "an unknown owner": (
        [("put", "venues", 2, "owner", "S2")],
        [
            'venues row 2, owner: "S2" is not in the table of schools. Maybe renamed?',
        ],
    ),
    "an agreement for an unknown venue": (
        [("put", "agreements", 2, "venue_id", "V-PRK")],
        [
            'agreements row 2, venue_id: "V-PRK" is not in '
            'the table of venues. Maybe "V-PARK" is meant?',
        ],
    ),
    "an unknown teacher who is unavailable": (
        [("put", "unavailable", 5, "id", "T0011")],
        [
            'unavailable row 5, id: "T0011" is not in '
            'the table of teachers. Maybe "T011" is meant?',
        ],
    ),
    "a teacher's id where a class is meant": (
        [("put", "unavailable", 5, "kind", "class")],
        [
            'unavailable row 5, id: "T001" is not in '
            "the table of classes. Maybe renamed?",
        ],
    ),
    "an unknown fixed requirement": (
        [("put", "fixed", 2, "requirement_id", "R9999")],
        [
            'fixed row 2, requirement_id: "R9999" is not in '
            'the table of requirements. Maybe "R0099" is meant?',
        ],
    ),
    "an unknown subject of a teacher": (
        [("put", "teachers", 2, "subjects", "CLS;XX")],
        [
            'teachers row 2, subjects: "XX" is not in '
            "the table of subjects. Maybe renamed?",
        ],
    ),
    "a teacher twice": (
        [("add", "teachers", "T001,甲,S1,,,,,")],
        [
            'teachers row 30, teacher_id: "T001" repeats row '
            "2 (teacher_id). Maybe the row was copied?",
        ],
    ),
    "a period twice in a day": (
        [("put", "bells", 4, "period", "1")],
        [
            'bells row 4, period: "bell-high, 1, 1" repeats '
            "row 2 (bell_id, day, period). Maybe the row was copied?",
        ],
    ),
    "a lesson fixed twice": (
        [("put", "fixed", 3, "requirement_id", "R0098")],
        [
            'fixed row 3, index: "R0098, 1" repeats row 2 '
            "(requirement_id, index). Maybe the row was copied?",
        ],
    ),
    "an id with a semicolon": (
        [("add", "teachers", "T;9,甲,S1,,,,,")],
        [
            'teachers row 30, teacher_id: "T;9" holds ";" or '
            '"#", which ids cannot. Maybe use a hyphen instead?',
        ],
    ),
    "an id with a hash": (
        [("add", "classes", "G#1,S1,1,一(9)班,40,bell-low")],
        [
            'classes row 14, class_id: "G#1" holds ";" or '
            '"#", which ids cannot. Maybe use a hyphen instead?',
        ],
    ),
    "a layout with the reserved name home": (
        [("add", "layouts", "home,V-PSY1,V-PSY1,PSY,1,,0")],
        [
            'layouts row 17, layout_id: "home" is a reserved '
            "word. Maybe choose another id?",
        ],
    ),
}


@pytest.mark.parametrize("claim", CASES)
def test_read_problem_with_one_faulty_cell_names_exactly_it(tmp_path, claim):
    folder = Folder(tmp_path)
    edits, lines = CASES[claim]
    for name, *values in edits:
        getattr(folder, str(name))(*values)

    assert folder.errors() == lines
