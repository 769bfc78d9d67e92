"""Lessons that meet together on a date are one: same teacher and room, more pupils."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from scheduler.model.meeting import Meeting
from scheduler.term.altering import on_its_date
from scheduler.term.dated import DatedLesson, Key


def met(lessons: Iterable[DatedLesson]) -> dict[Key, Meeting]:
    """Meetings of one date by the keys of their lessons.

    A lesson that joins another one at its time shares its meeting, which then is of all
    their classes. Where the other is not held then, it meets by itself.
    """
    found = {x.key: (x, on_its_date(x)) for x in lessons}
    hosts = {x.lesson_id: x for x, _ in found.values() if not x.joins}
    guests: dict[Key, list[DatedLesson]] = defaultdict(list)
    for lesson, _ in found.values():
        host = hosts.get(lesson.joins) if lesson.joins else None
        if host is not None and host.start == lesson.start and host.off is None:
            guests[host.key].append(lesson)
    made = {key: meeting for key, (_, meeting) in found.items()}
    for key, own in guests.items():
        host, meeting = found[key]
        whole = _together(host, meeting, own)
        made |= dict.fromkeys((key, *(guest.key for guest in own)), whole)
    return made


def _together(
    host: DatedLesson, meeting: Meeting, guests: list[DatedLesson]
) -> Meeting:
    asked = meeting.lesson.requirement
    others = (name for guest in guests for name in guest.meeting.class_ids)
    classes = tuple(dict.fromkeys((*asked.class_ids, *others)))
    lesson = replace(meeting.lesson, requirement=replace(asked, class_ids=classes))
    placement, rows = meeting.placement, meeting.rows
    return Meeting.in_rows(host.problem, lesson, placement, rows, meeting.fits)
