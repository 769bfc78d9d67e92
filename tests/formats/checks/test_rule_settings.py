"""Tables of rules.toml that name classes, weekdays and files."""

import pytest

from scheduler.constraints.catalogue import check_settings
from scheduler.formats.problem.reading import read_problem
from scheduler.model.errors import InputError
from tests.cases import FOLDER


def errors_with(tmp_path, rules: str):
    """Faults of a case with these settings, as key and value."""
    for file in (FOLDER / "pe-and-day-away").iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes())
    (tmp_path / "rules.toml").write_text(rules, encoding="utf-8")
    try:
        read_problem(tmp_path, check_settings)
    except InputError as error:
        return {(e.column, e.value) for e in error.errors if e.file == "rules.toml"}
    return set()


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ('except_classes = ["C9"]', ("GiveDailyPE.except_classes", "C9")),
        ("except_days = [8]", ("GiveDailyPE.except_days", "8")),
        ("except_days = 5", ("GiveDailyPE.except_days", "5")),
        ('except_clases = ["C1"]', ("GiveDailyPE", "except_clases")),
    ],
)
def test_an_exception_from_daily_pe_that_excepts_nothing_is_told(tmp_path, line, fault):
    assert fault in errors_with(tmp_path, f"[GiveDailyPE]\n{line}\n")


def test_exceptions_that_are_there_are_no_fault(tmp_path):
    rules = '[GiveDailyPE]\nexcept_classes = ["C1"]\nexcept_days = [5]\n'
    assert not errors_with(tmp_path, rules)


def test_a_source_names_its_file_and_what_was_approximated(tmp_path):
    right = '[source]\nfile = "a.fet"\napproximated = ["StudentsMaxSpanPerDay"]\n'
    assert not errors_with(tmp_path, right)
    wrong = '[source]\nfile = 3\napproximated = "x"\nother = 1\n'
    assert errors_with(tmp_path, wrong) == {
        ("source.file", "3"),
        ("source.approximated", "x"),
        ("source.other", "1"),
    }
