"""Errors in what users give us: what, where, value, advice."""

from collections.abc import Sequence
from dataclasses import dataclass

from scheduler.model.text import Text

SHOWN_AT_MOST = 200
NO_ADVICE = Text("", "")


@dataclass(frozen=True, slots=True)
class DataError:
    """One fault of the input.

    ``row`` counts as a spreadsheet does (the header is row 1); ``problem`` says
    what is wrong with the value, ``advice`` what to try.
    """

    file: str
    problem: Text
    advice: Text = NO_ADVICE
    row: int | None = None
    column: str | None = None
    value: str | None = None

    def __str__(self) -> str:
        """One line: place, value, problem, advice; English, then Chinese."""
        english = " ".join(filter(None, (f"{self.problem.en}.", self.advice.en)))
        chinese = "".join(filter(None, (f"{self.problem.zh}。", self.advice.zh)))
        return f"{self._place()} {english} 〔{chinese}〕"

    def _place(self) -> str:
        place = self.file
        if self.row is not None:
            place += f" row {self.row}"
        if self.column is not None:
            place += f', column "{self.column}"'
        place += ":"
        return place if self.value is None else f'{place} "{self.value}"'


class InputError(Exception):
    """The input cannot be used; carries every fault found."""

    def __init__(self, errors: Sequence[DataError]) -> None:
        self.errors = tuple(errors)
        super().__init__("\n".join(map(str, self.errors[:SHOWN_AT_MOST])))
