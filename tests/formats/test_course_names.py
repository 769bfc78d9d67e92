"""One table of course names: reader, audit, tables of a school and prints agree."""

import pytest

from scheduler.audit.standard import StandardKind
from scheduler.formats.profiles import read_profile
from scheduler.formats.spreadsheets.cells.entries import entries_of
from scheduler.formats.spreadsheets.labels.vocabulary import read_vocabulary
from scheduler.formats.standards import read_standard
from scheduler.model.course_names import CourseName, NameUse, course_key, course_names
from scheduler.model.read_timetable import CellKind
from scheduler.model.resources import Subject, SubjectKind

NAMES = course_names()
PROFILE = read_profile()
TAUGHT = [x for x in NAMES.rows if x.kind is CellKind.LESSON and x.code]
FINE = (NameUse.PRINT, NameUse.ALIAS)


def subject(name):
    return Subject("S", name, SubjectKind.OTHER)


def test_a_name_stands_in_the_table_once():
    keys = [course_key(x.name) for x in NAMES.rows]
    assert len(set(keys)) == len(keys)


def test_the_table_names_every_course_of_the_standard_and_no_other_code():
    groups = (StandardKind.GROUP, StandardKind.TOTAL)
    rows = [r for r in read_standard().rows if r.kind not in groups]
    assert {r.code for r in rows} == {x.code for x in TAUGHT}
    assert {r.code: NAMES.code_of(r.name.zh.partition("(")[0]) for r in rows} == {
        r.code: r.code for r in rows
    }


@pytest.mark.parametrize(
    ("printed", "part", "off"),
    [
        ("奥数(提高班)", "奥数", True),
        ("体育（武术）", "体育", False),
        ("艺术(音乐)", "艺术(音乐)", False),
        ("校本(诵读)", "校本(诵读)", False),
        ("围棋", "围棋", True),
    ],
)
def test_what_a_lesson_is_about_hides_no_name(printed, part, off):
    assert NAMES.course_part(printed) == part
    assert NAMES.off_plan(printed) is off


@pytest.mark.parametrize("row", TAUGHT, ids=lambda x: x.name)
def test_reader_audit_and_tables_take_a_name_for_the_same_course(row):
    (entry,) = entries_of([row.name], [""], read_vocabulary(), 3)
    sure = row.code if row.read.sure else ""

    assert (entry.name.code, entry.name.status) == (row.code, row.read)
    assert subject(row.name).code == PROFILE.code(subject(row.name)) == sure
    assert PROFILE.names.of(row.name) == row


def test_the_use_of_a_name_and_how_sure_it_is_read_do_not_contradict_each_other():
    fitting = {
        NameUse.PRINT: {"read"},
        NameUse.ALIAS: {"read", "corrected"},
        NameUse.OBSOLETE: {"corrected", "doubtful"},
        NameUse.PLACEHOLDER: {"read", "doubtful"},
        NameUse.NOT_COURSE: {"unknown"},
        NameUse.SENIOR: {"unknown"},
        NameUse.SELF_STUDY: {"read"},
        NameUse.UNSAID: {"read", "doubtful", "unknown"},
    }
    assert [x for x in NAMES.rows if x.read.value not in fitting[x.use]] == []
    without = {x.use for x in NAMES.rows if not x.code}
    assert without.isdisjoint({*FINE, NameUse.OBSOLETE})


def test_names_on_our_own_prints_break_no_rule_on_names():
    cells = {x.name: subject(x.name).short for x in NAMES.rows if x.use in FINE}
    found = {name: NAMES.of(cell) for name, cell in cells.items()}

    assert {x.use for x in found.values()} <= set(FINE)
    assert {n: x.code for n, x in found.items()} == {
        x.name: x.code for x in NAMES.rows if x.use in FINE
    }
    assert subject("信息科技").short == subject("信息技术").short == "信科"


@pytest.mark.parametrize(
    ("printed", "code"),
    [
        ("唱游·音乐", "MUS"),
        ("外语（英语）", "FL"),
        ("体育课", "PE"),
        ("校本/诵读", "SCH"),
    ],
)
def test_dots_brackets_and_the_word_for_lesson_make_no_other_course(printed, code):
    assert NAMES.code_of(printed) == subject(printed).code == code
    (entry,) = entries_of([printed], [""], read_vocabulary(), 3)
    assert entry.name.code == code


def test_names_of_a_profile_hold_for_its_reader_and_its_audit(tmp_path):
    path = tmp_path / "own.toml"
    path.write_text(
        'id = "own"\nversion = "1"\ntitle = {zh = "区", en = "district"}\n'
        '[[names]]\ncode = "SCH"\nuse = "print"\nnames = "龙舟"\n'
        '[[names]]\ncode = "CPA"\nuse = "obsolete"\nnames = "研学"\n',
        encoding="utf-8",
    )
    own = read_profile(str(path)).names

    assert own.print_name("SCH") == "校本课程"
    assert own.of("研学") == CourseName.said("研学", "CPA", NameUse.OBSOLETE)
    vocabulary = read_vocabulary(own)
    read = {n: vocabulary.look_up(n) for n in ("龙舟", "研学")}
    assert [(x.code, x.status.value) for x in read.values()] == [
        ("SCH", "read"),
        ("CPA", "corrected"),
    ]
