"""Messages between a solve and its proof in another process.

The proof asks and the solve answers, one after the other, over two pipes.
"""

import pickle
from dataclasses import dataclass
from typing import IO, Any

from scheduler.model.problem import Problem
from scheduler.solver.certificates.certificate import Certificate
from scheduler.solver.limits import SolveLimits
from scheduler.solver.walkers import Walker

PATIENCE = 5.0
"""Seconds for a search to find a timetable before exact search helps."""
_HEAD = 8
"""Bytes that tell a message's length."""

Placements = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Task:
    """What is to be proven. ``writing`` and ``patience`` are as in :class:`Prover`."""

    problem: Problem
    limits: SolveLimits
    writing: float
    patience: float


@dataclass(frozen=True, slots=True)
class State:
    """The solve's answer: its best cost and bound, seconds left, whether to stop."""

    soft: int | None
    bound: int | None
    left: float
    stopped: bool
    placements: Placements | None = None
    """Of the best timetable, where it was asked for."""
    kernel: tuple[Any, ...] | None = None
    """What the search has worked out, where it was asked for; as in :class:`Kernel`."""
    walker: Walker | None = None
    """A line of search that is further, where a line was met or was to begin."""


@dataclass(frozen=True, slots=True)
class Ask:
    """Nothing new; ``timetable`` asks for the best one, ``kernel`` for the search's."""

    timetable: bool = False
    kernel: bool = False


@dataclass(frozen=True, slots=True)
class Bound:
    """No timetable costs less."""

    bound: float


@dataclass(frozen=True, slots=True)
class Certified:
    """What the best bound rests on."""

    certificate: Certificate


@dataclass(frozen=True, slots=True)
class Found:
    """A timetable without hard violation, judged by the rules."""

    soft: int
    placements: Placements


@dataclass(frozen=True, slots=True)
class Met:
    """Where the line of search there is."""

    walker: Walker


@dataclass(frozen=True, slots=True)
class Joining:
    """A line of search is to begin there, beside the one that is furthest."""


@dataclass(frozen=True, slots=True)
class Tried:
    """Moves that the line of search there has tried."""

    moves: int


@dataclass(frozen=True, slots=True)
class Said:
    """A line for the log."""

    text: str


@dataclass(frozen=True, slots=True)
class Ended:
    """The last message; ``fault`` is what was raised, None where all went well."""

    nodes: int
    infeasible: bool
    fault: Exception | None = None


def send(pipe: IO[bytes], message: object) -> None:
    """Write one message."""
    data = pickle.dumps(message)
    pipe.write(len(data).to_bytes(_HEAD, "big") + data)
    pipe.flush()


def receive(pipe: IO[bytes]) -> Any:
    """Read one message.

    Raises:
        EOFError: the other side has ended.
    """
    head = pipe.read(_HEAD)
    if len(head) < _HEAD:
        raise EOFError
    size = int.from_bytes(head, "big")
    data = pipe.read(size)
    if len(data) < size:
        raise EOFError
    return pickle.loads(data)
