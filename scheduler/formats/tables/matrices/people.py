"""Who teaches, as a cell of 任课安排 says it; which classes and grades a row means."""

import re
from dataclasses import dataclass

from scheduler.formats.tables.cells import SEPARATORS, CellError, plain, read_cell
from scheduler.formats.tables.matrices.declared import HEAD_TEACHER
from scheduler.formats.tables.names import Names, class_number
from scheduler.formats.tables.records import Located
from scheduler.formats.tables.schema import Column, Kind
from scheduler.model.text import Text

_EACH, _GRADE_WIDE, _EVERYTHING = 0, 1, 2
_GRADES = Column("grade", "年级", Kind.COUNT, minimum=1, maximum=9, many=True)
_ALL = ("all", "全校", "各班", "所有班级", "全部")
_ALL_GRADES = ("all", "全部", "各年级", "所有年级", "全校")
_NOBODY = ("nobody", "无教师", "无老师", "自习", "不需教师")
_HEAD = ("own", "本班", HEAD_TEACHER[1], "本班班主任")
_GRADE = re.compile(
    r"[一二三四五六七八九\d年级、，,;；至到~\s-]+年级|grades? [\d,; -]+"
)
# 一年级至三年级 and 一至三年级 are the same range.
_GRADE_TO = re.compile(r"年级(\s*)([至到~-])")
_OR = re.compile(r"\s*(?:或者?|\|)\s*|\s+or\s+")
_EACH_OR_ONE = Text(
    "都到场用“、”，选一位用“或”，请只用一种。",
    "Maybe part them all by commas (all come) or all by or (one is chosen)?",
)


@dataclass(frozen=True, slots=True)
class Taught:
    """The teachers of one class and subject, as a requirement has them."""

    teacher_ids: tuple[str, ...] = ()
    teacher_pool: tuple[str, ...] = ()
    no_teacher: bool = False


def grades_of(text: str) -> tuple[tuple[str, ...], tuple[int, int]]:
    """Grades as ``("1", "2")`` of a row of 课时, and how much that is.

    Raises:
        CellError: they cannot be understood.
    """
    if plain(text) in _ALL_GRADES:
        return tuple(map(str, range(1, 10))), (_EVERYTHING, 9)
    text = _GRADE_TO.sub(r"\1\2", plain(text)).removeprefix("grades ")
    text = text.removeprefix("grade ")
    grades = tuple(map(str, dict.fromkeys(read_cell(_GRADES, text))))
    return grades, (_EACH, len(grades))


class Classes:
    """The classes by what a row of 任课安排 calls them."""

    def __init__(self, records: tuple[Located, ...]) -> None:
        columns = ("class_id", "name")
        title = Text("班级", "classes")
        self._names = Names(title, records, columns, class_number)
        self.grade = {
            r.values["class_id"]: str(r.values["grade"])
            for r in records
            if "class_id" in r.values and "grade" in r.values
        }
        self.school = {
            r.values.get("class_id"): r.values.get("school_id") for r in records
        }
        self.name = {
            r.values.get("class_id"): r.values.get("name", "") for r in records
        }

    def named(self, text: str) -> tuple[tuple[str, ...], tuple[int, int]]:
        """Ids of the classes a row names, and how much that is.

        A grade and the whole school stand for all of their classes.

        Raises:
            CellError: a class is unknown, or several bear its name.
        """
        if plain(text) in _ALL:
            return tuple(self.grade), (_EVERYTHING, len(self.grade))
        if self._names.found(text):
            return self._one(text), (_EACH, 1)
        if self._is_grade(text):
            ids = self._part(text)
            return ids, (_GRADE_WIDE, len(ids))
        parts = [part for part in SEPARATORS.split(text) if part.strip()]
        ids = [name for part in parts for name in self._part(part.strip())]
        once = tuple(dict.fromkeys(ids))
        of_grades = any(map(self._is_grade, parts))
        return once, (_GRADE_WIDE if of_grades else _EACH, len(once))

    def _is_grade(self, text: str) -> bool:
        return bool(_GRADE.fullmatch(plain(text))) and not self._names.found(text)

    def _part(self, text: str) -> tuple[str, ...]:
        if self._is_grade(text):
            grades, _ = grades_of(text)
            return tuple(c for c, grade in self.grade.items() if grade in grades)
        return self._one(text)

    def _one(self, text: str) -> tuple[str, ...]:
        ids = self._names.found(text)
        if not ids:
            raise self._names.unknown(text)
        if len(ids) > 1:
            raise self._names.ambiguous(text, ids)
        return ids


class Teachers:
    """The teachers by name or id; of one name, who teaches the subject there."""

    def __init__(self, records: tuple[Located, ...]) -> None:
        columns = ("teacher_id", "name")
        self._names = Names(Text("教师", "teachers"), records, columns)
        self._rows = {r.values.get("teacher_id"): r.values for r in records}

    def taught(self, text: str, subject: str, school: str, head: str) -> Taught:
        """What a cell says; ``head`` is the cell of the class's own teacher.

        Raises:
            CellError: a teacher is unknown, or several bear the name.
        """
        if plain(text) in _NOBODY:
            return Taught(no_teacher=True)
        choice = [part for part in _OR.split(text) if part.strip()]
        if len(choice) > 1:
            if any(len(SEPARATORS.split(part)) > 1 for part in choice):
                zh, en = "既有“或”又有“、”", "mixes or and commas"
                raise CellError(zh, en, _EACH_OR_ONE)
            ids = self._each(choice, subject, school, head)
            return Taught(teacher_pool=ids)
        parts = [part for part in SEPARATORS.split(text) if part.strip()]
        return Taught(self._each(parts, subject, school, head))

    def _each(
        self, parts: list[str], subject: str, school: str, head: str
    ) -> tuple[str, ...]:
        ids = [self._one(part.strip(), subject, school, head) for part in parts]
        return tuple(dict.fromkeys(ids))

    def _one(self, text: str, subject: str, school: str, head: str) -> str:
        if plain(text) in _HEAD and not self._names.found(text):
            if not head:
                advice = Text("请加上这一列，或写教师姓名。", "Maybe write the name?")
                zh = "所指的“班主任”没有填写"
                raise CellError(zh, "has no teacher in a column head_teacher", advice)
            text = head
        ids = self._names.found(text)
        if not ids:
            raise self._names.unknown(text)
        for column, value in (("school_id", school), ("subjects", subject)):
            if len(ids) > 1:
                fits = tuple(i for i in ids if self._fits(i, column, value))
                ids = fits or ids
        if len(ids) > 1:
            raise self._names.ambiguous(text, ids)
        return ids[0]

    def _fits(self, teacher: str, column: str, value: str) -> bool:
        held = self._rows.get(teacher, {}).get(column, ())
        return value == held or (isinstance(held, tuple) and value in held)
