"""absent: a teacher is away; what is best for every lesson, shown or done."""

import argparse
from argparse import Namespace
from contextlib import closing
from typing import Any

from scheduler.cli.arguments import add_database, add_form, add_json, add_office
from scheduler.cli.console import say, say_json
from scheduler.cli.failing import refusal
from scheduler.cli.numbers import clocks, date
from scheduler.model.text import Text
from scheduler.model.times import MINUTES_A_DAY
from scheduler.services.office import Office
from scheduler.services.offices import Store
from scheduler.services.school.changes import CannotChange
from scheduler.services.school.cover.covering import Release
from scheduler.services.school.cover.optimum import best_for_all
from scheduler.services.views.days.sentences import (
    advice,
    leave_sentence,
    need_sentence,
    parts_sentence,
    proposal_sentence,
)
from scheduler.term.calendar import day_kind
from scheduler.term.cover.board import Board, Need
from scheduler.term.cover.leaves import Leave
from scheduler.term.cover.proposing import proposals
from scheduler.term.cover.settings import LeaveKind
from scheduler.term.cover.weighing import Kind, Proposal

_SHOWN = 3
"""Proposals listed for each lesson."""


def add_options(command: argparse.ArgumentParser) -> None:
    """Who is away when, and whether the best is done at once."""
    command.add_argument("teacher", metavar="TEACHER", help="教师编号 / a teacher")
    command.add_argument(
        "--date",
        type=date,
        required=True,
        metavar="DATE",
        help="第一天 / first day",
    )
    command.add_argument(
        "--to", type=date, metavar="DATE", help="最后一天 / the last day"
    )
    command.add_argument(
        "--time",
        type=clocks,
        metavar="HH:MM-HH:MM",
        help="只在这些钟点 / in these hours alone",
    )
    command.add_argument(
        "--lesson",
        default="",
        metavar="ID",
        help="只请这一节 / this lesson alone",
    )
    command.add_argument(
        "--kind",
        choices=[x.value for x in LeaveKind],
        default=LeaveKind.PERSONAL.value,
        help="公假、病假、事假、法定假 / kind of leave (default: personal)",
    )
    add_form(command)
    add_database(command)
    add_office(command)
    command.add_argument(
        "--apply",
        action="store_true",
        help="登记请假并采用整批最优方案，日历随即更新 / enter it and do what is best",
    )
    add_json(command)


def run(options: Namespace) -> int:
    """Show the proposals, or do the best of them; 1 where a lesson can only be lost."""
    leave = _leave(options)
    with closing(Store.connect(options.database, create=False)) as store:
        office = store.office_named(options.office)
        try:
            board = office.covering.preview(leave)
            best = best_for_all(board)
            if options.apply:
                _apply(office, leave, best, options)
        except CannotChange as error:
            raise refusal("cuofeng absent", *error.texts) from error
    if options.json:
        say_json(_facts(board, leave, best, options.apply))
    else:
        for text in _lines(board, leave, best, options.apply):
            say(text.in_language(options.lang))
    lost = any(x.kind is Kind.CANCEL for x in best) or len(best) < len(board.needs)
    return int(lost)


def _leave(options: Namespace) -> Leave:
    start, end = options.time or (0, MINUTES_A_DAY)
    return Leave(
        *(options.teacher, options.date, options.to or options.date),
        *(LeaveKind(options.kind), start, end, options.lesson, options.note),
    )


def _apply(
    office: Office, leave: Leave, best: tuple[Proposal, ...], options: Namespace
) -> None:
    kept = office.covering.enter(leave, "cli")
    if not best:
        return
    asked = Release("cli", options.note, options.form, options.approved_by)
    try:
        office.covering.take_all(best)
        office.covering.release([kept.leave_id], asked)
    except CannotChange:
        office.covering.withdraw(kept.leave_id, "cli")
        raise


def _lines(
    board: Board, leave: Leave, best: tuple[Proposal, ...], done: bool
) -> list[Text]:
    found, needs = [leave_sentence(board.problem, leave)], board.needs
    if not needs:
        found += _nothing(board, leave)
    elif (said := advice(board, needs[0])) is not None:
        found.append(said)
    chosen = {x.need.key: x for x in best}
    for need in needs:
        head, pick = need_sentence(need), chosen.get(need.key)
        if pick is None:
            found.append(head + Text("：没有方案", ": nothing is proposed"))
            continue
        what, why = proposal_sentence(board, pick), parts_sentence(pick)
        mark = Text("已采用", "done") if done else Text("最优", "best")
        found.append(
            Text(
                f"{head.zh}：{mark.zh} {what.zh}，{why.zh}",
                f"{head.en}: {mark.en} {what.en}, {why.en}",
            )
        )
        if not done:
            found += _others(board, need, pick)
    return found


def _nothing(board: Board, leave: Leave) -> list[Text]:
    """That no lesson is concerned, and what kind of days they are."""
    term, found = board.problem.term, [_NO_LESSON]
    for day in leave.dates[:_DAYS_TOLD]:
        kind = day_kind(term, day)
        found.append(Text(f"    {day}：{kind.zh}", f"    {day}: {kind.en}"))
    return found


_NO_LESSON = Text("这段时间没有课。", "No lesson is concerned.")
_DAYS_TOLD = 7


def _others(board: Board, need: Need, pick: Proposal) -> list[Text]:
    """What comes next, where somebody would rather choose."""
    found = []
    for other in proposals(board, need)[:_SHOWN]:
        if other.name != pick.name:
            what, why = proposal_sentence(board, other), parts_sentence(other)
            found.append(Text(f"    {what.zh}，{why.zh}", f"    {what.en}, {why.en}"))
    return found


def _facts(
    board: Board, leave: Leave, best: tuple[Proposal, ...], done: bool
) -> dict[str, Any]:
    chosen = {x.need.key: x for x in best}
    return {
        "leave": leave_sentence(board.problem, leave).both(),
        "applied": done,
        "lessons": [
            {
                "date": need.lesson.date.isoformat(),
                "lesson_id": need.lesson.lesson_id,
                "start": need.lesson.start,
                "escorts": need.escorts,
                "best": chosen[need.key].name if need.key in chosen else None,
                "proposals": [_fact(board, x) for x in proposals(board, need)],
            }
            for need in board.needs
        ],
    }


def _fact(board: Board, proposal: Proposal) -> dict[str, Any]:
    return {
        "name": proposal.name,
        "kind": proposal.kind.value,
        "teacher_id": proposal.teacher_id,
        "points": proposal.points,
        "parts": [{**x.name.both(), "points": x.points} for x in proposal.parts],
        "text": proposal_sentence(board, proposal).both(),
    }
