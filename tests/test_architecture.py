"""Imports run one way, files and functions stay short; the checker sees breaches."""

from pathlib import Path

import pytest

from tests.architecture import (
    folder_circles,
    forbidden_imports,
    long_files,
    long_functions,
    nodes,
    reads_outside,
    solvers_that_know_rules,
    strays,
)

ROOT = Path(__file__).parents[1]
MODEL_RULE = "scheduler.model may import nothing else of ours; no library"
WEB_RULE = (
    "web may import scheduler.model, scheduler.services, scheduler.__version__; "
    "flask, werkzeug, markupsafe, itsdangerous, segno, waitress, authlib, "
    "prometheus_client, joserfc, requests"
)


@pytest.fixture(scope="module", autouse=True)
def parsed_once():
    """Trees are kept for these tests alone: they weigh on whatever runs later."""
    yield
    nodes.cache_clear()


def write(root: Path, path: str, text: str) -> None:
    file = root / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


def test_imports_of_the_project_follow_the_layers():
    assert forbidden_imports(ROOT) == []


def test_modules_of_the_project_belong_to_a_layer():
    assert strays(ROOT) == []


def test_no_solver_knows_a_rule():
    assert solvers_that_know_rules(ROOT) == []


def test_folders_beside_one_another_do_not_need_each_other():
    assert folder_circles(ROOT) == []


def test_files_of_the_project_have_at_most_400_lines():
    assert long_files(ROOT, 400) == []


def test_functions_of_the_project_have_at_most_60_lines():
    assert long_functions(ROOT, 60) == []


def test_program_and_tests_read_nothing_outside_the_repository():
    assert reads_outside(ROOT) == []


@pytest.mark.parametrize(
    ("path", "line", "target"),
    [
        ("scheduler/model/times.py", "import pandas", "pandas"),
        ("scheduler/model/times.py", "import sqlite3", "sqlite3"),
        (
            "scheduler/model/times.py",
            "from scheduler.constraints.evaluate import report",
            "scheduler.constraints.evaluate.report",
        ),
        (
            "scheduler/model/times.py",
            "from ..solver import search",
            "scheduler.solver.search",
        ),
        (
            "scheduler/model/__init__.py",
            "from .. import term",
            "scheduler.term",
        ),
        (
            "scheduler/model/times.py",
            "def late():\n    import scheduler.solver.exact",
            "scheduler.solver.exact",
        ),
        (
            "scheduler/model/times.py",
            "from importlib import import_module\nimport_module('pulp')",
            "pulp",
        ),
        (
            "scheduler/model/times.py",
            "import importlib\nimportlib.import_module('pulp')",
            "pulp",
        ),
    ],
)
def test_forbidden_imports_planted_in_the_model_are_named(tmp_path, path, line, target):
    write(tmp_path, path, f"import datetime\n{line}\n")

    # Line 1 is allowed; the breach stands on the last line written.
    last = 1 + len(line.splitlines())
    assert forbidden_imports(tmp_path) == [
        f"{path}:{last}: {target} is forbidden; {MODEL_RULE}"
    ]


@pytest.mark.parametrize(
    "target",
    ["scheduler.solver", "scheduler.constraints", "scheduler.term", "sqlalchemy"],
)
def test_forbidden_imports_planted_in_web_are_named(tmp_path, target):
    write(tmp_path, "web/views.py", f"import flask\nimport {target}\n")

    assert forbidden_imports(tmp_path) == [
        f"web/views.py:2: {target} is forbidden; {WEB_RULE}"
    ]


TABLE_MAKERS = {
    "scheduler/district/share.py",
    "scheduler/formats/tables.py",
    "scheduler/term/calendar.py",
}


@pytest.mark.parametrize(
    ("library", "homes"),
    [
        ("pulp", {"scheduler/solver/exact.py"}),
        ("highspy", {"scheduler/solver/exact.py"}),
        ("numba", {"scheduler/solver/kernel.py"}),
        ("pandas", TABLE_MAKERS),
        ("openpyxl", {"scheduler/formats/workbook.py"}),
        ("icalendar", {"scheduler/formats/ical.py"}),
        ("sqlalchemy", {"scheduler/services/office.py"}),
        ("sqlite3", {"scheduler/services/office.py"}),
        ("flask", {"web/views.py"}),
        ("segno", {"web/views.py"}),
        ("rich", {"scheduler/cli.py"}),
    ],
)
def test_forbidden_imports_library_outside_its_layer_is_named(tmp_path, library, homes):
    places = (
        "scheduler/audit/rules.py",
        "scheduler/cli.py",
        "scheduler/constraints/clashes.py",
        "scheduler/district/share.py",
        "scheduler/formats/tables.py",
        "scheduler/model/times.py",
        "scheduler/services/office.py",
        "scheduler/solver/exact.py",
        "scheduler/term/calendar.py",
        "web/views.py",
    )
    for place in {*places, *homes}:
        write(tmp_path, place, f"import {library}\n")

    flagged = {line.partition(":")[0] for line in forbidden_imports(tmp_path)}
    allowed = {Path(home).parent for home in homes}
    assert flagged == {place for place in places if Path(place).parent not in allowed}


def test_forbidden_imports_arrows_of_the_table_pass(tmp_path):
    for path, line in (
        ("scheduler/constraints/a.py", "from scheduler.model import Timetable"),
        ("scheduler/constraints/b.py", "from . import a"),
        ("scheduler/solver/a.py", "from scheduler.constraints import terms"),
        ("scheduler/formats/a.py", "from scheduler.constraints.evaluate import Report"),
        ("scheduler/district/a.py", "import scheduler.solver.search"),
        ("scheduler/services/a.py", "from scheduler import __version__, formats"),
        ("scheduler/cli.py", "from web import create_app"),
        ("web/a.py", "from scheduler.services.offices import Store"),
    ):
        write(tmp_path, path, f"{line}\n")

    assert forbidden_imports(tmp_path) == []


def test_forbidden_imports_formats_reach_evaluate_and_no_other_rule(tmp_path):
    line = "from scheduler.constraints.spread import SpreadLessons\n"
    write(tmp_path, "scheduler/formats/a.py", line)

    assert len(forbidden_imports(tmp_path)) == 1


def test_strays_module_beside_the_layers_is_named(tmp_path):
    write(tmp_path, "scheduler/__init__.py", "")
    write(tmp_path, "scheduler/model/times.py", "")
    write(tmp_path, "scheduler/modelling.py", "")

    assert strays(tmp_path) == ["scheduler/modelling.py"]


def test_long_files_one_line_too_many_is_named(tmp_path):
    write(tmp_path, "web/static/at_limit.css", "a\n" * 3)
    write(tmp_path, "web/static/over.css", "a\n" * 4)

    assert long_files(tmp_path, 3) == ["web/static/over.css: 4 lines"]


def test_long_functions_one_line_too_many_is_named(tmp_path):
    source = (
        "def short():\n    return 1\n\n\nasync def long():\n    x = 1\n    return x\n"
    )
    write(tmp_path, "web/views.py", source)

    assert long_functions(tmp_path, 2) == ["web/views.py:5: long 3 lines"]


@pytest.mark.parametrize(
    "expression",
    [
        "Path(__file__).parents[2]",
        "Path(__file__).resolve().parents[3]",
        "ROOT.parent",
        repr("../sha" + "red/examples"),
        repr("/" + "home/me/school"),
    ],
)
def test_reads_outside_every_way_out_is_named(tmp_path, expression):
    write(tmp_path, "web/a.py", "DATA = Path(__file__).parents[1]\n")
    write(tmp_path, "tests/a.py", f"DATA = {expression}\n")

    assert reads_outside(tmp_path) == [f"tests/a.py:1: {expression}"]


def test_solvers_that_know_rules_are_named_but_for_the_rule_of_repair(tmp_path):
    rules = "scheduler.constraints.rules"
    write(tmp_path, "scheduler/solver/a.py", f"from {rules}.walks import LimitWalks\n")
    write(tmp_path, "scheduler/solver/b.py", f"import {rules}.keep_placements\n")
    write(tmp_path, "scheduler/solver/c.py", "from scheduler.constraints import base\n")
    (line,) = solvers_that_know_rules(tmp_path)
    assert line.startswith("scheduler/solver/a.py:1: ")


def test_folders_in_a_circle_are_named_also_through_a_third(tmp_path):
    arrows = (("a", "b"), ("b", "c"), ("c", "a"), ("d", "a"), ("a/inner", "a"))
    for home, target in arrows:
        name = target.replace("/", ".")
        write(tmp_path, f"scheduler/solver/{target}/of.py", "")
        line = f"from scheduler.solver.{name} import of\n"
        write(tmp_path, f"scheduler/solver/{home}/x{target[0]}.py", line)
    assert folder_circles(tmp_path) == [
        "scheduler.solver.a <-> scheduler.solver.b",
        "scheduler.solver.a <-> scheduler.solver.c",
        "scheduler.solver.b <-> scheduler.solver.c",
    ]
