"""Tables of a term: parts of term.toml, sheets of a workbook."""

from scheduler.formats.tables.rows import ClosedRow, TermRow
from scheduler.formats.tables.schema import (
    Table,
    choice,
    date,
    day,
    text,
)
from scheduler.model.term import MakeUpDay
from scheduler.model.text import Text
from scheduler.model.times import Week

TERM = Table(
    "term",
    "学期",
    TermRow,
    (),
    (
        text("name", "学期名称"),
        date("first_day", "第一天", required=True, called=("开学日期", "开学")),
        date("last_day", "最后一天", required=True, called=("放假日期", "结束日期")),
        text("timezone", "时区"),
        date("week_one", "第一周的某一天"),
        choice("first_week", "第一周为", Week),
    ),
    required=True,
    file="term.toml",
)
CLOSED = Table(
    "closed",
    "放假",
    ClosedRow,
    (),
    (
        date("date", "日期", field="only"),
        date("from", "起始日期", field="first"),
        date("to", "结束日期", field="last"),
        text("name", "名称"),
    ),
    file="term.toml",
    note=Text("填日期，或填起始和结束日期", "a date, or both from and to"),
)
MAKE_UP = Table(
    "make_up",
    "调休",
    MakeUpDay,
    ("date",),
    (
        date("date", "日期", required=True),
        day("acts_as", "按星期几上课", required=True),
        choice("week", "单双周", Week),
        text("name", "名称"),
    ),
    file="term.toml",
)
