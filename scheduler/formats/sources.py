"""The files that something was published from, as one piece, and given back unchanged.

A zip archive: the folder of the tables or the workbook as it is, and the timetable.
Equal files make equal bytes.
"""

import io
import zipfile
from pathlib import Path, PurePosixPath

from scheduler.formats.tables.files.atomic import write_directory
from scheduler.formats.tables.files.writing import fill_folder
from scheduler.formats.tables.timetable_writing import write_timetable
from scheduler.model.errors import DataError, InputError
from scheduler.model.text import Text
from scheduler.model.timetable import Timetable

TIMETABLE = "timetable.csv"
MOST_BYTES = 64 * 2**20
# What lies in a folder of tables but is none of them: a database, its log, a backup.
_BESIDE = (".db", ".db-wal", ".db-shm", ".sqlite", ".backup", ".pyc")
_EPOCH = (1980, 1, 1, 0, 0, 0)


def pack_source(data: Path, timetable: Path) -> bytes:
    """All files of a folder of tables, or a workbook, with the timetable.

    Raises:
        InputError: they are too many bytes to be kept.
        OSError: one cannot be read.
    """
    files = {data.name: data} if data.is_file() else _files(data)
    files = {TIMETABLE: timetable} | files
    if sum(path.stat().st_size for path in files.values()) > MOST_BYTES:
        raise InputError([_too_large(data)])
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, files[name].read_bytes())
    return packed.getvalue()


def write_source(source: bytes, folder: Path) -> int:
    """Write the files into a new folder, as they were; how many they are.

    Raises:
        FileExistsError: there is such a folder and it is not empty.
    """
    with zipfile.ZipFile(io.BytesIO(source)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}

    def fill(new: Path) -> None:
        for name, content in files.items():
            path = new.joinpath(*PurePosixPath(name).parts)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)

    write_directory(folder, fill)
    return len(files)


def write_tables(timetable: Timetable, folder: Path) -> int:
    """Write tables and timetable of what was made of no files; how many files.

    Raises:
        FileExistsError: there is such a folder and it is not empty.
    """

    def fill(new: Path) -> None:
        fill_folder(timetable.problem, new)
        write_timetable(timetable, new / TIMETABLE)

    write_directory(folder, fill)
    return sum(1 for _ in folder.iterdir())


def _files(folder: Path) -> dict[str, Path]:
    """Files of a folder and those below it, by their path; hidden ones are not ours."""
    found = {}
    for path in folder.rglob("*"):
        parts = path.relative_to(folder).parts
        hidden = any(part.startswith(".") for part in parts)
        if path.is_file() and not hidden and path.suffix.lower() not in _BESIDE:
            found["/".join(parts)] = path
    return found


def _too_large(data: Path) -> DataError:
    most = MOST_BYTES // 2**20
    return DataError(
        str(data),
        Text(f"文件共超过{most} MB，不能保存", f"is more than {most} MB; not kept"),
        Text("请把无关的文件移到别处。", "Move what is no table elsewhere."),
    )
