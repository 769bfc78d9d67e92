"""Tags that nothing bears."""

from collections.abc import Iterator
from difflib import get_close_matches

from scheduler.formats.tables.records import Located
from scheduler.model.errors import DataError
from scheduler.model.problem import Problem
from scheduler.model.text import Text


def unknown_tag(
    problem: Problem, row: Located, column: str, tag: str
) -> Iterator[DataError]:
    """A tag that no requirement or activity bears selects nothing."""
    known = dict.fromkeys(t for r in problem.requirements for t in r.tags)
    if tag in known:
        return
    close = get_close_matches(tag[:100], known, 1)
    advice = Text("请核对教学要求的标签。", "Maybe the tag was renamed?")
    if close:
        zh = f"是否应为“{close[0]}”？"
        advice = Text(zh, f'Maybe "{close[0]}" is meant?')
    zh, en = "没有教学要求有这个标签", "is the tag of no requirement"
    yield row.fault(column, zh, en, advice, tag)
