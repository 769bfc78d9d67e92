"""How the kernel is compiled, and where the compiled code is kept.

Numba takes a function's compiled code from disk as long as the function's own file is
unchanged, though what it calls is compiled into it. So every state of all files of the
kernel, and of the numbers it shares with what lowers a problem, has a folder of its
own: after an update old code is never run with new.
"""

import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeVar

from numba import config, njit, types

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]

_KERNEL = Path(__file__).parent
_SOURCES = (*_KERNEL.glob("*.py"), _KERNEL.parent / "lowering" / "layout.py")
_PREFIX = "kernel-"

Function = TypeVar("Function", bound=Callable[..., Any])


def folder_name(sources: Iterable[Path]) -> str:
    """A name that no other contents of these files have."""
    digest = sha256()
    for source in sorted(sources):
        digest.update(source.name.encode() + b"\0" + source.read_bytes() + b"\0")
    return _PREFIX + digest.hexdigest()[:16]


def prepare_folder(parents: Iterable[Path], name: str) -> Path | None:
    """The folder in the first parent that can be written to; clears older ones away."""
    for parent in parents:
        folder = parent / name
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError:
            continue
        if not os.access(folder, os.W_OK):  # made by whoever installed the program
            continue
        for other in parent.glob(_PREFIX + "*"):
            if other != folder:
                shutil.rmtree(other, ignore_errors=True)
        return folder
    return None


def _own_folder() -> Path | None:
    parents = (_KERNEL / "__pycache__", Path.home() / ".cache" / "cuofeng")
    return prepare_folder(parents, folder_name(_SOURCES))


if not getattr(config, "CACHE_DIR", ""):
    setattr(config, "CACHE_DIR", str(_own_folder() or ""))  # noqa: B010 (untyped)


@contextmanager
def compiling_alone() -> Iterator[bool]:
    """Whether nobody else compiles now; until the end nobody else will.

    Where the system has no such locks each does it itself.
    """
    if fcntl is None:
        yield True
        return
    folder = Path(getattr(config, "CACHE_DIR", ""))
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "compiling.lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True


def keeps_code() -> bool:
    """Whether there is a folder to keep compiled code in."""
    return bool(getattr(config, "CACHE_DIR", ""))


def is_kept(name: str) -> bool:
    """Whether compiled code of an entry, ``"module.function"``, is on disk already."""
    return kept(name) > 0


def kept(name: str = "*") -> int:
    """Number of functions whose compiled code is on disk."""
    folder = getattr(config, "CACHE_DIR", "")
    return sum(1 for _ in Path(folder).rglob(f"{name}-*.nbi")) if folder else 0


def compiled(function: Function) -> Function:
    """A function of the kernel as machine code, kept on disk; one for all callers.

    Whole numbers come to it as int64, whether they were read from an array, counted or
    written in the code: otherwise it would be compiled for each mixture of them. While
    it runs the interpreter's lock is free.
    """
    made: Any = njit(  # type: ignore[call-overload]
        cache=True, nogil=True, error_model="numpy", boundscheck=False,
        no_cfunc_wrapper=True,
    )(function)  # fmt: skip
    as_given = made.get_call_template
    made.get_call_template = lambda kinds, named: as_given(
        tuple(map(_widened, kinds)), named
    )
    return made  # type: ignore[no-any-return]


def unliteral(kind: types.Type) -> types.Type:
    """A type without the value that is known of it."""
    plain: types.Type = types.unliteral(kind)  # type: ignore[no-untyped-call]
    return plain


def _widened(kind: types.Type) -> types.Type:
    kind = unliteral(kind)
    return types.int64 if isinstance(kind, types.Integer) else kind
