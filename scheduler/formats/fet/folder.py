"""An imported file as a problem folder, and the file kept in it."""

import json
from pathlib import Path

from scheduler.formats.fet.importing import Imported, import_document
from scheduler.formats.fet.reading import parse_fet, read_fet
from scheduler.formats.tables.files.atomic import write_directory
from scheduler.formats.tables.files.writing import fill_folder

KEPT_FILE = "imported.fet"
"""The file as it was; exporting goes back to it while the tables are unchanged."""
REPORT_FILE = "import-report.json"


def import_fet(path: Path, directory: Path) -> Imported:
    """Read a .fet file and write its tables, itself and a report into a folder.

    Raises:
        InputError: the file has faults; nothing is written.
        FileExistsError: there is such a directory and it is not empty.
    """
    imported = import_document(read_fet(path), path.name)
    content = path.read_bytes()
    report = json.dumps(imported.report.as_json(), ensure_ascii=False, indent=2)

    def fill(folder: Path) -> None:
        fill_folder(imported.problem, folder)
        (folder / KEPT_FILE).write_bytes(content)
        (folder / REPORT_FILE).write_bytes(f"{report}\n".encode())

    directory.parent.mkdir(parents=True, exist_ok=True)
    write_directory(directory, fill)
    return imported


def kept_import(folder: Path) -> Imported | None:
    """The import that a problem folder came from; None for any other problem.

    Raises:
        InputError: the file kept in it cannot be read any more.
    """
    path = folder / KEPT_FILE
    if not path.is_file():
        return None
    return import_document(parse_fet(path.read_bytes(), path.name), path.name)
