"""dates: what single dates of the term do to a timetable."""

import argparse
import datetime as dt
from argparse import Namespace

from scheduler.cli.arguments import add_json, add_problem, add_timetable
from scheduler.cli.console import say, say_json
from scheduler.cli.inputs import load_problem, load_timetable
from scheduler.cli.numbers import date
from scheduler.formats.tables.dated.date_writing import write_replacements
from scheduler.model.errors import DataError, InputError
from scheduler.model.problem import Problem
from scheduler.model.term import Term
from scheduler.model.text import Text
from scheduler.services.clock import local_today
from scheduler.services.views.places.dates import (
    DatesView,
    clash_facts,
    clash_sentence,
    dates_view,
    fallen_sentences,
    fault_facts,
    fault_sentences,
)
from scheduler.term.changes import from_replacements
from scheduler.term.settling import replaced
from scheduler.term.versions import Versions


def add_options(command: argparse.ArgumentParser) -> None:
    """The timetable; whether to write the proposals into the data."""
    add_problem(command)
    add_timetable(command)
    command.add_argument(
        "--from",
        dest="since",
        type=date,
        metavar="DATE",
        help="从哪天起，默认今天或开学日 / from this date on (default: today, or the "
        "first day of a term to come)",
    )
    command.add_argument(
        "--apply",
        action="store_true",
        help="把换场方案写入数据文件夹的 replacements.csv / "
        "write the proposals to replacements.csv of the folder",
    )
    add_json(command)


def run(options: Namespace) -> int:
    """List lessons that fall out or lose their place; 1 where one finds none.

    Also 1 where a move of replacements.csv puts lessons in each other's way.
    """
    problem = load_problem(options.problem)
    if options.since is not None:
        _need_term(problem.term, options.since)
    since = options.since or local_today(problem.term.timezone)
    versions = Versions.of(load_timetable(problem, options.timetable))
    view = dates_view(versions, from_replacements(problem.replacements), since)
    if options.apply and view.clashes:
        rows = replaced(problem.replacements, view.clashes)
        write_replacements(rows, options.problem)
    if options.json:
        say_json(_facts(view, options.apply))
    else:
        _say(problem, view, options)
    return 1 if view.unsettled or view.in_the_way else 0


def _say(problem: Problem, view: DatesView, options: Namespace) -> None:
    for sentence in (*view.weekly, *fallen_sentences(problem, view)):
        say(sentence.in_language(options.lang))
    for sentence in fault_sentences(problem, view):
        say(sentence.in_language(options.lang))
    for clash in view.clashes:
        say(clash_sentence(problem, clash).in_language(options.lang))
    count = len(view.clashes) - view.unsettled
    done = options.apply and view.clashes
    left = view.unsettled
    text = Text(
        f"{len(view.clashes)}节课当天没有场地：{count}节有换场方案，{left}节没有；"
        f"{len(view.fallen)}节因活动停上。"
        + ("已写入【单日换场】表。" if done else ""),
        f"{len(view.clashes)} lesson(s) lose their place on a date: {count} with a "
        f"proposal, {left} without; {len(view.fallen)} fall out for events."
        + (" Written to the table replacements." if done else ""),
    )
    say(text.in_language(options.lang))


def _facts(view: DatesView, applied: bool) -> dict[str, object]:
    return {
        "weekly": [{"zh": x.zh, "en": x.en} for x in view.weekly],
        "fallen": [
            {
                "date": lesson.date.isoformat(),
                "lesson_id": lesson.lesson_id,
                "event": event.title,
            }
            for lesson, event in view.fallen
        ],
        "clashes": [clash_facts(clash) for clash in view.clashes],
        "faults": [fault_facts(fault) for fault in view.faults],
        "unsettled": view.unsettled,
        "applied": applied,
    }


def _need_term(term: Term, since: dt.date) -> None:
    """A date after the term leaves nothing to list; an earlier one means all of it."""
    if since <= term.last_day:
        return
    first, last = term.first_day, term.last_day
    problem = Text(
        f"在学期（{first} 至 {last}）之后",
        f"is after the term ({first} to {last})",
    )
    advice = Text("年份是否写错？", "Maybe the year is a slip?")
    raise InputError([DataError("--from", problem, advice, value=since.isoformat())])
