"""The books of an office before the rules on crowding-out."""

import datetime as dt

from scheduler.audit.inputs.from_timetable import schools_of
from scheduler.audit.running.audit import audit
from scheduler.audit.running.catalogue import RULE
from scheduler.formats.profiles import NATIONAL, read_profile
from scheduler.services.school.deliveries import deliveries
from scheduler.services.school.ledgers import books_of
from scheduler.term.changes import Batch, DatedChange, ExtraLesson, Reason
from tests.services.builders import only, publish
from tests.term.builders import dates

pytestmark = only("sqlite")
FORM = Batch(Reason.OTHER, form="2026-1", note="单元测试")


def found(office, *rules):
    """Rule and period of what the audit finds by these rules."""
    profile = read_profile(NATIONAL)
    books = books_of(office)
    log = deliveries(books, office.changes.batches(), profile)
    schools = schools_of(office.current().timetable, profile, log)
    wanted = [RULE[name] for name in rules]
    judged = audit(schools, profile, wanted)
    return [(result.rule.id, item.subject) for result, item in judged.findings]


def given_to_chinese(office, *days, asked=FORM):
    for day in dates(*days):
        office.changes.make(asked, [DatedChange(day, "R1#1", subject_id="CN")])


def test_pe_given_to_chinese_three_times_and_never_back_is_found(office, clock):
    publish(office)
    given_to_chinese(office, "9-7", "9-14", "9-21")
    clock.set(10, 31)
    assert found(office, "E02", "E03", "E04", "E05") == [
        ("E02", "PE"),
        *[("E03", "PE")] * 3,
        ("E04", "CN"),
    ]


def test_what_is_made_up_within_two_weeks_is_met(office, clock):
    publish(office)
    given_to_chinese(office, "9-14")
    back = ExtraLesson(
        *(dates("9-17")[0], "", ("C2",), "PE", ("T1",), 630, 670),
        for_date=dates("9-14")[0],
        for_id="R1#1",
    )
    office.changes.make(Batch(Reason.MAKE_UP, form="2026-2"), [back])
    clock.set(10, 31)
    assert found(office, "E03") == []


def test_a_cover_without_a_form_or_entered_late_is_told(office, clock):
    publish(office)
    cover = DatedChange(dates("9-7")[0], "R1#1", teacher_ids=("T2",))
    office.changes.make(Batch(Reason.ABSENCE), [cover])
    clock.set(9, 16)
    late = DatedChange(dates("9-14")[0], "R1#1", teacher_ids=("T2",))
    office.changes.make(Batch(Reason.ABSENCE, note="病假", form="2026-3"), [late])
    assert found(office, "E05") == [("E05", "PE")] * 2


def test_only_lessons_before_today_count(office, clock):
    publish(office)
    clock.set(9, 10)
    books = books_of(office)
    rows = deliveries(books, (), read_profile(NATIONAL))
    assert [(d.date, d.period, d.planned, d.given) for d in rows] == [
        (dt.date(2026, 9, 7), 1, "PE", "PE")
    ]
