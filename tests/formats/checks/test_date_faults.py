"""Faults of closures, calendars, bookings and moves: one planted, its own line."""

from dataclasses import replace

import pytest

from scheduler.formats.problem.reading import read_problem
from scheduler.model.errors import InputError
from tests.builders import agreement, fixed, need, problem
from tests.formats.checked import checked
from tests.formats.primary_school import Folder

HEAD = {
    "closures": "closure_id,kind,id,date,to_date,start,end,name,reason",
    "calendars": "calendar_id,venue_id,zone_id,source,name",
    "bookings": "calendar_id,date,start,end,name",
    "replacements": "date,lesson_id,layout_id,reason",
}
CALENDAR = ("calendars", "CAL,V-FIELD,,park.ics,")
ERRORS = {
    "an unknown venue": (
        [("closures", "X1,venue,V-FELD,2026-11-02,,,,,")],
        'closures row 2, id: "V-FELD" is not in the table of venues. '
        'Maybe "V-FIELD" is meant?',
    ),
    "dates swapped": (
        [("closures", "X1,venue,V-FIELD,2026-11-02,2026-11-01,,,,")],
        'closures row 2, to_date: "2026-11-01" is before 2026-11-02. '
        "Maybe the two dates are swapped?",
    ),
    "half a time": (
        [("closures", "X1,venue,V-FIELD,2026-11-02,,08:00,,,")],
        "closures row 2, end: is missing. Maybe fill in both start and end?",
    ),
    "a time that ends before it starts": (
        [("closures", "X1,venue,V-FIELD,2026-11-02,,08:00,07:00,,")],
        'closures row 2, end: "07:00" is not after the start 08:00. '
        "Maybe start and end are swapped?",
    ),
    "a file of another folder": (
        [("calendars", "CAL,V-FIELD,,../park.ics,")],
        'calendars row 2, source: "../park.ics" is not inside the folder '
        "of the tables. Maybe copy the file into it?",
    ),
    "an address of another kind": (
        [("calendars", "CAL,V-FIELD,,file:///etc/passwd,")],
        'calendars row 2, source: "file:///etc/passwd" is neither an http '
        "nor an https address. Maybe https:// in its place?",
    ),
    "a zone of another venue": (
        [("calendars", "CAL,V-FIELD,Z-GYM,park.ics,")],
        'calendars row 2, zone_id: "Z-GYM" is a zone of V-GYM, not of '
        "V-FIELD. Maybe the venue is a slip?",
    ),
    "a booking that ends before it starts": (
        [CALENDAR, ("bookings", "CAL,2026-11-02,09:00,09:00,")],
        'bookings row 2, end: "09:00" is not after the start 09:00. '
        "Maybe start and end are swapped?",
    ),
}


def folder(tmp_path, rows):
    """The example with these tables added."""
    made = Folder(tmp_path)
    for table, line in rows:
        made.overwrite(f"{table}.csv", f"{HEAD[table]}\n{line}\n")
    return made


@pytest.mark.parametrize(("rows", "line"), ERRORS.values(), ids=ERRORS)
def test_fault_is_said_in_one_line(tmp_path, rows, line):
    assert folder(tmp_path, rows).errors() == [line]


def test_lesson_that_is_not_there_is_named(tmp_path):
    made = folder(tmp_path, [("replacements", "2026-11-02,R0101#9,home,")])
    (line,) = made.errors()

    assert '"R0101#9" is not a lesson; the requirement has' in line


def test_closure_outside_the_term_has_no_effect_and_is_warned_of(tmp_path):
    made = folder(tmp_path, [("closures", "X1,venue,V-FIELD,2020-11-02,,,,,")])
    (line,) = made.warnings()

    assert line.startswith('closures row 2, date: "2020-11-02" is outside')


def test_bookings_of_a_calendar_taken_out_close_nothing_and_are_warned_of(tmp_path):
    made = folder(tmp_path, [("bookings", "CAL,2026-11-02,08:00,09:00,")])
    made.add("bookings", "CAL,2026-11-03,08:00,09:00,")
    (line,) = made.warnings()

    assert line.startswith('bookings row 2, calendar_id: "CAL" is not in')
    assert read_problem(made.path).problem.bookings == ()


def test_calendar_whose_file_is_not_there_is_warned_of(tmp_path):
    made = folder(tmp_path, [CALENDAR])

    assert made.warnings() == [
        f'calendars row 2, source: "park.ics" is no file in {made.path}; '
        "its bookings cannot be fetched. Maybe the file has another name, or is still "
        "to be put there?"
    ]
    assert (
        folder(
            tmp_path / "web", [("calendars", "CAL,V-FIELD,,https://example.org/p.ics,")]
        )
        .warnings()[0]
        .startswith("calendars row 2, calendar_id")
    )


def test_calendar_without_a_booking_is_warned_of(tmp_path):
    made = folder(tmp_path, [CALENDAR])
    (made.path / "park.ics").write_bytes(b"")
    (line,) = made.warnings()

    assert line.startswith('calendars row 2, calendar_id: "CAL" has no')


def test_layout_larger_than_its_zone_is_warned_of(tmp_path):
    made = Folder(tmp_path)
    made.put("layouts", 2, "max_classes", "9")
    (line,) = made.warnings()

    assert line.startswith('layouts row 2, max_classes: "9" is more classes')


def test_escort_who_gives_the_lesson_is_named(tmp_path):
    made = Folder(tmp_path)
    rows = made.rows("requirements")
    teacher = rows[1][rows[0].index("teacher_ids")]
    made.put("requirements", 2, "escort_ids", teacher)

    assert made.warnings() == [
        f'requirements row 2, escort_ids: "{teacher}" gives this very '
        "lesson and is no adult more for it. Maybe another adult can go along?"
    ]


@pytest.mark.parametrize(("period", "clash"), [(1, True), (2, False), (5, False)])
def test_escort_who_has_a_fixed_lesson_then_is_named(period, clash):
    given = problem(
        need("R1", "C1", "PE", escort_ids=("T2",)),
        need("R2", "C2", "CN", teacher_ids=("T2",)),
        fixed=(fixed("R1", 1, 1), fixed("R2", 1, period)),
    )
    if not clash:
        checked(given)
        return
    with pytest.raises(InputError) as error:
        checked(given)
    (fault,) = error.value.errors
    assert "has the escort T2, who has the fixed lesson R2#1 then" in str(fault)


def test_escort_needs_time_for_the_walk_too():
    # The park is 31 minutes away, T2 teaches until 09:30, the lesson begins at 10:00.
    given = problem(
        need("R1", "C1", "PE", layouts=("LP",), escort_ids=("T2",)),
        need("R2", "C2", "CN", teacher_ids=("T2",)),
        agreements=(agreement(walk_minutes=31),),
        fixed=(fixed("R1", 1, 3, layout_id="LP"), fixed("R2", 1, 2)),
    )
    with pytest.raises(InputError) as error:
        checked(given)
    assert "walks included" in str(error.value)
    nearer = replace(given, agreements=(agreement(walk_minutes=30),))
    checked(nearer)


@pytest.mark.parametrize(
    ("dates", "said"),
    [
        # Tuesdays and Thursdays of the term, holidays included, mean something.
        ("2026-09-08;2026-09-10;2026-10-06", None),
        ("2027-03-02", "holds 2027-03-02, which is outside the term"),
        ("2026-09-09", "holds 2026-09-09, which is a Wednesday, not in the agreement"),
    ],
)
def test_closed_date_without_use_is_named(tmp_path, dates, said):
    made = Folder(tmp_path)
    made.put("agreements", 2, "closed_dates", dates)
    lines = made.warnings()

    assert len(lines) == (said is not None)
    if said:
        assert f"{said}, and has no effect" in lines[0]


@pytest.mark.parametrize(
    ("days", "effect"),
    [
        ("2026-10-03,", False),  # National Day
        ("2026-10-10,", True),  # a Saturday that is taught as a Wednesday
        ("2026-10-17,", False),  # any other Saturday
        ("2026-10-17,2026-10-19", True),
    ],
)
def test_closure_without_any_lesson_is_warned_of(tmp_path, days, effect):
    rows = [("closures", f"X1,venue,V-FIELD,{days},,,,")]
    lines = folder(tmp_path, rows).warnings()

    assert ["has no lessons" in line for line in lines] == [True] * (not effect)


@pytest.mark.parametrize(("layout", "odd"), [("L-GYM", False), ("L-MUS1", True)])
def test_lesson_sent_to_a_place_for_another_subject_is_warned_of(tmp_path, layout, odd):
    rows = [("replacements", f"2026-10-15,R0005#1,{layout},")]
    lines = folder(tmp_path, rows).warnings()

    assert ["is no place for" in line for line in lines] == [True] * odd


@pytest.mark.parametrize(
    ("rules", "count"),
    [
        ('[BringEscorts]\nlevel = "hard"\n', 2),
        ('[BringEscorts]\nlevel = "hard"\nenabled = false\n', 0),
        ("", 0),
    ],
)
def test_who_has_to_go_out_names_escorts_where_they_are_demanded(
    tmp_path, rules, count
):
    # Rows 6 and 62 may be in the park only, for one adult more.
    made = Folder(tmp_path)
    made.overwrite("rules.toml", rules)
    found = made.errors()
    line = (
        "requirements row {}, escort_ids: names 0 of the 1 adults beside "
        "the teacher whom the agreements ask for. Maybe name who goes along?"
    )
    assert found == [line.format(row) for row in (6, 62)[:count]]


@pytest.mark.parametrize(
    ("old", "new", "column", "monday"),
    [
        ("first_day = 2026-09-01", "first_day = 2026-08-30", "first_day", "2026-08-31"),
        (
            "first_day = 2026-09-01",
            "first_day = 2026-09-01\nweek_one = 2026-09-06",
            "week_one",
            "2026-09-07",
        ),
    ],
)
def test_first_week_that_is_only_a_sunday_is_warned_of(
    tmp_path, old, new, column, monday
):
    folder = Folder(tmp_path)
    text = (folder.path / "term.toml").read_text(encoding="utf-8")
    lines = [x for x in text.splitlines() if not x.startswith("week_one")]
    folder.overwrite("term.toml", "\n".join(lines).replace(old, new))
    (line,) = [x for x in folder.warnings() if "is a Sunday" in x]
    assert f"{column}" in line
    assert f"week 2 begins on {monday}" in line
