"""The contract of jobs: bytes of timetables and limits in, bytes of a result out.

The same function runs in a worker, in a test and on a cluster: nothing but these bytes
goes in or comes out.
"""

import base64
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from scheduler.formats.archive import pack, unpack
from scheduler.model.timetable import Timetable

_FORMAT = 1


class JobKind(StrEnum):
    """What a job computes.

    ``solve``: the best timetable. ``level``: one with low peaks of shared venues.
    ``peaks``: how low those could be. ``rain``: the plan for bad weather. ``repair``:
    a timetable near the running one. ``what_if``: figures of scenarios, side by side.
    ``cover``: the best proposals for all lessons of absent teachers, as numbers.
    ``explain``: why there is no timetable, and what would help. ``audit``: how the
    rules of a profile end, with all findings. ``district``: shares of all schools and
    shortages of teachers, as things are and as they might be.
    """

    SOLVE = "solve"
    LEVEL = "level"
    PEAKS = "peaks"
    RAIN = "rain"
    REPAIR = "repair"
    WHAT_IF = "what_if"
    COVER = "cover"
    EXPLAIN = "explain"
    AUDIT = "audit"
    DISTRICT = "district"


@dataclass(frozen=True)
class Work:
    """What is to be computed.

    ``timetables`` hold their problems; the first one's placements are the start, and
    may be none. ``names`` are those of scenarios. ``settings``: ``seconds``, ``seed``,
    ``workers``, ``iterations``, ``prove``, ``once`` (a solve does not try again with
    holes allowed), ``locked`` (lesson ids), ``changes`` and ``teachers`` (a repair's
    budget); an audit's are those of ``audit_settings``.
    """

    kind: JobKind
    timetables: tuple[Timetable, ...]
    names: tuple[str, ...] = ()
    settings: Mapping[str, Any] = field(default_factory=dict)

    def to_bytes(self) -> bytes:
        """As jobs are kept and sent."""
        return _written(
            {
                "kind": self.kind,
                "timetables": [_archive(x) for x in self.timetables],
                "names": self.names,
                "settings": dict(self.settings),
            }
        )

    @staticmethod
    def of_bytes(content: bytes) -> "Work":
        """Read what :meth:`to_bytes` wrote.

        Raises:
            ValueError: another release wrote it.
        """
        read = _read(content)
        return Work(
            JobKind(read["kind"]),
            tuple(map(_timetable, read["timetables"])),
            tuple(read["names"]),
            read["settings"],
        )


@dataclass(frozen=True)
class Result:
    """What was computed: facts as JSON has them, and a timetable where there is one."""

    facts: Mapping[str, Any]
    timetable: Timetable | None = None

    def to_bytes(self) -> bytes:
        """As results are kept and sent."""
        found = None if self.timetable is None else _archive(self.timetable)
        return _written({"facts": dict(self.facts), "timetable": found})

    @staticmethod
    def of_bytes(content: bytes) -> "Result":
        """Read what :meth:`to_bytes` wrote.

        Raises:
            ValueError: another release wrote it.
        """
        read = _read(content)
        found = read["timetable"]
        return Result(read["facts"], None if found is None else _timetable(found))


Tell = Callable[[Mapping[str, Any], bytes | None], bool]
"""Told of progress, and of the best result so far where there is a better one; returns
True to stop."""


def _archive(timetable: Timetable) -> str:
    return base64.b64encode(pack(timetable)).decode("ascii")


def _timetable(text: str) -> Timetable:
    return unpack(base64.b64decode(text))


def _written(content: dict[str, Any]) -> bytes:
    return json.dumps({"format": _FORMAT, **content}, ensure_ascii=False).encode(
        "utf-8", "surrogatepass"
    )


def _read(content: bytes) -> dict[str, Any]:
    read: dict[str, Any] = json.loads(content.decode("utf-8", "surrogatepass"))
    if read["format"] != _FORMAT:
        raise ValueError(f"format {read['format']} of jobs is not {_FORMAT}")
    return read
