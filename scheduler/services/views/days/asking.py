"""What teachers ask for: leaves, wishes, and the swaps they may choose from."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from scheduler.model.problem import Problem
from scheduler.model.text import Text
from scheduler.services.office import Office
from scheduler.services.school.changes import CannotChange
from scheduler.services.views.days.forms import key_of
from scheduler.services.views.days.sentences import (
    leave_sentence,
    proposal_sentence,
    wish_sentence,
)
from scheduler.services.views.days.weeks import key_text
from scheduler.term.cover.leaves import Leave, LeaveState, Wish
from scheduler.term.cover.proposing import proposals
from scheduler.term.cover.weighing import Kind


@dataclass(frozen=True, slots=True)
class AskedLine:
    """What somebody asked for, and what became of it."""

    leave_id: int
    text: Text
    state: Text
    answer: str
    waits: bool


@dataclass(frozen=True, slots=True)
class SwapLine:
    """A lesson that could take the place of one."""

    other: str
    text: Text


def ask(office: Office, what: object, by: str) -> None:
    """Ask for a leave or a swap; the office decides.

    Raises:
        CannotChange: it says nothing, or cannot be.
    """
    assert isinstance(what, Leave | Wish)
    office.covering.enter(what, by, LeaveState.ASKED)


def asked_by(
    office: Office, problem: Problem, teacher_id: str
) -> tuple[AskedLine, ...]:
    """Leaves and wishes of a teacher, the latest first."""
    return tuple(reversed(list(_lines(office, problem, teacher_id))))


def _lines(office: Office, problem: Problem, teacher_id: str) -> Iterator[AskedLine]:
    for kept in office.covering.leaves():
        if kept.what.teacher_id == teacher_id:
            if kept.leave is not None:
                text = leave_sentence(problem, kept.leave)
            else:
                assert kept.wish is not None
                text = wish_sentence(problem, kept.wish)
            waits = kept.state is LeaveState.ASKED
            yield AskedLine(*(kept.leave_id, text, kept.state.text, kept.answer, waits))


def swaps_for(
    office: Office, teacher_id: str, lesson: str
) -> tuple[tuple[SwapLine, ...], tuple[Text, ...]]:
    """Swaps of one own lesson that nothing stands in the way of, the best first.

    They are those that are proposed where the teacher cannot give that lesson.
    """
    try:
        date, lesson_id = key_of(lesson)
        board = office.covering.board(date)
    except CannotChange as error:
        return (), error.texts
    given = (x for day in board.lessons.values() for x in day)
    held = next((x for x in given if x.key == (date, lesson_id)), None)
    if held is None or teacher_id not in held.meeting.teacher_ids:
        return (), (_NOT_YOURS,)
    leave = Leave(
        *(teacher_id, held.date, held.date),
        start=held.start,
        end=held.end,
        lesson_id=lesson_id,
    )
    there = replace(board, leaves=(*board.leaves, leave), only=leave, first=held.date)
    there = replace(there, last=held.date)
    if not there.needs:
        return (), (_NOT_YOURS,)
    found = [x for x in proposals(there, there.needs[0]) if x.kind is Kind.SWAP]
    lines = tuple(
        SwapLine(key_text(x.other), proposal_sentence(there, x))
        for x in found
        if x.other is not None
    )
    return lines, (() if lines else (_NO_SWAP,))


_NOT_YOURS = Text("这不是你当天要上的课。", "This is no lesson of yours on that date.")
_NO_SWAP = Text(
    "前后一周内没有可以对调的课，请改为请假，由教务处安排。",
    "No lesson within a week could be swapped; ask for a leave instead.",
)
