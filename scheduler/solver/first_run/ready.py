"""Getting ready: the kernel's compiled code on disk, once on a machine.

Compiling takes some ten seconds of a processor. It is done by processes of its own, so
that an exact search may go on meanwhile, and by one solve for all that wait for it.
"""

import subprocess
from collections.abc import Callable
from time import sleep

from scheduler.solver.first_run.parts import LAST, SEARCH, compile_part
from scheduler.solver.kernel.compiled import (
    compiling_alone,
    is_kept,
    keeps_code,
    kept,
)
from scheduler.solver.processes import start_child

_LOOK_SECONDS = 0.05

OnCompiled = Callable[[int], bool]
"""Told how many functions are compiled; returns True where nobody waits any more."""


def is_ready(parts: tuple[str, ...] = SEARCH) -> bool:
    """Whether all code is on disk, so that a search begins at once."""
    return all(is_kept(LAST[name]) for name in parts)


def get_ready(
    parts: tuple[str, ...] = SEARCH, on_compiled: OnCompiled = lambda _: False
) -> bool:
    """Compile what is not on disk yet, and load all; of several processes one compiles.

    Where nothing can be kept on disk it is compiled here.

    Returns:
        False where it was stopped.
    """
    if keeps_code() and not _compiled(parts, on_compiled):
        return False
    for name in parts:
        compile_part(name)
    return True


def _compiled(parts: tuple[str, ...], on_compiled: OnCompiled) -> bool:
    """Compile, or wait until somebody else has; False where stopped."""
    while not is_ready(parts):
        with compiling_alone() as alone:
            if alone:
                return is_ready(parts) or _compile_apart(parts, on_compiled)
        if on_compiled(kept()):
            return False
        sleep(_LOOK_SECONDS)
    return True


def _compile_apart(parts: tuple[str, ...], on_compiled: OnCompiled) -> bool:
    """A process for each part; False where they were told to stop."""
    program = "scheduler.solver.first_run.parts"
    children = [start_child(("-m", program, name)) for name in parts]
    try:
        while any(child.poll() is None for child in children):
            if on_compiled(kept()):
                return False
            sleep(_LOOK_SECONDS)
        return True
    finally:
        for child in children:
            _end(child)


def _end(child: "subprocess.Popen[bytes]") -> None:
    child.kill()
    child.communicate()
