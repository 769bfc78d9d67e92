"""Cells of 任课安排 and 课时 written from requirements, and back to their columns.

What is read here is read by the same code as the sheets of a workbook.
"""

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Any

from scheduler.formats.tables.cells import CellError, is_empty, plain
from scheduler.formats.tables.declared.problem_tables import REQUIREMENTS
from scheduler.formats.tables.encode import join, write_cell
from scheduler.formats.tables.matrices.expansion import SUFFIX
from scheduler.formats.tables.matrices.grids import NONE
from scheduler.formats.tables.matrices.hours import Share, read_hours
from scheduler.formats.tables.matrices.people import Teachers
from scheduler.formats.tables.records import Located
from scheduler.model.requirements import WeekRule

Cells = Mapping[str, str]
TAUGHT = ("teacher_ids", "teacher_pool", "no_teacher")
GIVEN = ("per_week", "week", "blocks")
_WEEKS = {
    "zh": {WeekRule.ODD: "{}单", WeekRule.EVEN: "{}双", WeekRule.ALTERNATE: "{}单/双"},
    "en": {
        WeekRule.ODD: "{} odd",
        WeekRule.EVEN: "{} even",
        WeekRule.ALTERNATE: "{} odd/even",
    },
}
_NOBODY = {"zh": "无教师", "en": "nobody"}
_ALL, _ONE = {"zh": "、", "en": ", "}, {"zh": "或", "en": " or "}


def says_none(text: str) -> bool:
    """Whether a cell says that a class does not have the subject."""
    return bool(NONE.fullmatch(plain(text)))


def taught_text(row: Located, names: Mapping[str, str], language: str) -> str | None:
    """The teachers of a requirement; None where no cell of 任课安排 says that."""
    given = {key: row.values.get(key) for key in TAUGHT}
    typed = [row.cells.get(key, "") for key in TAUGHT if given[key] is None]
    if given["no_teacher"]:
        return _NOBODY[language]
    if given["teacher_ids"] and given["teacher_pool"]:
        return None
    for key, joint in (("teacher_ids", _ALL), ("teacher_pool", _ONE)):
        if given[key]:
            return joint[language].join(names.get(x, x) for x in given[key])
    return next((x for x in typed if not is_empty(x)), "")


def taught_cells(
    text: str, subject: str, school: str, teachers: Teachers
) -> dict[str, str]:
    """The columns of a requirement that a cell of 任课安排 fills in.

    What cannot be understood stands as it was typed, to be told of.
    """
    empty = dict.fromkeys(TAUGHT, "")
    if is_empty(text):
        return empty
    try:
        found = teachers.taught(text, subject, school, "")
    except CellError:
        return empty | {"teacher_ids": text}
    return {
        "teacher_ids": join(found.teacher_ids),
        "teacher_pool": join(found.teacher_pool),
        "no_teacher": "1" if found.no_teacher else "",
    }


def hours_text(rows: Sequence[Located], language: str) -> str | None:
    """Lessons a week of the requirements of a class and subject.

    None where no cell of 课时 says that.
    """
    shares = [
        Share(x.values["per_week"], x.values.get("week", WeekRule.EVERY))
        for x in rows
        if "per_week" in x.values
    ]
    if len(shares) < len(rows):
        return rows[0].cells.get("per_week", "") if len(rows) == 1 else None
    text = _written(shares, language)
    if text is None or read_hours(text) != tuple(shares):
        return None
    return text


def hours_cells(text: str, base: str, rows: Sequence[Cells]) -> list[dict[str, str]]:
    """The rows of a class and subject once their hours are those of a cell of 课时.

    Parameters:
        base: What their ids begin with.
        rows: Those there are; one at least, whose other columns all new ones have.
    """
    try:
        shares: tuple[Share | None, ...] = read_hours(text)
    except CellError:
        shares = (None,)
    first, found = dict(rows[0]), []
    for number, share in enumerate(shares):
        row = dict(rows[number]) if number < len(rows) else dict(first)
        if share is None:
            row |= {"per_week": text}
        else:
            if number >= len(rows):
                row["requirement_id"] = base + SUFFIX.get(share.week, "-2")
            row |= _share_cells(share, row)
        found.append(row)
    return found


def _share_cells(share: Share, row: Cells) -> dict[str, str]:
    """Hours and weeks; lengths of before are let go where they are of other hours."""
    columns = REQUIREMENTS.column
    hours = write_cell(columns["per_week"], share.per_week)
    every = share.week is WeekRule.EVERY
    week = row.get("week", "") if every else share.week.value
    cells = {"per_week": hours, "week": "" if every and week != "every" else week}
    kept = row.get("per_week", "") == hours
    return cells | ({} if kept else {"blocks": ""})


def _written(shares: Sequence[Share], language: str) -> str | None:
    words = _WEEKS[language]
    if len(shares) == 1:
        (share,) = shares
        if share.week is WeekRule.EVERY:
            return write_cell(REQUIREMENTS.column["per_week"], share.per_week)
        return words[share.week].format(_whole(share.per_week * 2))
    if len(shares) != 2 or shares[0].week is not WeekRule.EVERY:
        return None
    common, rest = shares
    more = common.per_week + rest.per_week * 2
    odd, even = more, common.per_week
    if rest.week is WeekRule.EVEN:
        odd, even = even, odd
    gap = "" if language == "zh" else " "
    return gap.join(
        words[week].format(_whole(count))
        for week, count in ((WeekRule.ODD, odd), (WeekRule.EVEN, even))
    )


def _whole(value: Fraction) -> Any:
    return value.numerator if value.denominator == 1 else float(value)


def agreed(texts: Iterable[str | None]) -> str | None:
    """The text that all agree on; None where they do not, or one is None."""
    found = set(texts)
    return found.pop() if len(found) == 1 else None
