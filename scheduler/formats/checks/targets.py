"""Targets for the load of venues."""

from collections.abc import Iterator

from scheduler.formats.tables.draft import Draft
from scheduler.model.errors import DataError
from scheduler.model.text import Text


def senseless_targets(draft: Draft) -> Iterator[DataError]:
    """A row sets a ceiling or a weight; a venue has one row without a grade."""
    seen: set[str] = set()
    for row in draft.rows["venue_targets"]:
        target = row.item
        if target.grade is None and target.venue_id in seen:
            yield row.fault(
                "venue_id",
                "不分年级的目标写了两次",
                "has a second row without a grade",
                Text("请合并为一行。", "Maybe join them into one?"),
            )
        if target.grade is None:
            seen.add(target.venue_id)
        if target.max_classes_at_once is None and target.weight is None:
            yield row.fault(
                "max_classes_at_once",
                "没有填写，权重也没有填写，这一行不起作用",
                "is empty, as is the weight, so the row says nothing",
                Text("请填写上限或权重。", "Maybe a ceiling or a weight is missing?"),
            )


def unknown_grades(draft: Draft) -> Iterator[DataError]:
    """A ceiling is of a grade that has classes."""
    if "classes" in draft.partial:
        return
    grades = {c.grade for c in draft.problem.classes}
    for row in draft.rows["venue_targets"]:
        if row.item.grade is not None and row.item.grade not in grades:
            yield row.fault(
                "grade",
                f"不是有班级的年级（有：{'、'.join(map(str, sorted(grades)))}）",
                "is no grade that has classes "
                f"(there are {', '.join(map(str, sorted(grades)))})",
                Text("请核对年级。", "Maybe another grade is meant?"),
            )
