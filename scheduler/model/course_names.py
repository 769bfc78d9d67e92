"""Course names: what each name of a course stands for and how it may be used.

One table (data/profiles/names.csv) for the reader of spreadsheets, the audit, the
tables of a school and what is printed; a profile adds its own names. The first
``print`` name of a code is its standard name. Source: regulations 6.2 and 7.
"""

import csv
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property, lru_cache

from scheduler.model.read_timetable import CellKind, CellStatus
from scheduler.model.shipped import data_folder

NAMES = data_folder() / "profiles" / "names.csv"
_BETWEEN = re.compile(r"[·・\s()]")
_TITLED = (
    (re.compile("校(?:本(?:课程?)?)?[/·:(\\-—].+"), "SCH"),
    (re.compile("地(?:方(?:课程?)?)?[/·:(\\-—].+"), "LOC"),
)
LESSON = "课"
TITLED = ("LOC", "SCH")
"""Codes of courses that a title is wanted of."""
_ABOUT = re.compile(r"[(（][^()（）]*[)）]$")


class NameUse(StrEnum):
    """How a course name may be used; ``UNSAID`` where no source says."""

    PRINT = "print"
    ALIAS = "alias"
    OBSOLETE = "obsolete"
    PLACEHOLDER = "placeholder"
    NOT_COURSE = "not_course"
    SELF_STUDY = "self_study"
    SENIOR = "senior"
    UNSAID = ""


@dataclass(frozen=True, slots=True)
class CourseName:
    """One name, the code it stands for ("" for none) and how it may be used.

    ``read`` is how sure a reader is of the code; ``advice`` are what may be meant or
    should be written, parted by semicolons; ``cell`` is what stands for the course in a
    narrow cell.
    """

    name: str
    code: str
    use: NameUse
    kind: CellKind = CellKind.LESSON
    read: CellStatus = CellStatus.READ
    advice: tuple[str, ...] = ()
    cell: str = ""

    @classmethod
    def said(cls, name: str, code: str, use: NameUse) -> "CourseName":
        """A name of which only the use is told, read as that use says."""
        kind = CellKind.NOT_LESSON if use is NameUse.SELF_STUDY else CellKind.LESSON
        return cls(name, code, use, kind, _READ.get(use, CellStatus.READ))


_OFF_PLAN = (NameUse.NOT_COURSE, NameUse.SELF_STUDY, NameUse.SENIOR)
_READ = {
    NameUse.OBSOLETE: CellStatus.CORRECTED,
    NameUse.NOT_COURSE: CellStatus.UNKNOWN,
    NameUse.SENIOR: CellStatus.UNKNOWN,
}


@dataclass(frozen=True)
class CourseNames:
    """All names, those of one code in the order of the table."""

    rows: tuple[CourseName, ...]

    def of(self, printed: str) -> CourseName | None:
        """What is known of a printed name; 音乐课 is 音乐."""
        key = course_key(printed)
        return self._by_key.get(key) or self._by_key.get(key.removesuffix(LESSON))

    def code_of(self, printed: str) -> str:
        """The code that a name surely stands for; a titled course is 校本/经典诵读."""
        known = self.of(printed)
        if known is not None:
            return known.code if known.read.sure else ""
        text = "".join(unicodedata.normalize("NFKC", printed).split())
        return next((code for form, code in _TITLED if form.match(text)), "")

    def course_part(self, printed: str) -> str:
        """A name without what the lesson is about: 体育(武术) is 体育.

        A name of the table stays whole, and so does the title of 校本(诵读).
        """
        part = _ABOUT.sub("", printed)
        known = self.of(printed) or self.code_of(part) in TITLED
        return printed if known or not part else part

    def off_plan(self, printed: str) -> bool:
        """Whether a name is of no course of the plan, self-study included."""
        known = self.of(self.course_part(printed))
        if known is not None:
            return known.use in _OFF_PLAN
        return bool(printed.strip()) and not self.code_of(printed)

    def course(self, printed: str) -> str:
        """A word that is equal for all spellings of one course."""
        return self.code_of(printed) or self.cell_name(printed.strip())

    def print_name(self, code: str) -> str:
        """The standard name of a code; the code itself where there is none."""
        row = self._standard.get(code)
        return row.name if row else code

    def cell_name(self, printed: str) -> str:
        """What stands for a course where space is scarce; as printed where nothing."""
        known = self.of(printed)
        if known is None or not known.read.sure:
            return printed
        standard = self._standard.get(known.code, known)
        cell = known.cell or standard.cell
        return cell if 0 < len(cell) < len(printed) else printed

    def with_own(self, own: Iterable[CourseName]) -> "CourseNames":
        """These with the names of a profile; the last one given of a name counts."""
        return CourseNames(tuple({x.name: x for x in (*self.rows, *own)}.values()))

    @cached_property
    def _by_key(self) -> dict[str, CourseName]:
        return {course_key(x.name): x for x in self.rows}

    @cached_property
    def _standard(self) -> dict[str, CourseName]:
        printed = (x for x in self.rows if x.use is NameUse.PRINT and x.code)
        found: dict[str, CourseName] = {}
        for row in printed:
            found.setdefault(row.code, row)
        return found


def course_key(name: str) -> str:
    """A name without spaces, brackets and dots between: what comparisons go by."""
    return _BETWEEN.sub("", unicodedata.normalize("NFKC", name))


@lru_cache(maxsize=1)
def course_names() -> CourseNames:
    """The names that come with the program."""
    with NAMES.open(encoding="utf-8-sig", newline="") as stream:
        return CourseNames(tuple(map(_row, csv.DictReader(stream))))


def _row(row: dict[str, str]) -> CourseName:
    return CourseName(
        row["name"],
        row["code"],
        NameUse(row["use"]),
        CellKind(row["kind"]),
        CellStatus(row["read"]),
        tuple(filter(None, row["advice"].split(";"))),
        row["cell"],
    )
