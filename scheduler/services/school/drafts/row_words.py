"""Rows of tables in sentences: what was changed of them, by names and not by ids."""

from collections.abc import Mapping

from scheduler.constraints import describe
from scheduler.formats.problem.amending import table_named
from scheduler.formats.tables.cells import CellError, is_empty, read_cell
from scheduler.formats.tables.declared.problem_tables import REFERRED_BY_KIND
from scheduler.formats.tables.encode import write_cell
from scheduler.formats.tables.schema import Column
from scheduler.model.problem import Problem
from scheduler.model.text import Text, joined
from scheduler.services.school.drafts.operations import Cell, Change, Part

_Row = Mapping[str, str]


def rows_of(change: Change) -> list[dict[str, str]]:
    """The row before and after, as far as there is one."""
    both = (change.before, change.after)
    return [dict(x) for x in both if isinstance(x, tuple) and x]


def row_name(problem: Problem, cell: Cell, row: _Row) -> Text:
    """A row by its name, by the cells of its table's key, else by its first cells."""
    table = table_named(cell.table)
    filled = [x for x in table.columns if not is_empty(row.get(x.name, ""))]
    key = [x for x in filled if x.name in table.key] or filled[:3]
    if len(table.key) == 1 and row.get("name"):
        key = [table.column["name"]]
    own = joined((_said(problem, x, row) for x in key), "、", ", ")
    return Text(f"【{table.title}】的“{own.zh}”", f'"{own.en}" of {cell.table}')


def row_change(problem: Problem, change: Change) -> Text:
    """A row put in or taken out, or the cells of it that differ."""
    before, after = (
        dict(x) if isinstance(x, tuple) else None for x in (change.before, change.after)
    )
    name = row_name(problem, change.cell, after or before or {})
    if change.cell.part is Part.TYPED:
        return name + Text("（填写中，未生效）", " (typed, not in force)")
    if before is None or after is None:
        verb = Text("删去", "remove ") if after is None else Text("新增", "add ")
        return verb + name
    cells = [
        _cell_change(problem, column, before, after)
        for column in table_named(change.cell.table).columns
        if before.get(column.name) != after.get(column.name)
    ]
    told = joined(cells, "；", "; ")
    return Text(f"{name.zh}：{told.zh}", f"{name.en}: {told.en}")


def _cell_change(problem: Problem, column: Column, before: _Row, after: _Row) -> Text:
    old, new = (_said(problem, column, row) for row in (before, after))
    return Text(
        f"{column.title} {old.zh or '∅'} → {new.zh or '∅'}",
        f"{column.name} {old.en or '∅'} → {new.en or '∅'}",
    )


def _said(problem: Problem, column: Column, row: _Row) -> Text:
    """A cell as people read it; what cannot be read stands as it was typed."""
    text = row.get(column.name, "")
    if is_empty(text):
        return Text("", "")
    target = column.refers
    if column.refers_by:
        target = REFERRED_BY_KIND.get(row.get(column.refers_by, ""), "")
    if target:
        parts = text.split(";") if column.many else [text]
        return joined((_named(problem, target, x.strip()) for x in parts), "、", ", ")
    try:
        value = read_cell(column, text)
    except CellError:
        return Text(text, text)
    return Text(write_cell(column, value, "zh"), write_cell(column, value, "en"))


def _named(problem: Problem, table: str, row_id: str) -> Text:
    """What a row is called; its id where the table has none, or has no names."""
    if table == "layouts" and row_id in problem.layout:
        return describe.layout(problem, row_id)
    if table == "zones" and row_id in problem.zone:
        return describe.same(describe.zone(problem, row_id))
    names: Mapping[str, Mapping[str, str]] = {
        "classes": problem.class_name,
        "teachers": problem.teacher_name,
        "subjects": {x.subject_id: x.name for x in problem.subjects},
        "venues": {x.venue_id: x.name for x in problem.venues},
        "schools": {x.school_id: x.name for x in problem.schools},
    }
    return describe.same(names.get(table, {}).get(row_id) or row_id)
