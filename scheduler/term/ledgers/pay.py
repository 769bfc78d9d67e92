"""Pay and workload of a month: covers (代课费) and travelling lessons (走教工作量).

What a lesson is worth, whether received lessons count against given ones, and what is
free or capped, are the school's own rules (``term.cover.settings``); source of the
kinds: schools' written rules as collected in the notes on cover.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from scheduler.model.problem import Problem
from scheduler.model.resources import SubjectKind
from scheduler.model.text import Text
from scheduler.model.times import format_clock
from scheduler.term.cover.leaves import Leave
from scheduler.term.cover.settings import Counting, CoverSettings, Pay
from scheduler.term.entries import Entry
from scheduler.term.facts import Facts


class Kind(StrEnum):
    """What a line is about."""

    LESSON = "lesson"
    SELF_STUDY = "self_study"
    ACTIVITY = "activity"
    LONG = "long"
    RECEIVED = "received"
    TRAVEL = "travel"
    CORRECTION = "correction"

    @property
    def text(self) -> Text:
        """Its name for people."""
        return _KINDS[self]


_KINDS = {
    Kind.LESSON: Text("代课", "cover"),
    Kind.SELF_STUDY: Text("看自习", "supervised self-study"),
    Kind.ACTIVITY: Text("代活动", "cover of an activity"),
    Kind.LONG: Text("长期代课", "cover of a long absence"),
    Kind.RECEIVED: Text("被代", "covered by others"),
    Kind.TRAVEL: Text("走教", "at another school"),
    Kind.CORRECTION: Text("以前月份更正", "correction of an earlier month"),
}


@dataclass(frozen=True, slots=True)
class PayLine:
    """One lesson of a teacher on a date; ``fen`` is what it is paid.

    ``lessons`` are its periods, negative where received ones count against given ones.
    ``other`` is who was covered, or who covered. ``reason`` is that of the log.
    """

    teacher_id: str
    date: dt.date
    start: int
    classes: str
    subject: str
    kind: Kind
    lessons: int
    fen: int
    other: str = ""
    reason: str = ""

    @property
    def is_something(self) -> bool:
        """Whether it counts or pays anything."""
        return bool(self.lessons or self.fen)


@dataclass(frozen=True, slots=True)
class PaySheet:
    """The lines of a month by teacher, and the fingerprint of the books behind it."""

    month: str
    lines: tuple[PayLine, ...]
    digest: str

    def by_teacher(self) -> dict[str, tuple[PayLine, ...]]:
        """Lines of each teacher, by id."""
        found: dict[str, list[PayLine]] = defaultdict(list)
        for line in self.lines:
            found[line.teacher_id].append(line)
        return {name: tuple(found[name]) for name in sorted(found)}


@dataclass(frozen=True, slots=True)
class Paper:
    """Why a lesson was covered, as the log says; ``leave`` where it answers one."""

    reason: str = ""
    leave: Leave | None = None


def pay_sheet(
    month: str,
    problem: Problem,
    entries: Iterable[Entry],
    settings: CoverSettings,
    paper: Callable[[Entry], Paper],
    digest: str,
) -> PaySheet:
    """The sheet of a month ``2026-09``: what was given on its dates.

    Parameters:
        paper: What the log says of a lesson that was covered.
    """
    lines = [
        line
        for entry in entries
        if f"{entry.date:%Y-%m}" == month and not entry.cancelled
        for line in _lines(problem, entry, settings, paper)
    ]
    paid: list[PayLine] = []
    by_teacher: dict[str, list[PayLine]] = defaultdict(list)
    for line in sorted(lines, key=lambda x: (x.date, x.start, x.classes)):
        by_teacher[line.teacher_id].append(line)
    for name in sorted(by_teacher):
        paid += _paid(by_teacher[name], settings)
    return PaySheet(month, tuple(paid), digest)


def _lines(
    problem: Problem,
    entry: Entry,
    settings: CoverSettings,
    paper: Callable[[Entry], Paper],
) -> Iterator[PayLine]:
    facts, pay = entry.facts, settings.pay
    classes = "、".join(group.name for group in facts.classes)
    size, at = len(facts.rows), (entry.date, facts.start, classes, facts.subject.name)
    for person in facts.teachers:
        known = problem.teacher.get(person.id)
        schools = {school.id for school in facts.schools}
        if known is not None and known.school_id not in schools:
            yield PayLine(person.id, *at, Kind.TRAVEL, size, size * pay.travel)
    if not facts.covers or facts.joined:
        return
    why = paper(entry)
    before = {person.id: person.name for person in facts.covers}
    now = {person.id: person.name for person in facts.teachers}
    gone = "、".join(name for key, name in before.items() if key not in now)
    come = "、".join(name for key, name in now.items() if key not in before)
    kind = _kind(entry, pay, why.leave)
    for name in now.keys() - before.keys():
        fen = size * _RATES[kind](pay)
        yield PayLine(name, *at, kind, size, fen, gone, why.reason)
    for name in before.keys() - now.keys():
        free = why.leave is not None and why.leave.kind in settings.received_free
        against = -size if settings.counting is Counting.NET and not free else 0
        yield PayLine(name, *at, Kind.RECEIVED, against, 0, come, why.reason)


_RATES: dict[Kind, Callable[[Pay], int]] = {
    Kind.LESSON: lambda pay: pay.lesson,
    Kind.SELF_STUDY: lambda pay: pay.self_study,
    Kind.ACTIVITY: lambda pay: pay.activity,
    Kind.LONG: lambda pay: pay.long or pay.lesson,
}


def _kind(entry: Entry, pay: Pay, leave: Leave | None) -> Kind:
    facts: Facts = entry.facts
    if facts.self_study:
        return Kind.SELF_STUDY
    if facts.kind is SubjectKind.PE_ACTIVITY:
        return Kind.ACTIVITY
    days = (leave.last - leave.first).days + 1 if leave else 0
    own = facts.instead_of is None
    return Kind.LONG if own and days > pay.long_days else Kind.LESSON


def _paid(lines: list[PayLine], settings: CoverSettings) -> Iterator[PayLine]:
    """Lines of one teacher; what is free, beyond the cap, or set off, is paid nothing.

    The first lessons of the month are the free ones, the last ones beyond the cap.
    """
    given = sum(x.lessons for x in lines if x.kind in _RATES)
    against = -sum(x.lessons for x in lines if x.kind is Kind.RECEIVED)
    free = settings.pay.free
    most = max(0, given - against - free)
    if settings.pay.most is not None:
        most = min(most, settings.pay.most)
    for line in lines:
        if line.kind not in _RATES:
            yield line
            continue
        skipped = min(free, line.lessons)
        count = min(line.lessons - skipped, most)
        free, most = free - skipped, most - count
        yield replace(line, fen=line.fen * count // line.lessons)


def corrections(
    signed: PaySheet, now: PaySheet, month: str, told: Iterable[PayLine] = ()
) -> tuple[PayLine, ...]:
    """What has changed in a month since it was signed, as lines of a later month.

    A signed sheet stays as it was; what came out otherwise is a line of its own.

    Parameters:
        told: Corrections in sheets signed since, which need not be told again.
    """
    first = dt.date.fromisoformat(f"{month}-01")
    found: dict[tuple[str, str, str], PayLine] = {}
    old = (x for x in signed.lines if x.kind is not Kind.CORRECTION)
    for sign, lines in ((1, now.lines), (-1, old)):
        for line in lines:
            _add(found, _correction(line, first), sign)
    for line in told:
        if line.kind is Kind.CORRECTION and line.reason.startswith(signed.month):
            _add(found, replace(line, date=first), -1)
    return tuple(found[key] for key in sorted(found) if found[key].is_something)


def _correction(line: PayLine, first: dt.date) -> PayLine:
    why = f"{line.date} {format_clock(line.start)} {line.kind.text.zh}"
    return replace(line, date=first, start=0, kind=Kind.CORRECTION, reason=why)


def _add(
    found: dict[tuple[str, str, str], PayLine],
    line: PayLine,
    sign: int,
) -> None:
    """Add a line to what is known of the same lesson, or take it off."""
    key = line.teacher_id, line.classes, line.reason
    before = found.get(key)
    if before is None:
        found[key] = replace(line, lessons=sign * line.lessons, fen=sign * line.fen)
        return
    found[key] = replace(
        before,
        lessons=before.lessons + sign * line.lessons,
        fen=before.fen + sign * line.fen,
    )
