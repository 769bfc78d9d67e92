"""Tags that nothing bears."""

from collections.abc import Iterator

from scheduler.formats.tables.records import Located
from scheduler.model.errors import DataError, meant
from scheduler.model.problem import Problem
from scheduler.model.text import Text


def unknown_tag(
    problem: Problem, row: Located, column: str, tag: str
) -> Iterator[DataError]:
    """A tag that no requirement or activity bears selects nothing."""
    known = dict.fromkeys(t for r in problem.requirements for t in r.tags)
    if tag in known:
        return
    renamed = Text("请核对教学要求的标签。", "Maybe the tag was renamed?")
    advice = meant(tag, known, renamed)
    zh, en = "没有教学要求有这个标签", "is the tag of no requirement"
    yield row.fault(column, zh, en, advice, tag)
