"""Files that are to be imported into a draft: tables, or timetables of last year."""

import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from scheduler.formats.problem.offered import (
    Offered,
    offered,
    tables_in,
)
from scheduler.formats.problem.typed import Rows, rows_at_start
from scheduler.formats.tables.sheet import Faults
from scheduler.model.errors import InputError
from scheduler.model.meeting import Placement
from scheduler.model.text import Text
from scheduler.services.school.importing.aligning import aligned
from scheduler.services.school.starting import NO_FILE, File, of_files, unpacked


@dataclass(frozen=True, slots=True)
class Files:
    """What files offer; ``placements`` are those of timetables, by lesson."""

    offered: Offered
    placements: Mapping[str, Placement] = field(default_factory=dict)
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
        raise InputError([NO_FILE])
    with tempfile.TemporaryDirectory(prefix="cuofeng-") as folder:
        paths = unpacked(files, Path(folder))
        faults = Faults()
        source = tables_in(paths, faults)
        if source is not None:
            return Files(offered(source, rows, faults))
        if faults.errors:
            raise InputError(faults.errors)
        begun = of_files([File(x.name, x.read_bytes()) for x in paths])
    found = rows_at_start(begun.timetable.problem)
    ours = aligned(found, begun.timetable.placements, rows)
    return Files(ours.offered, ours.placements, begun.notes)
