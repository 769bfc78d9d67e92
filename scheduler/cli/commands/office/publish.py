"""publish: a timetable goes into force, without a web server."""

import argparse
from argparse import Namespace

from scheduler.cli.arguments import (
    add_database,
    add_json,
    add_office,
    add_problem,
    add_reason,
    add_timetable,
)
from scheduler.cli.console import say_json, tell
from scheduler.cli.numbers import date
from scheduler.cli.publishing import publish_files


def add_options(command: argparse.ArgumentParser) -> None:
    """Data and timetable; database and office; from when on."""
    add_problem(command)
    add_timetable(command)
    add_database(command)
    add_office(command)
    add_reason(command)
    command.add_argument(
        "--begins",
        type=date,
        metavar="DATE",
        help="从哪天起执行（本学期再次发布时，默认今天）/ first date of a later "
        "version of a term (default: today)",
    )
    add_json(command)


def run(options: Namespace) -> int:
    """Publish, and say where it can be seen."""
    found = publish_files(options)
    made, key = found.publication, found.office.key
    found.store.close()
    if options.json:
        begins = made.begins.isoformat()
        say_json({"office": key, "version": made.version, "begins": begins})
        return 0
    tell(
        f"已发布：{key} 第{made.version}版，{made.begins} 起执行",
        f"Published: {key}, version {made.version}, from {made.begins} on",
    )
    return 0
