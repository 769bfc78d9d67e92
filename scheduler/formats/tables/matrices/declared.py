"""The matrices of a problem: names, titles, and what their rows and cells hold.

Their columns are subjects, so they are no tables of fixed columns; they are read to
rows of ``requirements`` and are not written.
"""

from dataclasses import dataclass

from scheduler.model.text import Text


@dataclass(frozen=True, slots=True)
class Matrix:
    """One matrix: a CSV file or a sheet; its first column names the rows.

    ``columns`` are titles of the template's other columns, ``example`` is its row.
    """

    name: str
    title: str
    corner: tuple[str, str]
    rows: Text
    cells: Text
    columns: tuple[str, ...]
    example: tuple[str, ...]

    @property
    def file_name(self) -> str:
        """File of a folder that holds the matrix."""
        return f"{self.name}.csv"


HEAD_TEACHER = ("head_teacher", "班主任")
_SUBJECTS = ("语文", "数学", "体育与健康", "美术", "书法", "自习")

TEACHING = Matrix(
    "teaching",
    "任课安排",
    ("class", "班级"),
    Text(
        "班级的名称或编号；多个用“、”分隔，“三年级”为全年级，“全校”为所有班级；"
        "同一格有几行都填写时，班级少的一行为准",
        "name or id of the class; several parted by commas, grade 3 a whole grade, "
        "all the whole school; of rows for one class, the one that names fewer counts",
    ),
    Text(
        "教师的姓名或编号；多个用“、”分隔表示都到场，用“或”分隔表示由排课选定一位；"
        "“本班”为“班主任”一列的教师；“无教师”用于自习；不开的课不填或填“—”",
        "name or id of the teacher; several parted by commas all come, parted by or "
        "one of them is chosen; own is the teacher in the column head_teacher; nobody "
        "for a study hall; empty or — where it is not taught",
    ),
    (HEAD_TEACHER[1], *_SUBJECTS),
    ("三(1)班", "王老师", "本班", "李老师", "赵老师", "钱老师", "钱老师", "无教师"),
)
HOURS = Matrix(
    "hours",
    "课时",
    ("grade", "年级"),
    Text(
        "年级，如 3、三年级、一至二年级；几行都填写时，年级少的一行为准",
        "grades, as 3 or 1-2; of rows for one grade, the one that names fewer "
        "grades counts",
    ),
    Text(
        "每周节数：4；0.5 或 1单/双 为隔周一节；1单、2双 只在单周或双周；"
        "2单1双 为单周两节、双周一节",
        "lessons a week: 4; 0.5 or 1 odd/even is one every other week; 1 odd and 2 "
        "even are of those weeks only; 2 odd 1 even is two in odd weeks and one in "
        "even ones",
    ),
    _SUBJECTS,
    ("三年级", "7", "5", "4", "1单", "1双", "0.5"),
)
MATRICES = (TEACHING, HOURS)
