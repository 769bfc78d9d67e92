"""Faulty files: one clear sentence for each fault, all of them at once."""

import pytest

from scheduler.formats.fet.export.elements import constraint, leaf
from scheduler.formats.fet.reading import parse_fet, read_fet
from scheduler.model.errors import InputError
from tests.formats.fet.builder import activity, fet_bytes, ids, min_days

GOOD = fet_bytes([activity(1, "T1", "Y1")])


def refusals(content):
    """The lines said of a file."""
    with pytest.raises(InputError) as caught:
        parse_fet(content, "x.fet")
    return [str(error) for error in caught.value.errors]


def test_a_byte_order_mark_and_cr_lf_are_accepted():
    document = parse_fet(b"\xef\xbb\xbf" + GOOD.replace(b"\n", b"\r\n"), "x.fet")

    assert [a.activity_id for a in document.activities] == [1]


def test_names_keep_their_spaces_for_they_tell_names_apart():
    content = GOOD.replace(b"<Name>S2</Name>", b"<Name>S1 </Name>")

    assert parse_fet(content, "x.fet").subjects == ("S1", "S1 ", "S3")


BOMB = b"""<?xml version="1.0"?>
<!DOCTYPE fet [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>
<fet version="6.8.5"><Institution_Name>&b;</Institution_Name></fet>"""


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "x.fet line 1: is not whole XML (no element found)."),
        (b"Time,Room\n1,2\n", "x.fet line 1: is not whole XML (syntax error)."),
        (GOOD[:2000], "is not whole XML"),
        (b"\xff\xfe" + "<fet/>".encode("utf-16-le"), "x.fet: is not UTF-8."),
        (GOOD.replace(b"Test school", b"\xc9cole"), "x.fet: is not UTF-8."),
        (BOMB, "x.fet: declares a document type or entities"),
        (b"<a>" * 13 + b"</a>" * 13, "has too many or too deep elements"),
        (b"<html/>", "is no FET file: its root element is html."),
        (
            fet_bytes([], mode="Mornings_Afternoons"),
            "is of FET's mode Mornings_Afternoons; only Official is supported.",
        ),
        (
            fet_bytes([], mode="", version="5.44.4-bp"),
            "is of FET's mode Block_Planning; only Official is supported.",
        ),
        (
            GOOD.replace(b"</Days_List>", b"<Day><Name>D6</Name></Day></Days_List>"),
            "is Number_of_Days, but 6 are listed.",
        ),
    ],
)
def test_what_is_no_such_file_is_refused_in_one_sentence(content, sentence):
    (line,) = refusals(content)

    assert sentence in line


def test_more_than_seven_days_are_refused():
    days = b"".join(b"<Day><Name>E%d</Name></Day>" % k for k in range(3))
    content = GOOD.replace(b"<Number_of_Days>5", b"<Number_of_Days>8")

    (line,) = refusals(content.replace(b"</Days_List>", days + b"</Days_List>"))

    assert "has 8 days; from 1 to 7 are supported." in line


def test_a_file_over_50_mb_is_not_read(tmp_path):
    path = tmp_path / "large.fet"
    with path.open("wb") as file:
        file.truncate(51_000_000)

    with pytest.raises(InputError, match="has more bytes than the 50 MB allowed"):
        read_fet(path)


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(InputError, match="there is no such file"):
        read_fet(tmp_path / "none.fet")


def test_all_unknown_names_are_said_at_once_with_advice():
    room = constraint(
        "ActivityPreferredRoom", leaf("Activity_Id", 7), leaf("Room", "R9")
    )
    lines = refusals(fet_bytes([activity(1, "T44", "Y1 Z", "Sx", tags="g3")], room))

    assert [line.split('"')[1] for line in lines] == ["T44", "Sx", "g3", "Z", "7", "R9"]
    assert 'is not in the list of teachers. Maybe "T4" is meant?' in lines[0]


def test_ids_and_names_that_come_twice_are_refused():
    twice = fet_bytes([activity(1, "T1", "Y1"), activity(1, "T2", "Y1")])
    same = GOOD.replace(b"<Name>T2</Name>", b"<Name>T1</Name>")
    levels = GOOD.replace(b"<Name>Y2</Name>", b"<Name>G1</Name>")

    assert "is the id of two activities" in refusals(twice)[0]
    assert "is the name of two of the list's Teachers" in refusals(same)[0]
    assert "names two students sets of different levels" in refusals(levels)[0]


def test_counts_and_weights_are_checked():
    content = fet_bytes(
        [activity(1, "T1", "Y1"), activity(2, "T1", "Y1")],
        min_days(1, 2, weight="195"),
        constraint("ActivitiesSameStartingTime", *ids(1, 2)[:2]),
    )
    lines = refusals(content)

    assert '"195" is no percentage from 0 to 100.' in lines[0]
    assert '"2" is Number_of_Activities, but 1 are listed.' in lines[1]


def test_numbers_of_activities_are_checked():
    content = GOOD.replace(b"<Duration>1<", b"<Duration>-1<")

    assert '"-1" is no Duration: a whole number from 1 to 96' in refusals(content)[0]
