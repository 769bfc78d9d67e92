"""A problem that is written reads back as the same problem."""

import tempfile
from pathlib import Path

from hypothesis import given, settings

from scheduler.formats.problem.reading import read_problem
from scheduler.formats.tables.files.workbook_writing import write_workbook
from scheduler.formats.tables.files.writing import write_folder
from tests.formats.checked import checked
from tests.formats.odd_problems import problems
from tests.formats.primary_school import EXAMPLE
from tests.thorough import times


@settings(max_examples=times(8))
@given(problems())
def test_folder_workbook_folder_is_the_identity_on_problems(problem):
    with tempfile.TemporaryDirectory() as directory:
        here = Path(directory)
        write_folder(problem, here / "first")
        first = read_problem(here / "first").problem
        assert first == problem

        write_workbook(first, here / "book.xlsx")
        book = read_problem(here / "book.xlsx").problem
        assert book == problem

        write_folder(book, here / "second")
        assert read_problem(here / "second").problem == problem
        for path in sorted((here / "first").iterdir()):
            assert (here / "second" / path.name).read_bytes() == path.read_bytes()


TOLD = (
    "is a date",
    "is the name of",
    "without lessons anyway",
    "is unusual",
    "does not teach",
    "has no PE",
    "is at the time of",
    "has no layout",
)
"""What people are told of though it is well said."""


@settings(max_examples=times(8))
@given(problems())
def test_rows_of_a_problem_pass_what_reading_passes(problem):
    found = [w.problem.en for w in checked(problem).warnings]
    assert [x for x in found if not any(told in x for told in TOLD)] == []


def test_write_folder_of_the_example_reads_back(tmp_path):
    problem = read_problem(EXAMPLE).problem
    write_folder(problem, tmp_path / "copy")
    assert read_problem(tmp_path / "copy").problem == problem
