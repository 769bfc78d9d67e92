"""A feed is read without difference by three parsers that share no code.

icalendar is always at hand. Node runs ical.js, which lies beside this file; libical is
taken where the system has the library. A machine without them says so by name.
"""

import ctypes
import ctypes.util
import json
import shutil
import subprocess
from pathlib import Path

import pytest
from icalendar import Calendar

from scheduler.term.changes import Batch, DatedChange, ExtraLesson, Reason
from tests.services.builders import Clock, opened, publish
from tests.term.builders import dates

HERE = Path(__file__).parent
NODE, LIBICAL = shutil.which("node"), ctypes.util.find_library("ical")
TEXTS = ("summary", "location", "description")


@pytest.fixture(scope="module")
def body(tmp_path_factory):
    """A feed with a lesson covered, one cancelled, one extra, and commas in it."""
    url = f"sqlite:///{tmp_path_factory.mktemp('feed') / 'school.db'}"
    first, second, third = dates("9-7", "9-14", "9-16")
    with opened(url, Clock()) as office:
        publish(office)
        cover = DatedChange(first, "R1#1", teacher_ids=("T1", "T2"), note="甲,乙;丙")
        off = DatedChange(second, "R1#1", cancelled=True)
        extra = ExtraLesson(third, "", ("C1", "C2"), "CN", ("T1",), 630, 670)
        office.changes.make(Batch(Reason.OTHER), [cover, off, extra])
        yield office.feed(office.create_link("teacher", "T1")).body


@pytest.fixture(scope="module")
def events(body):
    """What icalendar reads, field by field."""
    return sorted(
        [
            *(
                str(e["UID"]),
                int(e["SEQUENCE"]),
                _time(e["DTSTART"]),
                _time(e["DTEND"]),
            ),
            str(e["STATUS"]),
            *(str(e[name]) for name in TEXTS),
        ]
        for e in Calendar.from_ical(body).walk("VEVENT")
    )


def _time(value):
    return f"{value.dt:%Y%m%dT%H%M%S}"


def test_the_feed_holds_what_was_published_and_changed(events):
    assert len(events) == 8
    assert {event[4] for event in events} == {"CONFIRMED", "CANCELLED"}
    assert any("教师：王芳、李明" in event[7] for event in events)


@pytest.mark.skipif(NODE is None, reason="Node is not at hand: ical.js cannot run")
def test_ical_js_reads_the_same_where_node_is_at_hand(body, events):
    script = HERE / "read_events.mjs"
    done = subprocess.run(
        [NODE, script], input=body, capture_output=True, check=True, timeout=60
    )
    assert sorted(json.loads(done.stdout)) == events


@pytest.mark.skipif(LIBICAL is None, reason="the library libical is not at hand")
def test_libical_reads_the_same_where_the_library_is_at_hand(body, events):
    library = ctypes.CDLL(LIBICAL)

    def call(name, *arguments, kind=ctypes.c_void_p):
        function = getattr(library, name)
        function.restype = kind
        wrapped = (ctypes.c_void_p(x) if isinstance(x, int) else x for x in arguments)
        return function(*wrapped)

    def kinds(of, *names):
        make = f"ical{of}_string_to_kind"
        return [ctypes.c_int(call(make, n, kind=ctypes.c_int)) for n in names]

    (event_kind,) = kinds("component", b"VEVENT")
    plain = kinds("property", b"UID", b"SEQUENCE", b"DTSTART", b"DTEND", b"STATUS")
    calendar = call("icalparser_parse_string", ctypes.c_char_p(body))
    assert call("icalcomponent_count_errors", calendar, kind=ctypes.c_int) == 0
    found = []
    event = call("icalcomponent_get_first_component", calendar, event_kind)
    while event:
        values = []
        for kind in plain:
            row = call("icalcomponent_get_first_property", event, kind)
            read = "icalproperty_get_value_as_string"
            values.append(call(read, row, kind=ctypes.c_char_p).decode())
        values[1] = int(values[1])
        for name in TEXTS:
            text = call(f"icalcomponent_get_{name}", event, kind=ctypes.c_char_p)
            values.append(text.decode())
        found.append(values)
        event = call("icalcomponent_get_next_component", calendar, event_kind)
    call("icalcomponent_free", calendar, kind=None)
    assert sorted(found) == events
