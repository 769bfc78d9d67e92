"""The plans of the demo schools against the curriculum of 2022."""

from pathlib import Path

import pytest

from scheduler.audit.findings import FindingKind
from scheduler.audit.planned.table import hours_table
from scheduler.formats.problem.reading import read_problem
from scheduler.formats.standards import read_standard
from scheduler.model.timetable import Timetable

DATA = Path(__file__).resolve().parents[2] / "data"


@pytest.mark.parametrize("name", ["demo-school", "demo-junior"])
def test_demo_plan_is_full_and_an_empty_timetable_lacks_every_lesson(name):
    problem = read_problem(DATA / name).problem
    table = hours_table(Timetable(problem, {}), read_standard())
    kinds = {finding.kind for finding in table.findings}
    # 34 lessons of 40 minutes in the junior school raise no alarm.
    assert kinds == {FindingKind.NOT_PLACED}
    missing = sum(finding.planned for finding in table.findings)
    own = [row for row in table.rows if row.own.planned.lessons]
    assert len(table.findings) == len(own)
    assert missing == sum(row.taught.planned.lessons for row in own)
