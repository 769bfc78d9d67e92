"""Imports: previews of what is new, changed and gone; done only when it is said."""

import io
import zipfile

import openpyxl
import pytest

from scheduler.model.errors import InputError
from scheduler.services.school.drafts.tables import Edit
from scheduler.services.school.starting import File
from scheduler.services.views.data.imports import do_import, preview
from scheduler.services.views.data.workbook import workbook_of

TEACHERS = "教师编号,教师姓名\nT1,王芳芳\nT2,李强\nT9,赵云\n"


def csv(name, text):
    return File(name, text.encode("utf-8-sig"))


def counts(told):
    return {x["name"]: (*x["counts"], x["same"]) for x in told["tables"]}


def take(drafts, *files, seen=0, gone=False, timetable=False):
    return do_import(drafts, 1, "王", files, seen, gone, timetable, "zh")


def test_one_table_is_compared_and_nothing_is_done(drafts, look):
    told = look(preview, [csv("教师名单.csv", TEACHERS)], False, "zh")
    assert counts(told) == {"teachers": (1, 1, 1, 1)}
    [table] = told["tables"]
    assert [x[:2] for x in table["new"]] == [["T9", "赵云"]]
    assert [[x[1] for x in pair] for pair in table["changed"]] == [["王芳", "王芳芳"]]
    assert [x[:2] for x in table["gone"]] == [["T3", "张敏"]]
    assert told["lessons"] == {"kept": 4, "new": 0, "lost": 0, "named": []}
    assert drafts.look(1, lambda desk: desk.history.last) == 0


def test_import_is_one_step_that_keeps_what_the_file_does_not_say(drafts):
    drafts.do(1, "王", lambda desk, asked: desk.edit(asked, [_limit(desk)]))
    status, told = take(drafts, csv("教师名单.csv", TEACHERS), seen=1)
    assert (status, told) == (200, {"seen": 2, "held": 0})
    teachers = drafts.look(1, lambda desk: desk.problem.teacher)
    assert list(teachers) == ["T1", "T2", "T3", "T9"]
    assert (teachers["T1"].name, teachers["T1"].max_per_day) == ("王芳芳", 5)
    drafts.do(1, "王", lambda desk, asked: desk.undo(asked))
    assert "T9" not in drafts.look(1, lambda desk: desk.problem.teacher)


def _limit(desk):
    row = dict(desk.tables.shown()["teachers"][1])
    return Edit("teachers", 1, row | {"max_per_day": "5"})


def test_gone_rows_are_taken_out_when_it_is_said(drafts, look):
    told = look(preview, [csv("教师名单.csv", TEACHERS)], True, "zh")
    assert told["edits"] == 3
    take(drafts, csv("教师名单.csv", TEACHERS), gone=True)
    assert "T3" not in drafts.look(1, lambda desk: desk.problem.teacher)


def test_lessons_that_lose_their_place_are_named(look):
    rows = "要求编号,班级,学科编号,教师,每周节数\nA-PE,三(1)班,体育与健康,李强,2\n"
    told = look(preview, [csv("requirements.csv", rows)], True, "zh")
    assert told["lessons"] == {
        "kept": 1,
        "new": 1,
        "lost": 3,
        "named": ["三(1)班语文", "三(2)班语文"],
    }


def test_workbook_of_the_draft_offers_nothing_new(look):
    book = File("draft.xlsx", look(workbook_of, "zh"))
    told = look(preview, [book], False, "zh")
    assert told["edits"] == 0
    assert told["errors"] == 0
    assert all(x["counts"] == [0, 0, 0] for x in told["tables"])


def test_matrices_of_a_workbook_are_compared_by_class_and_subject(drafts, look):
    book = openpyxl.Workbook()
    teaching, hours = book.active, book.create_sheet("课时")
    teaching.title = "任课安排"
    for row in (["班级", "语文", "体育与健康"], ["三年级", "张敏", "李强"]):
        teaching.append(row)
    for row in (["年级", "语文", "体育与健康"], ["三年级", "2", "3"]):
        hours.append(row)
    content = io.BytesIO()
    book.save(content)
    told = look(preview, [File("任课.xlsx", content.getvalue())], False, "zh")
    assert counts(told) == {"requirements": (1, 3, 0, 0)}
    status, _ = take(drafts, File("任课.xlsx", content.getvalue()))
    assert status == 200
    found = drafts.look(1, lambda desk: desk.problem.requirement)
    assert found["B-PE"].per_week == 3
    assert found["A-CN"].teacher_ids == ("T3",)


def test_zip_of_a_folder_with_names_of_chinese_windows(look):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("folder/teachers.csv", TEACHERS)
        archive.writestr("__MACOSX/._teachers.csv", "junk")
        archive.writestr("../../etc/evil.sh", "junk")
    told = look(preview, [File("学校.zip", packed.getvalue())], False, "zh")
    assert counts(told) == {"teachers": (1, 1, 1, 1)}


def test_columns_and_ids_that_a_list_lacks_are_those_of_the_draft(drafts, look):
    rows = "姓名,每周最多节数\n李强,12\n赵云,10\n"
    told = look(preview, [csv("教师名单.csv", rows)], False, "zh")
    assert counts(told) == {"teachers": (1, 1, 2, 0)}
    assert told["errors"] == 0
    take(drafts, csv("教师名单.csv", rows))
    teachers = drafts.look(1, lambda desk: desk.problem.teacher)
    assert (teachers["T2"].school_id, teachers["T2"].max_per_week) == ("S1", 12)
    assert teachers["赵云"].max_per_week == 10


def test_table_that_cannot_be_read_offers_nothing(look):
    told = look(preview, [csv("teachers.csv", "性别\n女\n")], True, "zh")
    assert told["tables"] == []
    assert told["faults"][0].startswith("【教师】“教师编号”：缺少这一列")


def last_year():
    """Two classes of three lessons on Monday and Friday, as a school prints them."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for number in (1, 2):
        sheet = book.create_sheet(f"三({number})班")
        sheet.append([f"铁山路学校三({number})班课程表"])
        sheet.append(["节次", "星期一", "星期二", "星期三", "星期四", "星期五"])
        for period in (1, 2, 3):
            lessons = [f"语文\n王老{number}", "", "", "", f"数学\n李老{number}"]
            sheet.append([f"第{period}节", *lessons])
    content = io.BytesIO()
    book.save(content)
    return File("去年课表.xlsx", content.getvalue())


def test_timetables_of_last_year_are_read_with_their_lessons(drafts, look):
    told = look(preview, [last_year()], True, "zh")
    assert (told["timetable"], told["faults"]) == (12, [])
    # 三(1)班 and 语文 are those of the draft; 数学 and four teachers are new.
    found = counts(told)
    assert found["classes"] == (0, 0, 0, 2)
    assert found["subjects"] == (1, 0, 0, 1)
    assert found["teachers"] == (4, 0, 0, 0)
    assert found["requirements"] == (2, 2, 1, 0)
    assert not found.keys() & {"term", "bells"}
    assert take(drafts, last_year(), gone=True, timetable=True)[0] == 200
    problem = drafts.look(1, lambda desk: desk.problem)
    ours = [(x.class_ids, x.subject_id, x.per_week) for x in problem.requirements]
    assert (("A",), "CN", 3) in ours
    placed = drafts.look(1, lambda desk: desk.timetable.placements)
    assert len(placed) == 12
    assert placed["A-CN#1"].teacher_ids == problem.requirement["A-CN"].teacher_ids
    for _ in range(2):
        drafts.do(1, "王", lambda desk, asked: desk.undo(asked))
    assert drafts.look(1, lambda desk: desk.timetable.placements).keys() == {
        *("A-CN#1", "A-CN#2", "B-CN#1", "A-PE#1")
    }


def test_file_with_faults_is_imported_and_held_back(drafts, look):
    wrong = "教师编号,教师姓名,每天最多节数\nT1,王芳,很多\n"
    told = look(preview, [csv("teachers.csv", wrong)], False, "zh")
    assert told["faults"] == [
        "【教师】第2行“每天最多节数”：“很多”不是数。请填数字，如 3。"
    ]
    assert told["lessons"] is None
    assert take(drafts, csv("teachers.csv", wrong)) == (200, {"seen": 1, "held": 1})


def test_draft_changed_since_the_preview_is_told(drafts):
    drafts.do(1, "李", lambda desk, asked: desk.edit(asked, [_limit(desk)]))
    status, told = take(drafts, csv("teachers.csv", TEACHERS), seen=0)
    assert (status, told["refused"]) == (
        409,
        "草稿刚被改过，与预览的不同。请重新预览再导入。",
    )


@pytest.mark.parametrize(
    ("file", "said"),
    [
        (File("坏.zip", b"PK\x03\x04 nothing"), "压缩包打不开"),
        (File("空.csv", b""), ""),
    ],
)
def test_what_cannot_be_read_is_said(look, file, said):
    with pytest.raises(InputError) as error:
        look(preview, [file], False, "zh")
    assert said in error.value.errors[0].sentence("zh")
