"""Judging: how sure the reading of one entry is, and the words for what is doubtful."""

from dataclasses import dataclass, replace

from scheduler.formats.spreadsheets.cells.entry import Entry
from scheduler.formats.spreadsheets.cells.other_rows import kind_in_row
from scheduler.formats.spreadsheets.structure.heads import Head
from scheduler.formats.spreadsheets.structure.numbering import Numbered
from scheduler.model.read_timetable import (
    NO_TEXT,
    CellKind,
    CellStatus,
    ClassName,
    least_sure,
)
from scheduler.model.text import Text, joined

_ASSUMED = {
    "alternate": Text(
        "两门学科按单周、双周各一读", "two subjects, read as odd and even"
    ),
    "several": Text(
        "一格多门学科，暂按单双周读", "several subjects, read as odd and even"
    ),
    "every_other": Text("隔周，暂按单周读", "every other week, read as the odd ones"),
    "moved": Text(
        "学科写在下一行，不知是否属于这一节", "the subject stands in the row below"
    ),
    "strange_name": Text(
        "括号里是教师还是内容？", "does a teacher stand in the brackets?"
    ),
    "ranges": Text(
        "只在写明的周次上课，暂按每周（两门的按单双周）读",
        "taught in some weeks only, read as every week, or in turn",
    ),
    "glued_week": Text("是单双周，还是名称的一部分？", "odd or even weeks, or a name?"),
    "shared_teachers": Text("教师与学科对不上", "teachers do not match the subjects"),
}
_ORDER = Text("节次不连续，请核对", "periods are out of order")
_NO_LABEL = Text("行首没有节次，按顺序数的", "no period named: counted in order")
_NO_NUMBER = Text("看不出是第几节", "which lesson of the day?")
_NO_DAY = Text("看不出是星期几", "which day?")
_NO_CLASS = Text("看不出是哪个班", "which class?")
_TENTH = Text("班号按顺序读作整十", "class number read as a ten by the order")
_NO_GRADE = Text("看不出年级或班号", "which grade, which number?")
_NO_SUBJECT = Text("没有写学科", "no subject given")


@dataclass(frozen=True, slots=True)
class Verdict:
    """Kind, status and words for one entry of a cell."""

    kind: CellKind
    status: CellStatus
    rule: str
    suggestion: Text


def verdict(entry: Entry, head: Head, number: Numbered, group: ClassName) -> Verdict:
    """How sure an entry is, with what its row and headers leave open."""
    kind = kind_in_row(entry, head)
    name = entry.name
    if kind in (CellKind.NOT_LESSON, CellKind.EMPTY):
        return Verdict(kind, CellStatus.READ, "", NO_TEXT)
    faults: list[tuple[CellStatus, Text]] = []
    if kind is CellKind.LESSON:
        faults += _faults(head, number)
    if head.group and head.group.restored:
        faults.append((CellStatus.CORRECTED, _TENTH))
        name = replace(name, rule=name.rule or "class_number")
    if group.printed and (group.grade is None or group.number is None):
        faults.append((CellStatus.DOUBTFUL, _NO_GRADE))
    if not group.printed:
        faults.append((CellStatus.UNKNOWN, _NO_CLASS))
    if not name.printed:
        faults.append((CellStatus.DOUBTFUL, _NO_SUBJECT))
    if name.status is CellStatus.UNKNOWN and kind is CellKind.ACTIVITY:
        name = replace(name, status=CellStatus.READ, suggestion=NO_TEXT)
    rule, wording = name.rule, name.suggestion
    if entry.assumed == "alternate":
        faults.append((CellStatus.CORRECTED, _ASSUMED["alternate"]))
        rule = rule or "alternate_weeks"
    elif entry.assumed:
        faults.append((CellStatus.DOUBTFUL, _ASSUMED[entry.assumed]))
    status = least_sure([name.status, *(s for s, _ in faults)])
    words = [wording, *(text for _, text in faults)]
    return Verdict(kind, status, rule, _joined(words))


def _faults(head: Head, number: Numbered) -> list[tuple[CellStatus, Text]]:
    found = []
    if not number.periods:
        found.append((CellStatus.DOUBTFUL, _NO_NUMBER))
    if head.period and not head.period.name and head.period.start is None:
        found.append((CellStatus.DOUBTFUL, _NO_LABEL))
    if number.assumed in ("order", "again"):
        found.append((CellStatus.DOUBTFUL, _ORDER))
    if head.day is None:
        found.append((CellStatus.DOUBTFUL, _NO_DAY))
    return found


def _joined(words: list[Text]) -> Text:
    kept = list(dict.fromkeys(text for text in words if text.zh))
    return joined(kept, "；", "; ")
