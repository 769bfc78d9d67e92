"""Files that are to be imported into a draft: tables, or timetables of last year."""

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from scheduler.formats.problem.offered import (
    Offered,
    offered,
    tables_in,
    unpack,
    whole,
)
from scheduler.formats.problem.typed import Rows, rows_at_start
from scheduler.formats.tables.sheet import Faults
from scheduler.model.errors import DataError, InputError
from scheduler.model.text import Text
from scheduler.model.timetable import Timetable
from scheduler.services.school.starting import File, of_files, written

_NO_FILE = DataError("文件 files", Text("没有选择文件", "none is chosen"))
_NOTHING = Text("没有可以读的文件", "holds nothing that can be read")


@dataclass(frozen=True, slots=True)
class Files:
    """What files offer; ``timetable`` is one that they hold beside the tables."""

    offered: Offered
    timetable: Timetable | None = None
    notes: tuple[Text, ...] = ()


def read_files(files: Sequence[File], rows: Rows) -> Files:
    """What files offer to the rows of a draft.

    Parameters:
        files: A workbook, CSV and TOML files, a zip archive of them, a file of FET or
            a school's own timetables.

    Raises:
        InputError: nothing can be read.
    """
    if not files:
        raise InputError([_NO_FILE])
    with tempfile.TemporaryDirectory(prefix="cuofeng-") as folder:
        paths = [x for path in written(files, Path(folder)) for x in unpack(path)]
        if not paths:
            raise InputError([DataError(files[0].name, _NOTHING)])
        faults = Faults()
        source = tables_in(paths, faults)
        if source is not None:
            return Files(offered(source, rows, faults))
        if faults.errors:
            raise InputError(faults.errors)
        begun = of_files([File(x.name, x.read_bytes()) for x in paths])
    return _of_timetable(begun.timetable, begun.notes)


def _of_timetable(timetable: Timetable, notes: tuple[Text, ...]) -> Files:
    """A whole school as it was read; tables without a row offer nothing."""
    rows = rows_at_start(timetable.problem)
    placed = timetable if timetable.placements else None
    return Files(whole(rows), placed, notes)
