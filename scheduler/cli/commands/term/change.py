"""change: the log of what is otherwise on a date; made, listed and undone."""

import argparse
from argparse import Namespace
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from scheduler.cli.arguments import add_database, add_form, add_json, add_office
from scheduler.cli.changing import described
from scheduler.cli.console import say, say_json
from scheduler.cli.failing import NOTHING_PUBLISHED, refusal
from scheduler.cli.folders import make_folder
from scheduler.cli.numbers import clocks, date
from scheduler.formats.tables.dated.date_reading import read_replacements
from scheduler.formats.tables.dated.date_writing import write_replacements
from scheduler.model.errors import DataError, InputError
from scheduler.model.text import Text
from scheduler.services.office import Office
from scheduler.services.offices import Store
from scheduler.services.school.changes import CannotChange
from scheduler.services.school.cover.entering import exchange
from scheduler.services.store.change_rows import Batch as Kept
from scheduler.services.views.changes import batch_facts, batch_title, line_sentence
from scheduler.term.changes import (
    Batch,
    Change,
    EventKind,
    Reason,
    from_replacements,
    to_replacements,
)
from scheduler.term.versions import Versions


def add_options(command: argparse.ArgumentParser) -> None:
    """The database, what is to be done, and why."""
    add_database(command)
    add_office(command)
    _add_acts(command)
    _add_instead(command)
    _add_why(command)
    add_json(command)


def _add_acts(command: argparse.ArgumentParser) -> None:
    what = command.add_mutually_exclusive_group()
    what.add_argument(
        "--lesson", metavar="ID", help="改动这节课，如 R1#2 / change this lesson"
    )
    what.add_argument(
        "--extra",
        metavar="CLASS",
        nargs="+",
        help="给这些班加一节课 / an extra lesson of these classes",
    )
    what.add_argument(
        "--bell", metavar="ID", help="当天改用这个作息 / keep this bell on the date"
    )
    what.add_argument(
        "--event",
        choices=[x.value for x in EventKind],
        help="考试、运动会、外出、提前放学等 / what takes the lessons then",
    )
    what.add_argument(
        "--undo", metavar="BATCH", type=int, help="撤销这一批 / take a batch back"
    )
    what.add_argument(
        "--import",
        dest="source",
        metavar="FILE",
        type=Path,
        help="导入 replacements.csv / take in the rows of a replacements.csv",
    )
    what.add_argument(
        "--out",
        metavar="DIR",
        type=Path,
        help="把单日换场写入 DIR/replacements.csv / write changes of places there",
    )
    command.add_argument(
        "--on", type=date, metavar="DATE", help="课表上的日期 / the date in the week"
    )


def _add_instead(command: argparse.ArgumentParser) -> None:
    command.add_argument("--cancel", action="store_true", help="停课 / cancel it")
    command.add_argument(
        "--swap",
        metavar="ID",
        help="与这节课对调，它在 --to 那天 / swap with this lesson of the date --to",
    )
    command.add_argument(
        "--join", metavar="ID", help="与这节课合班 / teach it together with this one"
    )
    command.add_argument(
        "--self-study",
        action="store_true",
        help="自习，--teachers 看班 / self-study, watched by --teachers",
    )
    command.add_argument(
        "--to", type=date, metavar="DATE", help="改到这一天 / move it to this date"
    )
    when = command.add_mutually_exclusive_group()
    when.add_argument(
        "--period", type=int, metavar="N", help="第几节 / the period of that day"
    )
    when.add_argument(
        "--time",
        type=clocks,
        metavar="HH:MM-HH:MM",
        help="钟点 / from and to by the clock",
    )
    command.add_argument(
        "--place", metavar="ID", help="用法编号或 home / a layout, or home"
    )
    command.add_argument(
        "--teachers", nargs="+", metavar="ID", help="任课教师 / all who teach"
    )
    command.add_argument(
        "--escorts", nargs="+", metavar="ID", help="随行教师 / all who go along"
    )
    command.add_argument("--subject", metavar="ID", help="学科 / the subject")
    command.add_argument(
        "--classes",
        nargs="+",
        metavar="ID",
        help="哪些班（作息、活动） / classes of --bell or --event",
    )
    command.add_argument(
        "--grades", nargs="+", type=int, metavar="N", help="哪些年级 / grades of these"
    )
    command.add_argument(
        "--until",
        type=date,
        metavar="DATE",
        help="作息或活动到哪天为止 / last date of --bell or --event",
    )


def _add_why(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--reason",
        choices=[x.value for x in Reason],
        help="原因代码，默认按所做的事 / why, as a code (default: by what is done)",
    )
    add_form(command)
    command.add_argument(
        "--asked-by", default="", metavar="NAME", help="申请人 / who asked"
    )


def run(options: Namespace) -> int:
    """List the log, or make or undo a batch of it."""
    with closing(Store.connect(options.database, create=False)) as store:
        office = store.office_named(options.office)
        versions = office.versions(options.on)
        if versions is None:
            raise InputError([NOTHING_PUBLISHED])
        if options.out is not None:
            make_folder(options.out)
            rows = to_replacements(office.changes.in_force(options.on))
            write_replacements(rows, options.out)
            say(f"→ {options.out / 'replacements.csv'}")
            return 0
        with _refused():
            batches = _batches(office, versions, options)
    if options.json:
        say_json([batch_facts(batch) for batch in batches])
        return 0
    for batch in batches:
        title = batch_title(versions.newest.problem, batch)
        say(title.in_language(options.lang))
        for line in batch.lines:
            say(f"  {line_sentence(versions, line).in_language(options.lang)}")
    return 0


def _batches(
    office: Office, versions: Versions, options: Namespace
) -> tuple[Kept, ...]:
    """What was made or undone; the whole log where nothing was asked for."""
    if options.undo is not None:
        office.changes.undo(options.undo, "cli")
        known = office.changes.batches()
        return tuple(b for b in known if b.batch_id == options.undo)
    asked = Batch(
        _reason(options),
        options.note,
        options.form,
        asked_by=options.asked_by,
        approved_by=options.approved_by,
        made_by="cli",
    )
    if options.source is not None:
        rows = read_replacements(options.source)
        new: tuple[Change, ...] = from_replacements(rows)
    elif options.swap:
        return (_swapped(office, asked, options),)
    elif options.lesson or options.extra or options.bell or options.event:
        new = (described(versions, options),)
    else:
        batches = office.changes.batches(options.on)
        return tuple(b for b in batches if _is_on(b, options))
    return (office.changes.make(asked, new),) if new else ()


def _reason(options: Namespace) -> Reason:
    """The reason that is given, else the one that the act itself gives."""
    if options.reason is not None:
        return Reason(options.reason)
    given = (
        (Reason.EXAM, options.event == EventKind.EXAM),
        (Reason.EVENT, options.event),
        (Reason.BELL, options.bell),
        (Reason.SWAP, options.swap),
        (Reason.IMPORT, options.source),
    )
    return next((reason for reason, holds in given if holds), Reason.OTHER)


def _swapped(office: Office, asked: Batch, options: Namespace) -> Kept:
    """Two lessons in each other's place, on one date or two."""
    if options.lesson is None or options.on is None:
        raise InputError([_NO_LESSON])
    keys = [(options.on, options.lesson), (options.to or options.on, options.swap)]
    with office.changes.open(options.on) as log:
        return log.make(asked, exchange(log, keys))


_NO_LESSON = DataError(
    "--swap",
    Text("没有说和哪一节对调", "which lesson is to be swapped?"),
    Text("请加 --lesson 和 --on。", "Maybe add --lesson and --on?"),
)


def _is_on(batch: Kept, options: Namespace) -> bool:
    return options.on is None or any(options.on in c.dates for c in batch.changes)


@contextmanager
def _refused() -> Iterator[None]:
    """Refusals as faults of the command line, all at once."""
    try:
        yield
    except CannotChange as error:
        raise refusal("cuofeng change", *error.texts) from error
