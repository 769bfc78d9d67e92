"""Points of proposals: one function for previews, whole batches and picks by hand.

Every part of a sum is named, so that an order can be explained. The fewest points are
best; equal ones are ordered by who has covered least in the term, then by id.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from scheduler.model.text import Text
from scheduler.term.changes import DatedChange
from scheduler.term.cover.board import Board, Need
from scheduler.term.cover.settings import Weights
from scheduler.term.dated import DatedLesson


class Kind(StrEnum):
    """What is done about a lesson whose teacher is away."""

    SWAP = "swap"
    SUBSTITUTE = "substitute"
    MERGE = "merge"
    SELF_STUDY = "self_study"
    CANCEL = "cancel"
    ESCORT = "escort"

    @property
    def text(self) -> Text:
        """Its name for people."""
        return _KINDS[self]


_KINDS = {
    Kind.SWAP: Text("调课", "swap"),
    Kind.SUBSTITUTE: Text("代课", "substitute"),
    Kind.MERGE: Text("合班", "join classes"),
    Kind.SELF_STUDY: Text("自习看班", "self-study"),
    Kind.CANCEL: Text("停课", "cancel"),
    Kind.ESCORT: Text("随队", "escort"),
}


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a proposal's points, and what it is for."""

    name: Text
    points: int


@dataclass(frozen=True, slots=True)
class Proposal:
    """What could be done about a need, with the changes that do it.

    ``teacher_id`` is who comes, empty where nobody does; ``other`` the lesson swapped
    with or joined. ``covers`` is how many covers of the term who comes has given.
    """

    need: Need
    kind: Kind
    changes: tuple[DatedChange, ...]
    teacher_id: str = ""
    other: DatedLesson | None = None
    parts: tuple[Part, ...] = field(default=(), compare=False)
    covers: int = field(default=0, compare=False)

    @property
    def points(self) -> int:
        """The sum of its parts."""
        return sum(part.points for part in self.parts)

    @property
    def loads(self) -> bool:
        """Whether it counts as a cover of whoever comes."""
        return self.kind in (Kind.SUBSTITUTE, Kind.SELF_STUDY)

    @property
    def comes(self) -> bool:
        """Whether somebody has to be free for it."""
        return self.loads or self.kind is Kind.ESCORT

    @property
    def name(self) -> str:
        """A name of its own among the proposals for its need."""
        key = self.other.key if self.other else ("", "")
        return "|".join((self.kind.value, self.teacher_id, *map(str, key)))

    @property
    def order(self) -> tuple[int, int, str]:
        """By which proposals for one need are sorted."""
        return self.points, self.covers, self.name


def school_days(board: Board, need: Need) -> int:
    """Days of a leave on which its teacher would have lessons; one at least."""
    known = [date for date in need.leave.dates if board.lessons.get(date)]
    first, last = min(board.lessons), max(board.lessons)
    beyond = [x for x in need.leave.dates if not first <= x <= last]
    # Beyond what the board has, every day from Monday to Friday counts.
    return max(1, len(known) + sum(x.isoweekday() <= 5 for x in beyond))


def weigh(board: Board, proposal: Proposal) -> tuple[Part, ...]:
    """The parts of a proposal's points on a board; those of no points are left out."""
    return tuple(part for part in _parts(board, proposal) if part.points)


def _parts(board: Board, proposal: Proposal) -> Iterator[Part]:
    weights, need, kind = board.settings.weights, proposal.need, proposal.kind
    if kind is Kind.ESCORT:
        yield from _along(board, weights, need, proposal.teacher_id)
        return
    yield Part(kind.text, getattr(weights, kind.value))
    days = school_days(board, need)
    if kind is Kind.SWAP and days > board.settings.swap_days:
        yield Part(_TOO_LONG, weights.late)
    if kind is Kind.SUBSTITUTE and days <= board.settings.swap_days:
        yield Part(_SHORT, weights.late)
    if kind is Kind.SWAP and proposal.other is not None:
        apart = abs((proposal.other.date - need.lesson.date).days)
        text = Text(f"相隔{apart}天", f"{apart} days apart")
        yield Part(text, apart * weights.day_apart)
    if kind is Kind.SUBSTITUTE:
        yield from _fit(board, weights, need, proposal.teacher_id)
    if proposal.loads:
        yield from _load(board, weights, need.lesson.date, proposal.teacher_id)


def _along(board: Board, weights: Weights, need: Need, name: str) -> Iterator[Part]:
    """Who goes along is best one whom the class knows, with little else that day."""
    if board.known[name].classes.isdisjoint(need.lesson.meeting.class_ids):
        yield Part(_UNKNOWN_CLASS, weights.unknown_class)
    day = board.load(name, need.lesson.date)
    text = Text(f"当天已有{day}节", f"{day} lessons that day")
    yield Part(text, day * weights.day_load)


def _fit(board: Board, weights: Weights, need: Need, name: str) -> Iterator[Part]:
    known, meeting = board.known[name], need.lesson.meeting
    problem = board.problem_at(need.lesson.date)
    if meeting.lesson.requirement.subject_id not in known.subjects:
        yield Part(_OTHER_SUBJECT, weights.other_subject)
    if known.classes.isdisjoint(meeting.class_ids):
        yield Part(_UNKNOWN_CLASS, weights.unknown_class)
    grades = {problem.class_group[c].grade for c in meeting.class_ids}
    away = problem.teacher[need.teacher_id].group
    same_group = bool(away) and away == problem.teacher[name].group
    if known.grades.isdisjoint(grades) and not same_group:
        yield Part(_OTHER_GRADE, weights.other_grade)


def _load(board: Board, weights: Weights, date: dt.date, name: str) -> Iterator[Part]:
    day, week = board.load(name, date), board.week_load(name, date)
    given = board.tally.given(name, date)
    yield Part(
        Text(f"当天已有{day}节", f"{day} lessons that day"), day * weights.day_load
    )
    yield Part(
        Text(f"本周已有{week}节", f"{week} lessons that week"), week * weights.week_load
    )
    yield Part(
        Text(f"本月已代{given.month}节", f"{given.month} covers this month"),
        given.month * weights.month_covers,
    )
    yield Part(
        Text(f"本学期已代{given.term}节", f"{given.term} covers this term"),
        given.term * weights.term_covers,
    )


_TOO_LONG = Text("请假较长，不宜调课", "too long a leave for swaps")
_SHORT = Text("请假较短，先考虑调课", "so short a leave is swapped first")
_OTHER_SUBJECT = Text("不教这门课", "teaches another subject")
_UNKNOWN_CLASS = Text("没教过这个班", "does not know the class")
_OTHER_GRADE = Text("不同年级、不同教研组", "another grade and group")
