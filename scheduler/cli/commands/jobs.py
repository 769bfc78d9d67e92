"""jobs: computations asked of the workers of a database, watched, stopped."""

import argparse
import getpass
from argparse import Namespace
from contextlib import closing

from scheduler.cli.arguments import add_json, add_office
from scheduler.cli.console import say, say_json, tell
from scheduler.cli.failing import NOTHING_PUBLISHED, refusal
from scheduler.cli.numbers import positive
from scheduler.model.errors import DataError, InputError
from scheduler.model.text import Text
from scheduler.services.jobs.contract import JobKind, Work
from scheduler.services.jobs.queue import JobUnknown
from scheduler.services.office import Office
from scheduler.services.offices import Store
from scheduler.services.school.drafts.refusals import DraftUnknown, Refused
from scheduler.services.school.drafts.words import (
    no_draft,
    operation_text,
    refusal_text,
)
from scheduler.services.views.jobs import job_facts, job_line

_ASKED = tuple(x.value for x in JobKind if x is not JobKind.WHAT_IF)


def add_options(command: argparse.ArgumentParser) -> None:
    """What is to be done with which job, and in which database."""
    command.add_argument(
        "act",
        choices=("list", "show", "stop", "adopt", *_ASKED),
        metavar="ACT",
        help="list、show、stop、adopt（把结果并入草稿），或要算的："
        + "、".join(_ASKED)
        + " / list, show, stop, adopt (take the result into its draft), or what is to "
        "be computed",
    )
    command.add_argument(
        "number",
        nargs="?",
        type=int,
        metavar="N",
        help="任务号 / number of the job",
    )
    command.add_argument(
        "--database",
        metavar="URL",
        required=True,
        help="数据库，如 sqlite:///school.db / where the timetable is published",
    )
    add_office(command)
    command.add_argument(
        "--draft",
        type=int,
        metavar="N",
        help="算这份草稿，不算当前课表 / of this draft, not of the version in force",
    )
    command.add_argument(
        "--time",
        type=positive,
        metavar="S",
        help="最多几秒 / seconds at most (default: as for each computation)",
    )
    command.add_argument(
        "--who",
        default=getpass.getuser(),
        metavar="NAME",
        help="操作人 / who asks (default: %(default)s)",
    )
    add_json(command)


def run(options: Namespace) -> int:
    """Ask for a computation, or say how far it is."""
    with closing(Store.connect(options.database, create=False)) as store:
        office = store.office_named(options.office)
        try:
            _act(office, options)
        except JobUnknown as error:
            raise InputError([_unknown(options.number)]) from error
    return 0


def _act(office: Office, options: Namespace) -> None:
    if options.act in _ASKED:
        _say(office, [_ask(office, options)], options)
    elif options.act == "list":
        _say(office, [x.job_id for x in office.jobs.all()], options)
    elif options.number is None:
        raise InputError([_NO_NUMBER])
    elif options.act == "stop":
        if not office.jobs.stop(options.number, options.who):
            tell("这个任务已经结束。", "The job has ended already.")
        _say(office, [options.number], options)
    elif options.act == "adopt":
        _adopt(office, options)
    else:
        _say(office, [options.number], options)


def _ask(office: Office, options: Namespace) -> int:
    """Put the computation of a draft or of the version in force into the queue."""
    settings = {} if options.time is None else {"seconds": options.time}
    kind = JobKind(options.act)
    if options.draft is None:
        current = office.current()
        if current is None:
            raise InputError([NOTHING_PUBLISHED])
        work = Work(kind, (current.timetable,), settings=settings)
        return office.jobs.ask(work, options.who).job_id
    try:
        table, locked, last = office.drafts.look(
            options.draft, lambda d: (d.timetable, d.locked, d.history.last)
        )
    except DraftUnknown as error:
        raise refusal("cuofeng jobs", no_draft(options.draft)) from error
    work = Work(kind, (table,), settings={**settings, "locked": list(locked)})
    return office.jobs.ask(work, options.who, (options.draft, last)).job_id


def _adopt(office: Office, options: Namespace) -> None:
    job, result = office.jobs.get(options.number), office.jobs.result(options.number)
    found = result and result.timetable
    if found is None or job.draft_id is None:
        raise InputError([_NOTHING_TO_ADOPT])
    try:
        step = office.drafts.do(
            job.draft_id,
            options.who,
            lambda desk, asked: desk.adopt(asked, found),
            job.draft_seen,
        )
    except Refused as error:
        problem = office.drafts.look(job.draft_id, lambda desk: desk.problem)
        raise refusal("cuofeng jobs", refusal_text(problem, error)) from error
    text = operation_text(found.problem, step.operation)
    say(f"{step.operation.number} {text.in_language(options.lang)}")


def _say(office: Office, numbers: list[int], options: Namespace) -> None:
    jobs = [office.jobs.get(x) for x in numbers]
    if options.json:
        say_json([job_facts(x) for x in jobs])
        return
    for job in jobs:
        say(job_line(job).in_language(options.lang))
    if not jobs:
        tell("没有任务。", "No jobs.")


def _unknown(number: int) -> DataError:
    return DataError(
        "cuofeng jobs",
        Text("没有这个任务", "is no job"),
        Text("用 cuofeng jobs list 查看。", "Maybe look at jobs list?"),
        value=str(number),
    )


_NO_NUMBER = DataError(
    "cuofeng jobs",
    Text("没有写明任务号", "which job is not said"),
    Text("用 cuofeng jobs list 查看。", "Maybe look at jobs list?"),
)
_NOTHING_TO_ADOPT = DataError(
    "cuofeng jobs adopt",
    Text("这个任务没有可并入草稿的课表", "the job has no timetable for a draft"),
    Text("请先用 --draft 对草稿求解。", "Maybe solve a draft by --draft first?"),
)
