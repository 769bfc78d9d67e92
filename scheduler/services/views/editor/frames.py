"""Empty weeks of bells: rows and days into which the editor puts lessons itself.

Classes, teachers and places whose bells are the same share one; whoever moves lessons
then needs no new grid from the server.
"""

from typing import Any

from scheduler.formats.week_grid.bands import Band, bell_bands, joint_bands
from scheduler.formats.week_grid.grids import bells_of, classes_of
from scheduler.formats.week_grid.opening import is_open
from scheduler.formats.week_grid.venues import bells_at, zones_of
from scheduler.model.problem import Problem
from scheduler.model.times import Period, RowKind

Slot = tuple[str, int, int]
"""Bell, day and number of a row."""


class Frames:
    """The frames that a problem needs, each made when first asked for."""

    def __init__(self, problem: Problem, language: str) -> None:
        self._problem, self._language = problem, language
        self._made: dict[str, dict[str, Any]] = {}
        # Rows of other kinds are only drawn; those of pauses are left out.
        self._carrying = {RowKind.LESSON, RowKind.ACTIVITY}
        for requirement in problem.requirements:
            self._carrying |= requirement.rows

    @property
    def facts(self) -> dict[str, Any]:
        """All that were asked for, by key."""
        return self._made

    def of_class(self, class_id: str) -> str:
        """Key of a class's frame."""
        return self._of((self._problem.class_group[class_id].bell_id,))

    def of_teacher(self, teacher_id: str) -> str:
        """Key of a teacher's frame: bells of all classes they may meet."""
        problem = self._problem
        lessons = problem.lessons_of_teacher[teacher_id]
        classes = [c for x in lessons for c in x.requirement.class_ids]
        school_id = problem.teacher[teacher_id].school_id
        return self._of(bells_of(problem, classes or classes_of(problem, school_id)))

    def of_venue(self, venue_id: str) -> str:
        """Key of a place's frame: bells of all classes whose lessons may go there."""
        problem = self._problem
        here = {x.layout_id for x in problem.layouts if x.venue_id == venue_id}
        classes = [
            class_id
            for x in problem.requirements
            if here & set(problem.allowed_layouts(x))
            for class_id in x.class_ids
        ]
        return self._of(bells_at(problem, venue_id, (), classes))

    def closed(self, venue_id: str) -> dict[str, list[Slot]]:
        """Rows in which zones of a place cannot be used, by zone."""
        found: dict[str, list[Slot]] = {}
        for zone in zones_of(self._problem, venue_id):
            for bell in self._problem.bells:
                for row in bell.periods:
                    if not is_open(self._problem, zone, row):
                        slot = (bell.bell_id, row.day, row.number)
                        found.setdefault(zone, []).append(slot)
        return found

    def _of(self, bell_ids: tuple[str, ...]) -> str:
        ids = tuple(x.bell_id for x in self._problem.bells if x.bell_id in bell_ids)
        key = "+".join(ids)
        if key not in self._made:
            self._made[key] = self._frame(ids)
        return key

    def _frame(self, bell_ids: tuple[str, ...]) -> dict[str, Any]:
        bells = [self._problem.bell[x] for x in bell_ids]
        days = tuple(sorted({d for b in bells for d in b.days}))
        if len(bells) == 1:
            bands = bell_bands(bells[0], days, self._is_drawn)
        else:
            rows = [p for b in bells for p in b.periods if self._is_drawn(p)]
            bands = joint_bands(rows, days)
        rows_facts = [self._row(band, bell_ids, days) for band in bands]
        return {"days": days, "rows": rows_facts}

    def _is_drawn(self, row: Period) -> bool:
        return row.kind in self._carrying or row.kind is not RowKind.BREAK

    def _row(
        self, band: Band, bell_ids: tuple[str, ...], days: tuple[int, ...]
    ) -> dict[str, Any]:
        cells: list[list[tuple[str, int]]] = [[] for _ in days]
        for bell_id in bell_ids:
            for row in self._problem.bell[bell_id].periods:
                if row in band.periods:
                    cells[days.index(row.day)].append((bell_id, row.number))
        return {
            "label": band.label.in_language(self._language),
            "kind": band.kind,
            "time": band.time,
            "idle": band.kind not in self._carrying,
            "cells": cells,
        }
