"""Files as bytes: sizes, encodings, line ends, things that are no tables."""

import pytest

from scheduler.formats.problem.reading import read_problem
from scheduler.formats.tables.files.writing import write_folder
from scheduler.model.errors import InputError
from tests.formats.primary_school import EXAMPLE, Folder, english

PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(64)
SAVE = 'Maybe save it in Excel as "CSV UTF-8 (comma delimited)"?'


def lines(path):
    with pytest.raises(InputError) as caught:
        read_problem(path)
    return [english(str(fault)) for fault in caught.value.errors]


def test_read_problem_example_reads_without_a_warning():
    assert read_problem(EXAMPLE).warnings == ()


def test_read_problem_windows_line_ends_and_mark_read_the_same(tmp_path):
    folder = Folder(tmp_path)
    for path in sorted(folder.path.iterdir()):
        content = path.read_bytes().replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
        path.write_bytes(b"\xef\xbb\xbf" + content)
    assert read_problem(folder.path) == read_problem(EXAMPLE)


def test_read_problem_gbk_file_is_read_with_a_warning(tmp_path):
    folder = Folder(tmp_path)
    path = folder.path / "teachers.csv"
    path.write_bytes(path.read_text(encoding="utf-8").encode("gbk"))

    reading = read_problem(folder.path)

    assert reading.problem == read_problem(EXAMPLE).problem
    assert [english(str(warning)) for warning in reading.warnings] == [
        f"teachers.csv: is not UTF-8; read as GB18030 (GBK). {SAVE}"
    ]


def test_read_problem_text_in_no_known_encoding_is_refused(tmp_path):
    folder = Folder(tmp_path)
    (folder.path / "sites.csv").write_bytes(b"from_site,to_site,minutes\n\xff\xff,b,1")
    assert lines(folder.path) == [f"sites.csv: is neither UTF-8 nor GBK. {SAVE}"]


def test_read_problem_utf16_file_of_excel_reads_the_same(tmp_path):
    folder = Folder(tmp_path)
    path = folder.path / "sites.csv"
    path.write_text(path.read_text(encoding="utf-8"), encoding="utf-16")
    assert read_problem(folder.path) == read_problem(EXAMPLE)


def test_read_problem_picture_named_csv_is_refused_in_one_sentence(tmp_path):
    folder = Folder(tmp_path)
    (folder.path / "bells.csv").write_bytes(PNG)
    assert lines(folder.path) == ["bells.csv: is not text but a PNG picture."]


def test_read_problem_binary_named_csv_is_refused_in_one_sentence(tmp_path):
    folder = Folder(tmp_path)
    (folder.path / "bells.csv").write_bytes(b"bell_id\x00\x01\x02")
    assert lines(folder.path) == ["bells.csv: is not text but binary data."]


def test_read_problem_file_of_200_mb_is_refused_before_reading(tmp_path):
    folder = Folder(tmp_path)
    with (folder.path / "bells.csv").open("r+b") as file:
        file.truncate(200_000_000)  # a hole: takes no room on the disk
    assert lines(folder.path) == [
        "bells.csv: has more bytes than the 50 MB allowed. Maybe it is another file?"
    ]


def test_read_problem_quote_that_is_not_closed_names_its_row(tmp_path):
    folder = Folder(tmp_path)
    path = folder.path / "sites.csv"
    path.write_text(
        'from_site,to_site,minutes\nS1,PARK,10\n"S1,P,3\n', encoding="utf-8"
    )
    assert lines(folder.path) == [
        "sites row 3: has a quotation mark that does not match. "
        "Maybe a quote in a cell is not doubled?"
    ]


def test_read_problem_missing_file_is_named(tmp_path):
    folder = Folder(tmp_path)
    (folder.path / "bells.csv").unlink()
    assert lines(folder.path) == [
        "bells.csv: the table is required but missing. Maybe it has another name?"
    ]


def test_read_problem_header_without_rows_is_named(tmp_path):
    folder = Folder(tmp_path)
    folder.write("fixed", folder.rows("fixed")[:1])
    folder.write("requirements", folder.rows("requirements")[:1])
    assert lines(folder.path) == [
        "requirements.csv: has no rows. Maybe fill in teaching and hours, which "
        "stand for most of its rows?"
    ]


def test_read_problem_faults_of_several_files_come_at_once_in_order(tmp_path):
    folder = Folder(tmp_path)
    folder.put("requirements", 20, "per_week", "x")
    folder.put("requirements", 3, "subject_id", "??")
    folder.put("bells", 2, "kind", "party")
    places = [line.partition(":")[0] for line in folder.errors()]
    assert places == [
        "bells row 2, kind",
        "requirements row 3, subject_id",
        "requirements row 20, per_week",
    ]


def test_input_error_shows_200_lines_and_keeps_all(tmp_path):
    folder = Folder(tmp_path)
    header, *rows = folder.rows("requirements")
    wrong = [["R" + str(k), "??", *rows[0][2:]] for k in range(1000, 1300)]
    folder.write("requirements", [header, *rows, *wrong])
    with pytest.raises(InputError) as caught:
        read_problem(folder.path)
    assert len(caught.value.errors) == 300
    assert len(str(caught.value).splitlines()) == 200


@pytest.mark.parametrize(
    ("name", "line"),
    [
        (
            "school.xls",
            "school.xls: is neither a folder nor an .xlsx workbook. "
            "Maybe save it as .xlsx in Excel?",
        ),
        (
            "school.doc",
            "school.doc: is neither a folder nor an .xlsx workbook. "
            "Maybe choose a folder or an .xlsx?",
        ),
        (
            "school.xlsx",
            "school.xlsx: is not text but a PNG picture.",
        ),
    ],
)
def test_read_problem_file_that_is_no_workbook_is_refused(tmp_path, name, line):
    (tmp_path / name).write_bytes(PNG)
    assert lines(tmp_path / name) == [line]


def test_read_problem_path_that_is_not_there_is_named(tmp_path):
    path = tmp_path / "nowhere"
    assert lines(path) == [f"{path}: there is no such file or folder."]


def test_read_problem_full_width_digits_and_chinese_titles_read_the_same(tmp_path):
    folder = Folder(tmp_path)
    folder.put("bells", 2, "start", "０８：２０")
    folder.put("bells", 2, "day", "星期一")
    folder.put("bells", 3, "day", "Mon")
    folder.put("classes", 2, "size", "４３")
    folder.put("requirements", 5, "class_ids", "Ｇ３Ｃ０１； G3C02 ")
    folder.put("agreements", 2, "valid_from", "2026/9/1")
    folder.retitle("classes", "size", "人数")
    folder.retitle("classes", "class_id", "class_id 班级编号")
    folder.retitle("teachers", "name", "教师姓名")
    assert read_problem(folder.path) == read_problem(EXAMPLE)


def test_read_problem_columns_in_any_order_and_a_title_row_read_the_same(tmp_path):
    folder = Folder(tmp_path)
    rows = [cells[::-1] for cells in folder.rows("teachers")]
    folder.write("teachers", [["教师一览", *[""] * 7], *rows, [""] * 8])
    assert read_problem(folder.path) == read_problem(EXAMPLE)


def test_read_problem_unknown_column_is_a_warning(tmp_path):
    folder = Folder(tmp_path)
    folder.put("classes", 2, "room", "101")
    folder.put("classes", 2, "Size ", "")
    folder.retitle("classes", "Size ", "sizes")
    assert folder.warnings() == [
        "classes, room: the column is unknown and ignored.",
        'classes, sizes: the column is unknown and ignored. Maybe "size" is meant?',
    ]


def test_read_problem_repeated_id_in_a_list_counts_once(tmp_path):
    folder = Folder(tmp_path)
    folder.put("requirements", 6, "layouts", "L-PARK1;L-PARK2;L-PARK1")
    assert folder.warnings() == [
        'requirements row 6, layouts: "L-PARK1;L-PARK2;L-PARK1" '
        "names something twice; it counts once."
    ]


def test_write_folder_never_overwrites_and_leaves_nothing_behind(tmp_path):
    problem = read_problem(EXAMPLE).problem
    taken = tmp_path / "taken"
    taken.mkdir()
    (taken / "note.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(FileExistsError):
        write_folder(problem, taken)
    assert [path.name for path in sorted(tmp_path.rglob("*"))] == ["taken", "note.txt"]
