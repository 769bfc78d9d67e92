"""Holes in a class's day, on the empty cells of its week."""

from dataclasses import replace

from scheduler.constraints.base import Violation
from scheduler.constraints.evaluate import Report, RuleResult
from scheduler.constraints.rules.fill_class_days import FillClassDays
from scheduler.formats.week_grid import GridCell, WeekGrid
from scheduler.formats.week_grid.shape import Hole
from scheduler.model.times import WEEK_OF_LAYER, Week


def with_holes(grid: WeekGrid, report: Report, class_id: str) -> WeekGrid:
    """A class's week with what its report calls holes, each in the cell it is of."""
    found = [
        (violation, result)
        for result in report.results
        if isinstance(result.constraint, FillClassDays)
        for violation in result.violations
        if violation.resource_ids == (class_id,)
    ]
    if not found:
        return grid
    rows = tuple(
        replace(
            row,
            cells=tuple(
                _painted(cell, day, found)
                for day, cell in zip(grid.days, row.cells, strict=True)
            ),
        )
        for row in grid.rows
    )
    return replace(grid, rows=rows)


def _painted(
    cell: GridCell, day: int, found: list[tuple[Violation, RuleResult]]
) -> GridCell:
    if cell.start is None or cell.end is None:
        return cell
    holes = tuple(
        Hole(_week(violation.layer), result.explain(violation))
        for violation, result in found
        if violation.day == day and cell.start <= (violation.start or 0) < cell.end
    )
    return replace(cell, holes=holes) if holes else cell


def _week(layer: int | None) -> Week:
    return Week.EVERY if layer is None else WEEK_OF_LAYER[layer]
