"""cuofeng audit: workbooks in, findings, reports and an exit code out."""

import csv
import json
import re
import zipfile
from dataclasses import replace
from itertools import product
from pathlib import Path

import pandas as pd
import pytest

from scheduler.cli import main
from scheduler.formats.auditing.delivered import read_facts
from scheduler.formats.profiles import read_profile
from tests.audit.clean_school import changed, clean_school, renamed
from tests.audit.printed import print_school

KEY = "G4C2"
COLUMNS = (
    "rule,severity,school,class,grade,class_no,subject,teacher,day,period,measured,"
    "demanded,message_zh,message_en,source,status"
)


def named_school():
    """The clean school with teachers of three characters, nobody twice."""
    given = "芳强敏静伟丽军洋勇艳杰娟涛明超秀霞平刚桂"
    people = ("".join(x) for x in product("王李张刘陈", given, given))
    names = {}
    school = clean_school()
    for x in school.lessons:
        for teacher in x.teachers:
            names.setdefault(teacher, None)
    names = dict(zip(names, people, strict=False))
    lessons = tuple(
        replace(x, teachers=tuple(names[t] for t in x.teachers)) for x in school.lessons
    )
    return replace(school, lessons=lessons)


@pytest.fixture(scope="module")
def school():
    return named_school()


def findings(folder):
    with (folder / "findings.csv").open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def test_a_clean_workbook_exits_0_without_a_finding(school, tmp_path, capsys):
    path = print_school(school, tmp_path / "课表.xlsx")
    assert main(["audit", str(path), "--out", str(tmp_path / "o")]) == 0
    rows = findings(tmp_path / "o")
    assert [r for r in rows if r["status"] == "found"] == []
    assert {r["rule"] for r in rows if r["status"] == "not_checked"} >= {"E02", "F01"}
    assert "1所学校：" in capsys.readouterr().out


def test_faults_in_a_workbook_exit_1_and_are_named_by_class(school, tmp_path):
    bad = changed(school, KEY, renamed("PE", "MA", only=1))
    bad = changed(bad, "G5C1", renamed("ME", "ME", "品德与社会"))
    path = print_school(bad, tmp_path / "课表.xlsx")
    out = tmp_path / "o"
    assert main(["audit", str(path), "--out", str(out)]) == 1
    first = (out / "findings.csv").read_text(encoding="utf-8-sig").splitlines()[0]
    assert first == COLUMNS
    rows = {r["rule"]: r for r in findings(out) if r["status"] == "found"}
    pe = rows["A05"]
    assert (pe["severity"], pe["class"], pe["grade"], pe["class_no"]) == (
        "C",
        "四(2)班",
        "4",
        "2",
    )
    assert (pe["subject"], pe["measured"], pe["demanded"]) == ("PE", "2", "3")
    assert (rows["B01"]["measured"], rows["B01"]["demanded"]) == (
        "品德与社会",
        "道德与法治",
    )


def test_without_clock_times_rules_on_bells_are_not_checked(school, tmp_path):
    path = print_school(school, tmp_path / "课表.xlsx", times=False)
    assert main(["audit", str(path), "--out", str(tmp_path / "o")]) == 0
    unchecked = {
        r["rule"] for r in findings(tmp_path / "o") if r["status"] == "not_checked"
    }
    assert unchecked >= {"A01", "C01", "C02", "C03", "C04", "C05", "C06", "C07", "C08"}


def test_the_audit_before_tells_what_is_mended_and_what_is_new(
    school, tmp_path, capsys
):
    before = changed(school, KEY, renamed("PE", "MA", only=1))
    after = changed(school, KEY, renamed("IT", "SC"))
    one = print_school(before, tmp_path / "一.xlsx")
    two = print_school(after, tmp_path / "二.xlsx")
    main(["audit", str(one), "--out", str(tmp_path / "a")])
    capsys.readouterr()
    arguments = ["audit", str(two), "--out", str(tmp_path / "b"), "--json"]
    main([*arguments, "--against", str(tmp_path / "a")])
    (seen,) = json.loads(capsys.readouterr().out)["schools"]
    old = {
        (r["rule"], r["class"], r["subject"], r["teacher"])
        for r in found(tmp_path / "a")
    }
    new = {
        (r["rule"], r["class"], r["subject"], r["teacher"])
        for r in found(tmp_path / "b")
    }
    assert seen["trend"].get("mended", 0) == len(old - new) > 0
    assert seen["trend"].get("new", 0) == len(new - old) > 0


def found(folder):
    return [r for r in findings(folder) if r["status"] == "found"]


def test_the_report_reads_back_and_the_evidence_has_its_sums(school, tmp_path):
    bad = changed(school, KEY, renamed("PE", "MA", only=1))
    path = print_school(bad, tmp_path / "课表.xlsx")
    out = tmp_path / "o"
    main(["audit", str(path), "--out", str(out)])
    form = pd.read_excel(
        out / "report.xlsx", sheet_name=3, dtype=str, engine="openpyxl"
    )
    pe = form[form["学科"] == "体育与健康"].iloc[0]
    assert [pe[f"{g}年级"] for g in (3, 4, 5)] == ["√", "-1", "√"]
    assert pe["责任"] == "学校"
    with zipfile.ZipFile(out / "evidence.zip") as archive:
        names = set(archive.namelist())
        listed = archive.read("manifest.csv").decode().splitlines()[1:]
    assert {line.split(",")[0] for line in listed} == names - {"manifest.csv"}
    assert "timetables/001 课表.xlsx" in names
    assert "<svg" in (out / "report.html").read_text(encoding="utf-8")


def test_a_profile_of_ones_own_switches_and_changes(school, tmp_path):
    bad = changed(school, KEY, renamed("PE", "MA", only=1))
    path = print_school(bad, tmp_path / "课表.xlsx")
    own = tmp_path / "区.toml"
    own.write_text(
        'id = "own"\nversion = "1"\ntitle = { zh = "本区", en = "own" }\n'
        'extends = "national-2022"\n[rules.A05]\nseverity = "W"\n'
        "[rules.A06]\nenabled = false\n[values.pe_minutes]\nvalue = 60\n"
        '[[curriculum]]\ncode = "ME"\ngrades = [4]\nminimum = 3\n',
        encoding="utf-8",
    )
    out = tmp_path / "o"
    assert main(["audit", str(path), "--profile", str(own), "--out", str(out)]) == 1
    rows = {r["rule"]: r for r in found(out) if r["class"] == "四(2)班"}
    assert rows["A05"]["severity"] == "W"
    assert rows["A03"]["demanded"] == "3"
    assert not {"A06", "C06"} & set(rows)


def test_an_unknown_profile_is_refused_and_nothing_written(tmp_path, capsys):
    path = tmp_path / "x.csv"
    path.write_text("a,b\n", encoding="utf-8")
    out = tmp_path / "o"
    assert main(["audit", str(path), "--profile", "mars", "--out", str(out)]) == 2
    assert "mars" in capsys.readouterr().err
    assert not out.exists()


def test_a_log_of_lessons_beside_the_workbook_is_judged(school, tmp_path):
    path = print_school(school, tmp_path / "课表.xlsx")
    log = tmp_path / "delivered.csv"
    log.write_text(
        "date,class,period,planned,given,teacher,reason\n"
        "2026-09-07,四（2）班,2,体育,数学,张三,\n"
        "2026-09-08,四(2)班,2,体育与健康,体育与健康,李四,\n"
        "2026-09-30,四(2)班,1,语文,语文,王五,\n",
        encoding="utf-8",
    )
    out = tmp_path / "o"
    assert main(["audit", str(path), str(log), "--out", str(out)]) == 1
    (row,) = [r for r in found(out) if r["rule"] == "E03"]
    assert (row["class"], row["subject"], row["measured"]) == ("四(2)班", "PE", "MA")
    assert (row["day"], row["period"], row["severity"]) == ("1", "2", "C")


def test_a_class_in_two_files_with_different_lessons_is_found(school, tmp_path):
    bad = changed(school, KEY, renamed("PE", "MA", only=1))
    one = print_school(school, tmp_path / "张贴.xlsx")
    two = print_school(bad, tmp_path / "系统.xlsx")
    out = tmp_path / "o"
    assert main(["audit", str(one), str(two), "--out", str(out)]) == 1
    assert [r["class"] for r in found(out) if r["rule"] == "E01"] == ["四(2)班"]


def test_the_examples_of_the_page_can_be_read(tmp_path):
    page = Path(__file__).parents[3] / "docs" / "audit.md"
    profile, facts = re.findall(
        r"```toml\n(.*?)```", page.read_text(encoding="utf-8"), re.S
    )
    (tmp_path / "own.toml").write_text(profile, encoding="utf-8")
    (tmp_path / "audit.toml").write_text(facts, encoding="utf-8")
    own = read_profile(str(tmp_path / "own.toml"))
    assert (own.values.break_warning, own.names.of("龙舟").code) == (10, "SCH")
    assert not own.switch("B05").enabled
    assert read_facts(tmp_path / "audit.toml").retiring == (("PE", 1),)


def test_a_recipe_settles_names_for_the_next_audit(tmp_path):
    rows = ["三(1)班课程表,,", "节次,星期一,星期二,星期三", "第1节,小实验,语文,数学"]
    path = tmp_path / "课表.csv"
    path.write_text("\n".join(rows), encoding="utf-8")
    first, second = tmp_path / "a", tmp_path / "b"
    main(["audit", str(path), "--out", str(first)])
    text = (first / "recipe.toml").read_text(encoding="utf-8")
    assert "小实验" in text.partition("[unknown]")[2]

    settled = text.replace("[names]", '[names]\n"小实验" = "SC"')
    (tmp_path / "recipe.toml").write_text(settled, encoding="utf-8")
    recipe = ["--recipe", str(tmp_path / "recipe.toml")]
    main(["audit", str(path), *recipe, "--out", str(second)])
    with (second / "cells.csv").open(encoding="utf-8-sig", newline="") as stream:
        cell = next(csv.DictReader(stream))
    assert (cell["subject"], cell["status"]) == ("SC", "corrected")


def test_a_faulty_recipe_is_said_and_nothing_is_written(tmp_path, capsys):
    (tmp_path / "课表.csv").write_text("节次,星期一\n1,语文\n", encoding="utf-8")
    recipe = tmp_path / "recipe.toml"
    recipe.write_text('version = 1\n[names]\n"小实验" = "ZZ"\n', encoding="utf-8")
    files = [str(tmp_path / "课表.csv"), "--recipe", str(recipe)]
    assert main(["audit", *files, "--out", str(tmp_path / "o")]) == 2
    assert "小实验" in capsys.readouterr().err
    assert not (tmp_path / "o").exists()


def test_every_file_that_holds_no_timetable_is_told(tmp_path, capsys):
    (tmp_path / "通知.txt").write_text("请于周五前交课程表。", encoding="utf-8")
    (tmp_path / "照片.xlsx").write_bytes(b"\xff\xd8\xff\xe0\x00\x10JFIF")
    (tmp_path / "半个.xlsx").write_bytes(b"PK\x03\x04")
    assert main(["audit", str(tmp_path), "--out", str(tmp_path / "out")]) == 2
    said = capsys.readouterr().err
    assert "半个.xlsx：不是完好的 Excel 工作簿" in said
    assert "照片.xlsx：不是文本文件，而是JPEG 图片" in said
    assert "通知.txt：没有一至九年级的班级课表" in said
    assert not (tmp_path / "out").exists()
