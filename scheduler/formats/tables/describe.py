"""What a column holds, in words: notes of the template and of docs/data.md."""

from scheduler.formats.tables.declared.problem_tables import TABLE, TABLES
from scheduler.formats.tables.matrices.declared import MATRICES, Matrix
from scheduler.formats.tables.schema import NO_NOTE, Column, Kind, Table
from scheduler.formats.tables.words import word_of
from scheduler.model.text import Text

_KINDS = {
    Kind.ID: Text("编号", "id"),
    Kind.TEXT: Text("文字", "text"),
    Kind.COUNT: Text("整数", "whole number"),
    Kind.ROUNDED: Text("数，取整", "number, rounded"),
    Kind.FLAG: Text("是、否", "1 or 0"),
    Kind.CLOCK: Text("时间 08:30", "time 08:30"),
    Kind.DATE: Text("日期 2026-09-01", "date 2026-09-01"),
    Kind.WEEKDAY: Text("星期", "weekday"),
    Kind.CHOICE: Text("", ""),
    Kind.HALVES: Text("0.5 的倍数", "multiple of 0.5"),
    Kind.LENGTH: Text("整数或 0.5", "whole number or 0.5"),
    Kind.LESSON: Text("课次 R1#2，或整项要求 R1", "lesson R1#2, or R1 for all"),
    Kind.SLOT: Text("时段 2-3（周二第3节）", "slot 2-3 (Tuesday period 3)"),
}


def describe(table: Table, column: Column, both: bool = False) -> Text:
    """One line: required or not, what it holds, its note.

    Parameters:
        both: Name the values of a column in both languages.
    """
    zh, en = [], []
    if column.required:
        zh.append("必填")
        en.append("required")
    holds = _holds(column, both)
    zh.append(holds.zh + ("，多个用“;”或“、”分隔" if column.many else ""))
    en.append(holds.en + (', several parted by ";"' if column.many else ""))
    for words in (_default(table, column), column.note):
        zh.append(words.zh)
        en.append(words.en)
    return Text("；".join(filter(None, zh)), "; ".join(filter(None, en)))


def _default(table: Table, column: Column) -> Text:
    """What the column is where it is not given."""
    if column.sole:
        target = TABLE[column.refers]
        zh = f"“{target.title}”表里只有一个时可不填"
        return Text(zh, f"may be left out where {target.name} has only one")
    if column.as_in:
        other = table.column[column.as_in]
        zh = f"没有这一列时与“{other.title}”相同"
        return Text(zh, f"without this column the same as {other.name}")
    return NO_NOTE


def _holds(column: Column, both: bool) -> Text:
    if column.refers and column.kind is not Kind.LESSON:
        table = TABLE[column.refers]
        return Text(f"“{table.title}”表里的编号", f"id in {table.name}")
    if column.choices is not None:
        words = [
            f"{word_of(c)} {c.value}" if both else word_of(c) for c in column.choices
        ]
        return Text("、".join(words), ", ".join(c.value for c in column.choices))
    return _KINDS[column.kind]


def render_markdown() -> str:
    """All tables as the reference part of docs/data.md."""
    return "\n".join([*map(_table, TABLES), *map(_matrix, MATRICES)])


def _matrix(matrix: Matrix) -> str:
    corner = f"`{matrix.corner[0]}` | {matrix.corner[1]}"
    return (
        f"### `{matrix.name}` {matrix.title} ({matrix.file_name}, optional)\n\n"
        "| column | 标题 | 内容 | content |\n|---|---|---|---|\n"
        f"| {corner} | {matrix.rows.zh} | {matrix.rows.en} |\n"
        f"| a subject | 学科 | {matrix.cells.zh} | {matrix.cells.en} |\n"
    )


def _table(table: Table) -> str:
    need = "required" if table.required else "optional"
    head = f"### `{table.name}` {table.title} ({table.file_name}, {need})\n\n"
    note = f"{table.note.zh}。{table.note.en}.\n\n" if table.note.zh else ""
    lines = ["| column | 标题 | 内容 | content |\n|---|---|---|---|\n"]
    for column in table.columns:
        text = describe(table, column, both=True)
        lines.append(f"| `{column.name}` | {column.title} | {text.zh} | {text.en} |\n")
    return head + note + "".join(lines)
