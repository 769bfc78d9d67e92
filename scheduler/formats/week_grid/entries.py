"""Lessons as entries of a cell, and which of them clash."""

from collections.abc import Iterable
from dataclasses import replace

from scheduler.formats.week_grid.shape import Entry
from scheduler.model.meeting import Meeting
from scheduler.model.problem import Problem
from scheduler.model.requirements import Lesson
from scheduler.model.text import Text
from scheduler.model.times import LAYERS, Week, overlap

_SMALL_WORDS = frozenset({"and", "of", "the", "&"})
_SHORT_WORD = 5
_WEEK_ORDER = (Week.EVERY, Week.ODD, Week.EVEN)


def placed_entry(problem: Problem, meeting: Meeting) -> Entry:
    """The entry of a placed lesson."""
    venue_id = meeting.layout.venue_id if meeting.layout else ""
    return replace(
        _entry(problem, meeting.lesson, meeting.teacher_ids),
        venue_id=venue_id,
        zone_ids=meeting.zone_ids,
        place=place_name(problem, venue_id, meeting.zone_ids),
        part=part_name(problem, venue_id, meeting.zone_ids) if venue_id else "",
        week=meeting.placement.week,
        length=meeting.placement.length,
        start=meeting.start,
        end=meeting.end,
    )


def unplaced_entry(problem: Problem, lesson: Lesson) -> Entry:
    """The entry of a lesson without a place; a pool stands with all its names."""
    requirement = lesson.requirement
    return _entry(problem, lesson, requirement.teacher_ids + requirement.teacher_pool)


def _entry(problem: Problem, lesson: Lesson, teacher_ids: tuple[str, ...]) -> Entry:
    requirement = lesson.requirement
    subject = problem.subject[requirement.subject_id]
    return Entry(
        lesson_id=lesson.lesson_id,
        subject_id=subject.subject_id,
        subject=Text(subject.name, subject.name_en or subject.name),
        short=Text(subject.short, _abbreviated(subject.name_en) or subject.short),
        subject_kind=subject.kind,
        class_ids=requirement.class_ids,
        class_names=tuple(problem.class_name[c] for c in requirement.class_ids),
        teacher_ids=teacher_ids,
        teacher_names=tuple(problem.teacher[t].name for t in teacher_ids),
        venue_id="",
        zone_ids=(),
        place="",
        part="",
        week=lesson.weeks[0] if len(lesson.weeks) == 1 else None,
        length=lesson.length,
        start=None,
        end=None,
        some=requirement.pupils,
    )


def _abbreviated(name: str) -> str:
    """An English name for a narrow cell: initials of its words, or its beginning."""
    words = [word for word in name.split() if word.lower() not in _SMALL_WORDS]
    if len(words) > 1:
        return "".join(word[0].upper() for word in words)
    return name if len(name) <= _SHORT_WORD else f"{name[: _SHORT_WORD - 1]}."


def place_name(problem: Problem, venue_id: str, zone_ids: tuple[str, ...]) -> str:
    """Name of a venue, with the zones taken where they are not all of it."""
    if not venue_id:
        return ""
    part = part_name(problem, venue_id, zone_ids)
    return f"{problem.venue[venue_id].name}{f'({part})' if part else ''}"


def part_name(problem: Problem, venue_id: str, zone_ids: tuple[str, ...]) -> str:
    """The zones taken of a venue; empty where they are all of it."""
    whole = {z.zone_id for z in problem.all_zones if z.venue_id == venue_id}
    return "" if whole == set(zone_ids) else "、".join(zone_names(problem, zone_ids))


def zone_names(problem: Problem, zone_ids: tuple[str, ...]) -> tuple[str, ...]:
    """Names of zones as people call them."""
    return tuple(problem.zone[z].title for z in zone_ids)


def in_order(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """Entries of one cell: every week, odd, even; then by time."""
    return tuple(
        sorted(
            entries,
            key=lambda e: (
                _WEEK_ORDER.index(e.week or Week.EVERY),
                e.start or 0,
                e.lesson_id,
            ),
        )
    )


def layers_of(entry: Entry) -> tuple[int, ...]:
    """Layers of the cycle in which a placed entry meets."""
    return (entry.week or Week.EVERY).layers


def clash_for_class(entries: tuple[Entry, ...]) -> bool:
    """The same for a class, of which some pupils may be here and others there."""
    whole = [e for e in entries if e.some is None]
    return meet_at_once(tuple(whole)) or any(
        meet_at_once((a, b)) for a in whole for b in entries if b.some is not None
    )


def meet_at_once(entries: tuple[Entry, ...]) -> bool:
    """Tell whether two of the entries take place at the same moment."""
    pairs = ((a, b) for number, a in enumerate(entries) for b in entries[number + 1 :])
    return any(
        set(layers_of(a)) & set(layers_of(b))
        and overlap(a.start or 0, a.end or 0, b.start or 0, b.end or 0)
        for a, b in pairs
    )


def exceeds(problem: Problem, zone_id: str, entries: tuple[Entry, ...]) -> bool:
    """Tell whether a zone holds more classes or pupils than it may at a moment."""
    zone = problem.zone[zone_id]
    for layer in LAYERS:
        for moment in (e.start or 0 for e in entries):
            present = [
                problem.lesson[e.lesson_id].requirement
                for e in _present(entries, layer, moment)
            ]
            if sum(r.classes_counted for r in present) > zone.max_classes:
                return True
            cap = zone.max_pupils
            if cap is not None and sum(map(problem.pupils_in, present)) > cap:
                return True
    return False


def _present(entries: tuple[Entry, ...], layer: int, moment: int) -> tuple[Entry, ...]:
    """Entries that take place at a moment of one layer."""
    return tuple(
        e
        for e in entries
        if layer in layers_of(e)
        and overlap(e.start or 0, e.end or 0, moment, moment + 1)
    )
