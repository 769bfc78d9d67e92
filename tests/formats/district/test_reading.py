"""A district in many folders reads as one problem; ids used twice are told apart."""

from dataclasses import replace
from pathlib import Path

import pytest

from scheduler.cli.main import main
from scheduler.constraints.catalogue import check_settings
from scheduler.district.parts import part_of, parts_of
from scheduler.formats.district.reading import read_district
from scheduler.formats.tables.files.writing import write_folder
from scheduler.model.errors import InputError
from scheduler.model.problem import Problem
from scheduler.model.resources import ClassGroup, School, Stage, Teacher
from scheduler.model.venues import Layout, SiteDistance, Venue
from tests.builders import A_DAY, ANYWHERE, SUBJECTS, TERM, agreement, bell, need

SHARED = Teacher("T9", "周游", "S1")


def _school(name: str, *, teacher: str = "王芳") -> Problem:
    """One class with Chinese by T1 and music by the shared teacher."""
    return Problem(
        schools=(School(name, f"{name}学校", Stage.PRIMARY),),
        bells=(bell("A", A_DAY),),
        classes=(ClassGroup("C1", name, 3, "三(1)班", 40, "A"),),
        subjects=SUBJECTS,
        teachers=(Teacher("T1", teacher, name),),
        requirements=(
            need("R1", "C1", "CN", "2"),
            need("R2", "C1", "MUS", teacher_ids=("T9",)),
            need("R3", "C1", "PE", layouts=("LP",)),
        ),
        term=TERM,
        rules=(ANYWHERE,),
    )


def _district(folder: Path) -> Path:
    """Two schools whose ids are the same, a shared park and a shared teacher."""
    shared = folder / "district"
    write = _school("S1")
    fill = replace(
        write,
        teachers=(SHARED,),
        venues=(Venue("PARK", "社区公园", "PARK", "public", False),),
        layouts=(Layout("LP", "PARK", ("PARK",), ("PE",), 2),),
        agreements=tuple(
            replace(agreement(1), agreement_id=f"X{s}", school_id=s)
            for s in ("S1", "S2")
        ),
        sites=(SiteDistance("S1", "S2", 20),),
    )
    write_folder(fill, shared)
    for name in ("schools", "bells", "classes", "subjects", "requirements"):
        (shared / f"{name}.csv").unlink()
    for name in ("S1", "S2"):
        write_folder(_school(name), folder / name)
        (folder / name / "term.toml").unlink()
    return folder


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return _district(tmp_path_factory.mktemp("district"))


def test_ids_used_twice_are_qualified_and_shared_ones_are_not(folder: Path) -> None:
    problem = read_district(folder, check_settings).district.problem
    assert [c.class_id for c in problem.classes] == ["S1.C1", "S2.C1"]
    assert sorted(t.teacher_id for t in problem.teachers) == ["S1.T1", "S2.T1", "T9"]
    assert [r.teacher_ids for r in problem.requirements] == [
        ("S1.T1",), ("T9",), ("S1.T1",), ("S2.T1",), ("T9",), ("S2.T1",),
    ]  # fmt: skip
    # What both say alike is one thing: subjects and the bell.
    assert len(problem.subjects) == len(SUBJECTS)
    assert [b.bell_id for b in problem.bells] == ["A"]


def test_a_school_is_cut_out_with_what_it_may_use(folder: Path) -> None:
    district = read_district(folder, check_settings).district
    assert [p.school_ids for p in parts_of(district)] == [("S1",), ("S2",)]
    problem = part_of(district, "S2").problem
    assert [c.class_id for c in problem.classes] == ["S2.C1"]
    assert {t.teacher_id for t in problem.teachers} == {"S2.T1", "T9"}
    assert [a.agreement_id for a in problem.agreements] == ["XS2"]
    assert [v.venue_id for v in problem.venues] == ["PARK"]


def test_two_schools_with_one_id_are_refused(tmp_path: Path) -> None:
    folder = _district(tmp_path)
    schools = folder / "S2" / "schools.csv"
    schools.write_text(schools.read_text("utf-8-sig").replace("S2,", "S1,"), "utf-8")
    for name in ("classes", "teachers"):
        path = folder / "S2" / f"{name}.csv"
        path.write_text(path.read_text("utf-8-sig").replace("S2", "S1"), "utf-8")
    with pytest.raises(InputError) as refused:
        read_district(folder, check_settings)
    told = next(e for e in refused.value.errors if e.file == "S2/schools.csv")
    assert told.sentence("en") == (
        'S2/schools row 2, school_id: "S1" is the id of a school in S1/schools.csv as '
        "well. Maybe give each school an id of its own?"
    )


def test_faults_name_the_folder(tmp_path: Path) -> None:
    folder = _district(tmp_path)
    path = folder / "S2" / "requirements.csv"
    path.write_text(path.read_text("utf-8-sig").replace("T1", "T7"), "utf-8")
    with pytest.raises(InputError) as refused:
        read_district(folder, check_settings)
    assert {e.file for e in refused.value.errors} == {"S2/requirements.csv"}
    assert refused.value.errors[0].sentence("zh").startswith("【S2/教学要求】第2行")


def test_a_school_missing_its_classes_is_told(tmp_path: Path) -> None:
    (tmp_path / "district").mkdir()
    with pytest.raises(InputError) as refused:
        read_district(tmp_path, check_settings)
    assert "no folder of a school" in refused.value.errors[0].sentence("en")


def test_commands_read_all_schools_or_the_one_named(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["validate", str(folder), "--lang", "en"]) == 0
    assert "Valid: 2 classes, 3 teachers" in capsys.readouterr().out
    assert main(["validate", str(folder), "--school", "S2", "--lang", "en"]) == 0
    assert "Valid: 1 classes, 2 teachers" in capsys.readouterr().out
    assert main(["validate", str(folder), "--school", "S7", "--lang", "en"]) == 2
    told = '--school: "S7" is no school with classes. Maybe its school_id?\n'
    assert capsys.readouterr().err.endswith(told)
