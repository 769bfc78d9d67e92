"""Findings against those of an earlier audit: mended, still there, new."""

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass

from scheduler.audit.running.audit import Outcome

KEY = ("rule", "school", "class", "subject", "teacher")
"""Findings that have these alike are the same."""
MENDED, STILL, NEW, UNKNOWN = "mended", "still", "new", "not_compared"
Row = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Change:
    """A finding of either audit: its key, what became of it, its message in Chinese."""

    key: tuple[str, ...]
    word: str
    message: str

    @property
    def school(self) -> str:
        """Name of the school; empty for the whole district."""
        return self.key[KEY.index("school")]


def changes(before: Iterable[Row], now: Iterable[Row]) -> list[Change]:
    """Every finding of two audits, by the rows of their findings.csv.

    What a rule found that was not checked this time may be there still.
    """
    now = list(now)
    unchecked = {
        (row["rule"], row["school"])
        for row in now
        if row["status"] == Outcome.NOT_CHECKED
    }
    old, new = _found(before), _found(now)
    return [
        Change(key, _word(key, old, new, unchecked), new.get(key, old.get(key, "")))
        for key in sorted(old.keys() | new.keys())
    ]


def _found(rows: Iterable[Row]) -> dict[tuple[str, ...], str]:
    """Messages of what was found, by key."""
    found: dict[tuple[str, ...], str] = {}
    for row in rows:
        if row["status"] == Outcome.VIOLATED:
            found.setdefault(tuple(row[name] for name in KEY), row["message_zh"])
    return found


def _word(
    key: tuple[str, ...],
    old: Container[tuple[str, ...]],
    new: Container[tuple[str, ...]],
    unchecked: Container[tuple[str, str]],
) -> str:
    if key in new:
        return STILL if key in old else NEW
    return UNKNOWN if (key[0], key[1]) in unchecked else MENDED


def counts(found: Iterable[Change]) -> dict[str, dict[str, int]]:
    """How many of each word there are, by school."""
    said: dict[str, dict[str, int]] = {}
    for change in found:
        of_school = said.setdefault(change.school, {})
        of_school[change.word] = of_school.get(change.word, 0) + 1
    return said
