"""cuofeng change: the log of dated changes from the command line."""

import datetime as dt
import json

import pytest

from scheduler.cli import main
from scheduler.services.offices import Store
from scheduler.services.school import ledgers
from tests.term.builders import problem
from tests.term.rain_school import late_bell, outdoors, school


@pytest.fixture
def url(tmp_path):
    """A database with the two classes outdoors on Mondays, published in August."""
    url = f"sqlite:///{tmp_path / 'school.db'}"
    store = Store.open(url)
    table = outdoors(school(bells=(*problem().bells, late_bell())))
    store.add_office("s", "铁山路学校").publish(table.problem, table, "", "{}")
    store.close()
    return url


@pytest.fixture
def change(capsys, url):
    """Exit code, output and errors of the command; a date may be past by now."""

    def run(*more):
        code = main(["change", "--database", url, "--note", "因病", *map(str, more)])
        return code, *capsys.readouterr()

    return run


def facts(change, *more):
    code, out, err = change(*more, "--json")
    assert (code, err) == (0, "")
    return json.loads(out)


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        (("--cancel",), "停课"),
        (
            ("--to", "2026-09-09", "--period", "3"),
            "改到 2026-09-09 周三 09:40–10:20",
        ),
        (("--time", "10:30-11:10"), "改到 10:30–11:10"),
        (("--place", "L-GYM"), "换到风雨操场"),
        (("--teachers", "T2", "--period", "2"), "改到 08:50–09:30 由李明上课"),
        (("--subject", "CN"), "改上语文"),
    ],
)
def test_change_is_made_and_told_in_a_line(change, more, sentence):
    code, out, err = change("--lesson", "R1#1", "--on", "2026-09-07", *more)
    assert (code, err) == (0, "")
    head, line = out.splitlines()
    assert head.startswith("第1批 ")
    assert " 其他 因病 经办cli" in head
    assert line == f"  2026-09-07 周一 08:00 三(2)班体育与健康 {sentence}"


def test_batch_has_reason_form_and_people(change):
    more = ("--reason", "absence", "--form", "2026-31", "--asked-by", "王芳")
    (batch,) = facts(
        *(change, "--lesson", "R1#1", "--on", "2026-09-07", "--cancel", *more),
        *("--approved-by", "校长"),
    )
    assert (batch["reason"], batch["form"], batch["note"]) == (
        *("absence", "2026-31", "因病"),
    )
    assert (batch["asked_by"], batch["approved_by"], batch["made_by"]) == (
        *("王芳", "校长", "cli"),
    )
    (line,) = batch["changes"]
    assert (line["kind"], line["date"], line["cancelled"]) == (
        *("DatedChange", "2026-09-07", True),
    )


def test_extra_lesson_and_bell_are_made_and_listed_by_date(change):
    change(
        *("--extra", "C1", "--subject", "CN", "--teachers", "T1"),
        *("--on", "2026-09-09", "--period", "1"),
    )
    change("--bell", "LATE", "--on", "2026-09-08", "--classes", "C2")
    _, out, _ = change()
    assert "加课三(1)班语文 08:00–08:40 王芳 本班教室 [+1#1]" in out
    assert "2026-09-08 周二 三(2)班按作息“LATE”" in out
    assert len(facts(change, "--on", "2026-09-08")) == 1


def test_undone_batch_is_marked_and_cannot_be_undone_again(change):
    change("--lesson", "R1#1", "--on", "2026-09-07", "--cancel")
    code, out, _ = change("--undo", "1")
    assert (code, "已撤销" in out.splitlines()[0]) == (0, True)
    code, out, err = change("--undo", "1")
    assert (code, out) == (2, "")
    assert "没有这一批改动，或已经撤销" in err


def test_replacements_are_taken_in_and_written_out(change, tmp_path):
    rows = tmp_path / "replacements.csv"
    rows.write_text("日期,课次,用法编号,原因\n2026-09-07,R1#1,L-GYM,维修\n", "utf-8")
    code, out, _ = change("--import", rows, "--reason", "place")
    assert (code, "换到风雨操场 维修" in out) == (0, True)
    assert change("--out", tmp_path / "out")[0] == 0
    written = (tmp_path / "out" / "replacements.csv").read_text("utf-8-sig")
    assert written.splitlines() == [
        "date,lesson_id,layout_id,reason",
        "2026-09-07,R1#1,L-GYM,维修",
    ]


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        (("--lesson", "R1#1", "--cancel"), "没有给出日期"),
        (("--lesson", "R1#1", "--on", "2026-09-07"), "没有说改什么"),
        (
            ("--lesson", "R1#1", "--on", "2026-09-07", "--to", "2026-09-08"),
            "没有说改到第几节",
        ),
        (
            ("--lesson", "R1#1", "--on", "2026-09-07", "--period", "9"),
            "2026-09-07（周一）没有这一节",
        ),
        (("--extra", "C1", "--on", "2026-09-07"), "加课要给出学科和时间"),
        (
            ("--extra", "C9", "--on", "2026-09-07", "--period", "1"),
            "【班级】表中没有“C9”。是否改过名？",
        ),
        (
            ("--extra", "三(1)班", "--on", "2026-09-08", "--subject", "CN"),
            "【班级】表中没有“三(1)班”。是否应为“C1”？",
        ),
        (
            ("--lesson", "R1#1", "--on", "2026-09-08", "--cancel"),
            "2026-09-08（周二）：当天不上三(2)班体育与健康这节课",
        ),
        (
            ("--lesson", "R1#1", "--on", "2026-09-07", "--teachers", "T2"),
            "教师李明周一08:00–08:40同时有2节课",
        ),
        (("--time", "9-10"), "HH:MM-HH:MM 形式的起止时间"),
        (("--undo", "7"), "没有这一批改动"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_kept(change, more, sentence):
    code, out, err = change(*more)
    assert (code, out) == (2, "")
    assert sentence in err
    assert facts(change) == []


def test_faulty_rows_of_a_file_are_all_told(change, tmp_path):
    rows = tmp_path / "replacements.csv"
    rows.write_text("date,lesson_id,layout_id\n9月,R1#1,L-GYM\n,R1#1,\n", "utf-8")
    code, _, err = change("--import", rows)
    assert code == 2
    assert len(err.splitlines()) >= 3


def test_ledger_counts_what_was_published_lost_made_up_and_given(change, capsys, url):
    """Seven Mondays for both classes, and nine Tuesdays for class 3(2)."""
    change("--lesson", "R1#1", "--on", "2026-09-07", "--cancel")
    change(
        "--lesson", "R2#1", "--on", "2026-09-14", "--to", "2026-09-16", "--period", 2
    )
    assert main(["ledger", "--database", url]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "三(1)班 体育与健康：应开9节，发布7节，缺1节，补1节，实上7节（280分钟）",
        "三(2)班 体育与健康：应开18节，发布16节，缺1节，补0节，实上15节（600分钟）",
    ]
    window = ("--from", "2026-09-15", "--to", "2026-09-20", "--json")
    assert main(["ledger", "--database", url, *window]) == 0
    first, second = json.loads(capsys.readouterr().out)
    # Wednesday's lesson, which came from Monday; Tuesday and the Sunday like it.
    assert [first[x]["lessons"] for x in ("published", "made_up")] == [0, 1]
    assert second["delivered"] == {"lessons": 2, "minutes": 80}


def test_ledger_of_dates_in_no_order_is_refused(capsys, url):
    window = ("--from", "2026-09-20", "--to", "2026-09-15")
    assert main(["ledger", "--database", url, *window]) == 2
    assert "--to：“2026-09-15”早于 --from 的日期" in capsys.readouterr().err


def test_ledger_says_that_lessons_to_come_count_as_published(capsys, url, monkeypatch):
    day = dt.date(2026, 9, 15)
    monkeypatch.setattr(ledgers, "local_date", lambda *_: day)
    assert main(["ledger", "--database", url]) == 0
    said = capsys.readouterr().out.splitlines()[0]
    assert said.startswith("2026-09-15以后的课还没有上")
    assert main(["ledger", "--database", url, "--to", "2026-09-15"]) == 0
    assert "还没有上" not in capsys.readouterr().out


def test_ledger_as_of_a_day_before_anything_was_published_says_so(capsys, url):
    assert main(["ledger", "--database", url, "--as-of", "2020-01-01"]) == 0
    assert "还没有发布过课表" in capsys.readouterr().out


@pytest.mark.usefixtures("english")
def test_ledger_of_an_empty_database_is_refused(capsys, tmp_path):
    url = f"sqlite:///{tmp_path / 'none.db'}"
    store = Store.open(url)
    store.add_office("s", "铁山路学校")
    store.close()
    assert main(["ledger", "--database", url]) == 2
    assert "no timetable has been published yet." in capsys.readouterr().err


def test_ledger_out_writes_a_workbook_and_a_table_for_each_view(change, url, tmp_path):
    change("--lesson", "R1#1", "--on", "2026-09-07", "--cancel")
    out = tmp_path / "books"
    assert main(["ledger", "--database", url, "--out", str(out)]) == 0
    of = ("class", "teacher", "venue")
    views = {f"{x}_{y}.csv" for x in of for y in ("term", "month", "week")}
    others = {"ledger.xlsx", "subject_term.csv", "fingerprint.txt"}
    assert {path.name for path in out.iterdir()} == views | others
    lines = (out / "class_term.csv").read_text("utf-8-sig").splitlines()
    assert lines[2].startswith(
        "C2,三(2)班,PE,体育与健康,,18,720,16,640,1,40,0,0,15,600"
    )
    before = (out / "fingerprint.txt").read_text()
    assert main(["ledger", "--database", url, "--out", str(out)]) == 0
    assert (out / "fingerprint.txt").read_text() == before
    change("--undo", 1)
    assert main(["ledger", "--database", url, "--out", str(out)]) == 0
    assert (out / "fingerprint.txt").read_text() != before


def test_event_and_bell_hold_for_grades_until_a_date(change):
    given = ("--event", "exam", "--on", "2026-09-07", "--until", "2026-09-08")
    code, out, err = change(*given, "--grades", 3, "--time", "08:00-09:00")
    assert (code, err) == (0, "")
    assert "至2026-09-08 三(1)班、三(2)班考试 08:00–09:00" in out
    days = ("--on", "2026-09-14", "--until", "2026-09-18")
    code, out, _ = change("--bell", "LATE", *days)
    assert code == 0
    assert "至2026-09-18 全校按作息“LATE”" in out
    code, _, err = change("--event", "exam", "--on", "2026-09-07", "--grades", 9)
    assert code == 2
    assert "没有这个年级的班" in err


def test_two_lessons_are_swapped_across_dates(change):
    """PE of class 3(2) on a Monday for that of Tuesday at 10:30."""
    given = ("--lesson", "R1#1", "--on", "2026-09-07", "--swap", "R3#1")
    code, out, err = change(*given, "--to", "2026-09-08", "--reason", "swap")
    assert (code, err) == (0, "")
    assert "改到 2026-09-08 周二 10:30–11:10" in out
    assert "改到 2026-09-07 周一 08:00–08:40" in out
    code, _, err = change("--swap", "R3#1", "--lesson", "R9#1", "--on", "2026-09-07")
    assert code == 2
    assert "2026-09-07不上“R9#1”这节课" in err


def test_self_study_is_told_and_a_host_must_be_there(change):
    given = ("--lesson", "R1#1", "--on", "2026-09-14")
    code, out, _ = change(*given, "--teachers", "T1", "--self-study")
    assert code == 0
    assert "自习" in out
    code, _, err = change(*given, "--join", "R9#1")
    assert code == 2
    assert "没有课“R9#1”。是否应为" in err
