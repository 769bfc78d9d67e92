"""whatif: scenarios of places and people, each solved, side by side."""

import argparse
from argparse import Namespace
from contextlib import closing
from pathlib import Path

from scheduler.cli.arguments import (
    add_json,
    add_limits,
    add_office,
    add_problem,
    level_option,
)
from scheduler.cli.console import say, warn
from scheduler.cli.folders import make_folder
from scheduler.cli.inputs import load_problem
from scheduler.cli.solving import solve_levelled, solve_shown
from scheduler.constraints.catalogue import check_settings
from scheduler.formats.scenarios import apply_scenario, read_scenario
from scheduler.formats.tables.files.atomic import write_file
from scheduler.formats.tables.files.writing import fill_folder
from scheduler.model.errors import DataError, InputError
from scheduler.model.problem import Problem
from scheduler.model.text import said_of
from scheduler.services.jobs.solving import write_solution
from scheduler.services.jobs.what_if import (
    PRESENT,
    Case,
    cases_json,
    compare,
    comparison,
)
from scheduler.services.jobs.what_if_sheet import sheet
from scheduler.services.offices import Store
from scheduler.solver.solution import Solution

RECORD, PAGE, DATA = "whatif.json", "whatif.html", "data"


def add_options(command: argparse.ArgumentParser) -> None:
    """Data and scenarios, where results go and are kept, when to stop solving."""
    add_problem(command)
    command.add_argument(
        "scenarios",
        metavar="SCENARIO",
        type=Path,
        nargs="+",
        help="情景：只含改动行的文件夹，或 TOML 文件 / folders with the changed rows "
        "only, or TOML files",
    )
    command.add_argument(
        "--out",
        type=Path,
        required=True,
        metavar="DIR",
        help="结果文件夹 / folder for whatif.json, whatif.html and the timetables",
    )
    command.add_argument(
        "--database",
        metavar="URL",
        help="保存到数据库，网页可看 / keep it for the web page, "
        "e.g. sqlite:///school.db",
    )
    add_office(command)
    add_limits(command, 60)
    level_option(command)
    add_json(command)


def run(options: Namespace) -> int:
    """Solve the data as it is and each scenario; 1 where lessons stay unplaced."""
    problem = load_problem(options.problem, even_impossible=True)
    present = PRESENT.in_language(options.lang)
    problems = [(present, problem), *_scenarios(problem, options)]
    make_folder(options.out)

    def solve(name: str, given: Problem) -> Solution:
        solve_it = solve_levelled if options.level else solve_shown
        solution = solve_it(given, options)
        number = [known for known, _ in problems].index(name)
        folder = options.out / str(number)
        write_solution(solution, folder)
        # The changed tables, too, for they are what the timetable is of.
        (folder / DATA).mkdir(exist_ok=True)
        fill_folder(given, folder / DATA)
        return solution

    cases = compare(problems, solve)
    record = cases_json(cases)
    write_file(options.out / RECORD, record.encode(), replace=True)
    page = sheet(cases, options.lang)
    write_file(options.out / PAGE, page.encode(), replace=True)
    if options.database:
        with closing(Store.connect(options.database)) as store:
            store.office_for(problem, options.office).comparisons.add(record)
    if options.json:
        say(record.rstrip())
    else:
        _say_table(cases, options.lang)
        say(f"→ {options.out / RECORD}, {options.out / PAGE}")
    return 1 if any(case.placed < case.lessons or case.hard for case in cases) else 0


def _scenarios(problem: Problem, options: Namespace) -> list[tuple[str, Problem]]:
    """All scenarios, or all that is wrong with any of them."""
    found: list[tuple[str, Problem]] = []
    errors: list[DataError] = []
    for path in options.scenarios:
        try:
            scenario = read_scenario(path)
            reading = apply_scenario(problem, scenario)
        except InputError as error:
            errors += error.errors
            continue
        errors += check_settings(reading.problem.rules)
        warn(reading.warnings)
        taken = {PRESENT.zh, PRESENT.en, *(name for name, _ in found)}
        again = scenario.name in taken
        name = f"{scenario.name} ({path})" if again else scenario.name
        found.append((name, reading.problem))
    if errors:
        raise InputError(errors)
    return found


def _say_table(cases: tuple[Case, ...], lang: str) -> None:
    for number, case in enumerate(cases):
        text = said_of(f"({number}) {case.name}", case.certificate)
        say(text.in_language(lang))
    head = "".join(f"{f'({k})':>14}" for k in range(len(cases)))
    say(f"{head}")
    for line in comparison(cases):
        marks = {True: "▲", False: "▼", None: " "}
        cells = "".join(
            f"{cell + ' ' + marks[better]:>14}"
            for cell, better in zip(line.cells, line.better, strict=True)
        )
        say(f"{cells}  {line.title.in_language(lang)}")
