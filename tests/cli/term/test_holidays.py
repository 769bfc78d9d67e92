"""cuofeng holidays: what is announced, and what a term lacks of it."""

import json
from dataclasses import replace

import pytest

from scheduler.cli import main
from scheduler.formats.problem.reading import read_problem
from scheduler.formats.tables.files.workbook_writing import write_workbook
from scheduler.formats.tables.files.writing import write_folder
from tests.term.builders import TERM, problem

BARE = problem(term=replace(TERM, closed=(), make_up=()))


@pytest.mark.parametrize("name", ["school", "school.xlsx"])
def test_apply_appends_what_is_missing_and_keeps_all_else(tmp_path, name, capsys):
    data = tmp_path / name
    (write_workbook if data.suffix else write_folder)(BARE, data)
    assert main(["holidays", str(data)]) == 1
    assert "[[make_up]]\ndate = 2026-09-20\nacts_as = 2" in capsys.readouterr().out

    assert main(["holidays", str(data), "--apply"]) == 0
    assert main(["holidays", str(data)]) == 0
    term = read_problem(data).problem.term
    assert [(d.first, d.last) for d in term.closed] == [
        (d.first, d.last) for d in TERM.closed
    ]
    assert [(m.date, m.acts_as) for m in term.make_up] == [
        (m.date, m.acts_as) for m in TERM.make_up
    ]
    assert replace(term, closed=(), make_up=()) == BARE.term


def test_comments_of_the_school_stay(tmp_path):
    write_folder(BARE, tmp_path / "s")
    path = tmp_path / "s" / "term.toml"
    path.write_text(f"# 校历\n{path.read_text()}", encoding="utf-8")
    main(["holidays", str(tmp_path / "s"), "--apply"])
    assert path.read_text(encoding="utf-8").startswith("# 校历\n")


def test_a_make_up_day_that_is_also_closed_is_one_sentence(tmp_path, capsys, english):
    both = replace(TERM, make_up=(replace(TERM.make_up[0], date=TERM.closed[0].first),))
    write_folder(problem(term=both), tmp_path / "s")
    assert main(["validate", str(tmp_path / "s")]) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert "2026-09-25" in line
    assert "closed day" in line


def test_a_year_alone_is_told_with_its_source(capsys):
    assert main(["holidays", "--year", "2026", "--json"]) == 0
    year = json.loads(capsys.readouterr().out)
    assert year["make_up"][-1]["stands_for"] == "2026-10-07"
    assert "chinesecalendar" in year["source"]["zh"]


def test_neither_data_nor_a_year_is_one_sentence(capsys, english):
    assert main(["holidays"]) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert "the data, or --year" in line
