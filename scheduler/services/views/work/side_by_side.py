"""Drafts side by side: figures, points by rule, and who differs from the first."""

from collections.abc import Sequence
from dataclasses import dataclass

from scheduler.constraints.evaluate import Report, evaluate
from scheduler.model.text import Text
from scheduler.model.timetable import Timetable
from scheduler.services.office import Office
from scheduler.services.views.work.difference import Difference, difference

MOST = 4
"""Timetables side by side: more are not read on a page."""
IN_FORCE = 0
"""Stands for the version in force among the numbers of drafts."""


@dataclass(frozen=True, slots=True)
class Column:
    """One timetable; ``number`` is its draft's, ``difference`` that from the first."""

    number: int
    name: Text
    difference: Difference | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A figure or a rule, with a cell for each column; less is better."""

    title: Text
    cells: tuple[int, ...]

    @property
    def differs(self) -> bool:
        """Whether the columns are not all the same."""
        return len(set(self.cells)) > 1


@dataclass(frozen=True, slots=True)
class SideBySide:
    """Columns with their figures and rules; rules that all keep are left out."""

    columns: tuple[Column, ...]
    figures: tuple[Line, ...]
    rules: tuple[Line, ...]


def side_by_side(office: Office, numbers: Sequence[int]) -> SideBySide:
    """The drafts of these numbers, and the version in force where it is among them.

    Raises:
        DraftUnknown: there is no such draft.
    """
    chosen = list(dict.fromkeys(numbers))[:MOST]
    found = [(x, pair) for x in chosen if (pair := _table(office, x)) is not None]
    if not found:
        return SideBySide((), (), ())
    tables = [table for _, (_, table) in found]
    reports = [evaluate(table) for table in tables]
    columns = tuple(
        Column(number, name, difference(tables[0], table) if k else None)
        for k, (number, (name, table)) in enumerate(found)
    )
    left = [len(x.problem.lessons) - len(x.placements) for x in tables]
    return SideBySide(
        columns,
        (
            Line(_LEFT, tuple(left)),
            Line(_CONFLICTS, tuple(x.clashes.conflicts for x in reports)),
            Line(_POINTS, tuple(x.soft for x in reports)),
        ),
        tuple(_rules(reports)),
    )


def _table(office: Office, number: int) -> tuple[Text, Timetable] | None:
    if number == IN_FORCE:
        current = office.current()
        if current is None:
            return None
        version = current.version
        name = Text(f"现行课表（第{version}版）", f"in force (version {version})")
        return name, current.timetable
    draft = office.drafts.get(number)
    table = office.drafts.look(number, lambda desk: desk.timetable)
    name = f"{draft.draft_id} {draft.name}"
    return Text(name, name), table


def _rules(reports: Sequence[Report]) -> list[Line]:
    """Costs by rule, hard ones first as reports have them."""
    titles: dict[str, Text] = {}
    costs: dict[str, list[int]] = {}
    for k, report in enumerate(reports):
        for result in report.results:
            titles.setdefault(result.name, result.title)
            costs.setdefault(result.name, [0] * len(reports))[k] = result.cost
    lines = (Line(titles[name], tuple(row)) for name, row in costs.items())
    return [line for line in lines if any(line.cells)]


_LEFT = Text("未排的课", "lessons not placed")
_CONFLICTS = Text("冲突", "conflicts")
_POINTS = Text("待改进分", "points to improve")
