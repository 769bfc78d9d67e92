"""The page of a day: who is away, what is open, what is proposed, what has changed."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from scheduler.constraints import describe
from scheduler.model.problem import Problem
from scheduler.model.text import Text
from scheduler.services.jobs.answers import Answer
from scheduler.services.jobs.rows import Job
from scheduler.services.office import Office
from scheduler.services.school.cover.asking import Asked, Best, asked_best
from scheduler.services.school.cover.optimum import Options, options_of
from scheduler.services.store.change_rows import Batch
from scheduler.services.store.leave_rows import KeptLeave
from scheduler.services.views.changes import batch_title, line_sentence, week_clock
from scheduler.services.views.clock import day_slots, day_title
from scheduler.services.views.days.sentences import (
    advice,
    leave_sentence,
    need_sentence,
    parts_sentence,
    proposal_sentence,
    wish_sentence,
)
from scheduler.term.cover.board import Board
from scheduler.term.cover.leaves import LeaveState
from scheduler.term.cover.weighing import Kind, Proposal
from scheduler.term.versions import Versions

MOST_SHOWN = 6
"""Proposals listed for one lesson; others are picked by hand."""


@dataclass(frozen=True, slots=True)
class ProposalLine:
    """A proposal: its name, what it is, and why it stands where it stands."""

    name: str
    text: Text
    parts: Text
    kind: Kind
    best: bool


@dataclass(frozen=True, slots=True)
class NeedLine:
    """An open lesson with its proposals, the best of the whole day first."""

    date: dt.date
    lesson_id: str
    text: Text
    teacher: str
    proposals: tuple[ProposalLine, ...]
    advice: Text | None


@dataclass(frozen=True, slots=True)
class PickLine:
    """A proposal taken and not released."""

    leave_id: int
    date: dt.date
    lesson_id: str
    text: Text


@dataclass(frozen=True, slots=True)
class LeaveLine:
    """A leave, or a wish for a swap, as a line."""

    leave_id: int
    text: Text
    note: str
    state: LeaveState
    asked_by: str


@dataclass(frozen=True, slots=True)
class BatchLine:
    """A batch of changes of the day; ``lines`` are those of its changes.

    ``of_lessons``: it has a slip, for it is not of events and bells alone.
    """

    batch_id: int
    title: Text
    lines: tuple[Text, ...]
    undone: bool
    of_lessons: bool


@dataclass(frozen=True)
class DayPage:
    """What the page shows; ``asked`` waits for a decision, whatever its date.

    ``job`` finds the best for all open lessons; ``found`` is whether it is known.
    """

    date: dt.date
    title: Text
    taught: bool
    today: dt.date
    leaves: tuple[LeaveLine, ...]
    asked: tuple[LeaveLine, ...]
    needs: tuple[NeedLine, ...]
    picks: tuple[PickLine, ...]
    batches: tuple[BatchLine, ...]
    job: Job | None
    found: bool
    problem: Problem

    @property
    def waiting(self) -> tuple[int, ...]:
        """Leaves with something to release."""
        return tuple(dict.fromkeys(x.leave_id for x in self.picks))


@dataclass
class KnownOptions:
    """The board asked about last, with all that is worked out of it.

    Pages ask again and again, while a job is waited for above all.
    """

    board: Board | None = None
    options: Options = ()
    asked: Asked | None = None

    def of(self, board: Board) -> tuple[Board, Options, Asked]:
        """A board equal to one, its options, and what is asked of them."""
        if self.board is None or self.asked is None or self.board != board:
            self.options, self.board = options_of(board), board
            self.asked = Asked.of(board, self.options)
        return self.board, self.options, self.asked


def day_page(
    office: Office,
    versions: Versions,
    date: dt.date,
    today: dt.date,
    known: KnownOptions,
    manager: str | None,
) -> DayPage:
    """Gather the page of a date.

    Parameters:
        manager: Who may decide, None for whoever only reads: leaves and proposals are
            not theirs to see.
    """
    problem = versions.at(date).problem
    kept = office.covering.leaves(date) if manager else ()
    board = office.covering.board(date)
    options: Options = ()
    best: Best = Answer(())
    if manager:
        board, options, asked = known.of(board)
        best = asked_best(office.jobs, asked, manager)
    return DayPage(
        date,
        day_title(problem, date),
        bool(day_slots(problem, date)),
        today,
        tuple(_line(problem, x) for x in kept if _is_of(x, date)),
        tuple(_line(problem, x) for x in kept if x.state is LeaveState.ASKED),
        tuple(_needs(board, options, best.value or ())),
        tuple(_picks(versions, kept, date)),
        tuple(_batches(versions, office.changes.batches(date), date)),
        best.job,
        best.value is not None,
        problem,
    )


def _is_of(kept: KeptLeave, date: dt.date) -> bool:
    leave = kept.leave
    return kept.in_force and leave is not None and leave.first <= date <= leave.last


def _line(problem: Problem, kept: KeptLeave) -> LeaveLine:
    if kept.leave is not None:
        text = leave_sentence(problem, kept.leave)
    else:
        assert kept.wish is not None
        text = wish_sentence(problem, kept.wish)
    return LeaveLine(kept.leave_id, text, kept.what.note, kept.state, kept.asked_by)


def _needs(
    board: Board, options: Options, best: Iterable[Proposal]
) -> Iterable[NeedLine]:
    chosen = {x.need.key: x.name for x in best}
    for row in options:
        need = row[0].need
        name = chosen.get(need.key, "" if chosen else row[0].name)
        ordered = sorted(row, key=lambda x: x.name != name)
        yield NeedLine(
            *need.key,
            need_sentence(need),
            describe.teacher(need.lesson.problem, need.teacher_id),
            tuple(_proposal(board, x, name) for x in ordered[:MOST_SHOWN]),
            advice(board, need),
        )


def _proposal(board: Board, proposal: Proposal, best: str) -> ProposalLine:
    return ProposalLine(
        proposal.name,
        proposal_sentence(board, proposal),
        parts_sentence(proposal),
        proposal.kind,
        proposal.name == best,
    )


def _picks(
    versions: Versions, kept: Iterable[KeptLeave], date: dt.date
) -> Iterable[PickLine]:
    problem = versions.at(date).problem
    for leave in kept:
        if not _is_of(leave, date):
            continue
        for pick in leave.picks:
            what = describe.lesson(problem, pick.lesson_id)
            at = f"{pick.date} {week_clock(versions, *pick.key)}".rstrip()
            kind, who = pick.kind.text, _who(problem, pick.name)
            yield PickLine(
                leave.leave_id,
                pick.date,
                pick.lesson_id,
                Text(
                    f"{at} {what.zh}：{kind.zh} {who}".rstrip(),
                    f"{at} {what.en}: {kind.en} {who}".rstrip(),
                ),
            )


def _who(problem: Problem, name: str) -> str:
    """Who comes, or the lesson swapped with, by the name of a proposal."""
    _, teacher_id, date, lesson_id = name.split("|")
    if teacher_id in problem.teacher:
        return describe.teacher(problem, teacher_id)
    if lesson_id in problem.lesson:
        return f"{date} {describe.lesson(problem, lesson_id).zh}"
    return ""


def _batches(
    versions: Versions, batches: Iterable[Batch], date: dt.date
) -> Iterable[BatchLine]:
    for batch in batches:
        if any(date in change.dates for change in batch.changes):
            yield BatchLine(
                batch.batch_id,
                batch_title(versions.newest.problem, batch),
                tuple(line_sentence(versions, line) for line in batch.lines),
                batch.undone,
                batch.of_lessons,
            )


def hand_choices(problem: Problem) -> tuple[tuple[str, str], ...]:
    """All teachers by name, for a pick of one's own."""
    return tuple(
        (t.teacher_id, describe.teacher(problem, t.teacher_id))
        for t in problem.teachers
    )
