"""jobs: computations asked of the workers of a database, watched, stopped."""

import argparse
from argparse import Namespace
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any

from scheduler.cli.arguments import (
    add_act,
    add_database,
    add_json,
    add_office,
    add_profile,
    add_who,
)
from scheduler.cli.console import say, say_json, tell
from scheduler.cli.failing import NOTHING_PUBLISHED, refusal
from scheduler.cli.numbers import positive
from scheduler.formats.profiles import read_profile
from scheduler.model.errors import DataError, InputError
from scheduler.model.text import Text
from scheduler.services.jobs.auditing import audit_settings
from scheduler.services.jobs.contract import JobKind, Work
from scheduler.services.jobs.queue import JobUnknown
from scheduler.services.office import Office
from scheduler.services.offices import Store
from scheduler.services.school.auditing import ask_audit
from scheduler.services.school.drafts.refusals import (
    DraftUnknown,
    NothingToAdopt,
    Refused,
)
from scheduler.services.school.drafts.words import (
    no_draft,
    nothing_to_adopt,
    operation_text,
    refusal_text,
)
from scheduler.services.views.jobs import job_facts, job_line, result_lines

_OF_PAGES = (JobKind.WHAT_IF, JobKind.COVER)
"""Asked for where their numbers come from."""
_ASKED = tuple(x.value for x in JobKind if x not in _OF_PAGES)


def add_options(command: argparse.ArgumentParser) -> None:
    """What is to be done with which job, and in which database."""
    add_act(command, ("list", "show", "stop", "adopt", *_ASKED))
    command.add_argument(
        "number",
        nargs="?",
        type=int,
        metavar="N",
        help="任务号 / number of the job",
    )
    add_database(command)
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
    add_profile(command)
    add_who(command)
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
        _say_result(office, options)


def _ask(office: Office, options: Namespace) -> int:
    """Put the computation of a draft or of the version in force into the queue."""
    kind, who = JobKind(options.act), options.who
    settings: dict[str, Any] = {}
    if options.time is not None:
        settings["seconds"] = options.time
    audits = kind is JobKind.AUDIT
    profile = read_profile(options.profile) if audits else None
    if options.draft is not None:
        if profile is not None:
            settings |= audit_settings(profile)
        with _refused(office, options.draft):
            return office.draft_jobs.ask(kind, options.draft, who, settings).job_id
    current = office.current()
    if current is None:
        raise InputError([NOTHING_PUBLISHED])
    if profile is not None:
        return ask_audit(office, profile, who).job_id
    return office.jobs.ask(Work(kind, (current.timetable,), (), settings), who).job_id


def _adopt(office: Office, options: Namespace) -> None:
    draft_id = office.jobs.get(options.number).draft_id
    with _refused(office, draft_id):
        step = office.draft_jobs.adopt(options.number, options.who)
    problem = office.drafts.look(draft_id or 0, lambda desk: desk.problem)
    text = operation_text(problem, step.operation)
    say(f"{step.operation.number} {text.in_language(options.lang)}")


@contextmanager
def _refused(office: Office, draft_id: int | None) -> Iterator[None]:
    """Refusals as faults of the command line."""
    try:
        yield
    except DraftUnknown as error:
        raise refusal("cuofeng jobs", no_draft(error.draft_id)) from error
    except NothingToAdopt as error:
        raise refusal("cuofeng jobs", nothing_to_adopt(error)) from error
    except Refused as error:
        problem = office.drafts.look(draft_id or 0, lambda desk: desk.problem)
        raise refusal("cuofeng jobs", refusal_text(problem, error)) from error


def _say(office: Office, numbers: list[int], options: Namespace) -> None:
    jobs = [office.jobs.get(x) for x in numbers]
    if options.json:
        say_json([job_facts(x) for x in jobs])
        return
    for job in jobs:
        say(job_line(job).in_language(options.lang))
    if not jobs:
        tell("没有任务。", "No jobs.")


def _say_result(office: Office, options: Namespace) -> None:
    """What came of a job, or its best so far."""
    result = office.jobs.result(options.number)
    if result is not None and not options.json:
        for line in result_lines(result):
            say(f"  {line.in_language(options.lang)}")


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
