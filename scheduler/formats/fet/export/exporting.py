"""A problem and its timetable as one .fet file, and what FET cannot be told."""

from pathlib import Path

from scheduler.formats.fet.export.elements import written
from scheduler.formats.fet.export.generic import export_problem
from scheduler.formats.fet.export.restored import restore
from scheduler.formats.fet.folder import KEPT_FILE, kept_import
from scheduler.formats.fet.xml_tree import read_tree
from scheduler.formats.tables.files.atomic import write_file
from scheduler.model.text import Text
from scheduler.model.timetable import Timetable

EXPORTED_FILE = "timetable.fet"


def export_fet(timetable: Timetable, source: Path, directory: Path) -> tuple[Text, ...]:
    """Write ``timetable.fet``; returns a sentence for each thing FET cannot be told.

    A folder that was imported from FET and not changed since gives its own file back,
    names and constraints and all, with the times and rooms fixed. Any other problem
    is written anew.

    Raises:
        InputError: the file kept in an imported folder cannot be read any more.
        OSError: the file cannot be written.
    """
    notes: list[Text] = []
    imported = kept_import(source)
    if imported is not None and imported.problem == timetable.problem:
        root = restore(read_tree(source / KEPT_FILE), imported, timetable)
        if missing := len(timetable.problem.lessons) - len(timetable.placements):
            notes.append(
                Text(
                    f"{missing}节课尚未排定，未固定",
                    f"{missing} lesson(s) without a place are not fixed",
                )
            )
    else:
        if imported is not None:
            notes.append(
                Text(
                    f"数据在导入后有改动，不再使用 {KEPT_FILE}，按表格重新写出",
                    f"the tables were changed since the import; written from them, "
                    f"not from {KEPT_FILE}",
                )
            )
        root = export_problem(timetable, notes)
    write_file(directory / EXPORTED_FILE, written(root), replace=True)
    return tuple(notes)
