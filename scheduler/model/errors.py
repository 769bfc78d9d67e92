"""Errors in what users give us: what, where, value, advice."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches

from scheduler.model.text import Text

SHOWN_AT_MOST = 200
NO_ADVICE = Text("", "")
_LONGEST_NAME = 100
"""Characters of an unknown name that are compared; whole pages are pasted at times."""


def meant(
    name: str, known: Iterable[str], otherwise: Text = NO_ADVICE, cutoff: float = 0.6
) -> Text:
    """Advice on an unknown name: the nearest known one, ``otherwise`` if none is near.

    ``cutoff`` is how alike they must be, from 0 to 1, as difflib has it.
    """
    close = get_close_matches(name[:_LONGEST_NAME], list(known), 1, cutoff)
    if not close:
        return otherwise
    return Text(f"是否应为“{close[0]}”？", f'Maybe "{close[0]}" is meant?')


@dataclass(frozen=True, slots=True)
class DataError:
    """One fault of the input.

    ``row`` counts as a spreadsheet does (the header is row 1); ``problem`` says
    what is wrong with the value, ``advice`` what to try. ``table`` is the name of the
    table, ``sheet`` and ``title`` are the Chinese titles of it and of the column, where
    they are known.
    """

    file: str
    problem: Text
    advice: Text = NO_ADVICE
    row: int | None = None
    column: str | None = None
    value: str | None = None
    sheet: str = ""
    title: str = ""
    table: str = ""

    def sentence(self, language: str, rows: str = "") -> str:
        """One line in one language; ``rows`` stand for equal faults in several rows."""
        if language == "en":
            place = self._place(rows)
            value = "" if self.value is None else f' "{self.value}"'
            return " ".join(
                filter(None, (f"{place}{value} {self.problem.en}.", self.advice.en))
            )
        place = f"【{self.sheet}】" if self.sheet else self.file
        if self.row is not None:
            place += f"第{rows or self.row}行"
        if self.column is not None:
            place += f"“{self.title or self.column}”"
        value = "" if self.value is None else f"“{self.value}”"
        return f"{place}：{value}{self.problem.zh}。{self.advice.zh}"

    def __str__(self) -> str:
        """One line: place, value, problem, advice; English, then Chinese."""
        return f"{self.sentence('en')} 〔{self.problem.zh}。{self.advice.zh}〕"

    def _place(self, rows: str = "") -> str:
        inside = self.row is not None or self.column is not None
        place = self.table if self.table and inside else self.file
        unit = "line" if self.file.endswith(".fet") else "row"
        if self.row is not None:
            place += f" {unit}s {rows}" if rows else f" {unit} {self.row}"
        if self.column is not None:
            place += f", {self.column}"
        return f"{place}:"


def alike(faults: Sequence[DataError]) -> list[tuple[DataError, ...]]:
    """Faults that are equal but for their rows, together."""
    found: dict[DataError, list[DataError]] = {}
    for fault in faults:
        found.setdefault(replace(fault, row=fault.row and 0), []).append(fault)
    return [tuple(group) for group in found.values()]


def sentence_of(group: Sequence[DataError], language: str) -> str:
    """One line for equal faults, with all their rows."""
    rows = [fault.row for fault in group if fault.row is not None]
    listed = _listed(rows, language) if len(rows) > 1 else ""
    return group[0].sentence(language, listed)


def sentences(faults: Sequence[DataError], language: str) -> list[str]:
    """One line for each fault; equal ones become one line with all their rows."""
    return [sentence_of(group, language) for group in alike(faults)]


def _listed(rows: list[int], language: str) -> str:
    """Row numbers with runs as ``3–5``, at most a dozen of them."""
    runs: list[list[int]] = []
    for row in sorted(set(rows)):
        if runs and runs[-1][-1] == row - 1:
            runs[-1][1:] = [row]
        else:
            runs.append([row])
    mark, rest = (", ", f" … ({len(rows)} rows)") if language == "en" else ("、", "…")
    shown = mark.join("–".join(map(str, run)) for run in runs[:12])
    return shown if len(runs) <= 12 else shown + rest


class InputError(Exception):
    """The input cannot be used; carries every fault found."""

    def __init__(self, errors: Sequence[DataError]) -> None:
        self.errors = tuple(errors)
        super().__init__("\n".join(map(str, self.errors[:SHOWN_AT_MOST])))


class Told(Exception):
    """Something that cannot be done; ``text`` tells people why."""

    def __init__(self, text: Text) -> None:
        self.text = text
        super().__init__(text.en)
