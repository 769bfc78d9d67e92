"""Proposals for lessons whose teacher is away, each free of what the rules forbid.

Who comes is free then by the clock, by the way from where he or she is and by what is
unavailable, and stays within the limits of day and week and those that the school has
agreed on. A swap exchanges two lessons of one class; classes are joined where a teacher
of the same subject and grade has room for both.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from scheduler.constraints import describe
from scheduler.model.meeting import Meeting
from scheduler.model.text import Text
from scheduler.model.times import Bell
from scheduler.term.altering import changed, on_its_date
from scheduler.term.changes import DatedChange, Was
from scheduler.term.checking import refusals
from scheduler.term.cover.board import Board, Need
from scheduler.term.cover.leaves import is_away
from scheduler.term.cover.weighing import Kind, Proposal, weigh
from scheduler.term.dated import DatedLesson
from scheduler.term.judging import broken

MOST_SWAPS = 2
"""Swaps proposed for one lesson; each is tried in full."""
_MOST_TRIED = 6


def proposals(board: Board, need: Need) -> tuple[Proposal, ...]:
    """Everything that can be done about a need, the best first."""
    if need.escorts:
        found = (*_escorts(board, need), _cancelled(board, need))
        return tuple(sorted(found, key=lambda x: x.order))
    found = (
        *_people(board, need),
        *_swaps(board, need),
        *_merges(board, need),
        _cancelled(board, need),
    )
    return tuple(sorted(found, key=lambda x: x.order))


def by_hand(board: Board, need: Need, kind: Kind, teacher_id: str) -> Proposal:
    """The proposal that somebody picks; it is refused or weighed as all others are."""
    kind = Kind.ESCORT if need.escorts else kind
    change = _given_by(need, teacher_id, kind is Kind.SELF_STUDY)
    return _made(board, need, kind, (change,), teacher_id)


def why_not(board: Board, proposal: Proposal) -> tuple[Text, ...]:
    """What stands in a proposal's way, in sentences; nothing where it can be taken."""
    found = refusals(board.versions, board.changes, proposal.changes)
    if found or not proposal.teacher_id:
        return found
    name, date = proposal.teacher_id, proposal.need.lesson.date
    meeting = _with(proposal.need, name)
    who = describe.teacher(board.problem_at(date), name)
    if is_away(board.leaves, name, date, meeting.adult_busy):
        return (_said(date, who, Text("当天请假", "is on leave")),)
    if proposal.loads and (limit := over_agreed(board, name, date)) is not None:
        return (_said(date, who, limit),)
    return ()


def _said(date: dt.date, who: str, what: Text) -> Text:
    return Text(f"{date} {who}{what.zh}。", f"{date} {who}: {what.en}.")


def over_agreed(board: Board, teacher_id: str, date: dt.date) -> Text | None:
    """Why the school's own rules keep a teacher from one more cover."""
    settings, given = board.settings, board.tally.given(teacher_id, date)
    if teacher_id in settings.excluded:
        return Text("不参加代课（代课规则）", "gives no covers, by the school's rules")
    for span, done, most in (
        (Text("当天", "that day"), given.day, settings.most_a_day),
        (Text("本周", "that week"), given.week, settings.most_a_week),
        (Text("本月", "that month"), given.month, settings.most_a_month),
    ):
        if most is not None and done >= most:
            return Text(
                f"{span.zh}已代{done}节，代课规则最多{most}节",
                f"has {done} covers {span.en}, at most {most} by the school's rules",
            )
    return None


def _made(
    board: Board,
    need: Need,
    kind: Kind,
    changes: tuple[DatedChange, ...],
    teacher_id: str = "",
    other: DatedLesson | None = None,
) -> Proposal:
    bare = Proposal(need, kind, changes, teacher_id, other)
    given = board.tally.given(teacher_id, need.lesson.date).term if teacher_id else 0
    return replace(bare, parts=weigh(board, bare), covers=given)


def _given_by(need: Need, teacher_id: str, self_study: bool = False) -> DatedChange:
    if need.escorts:
        now = need.lesson.meeting.lesson.requirement.escort_ids
        told = Was(escort_ids=now)
        return DatedChange(*need.key, escort_ids=_along(need, teacher_id), was=told)
    was = Was(teacher_ids=need.lesson.meeting.teacher_ids)
    people = (*need.others, teacher_id)
    return DatedChange(*need.key, teacher_ids=people, self_study=self_study, was=was)


def _with(need: Need, teacher_id: str) -> Meeting:
    """The meeting of a need with somebody else, as one of its date."""
    meeting, problem = on_its_date(need.lesson), need.lesson.problem
    lesson, placement = meeting.lesson, meeting.placement
    if need.escorts:
        asked = replace(lesson.requirement, escort_ids=_along(need, teacher_id))
        lesson = replace(lesson, requirement=asked)
    else:
        placement = replace(placement, teacher_ids=(*need.others, teacher_id))
    return Meeting.in_rows(problem, lesson, placement, meeting.rows, meeting.fits)


def _along(need: Need, teacher_id: str) -> tuple[str, ...]:
    """Those who go along, with somebody else for who is away."""
    asked = need.lesson.meeting.lesson.requirement
    return tuple(teacher_id if x == need.teacher_id else x for x in asked.escort_ids)


def _cancelled(board: Board, need: Need) -> Proposal:
    change = DatedChange(*need.key, cancelled=True)
    return _made(board, need, Kind.CANCEL, (change,))


def _escorts(board: Board, need: Need) -> Iterator[Proposal]:
    """Others who could go along: free for the lesson and its walks."""
    date, there = need.lesson.date, need.lesson.meeting.adult_ids
    for teacher in board.problem_at(date).teachers:
        name = teacher.teacher_id
        if name in there or name in board.settings.excluded:
            continue
        if board.is_free(name, _with(need, name), date):
            pick = by_hand(board, need, Kind.ESCORT, name)
            if not board.has_limits or not why_not(board, pick):
                yield pick


def _people(board: Board, need: Need) -> Iterator[Proposal]:
    date, length = need.lesson.date, need.lesson.meeting.placement.length
    for teacher in board.problem_at(date).teachers:
        name = teacher.teacher_id
        if name in need.lesson.meeting.adult_ids or over_agreed(board, name, date):
            continue
        if board.is_taken(name, need.lesson.meeting.adult_busy, date):
            continue
        meeting = _with(need, name)
        free = board.is_free(name, meeting, date)
        if not free or not board.has_room(name, date, length):
            continue
        if board.has_limits and not _keeps_limits(board, need, name):
            continue
        for kind in (Kind.SUBSTITUTE, Kind.SELF_STUDY):
            change = _given_by(need, name, kind is Kind.SELF_STUDY)
            yield _made(board, need, kind, (change,), name)


def _keeps_limits(board: Board, need: Need, teacher_id: str) -> bool:
    """Whether rows of limits allow it, which only the rules themselves can tell."""
    return not refusals(board.versions, board.changes, (_given_by(need, teacher_id),))


def _swaps(board: Board, need: Need) -> Iterator[Proposal]:
    """The nearest swaps of which none is refused."""
    found = [
        _made(board, need, Kind.SWAP, exchanged(need.lesson, other), other=other)
        for other in _partners(board, need)
    ]
    found.sort(key=lambda x: x.order)
    tried = islice(found, _MOST_TRIED)
    yield from islice((x for x in tried if _stands(board, x)), MOST_SWAPS)


def _partners(board: Board, need: Need) -> Iterator[DatedLesson]:
    """Lessons of the class whose teachers could come in exchange, by the clock."""
    lesson = need.lesson
    if lesson.weekly is None or lesson.joins:
        return
    needed = {x.key for x in board.needs}
    for other in board.of_classes.get(lesson.meeting.class_ids, ()):
        far = abs((other.date - lesson.date).days) > board.settings.swap_reach
        if far or other.date < board.today or other.key in needed:
            continue
        if _is_alike(need, other) and _may_swap(board, need, other):
            yield other


def _is_alike(need: Need, other: DatedLesson) -> bool:
    """Whether two lessons of the same classes and of one length could change places."""
    mine, theirs = need.lesson.meeting, other.meeting
    return (
        len(theirs.rows) == len(mine.rows)
        and theirs.lesson.requirement.rows == mine.lesson.requirement.rows
        and theirs.lesson.requirement.subject_id != mine.lesson.requirement.subject_id
        and need.teacher_id not in theirs.teacher_ids
        and other.weekly is not None
        and not other.joins
        and not other.self_study
        and bool(theirs.teacher_ids)
    )


def _may_swap(board: Board, need: Need, other: DatedLesson) -> bool:
    lesson, but = need.lesson, (need.lesson.key, other.key)
    if not (board.fits_day(lesson, other.date) and board.fits_day(other, lesson.date)):
        return False
    mine, theirs = on_its_date(lesson), on_its_date(other)
    for people, meeting, date in (
        (theirs.adult_ids, _at_time_of(theirs, mine), lesson.date),
        (mine.adult_ids, _at_time_of(mine, theirs), other.date),
    ):
        for name in people:
            if not board.is_free(name, meeting, date, but):
                return False
            room = board.has_room(name, date, meeting.placement.length, but)
            if name in meeting.teacher_ids and not room:
                return False
    return True


def _at_time_of(meeting: Meeting, other: Meeting) -> Meeting:
    """A meeting where another one is in time, with its own walks."""
    start, end, walk = other.start, other.end, meeting.walk
    return replace(
        meeting,
        rows=other.rows,
        day=other.day,
        layers=other.layers,
        start=start,
        end=end,
        adult_busy=(start - walk, end + walk),
    )


def exchanged(
    lesson: DatedLesson, other: DatedLesson
) -> tuple[DatedChange, DatedChange]:
    """Changes that put two lessons in each other's place."""
    return _to(lesson, other), _to(other, lesson)


def _to(lesson: DatedLesson, other: DatedLesson) -> DatedChange:
    """A lesson where another one was."""
    stays = lesson.original_date == lesson.date == other.date
    to_date = None if stays else other.date
    return DatedChange(*lesson.key, to_date=to_date, start=other.start, end=other.end)


def _stands(board: Board, swap: Proposal) -> bool:
    """Whether both halves keep the rules of their dates where places are concerned."""
    one, other = swap.need.lesson, swap.other
    assert other is not None
    if one.meeting.layout is None and other.meeting.layout is None:
        return not board.has_limits or not why_not(board, swap)
    halves = zip((one, other), swap.changes, strict=True)
    moved = [changed(lesson, change, _bell(lesson)) for lesson, change in halves]
    keys = (one.key, other.key)
    near = [
        x
        for date in {x.date for x in moved}
        for x in board.lessons.get(date, ())
        if x.key not in keys
    ]
    return all(
        x.off is None and x.place_available and broken(x, (*near, *moved)) is None
        for x in moved
    )


def _bell(lesson: DatedLesson) -> Bell:
    return lesson.problem.bell_of(lesson.meeting.lesson.requirement)


def _merges(board: Board, need: Need) -> Iterator[Proposal]:
    """Lessons of parallel classes at the same time with room for both."""
    mine = need.lesson
    if mine.weekly is None or need.others or mine.meeting.layout is not None:
        return
    problem = mine.problem
    grades = {problem.class_group[c].grade for c in mine.meeting.class_ids}
    taken = {x.joins for x in board.lessons.get(mine.date, ()) if x.joins}
    for host in board.lessons.get(mine.date, ()):
        theirs = host.meeting
        alike = (
            theirs.lesson.requirement.subject_id
            == mine.meeting.lesson.requirement.subject_id
            and (host.start, host.end) == (mine.start, mine.end)
            and theirs.layout is None
            and {problem.class_group[c].grade for c in theirs.class_ids} == grades
            and problem.schools_of(theirs.lesson.requirement)
            == problem.schools_of(mine.meeting.lesson.requirement)
        )
        free = not host.joins and not host.self_study and host.lesson_id not in taken
        if not alike or not free or host.key == mine.key or not theirs.teacher_ids:
            continue
        pupils = problem.pupils((*theirs.class_ids, *mine.meeting.class_ids))
        away = [n for n in theirs.teacher_ids if _is_away(board, n, host)]
        if pupils <= board.settings.room_pupils and not away:
            was = Was(teacher_ids=mine.meeting.teacher_ids)
            people = theirs.teacher_ids
            change = DatedChange(
                *need.key, teacher_ids=people, joins=host.lesson_id, was=was
            )
            yield _made(board, need, Kind.MERGE, (change,), people[0], host)


def _is_away(board: Board, teacher_id: str, lesson: DatedLesson) -> bool:
    span = lesson.meeting.adult_busy
    return is_away(board.leaves, teacher_id, lesson.date, span) is not None
