"""Two subjects of every class kept apart by one row of relations.csv."""

from dataclasses import replace

import pytest

from scheduler.constraints.rules.relations.rules import KeepRelations
from scheduler.formats.problem.reading import read_problem
from scheduler.model.errors import InputError
from scheduler.model.relations import Relation, RelationKind
from scheduler.solver.explain.explaining import explain
from scheduler.solver.explain.sentences.explanation import Verdict
from tests.builders import need, place, problem, timetable
from tests.cases import FOLDER, case


def row(kind: str, *subjects: str, **more: object) -> Relation:
    """A row of two subjects for all classes unless told otherwise."""
    return Relation("G1", RelationKind(kind), subjects=subjects, **more)


def amount(relation: Relation, **placed) -> int:
    """The row's amount, which its terms say too."""
    given = problem(
        need("R1", "C1", "PE", "2"),
        need("R2", "C1", "CN", "2"),
        need("R3", "C2", "CN", "1"),
        need("R4", "C2", "PE", "1"),
        relations=(relation,),
    )
    table = timetable(given, **placed)
    said = sum(t.amount(table.meeting) for t in KeepRelations().primitives(given))
    assert said == KeepRelations().amount(table)
    return said


@pytest.mark.parametrize(
    ("kind", "periods", "expected"),
    [
        ("subjects_not_same_day", (1, 5), 2),
        ("subjects_not_adjacent", (1, 2), 2),
        ("subjects_not_adjacent", (2, 1), 2),
        ("subjects_not_adjacent", (2, 3), 2),  # only a big break lies between
        ("subjects_not_adjacent", (4, 5), 0),  # lunch parts them
        ("subjects_not_adjacent", (1, 3), 0),
        ("subjects_not_before", (1, 2), 2),
        ("subjects_not_before", (2, 1), 0),
    ],
)
def test_a_pair_of_one_class_counts_in_both_weeks(kind, periods, expected):
    first, second = periods
    spots = {"R1_1": place(1, first), "R2_1": place(1, second)}
    assert amount(row(kind, "PE", "CN"), **spots) == expected


def test_lessons_of_other_classes_and_days_are_not_compared():
    spots = {"R1_1": place(1, 1), "R3_1": place(1, 2), "R2_1": place(2, 2)}
    for kind in ("subjects_not_same_day", "subjects_not_adjacent"):
        assert amount(row(kind, "PE", "CN"), **spots) == 0


def test_one_row_speaks_of_all_classes_or_of_those_named():
    spots = {
        "R1_1": place(1, 1),
        "R2_1": place(1, 2),
        "R3_1": place(1, 5),
        "R4_1": place(1, 6),
    }
    assert amount(row("subjects_not_same_day", "PE", "CN"), **spots) == 4
    only = row("subjects_not_same_day", "PE", "CN", classes=("C2",))
    assert amount(only, **spots) == 2


def test_the_sentence_names_both_lessons_and_what_is_wrong():
    given = problem(
        need("R1", "C1", "PE"),
        need("R2", "C1", "CN"),
        relations=(row("subjects_not_before", "PE", "CN", reason="出汗"),),
    )
    table = timetable(given, R1=place(1, 1), R2=place(1, 2))
    (first, _) = KeepRelations().violations(table)
    assert (
        KeepRelations()
        .explain(given, first)
        .zh.startswith("三(1)班体育与健康、三(1)班语文前一节紧接在后一节之前")
    )


def test_science_and_it_on_different_days_by_one_row():
    # Three of each in a class of five days: there is no such week.
    given = replace(
        case("subjects-apart"), relations=(row("subjects_not_same_day", "SC", "IT"),)
    )
    verdict = explain(given, 20.0).verdict
    taught = sum(len(r.lessons) for r in given.requirements)
    assert (taught, verdict) == (6, Verdict.FEASIBLE)
    once = tuple(replace(r, max_per_day=1) for r in given.requirements)
    narrow = replace(given, requirements=once)
    assert explain(narrow, 20.0).verdict is Verdict.INFEASIBLE


def test_the_eight_rows_of_a_class_are_one():
    given = case("not-adjacent")
    one = replace(given, relations=(row("subjects_not_adjacent", "PE", "CN"),))
    assert len(given.relations) == 8
    assert explain(one, 20.0).verdict is explain(given, 20.0).verdict


def test_a_row_of_subjects_wants_two_different_ones_and_no_lessons(tmp_path):
    for file in (FOLDER / "subjects-apart").iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes())
    header = "relation_id,kind,lessons,level,subjects\n"
    (tmp_path / "relations.csv").write_text(
        header + "G1,subjects_not_same_day,,hard,SC;SC\nG2,min_gap,,hard,\n",
        encoding="utf-8",
    )
    with pytest.raises(InputError) as caught:
        read_problem(tmp_path)
    assert {(e.row, e.column) for e in caught.value.errors} == {
        (2, "subjects"),
        (3, "lessons"),
        (3, "value"),
    }
