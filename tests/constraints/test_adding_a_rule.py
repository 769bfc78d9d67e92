"""The page on adding a constraint works as it stands: its rule, and its test."""

import re
import sys
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.constraints.catalogue import parameters
from tests import builders
from tests.builders import need, place, problem, timetable
from tests.solver.test_agreement import examples
from tests.strategies import any_timetables, problems

PAGE = Path(__file__).parents[2] / "docs" / "adding-a-constraint.md"


@pytest.fixture(scope="module")
def blocks() -> list[str]:
    """The Python of the page: a whole file, and a test."""
    return re.findall(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.S)


@pytest.fixture(scope="module")
def rule(blocks):
    """The class that the page writes, in a module of its own."""
    module = ModuleType("keep_pe_from_day_start")
    sys.modules[module.__name__] = module  # where dataclasses look up annotations
    exec(compile(blocks[0], "adding-a-constraint.md", "exec"), module.__dict__)
    yield module.KeepPEFromDayStart
    del sys.modules[module.__name__]


def test_the_test_of_the_page_passes(blocks, rule):
    names = {n: getattr(builders, n) for n in ("problem", "need", "place", "timetable")}
    scope = {**names, "KeepPEFromDayStart": rule}
    exec(compile(blocks[1], "adding-a-constraint.md", "exec"), scope)
    scope["test_pe_before_nine_counts_once_for_each_week"]()


def test_its_sentence_and_its_parameter_are_there(rule):
    given_ = problem(need("R1", "C1", "PE"))
    table = timetable(given_, R1=place(1, 1))
    (found,) = rule().violations(table)
    assert rule().explain(given_, found).zh == (
        "三(1)班体育与健康开始太早（周一08:00–08:40）。"
    )
    assert [field.name for field in parameters(rule)] == ["first_minute"]
    assert rule(first_minute=480).amount(table) == 0


@examples(20)
@given(st.data())
def test_its_amounts_are_those_of_its_primitives(rule, data):
    table = data.draw(problems().flatmap(any_timetables))
    said = sum(p.amount(table.meeting) for p in rule().primitives(table.problem))
    assert said == rule().amount(table)
