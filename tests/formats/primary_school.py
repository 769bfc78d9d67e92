"""The small example school of the tests, and faults planted in it."""

import csv
import io
import shutil
from pathlib import Path

from scheduler.formats.problem.reading import read_problem
from scheduler.model.errors import InputError

EXAMPLE = Path(__file__).parents[1] / "examples" / "primary-12"
"""Holds a timetable beside the tables: feasible, but for holes in classes' days."""


class Folder:
    """A copy of the example in which a test changes single cells."""

    def __init__(self, parent: Path) -> None:
        self.path = parent / "school"
        shutil.copytree(EXAMPLE, self.path)

    def rows(self, table: str) -> list[list[str]]:
        """Rows of a CSV file, the header first."""
        text = (self.path / f"{table}.csv").read_text(encoding="utf-8")
        return list(csv.reader(io.StringIO(text)))

    def write(self, table: str, rows: list[list[str]]) -> None:
        """Write a CSV file with Unix line ends."""
        text = io.StringIO(newline="")
        csv.writer(text, lineterminator="\n").writerows(rows)
        path = self.path / f"{table}.csv"
        path.write_text(text.getvalue(), encoding="utf-8", newline="")

    def put(self, table: str, row: int, column: str, value: str) -> None:
        """Change one cell; rows are numbered as a spreadsheet does.

        A column that is not there is added, with empty cells elsewhere.
        """
        rows = self.rows(table)
        if column not in rows[0]:
            rows = [[*cells, ""] for cells in rows]
            rows[0][-1] = column
        rows[row - 1][rows[0].index(column)] = value
        self.write(table, rows)

    def add(self, table: str, line: str) -> None:
        """Add a row at the end."""
        self.write(table, [*self.rows(table), *csv.reader([line])])

    def drop(self, table: str, row: int) -> None:
        """Leave a row out."""
        rows = self.rows(table)
        self.write(table, rows[: row - 1] + rows[row:])

    def retitle(self, table: str, old: str, new: str) -> None:
        """Change a column's title."""
        rows = self.rows(table)
        rows[0][rows[0].index(old)] = new
        self.write(table, rows)

    def overwrite(self, file: str, text: str) -> None:
        """Change a whole file."""
        (self.path / file).write_text(text, encoding="utf-8")

    def replace(self, file: str, old: str, new: str) -> None:
        """Change some text of a file."""
        path = self.path / file
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new), encoding="utf-8", newline="")

    def errors(self) -> list[str]:
        """English lines of all errors; none where the folder is read."""
        try:
            read_problem(self.path)
        except InputError as error:
            return [english(str(fault)) for fault in error.errors]
        return []

    def warnings(self) -> list[str]:
        """English lines of the warnings."""
        return [english(str(x)) for x in read_problem(self.path).warnings]


def english(line: str) -> str:
    """The English part of a fault's line, after making sure of the Chinese one."""
    text, _, chinese = line.partition(" 〔")
    assert len(chinese) > 2, f"no Chinese sentence: {line}"
    return text
