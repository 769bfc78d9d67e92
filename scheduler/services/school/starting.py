"""Starts of drafts: the version in force, an example, files of a school, nothing."""

import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath, PureWindowsPath

from scheduler.constraints.catalogue import check_settings
from scheduler.formats.fet.folder import import_fet
from scheduler.formats.problem.offered import unpack
from scheduler.formats.problem.reading import read_problem
from scheduler.formats.spreadsheets.importing.building import (
    TIMEZONE,
    build,
    usual_term,
)
from scheduler.formats.spreadsheets.importing.empty import GRADES, empty_school
from scheduler.formats.spreadsheets.importing.workbooks import is_problem_workbook
from scheduler.formats.spreadsheets.notes import noted
from scheduler.formats.spreadsheets.reading import read_school
from scheduler.formats.standards import read_standard
from scheduler.formats.tables.template import template as template
from scheduler.formats.tables.timetable_reading import read_timetable
from scheduler.model.errors import DataError, InputError
from scheduler.model.resources import Stage
from scheduler.model.shipped import data_folder
from scheduler.model.text import Text
from scheduler.model.timetable import Timetable
from scheduler.services.clock import local_today
from scheduler.services.office import Office
from scheduler.services.school.drafts.rows import Draft
from scheduler.term.holidays.proposing import propose_holidays

EXAMPLES = {
    "demo-school": Text("示例小学（36个班）", "a primary school of 36 classes"),
    "demo-junior": Text("示例初中（60个班）", "a junior school of 60 classes"),
}
LAST_GRADE = 9
MOST_CLASSES = 30
"""Classes of a grade that an empty school may have."""
_TABLES = frozenset(("classes.csv", "bells.csv"))


@dataclass(frozen=True, slots=True)
class File:
    """A file that somebody sends, with the name it had."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Start:
    """What a draft begins with, and what a person should look at before."""

    timetable: Timetable
    notes: tuple[Text, ...] = ()

    @property
    def name(self) -> str:
        """The names of its schools."""
        return self.timetable.problem.title


def example(name: str) -> Start:
    """The data of an example school, nothing placed.

    Raises:
        KeyError: there is no such example.
    """
    if name not in EXAMPLES:
        raise KeyError(name)
    problem = read_problem(data_folder() / name, check_settings).problem
    return Start(Timetable(problem, {}))


def empty(name: str, stage: Stage, classes: Mapping[int, int]) -> Start:
    """A school of so many classes in each grade, with the hours of the standard.

    Raises:
        InputError: it has no name or no class, or too many of them.
    """
    grades = {g: classes[g] for g in GRADES[stage] if classes.get(g, 0) > 0}
    faults = []
    if not name.strip():
        faults.append(DataError("name", _EMPTY, sheet="校名"))
    if not grades:
        faults.append(DataError("classes", _NO_CLASS, sheet="班数"))
    elif max(grades.values()) > MOST_CLASSES:
        faults.append(DataError("classes", _MANY_CLASSES, sheet="班数"))
    if faults:
        raise InputError(faults)
    today = local_today(TIMEZONE)
    problem = empty_school(name.strip(), stage, grades, read_standard(), today)
    return _with_holidays(Start(Timetable(problem, {})))


def of_files(files: Sequence[File], called: str = "") -> Start:
    """What files of a school hold, with their timetable where they have one.

    A workbook of the template, the tables as CSV files, a file of FET, or a school's
    own spreadsheets of its timetable (.xlsx .xls .ods .csv .html), any number.

    Parameters:
        called: The name of the school, where its own spreadsheets do not say it.

    Raises:
        InputError: they cannot be read, in all their faults.
    """
    if not files:
        raise InputError([NO_FILE])
    with tempfile.TemporaryDirectory(prefix="cuofeng-") as folder:
        paths = unpacked(files, Path(folder))
        names = {path.name.lower() for path in paths}
        if names >= _TABLES:
            return _of_tables(Path(folder))
        if len(paths) == 1 and is_problem_workbook(paths[0]):
            return _of_tables(paths[0])
        if any(path.suffix.lower() == ".fet" for path in paths):
            return _of_fet(paths, Path(folder) / "fet")
        read = read_school(paths)
        built = build(read, local_today(TIMEZONE), called=called.strip())
        notes = (*noted(read.notes), *built.inferred.sentences())
        return _with_holidays(Start(built.timetable, notes))


def _with_holidays(start: Start) -> Start:
    """The same with official days off and make-up days proposed for its term.

    They stand in the draft, where they are changed like every row; a term that a school
    has written down itself is left as it is.
    """
    table = start.timetable
    found = propose_holidays(table.problem.term)
    problem = replace(table.problem, term=found.added_to(table.problem.term))
    said = (*(() if found.complete else (_PROPOSED,)), *found.sentences())
    return Start(Timetable(problem, table.placements), (*start.notes, *said))


def draft_of(office: Office, start: Start, name: str, who: str) -> Draft:
    """A draft that begins with this."""
    return office.drafts.new(name, who, start.timetable)


def draft_of_version(
    office: Office, name: str, who: str, version: int | None = None
) -> Draft | None:
    """A draft of a version, by default the one in force; None where there is none.

    It is to be published over what is in force now, whichever version it begins with.
    """
    current = office.current()
    if current is None:
        return None
    begun = current if version is None else office.publication(version)
    return office.drafts.new(name, who, begun.timetable, current.version)


def _of_tables(path: Path) -> Start:
    reading = read_problem(path, check_settings)
    placed, notes = path / "timetable.csv", [_said(x) for x in reading.warnings]
    table = Timetable(reading.problem, {})
    if path.is_dir() and placed.is_file():
        found = read_timetable(reading.problem, placed)
        table = found.timetable
        notes += [_said(x) for x in found.warnings]
    lacking = propose_holidays(reading.problem.term)
    if not lacking.complete:
        notes += [_LACKING, *lacking.sentences()]
    return Start(table, tuple(notes))


def _of_fet(paths: Sequence[Path], folder: Path) -> Start:
    if len(paths) > 1:
        raise InputError([DataError(paths[0].name, _FET_ALONE)])
    imported = import_fet(paths[0], folder)
    notes = (_FET_TERM, *imported.report.sentences())
    dated = replace(imported.problem, term=usual_term(local_today(TIMEZONE)))
    return _with_holidays(Start(Timetable(dated, {}), notes))


def unpacked(files: Sequence[File], folder: Path) -> list[Path]:
    """The files under their own names, whatever path a browser put before them.

    Of archives what is in them.

    Raises:
        InputError: two of them have one name, all are empty, or nothing can be read.
    """
    if not any(file.content for file in files):
        raise InputError([DataError(files[0].name, _NOTHING_IN_IT, _SAVE_AGAIN)])
    paths = []
    for file in files:
        given = PurePosixPath(PureWindowsPath(file.name).name).name.lstrip(".")
        name = PurePosixPath(given.replace("\0", "") or "file")
        path = folder / f"{name.stem[:_LONGEST_STEM]}{name.suffix[:_LONGEST_SUFFIX]}"
        if path.exists():
            raise InputError([DataError(path.name, _SENT_TWICE, _RENAME)])
        path.write_bytes(file.content)
        paths.append(path)
    found = [x for path in paths for x in unpack(path)]
    if not found:
        raise InputError([DataError(paths[0].name, _NOTHING_TO_READ)])
    return found


def _said(fault: DataError) -> Text:
    return Text(fault.sentence("zh"), fault.sentence("en"))


_LONGEST_STEM, _LONGEST_SUFFIX = 60, 10
_NOTHING_IN_IT = Text("是空文件", "is an empty file")
_SAVE_AGAIN = Text("请重新保存或下载后再选。", "Maybe save or download it again?")
_NOTHING_TO_READ = Text("没有可以读的文件", "holds nothing that can be read")
_SENT_TWICE = Text("有两个文件叫这个名字", "is the name of two files")
_RENAME = Text("请给其中一个改名。", "Please rename one of them.")
_EMPTY = Text("没有填写", "is empty")
_NO_CLASS = Text("至少要有一个班", "a school has at least one")
_MANY_CLASSES = Text(
    f"一个年级最多{MOST_CLASSES}个班", f"at most {MOST_CLASSES} in a grade"
)
NO_FILE = DataError("files", Text("没有选择文件", "none is chosen"), sheet="文件")
_PROPOSED = Text(
    "放假和调休已按官方安排填入草稿，请核对；与本校不同的，在【放假】和【调休】表里改。",
    "Official days off and make-up days stand in the draft. Look at them; what the "
    "school does otherwise is changed in the tables closed and make_up.",
)
_LACKING = Text(
    "学期表里没有下列官方放假和调休；需要的请填入【放假】和【调休】表。",
    "The term lacks these official days off and make-up days; what is wanted goes into "
    "the tables closed and make_up.",
)
_FET_TERM = Text(
    "FET 文件没有日期：学期按常用的填好，请在【学期】表里核对。",
    "A file of FET has no dates: the term is the usual one. Look at the table term.",
)
_FET_ALONE = Text("FET 文件要单独导入", "is to be imported by itself")
