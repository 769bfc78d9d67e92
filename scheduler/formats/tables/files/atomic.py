"""Write whole or not at all, and never over something that is there."""

import glob
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from errno import EEXIST, ENOENT
from pathlib import Path
from time import time

# No write takes so long: what is older was left behind by a run that was killed.
_STALE_SECONDS = 600


def write_file(path: Path, content: bytes, replace: bool = False) -> None:
    """Write a file beside its place, then move it there.

    Raises:
        FileExistsError: something is there and ``replace`` was not said.
        OSError: the file cannot be written; what was there is untouched.
    """
    with _beside(path, replace) as temporary:
        with temporary.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        _refuse_existing(path, replace)
        temporary.replace(path)


def write_directory(path: Path, fill: Callable[[Path], None]) -> None:
    """Let ``fill`` write into a new directory, then move it to its place.

    Raises:
        FileExistsError: something is there, unless it is an empty directory.
    """
    if path.is_dir() and not any(path.iterdir()):
        path.rmdir()
    with _beside(path, replace=False) as temporary:
        temporary.mkdir()
        fill(temporary)
        _refuse_existing(path, replace=False)
        temporary.rename(path)


@contextmanager
def _beside(path: Path, replace: bool) -> Iterator[Path]:
    """A free name in the same directory; whatever is left there is removed."""
    _refuse_existing(path, replace)
    if not path.parent.is_dir():
        raise FileNotFoundError(ENOENT, os.strerror(ENOENT), str(path.parent))
    for left in path.parent.glob(f".{glob.escape(path.name)}.*.tmp"):
        if time() - left.stat().st_mtime > _STALE_SECONDS:
            _remove(left)
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        yield temporary
    finally:
        _remove(temporary)


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def _refuse_existing(path: Path, replace: bool) -> None:
    if not replace and path.exists():
        raise FileExistsError(EEXIST, "already exists", str(path))
