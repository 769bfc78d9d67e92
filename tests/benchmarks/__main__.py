"""``python -m tests.benchmarks`` prints the tables of docs/benchmarks.md."""

import argparse
from collections.abc import Callable
from pathlib import Path

from tests.benchmarks import (
    advising,
    auditing,
    commands,
    cores,
    covering,
    dated,
    district_table,
    drafting,
    editing,
    fet_race,
    first_timetable,
    odd_requests,
    odd_workbooks,
    pages,
    people,
    rain,
    real_schools,
    sheets,
    stagger,
    starting,
    stores,
    tables,
    working,
)
from tests.benchmarks.measure import machine, say
from tests.benchmarks.tables import Settings

TABLES: dict[str, Callable[[Settings], None]] = {
    "commands": lambda _: commands.table(),
    "rates": tables.rates,
    "start": starting.table,
    "cores": cores.table,
    "cpsat": tables.against_cpsat,
    "growth": tables.growth,
    "gap": tables.gaps,
    "parts": tables.parts,
    "schools": real_schools.table,
    "first": first_timetable.table,
    "advice": advising.table,
    "drafts": drafting.table,
    "editor": editing.table,
    "people": people.table,
    "pages": pages.table,
    "rain": rain.rain,
    "dates": dated.dated,
    "cover": covering.covering,
    "requests": lambda settings: odd_requests.table(settings.seeds),
    "workbooks": lambda _: odd_workbooks.table(),
    "stagger": stagger.stagger,
    "store": lambda _: stores.table(),
    "kills": lambda _: stores.kills(),
    "jobs": working.table,
    "district": district_table.table,
    "district-100": district_table.nightly,
    "sheets": lambda _: sheets.table(),
    "audit": lambda _: auditing.table(),
    "fet": fet_race.table,
}
LONG = ("fet", "district", "district-100")
"""Printed only where asked for by name: FET's own files take hours, 40 schools many
minutes."""


def main() -> None:
    """Print the tables asked for."""
    options = _options()
    say(machine() + "\n")
    settings = Settings(
        options.seeds,
        options.time,
        options.opponent_time,
        options.proof_time,
        tuple(options.schools),
        options.cpsat,
        tuple(options.folder),
    )
    for name in options.only or [x for x in TABLES if x not in LONG]:
        TABLES[name](settings)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="cuofeng bench", description="Measure speed and quality."
    )
    parser.add_argument(
        "--only",
        nargs="+",
        choices=tuple(TABLES),
        help="tables to print (default: all but fet and districts, which take long)",
    )
    parser.add_argument(
        "--schools",
        nargs="+",
        default=[],
        metavar="STAGE-CLASSES",
        help="generated schools instead of each table's own, as primary-36",
    )
    parser.add_argument(
        "--folder",
        nargs="+",
        type=Path,
        default=[],
        help="schools of your own for the tables `schools`, `gap` and `cpsat`",
    )
    parser.add_argument(
        "--seeds", type=int, default=1, help="seeds for each row (default: 1)"
    )
    parser.add_argument(
        "--time", type=float, default=30.0, help="seconds of a solve (default: 30)"
    )
    parser.add_argument(
        "--proof-time",
        type=float,
        default=60.0,
        help="seconds of a solve whose gap is shown (default: 60)",
    )
    parser.add_argument(
        "--opponent-time",
        type=float,
        default=120.0,
        help="seconds for CP-SAT (default: 120)",
    )
    parser.add_argument(
        "--cpsat",
        type=Path,
        metavar="PYTHON",
        help="an interpreter with OR-Tools (default: one is made in .venv-cpsat)",
    )
    return parser.parse_args()


if __name__ == "__main__":
    main()
