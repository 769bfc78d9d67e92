"""Seniors: timetables of senior high schools, which nothing here is meant for."""

from collections.abc import Iterable, Iterator

from scheduler.formats.spreadsheets.labels.class_names import FIRST_GRADE, class_in
from scheduler.formats.spreadsheets.titles import stage_in
from scheduler.model.errors import DataError
from scheduler.model.read_timetable import Place, ReadClass, ReadNote, ReadTimetable
from scheduler.model.text import Text

SENIOR = "高"
_SHOWN = 3
_NONE = Text("没有一至九年级的班级课表", "has no timetable of grades 1 to 9")
_WANTED = Text(
    "请选写有班级、星期、节次的课表。",
    "Maybe choose a timetable with classes, weekdays and periods?",
)


def is_senior(group: ReadClass) -> bool:
    """Whether a class is of senior high: by its name, else by title and school."""
    if group.name.grade is not None:
        return group.name.grade >= FIRST_GRADE[SENIOR]
    label = class_in(group.name.printed)
    if label is not None and label.stage:
        return label.stage == SENIOR
    texts = (group.name.printed, group.title, group.school)
    stages = (stage_in(text) for text in texts)
    return next(filter(None, stages), "") == SENIOR


def senior_files(classes: Iterable[ReadClass]) -> Iterator[ReadNote]:
    """A note for every file that holds classes of senior high."""
    found: dict[str, list[str]] = {}
    for group in classes:
        if group.senior:
            for file in dict.fromkeys(p.file for p in group.places):
                found.setdefault(file, []).append(group.name.printed)
    for file, names in found.items():
        yield ReadNote(Place(file), _sentence(names), "failed")


def no_class(read: ReadTimetable, where: str) -> DataError:
    """Why there is nothing to use in what was read: senior high, or no class at all."""
    names = [group.name.printed for group in read.classes if group.senior]
    if names:
        return DataError(where, _sentence(names))
    return DataError(where, _NONE, _WANTED)


def _sentence(names: Iterable[str]) -> Text:
    each = list(dict.fromkeys(filter(None, names)))
    zh, en = "、".join(each[:_SHOWN]), ", ".join(each[:_SHOWN])
    if len(each) > _SHOWN:
        zh, en = f"{zh}等{len(each)}个班", f"{en} and {len(each) - _SHOWN} more"
    return Text(
        f"这是高中的课表（{zh}），本程序只用于一至九年级",
        f"is a timetable of a senior high school ({en}); only grades 1 to 9 are taken",
    )
