"""Zip archives of office files, opened within limits and unpacked as streams."""

import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from scheduler.formats.sheets.faults import refuse
from scheduler.model.errors import InputError
from scheduler.model.intake import PACKED_PARTS, UNPACKED_BYTES
from scheduler.model.text import Text

_END = b"PK\x05\x06"
_LONGEST_END = 22 + 65_535
_BYTES_A_NAME = 300
_CHUNK = 65_536
# What zipfile raises for archives that are damaged, encrypted or unusually packed.
DAMAGES = (
    EOFError,
    KeyError,
    NotImplementedError,
    OSError,
    RuntimeError,
    ValueError,
    zipfile.BadZipFile,
    zlib.error,
)
_SAVE = Text(
    "请在 Excel 或 WPS 中打开，另存为 .xlsx。", "Maybe open it in Excel and save it?"
)


def damaged(file: str) -> InputError:
    """The refusal of a workbook that cannot be understood."""
    zh, en = "不是完好的 Excel 工作簿", "is not an intact Excel workbook"
    return refuse(file, zh, en, _SAVE)


class Archive:
    """An open archive; all its parts together unpack to a limited size."""

    def __init__(self, name: str, opened: zipfile.ZipFile) -> None:
        self.name, self._opened, self._unpacked = name, opened, 0
        self.parts = frozenset(opened.namelist())

    def chunks(self, part: str) -> Iterator[bytes]:
        """The bytes of a part, piece by piece.

        Raises:
            InputError: the part is damaged, or too much has been unpacked.
        """
        try:
            with self._opened.open(part) as stream:
                while chunk := stream.read(_CHUNK):
                    self._unpacked += len(chunk)
                    if self._unpacked > UNPACKED_BYTES.most:
                        raise InputError([UNPACKED_BYTES.refusal(self.name)])
                    yield chunk
        except DAMAGES:
            raise damaged(self.name) from None


@contextmanager
def opened(path: Path) -> Iterator[Archive]:
    """Open an archive whose list of parts is short.

    Raises:
        InputError: it is damaged, or lists too many parts.
    """
    with path.open("rb") as stream:
        if _size_of_list(stream, path.stat().st_size) > _most_listed():
            raise InputError([PACKED_PARTS.refusal(path.name)])
        try:
            archive = zipfile.ZipFile(stream)
        except DAMAGES:
            raise damaged(path.name) from None
        with archive:
            if len(archive.filelist) > PACKED_PARTS.most:
                raise InputError([PACKED_PARTS.refusal(path.name)])
            yield Archive(path.name, archive)


def _most_listed() -> int:
    return PACKED_PARTS.most * _BYTES_A_NAME


def _size_of_list(stream: BinaryIO, size: int) -> int:
    """Bytes of the list of parts as the archive's last record says; 0 without one.

    zipfile builds an object for each entry of the list when it opens an archive. A
    list longer than 4 GB, told elsewhere, says 2³² − 1 here.
    """
    stream.seek(max(0, size - _LONGEST_END))
    tail = stream.read()
    stream.seek(0)
    at = tail.rfind(_END)
    return int.from_bytes(tail[at + 12 : at + 16], "little") if at >= 0 else 0
