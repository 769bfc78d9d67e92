"""Weeks as grids: what web pages and workbooks show, without any drawing."""

from scheduler.formats.week_grid.agreement import agreement_grid
from scheduler.formats.week_grid.grids import class_grid, teacher_grid
from scheduler.formats.week_grid.heat import HeatCell, HeatMap, HeatRow
from scheduler.formats.week_grid.load import venue_load
from scheduler.formats.week_grid.school import (
    BellGroup,
    SchoolColumn,
    SchoolGrid,
    SchoolRow,
    school_grid,
)
from scheduler.formats.week_grid.shape import Entry, GridCell, GridRow, WeekGrid
from scheduler.formats.week_grid.venues import venue_grid

__all__ = [
    "BellGroup",
    "Entry",
    "GridCell",
    "GridRow",
    "HeatCell",
    "HeatMap",
    "HeatRow",
    "SchoolColumn",
    "SchoolGrid",
    "SchoolRow",
    "WeekGrid",
    "agreement_grid",
    "class_grid",
    "school_grid",
    "teacher_grid",
    "venue_grid",
    "venue_load",
]
