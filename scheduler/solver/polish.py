"""Free a part of the week, solve it exactly with everything else held.

Source: design.md section 4, step 5; the exact model searching its own neighbourhood.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import cycle
from math import inf
from random import Random
from time import monotonic

from scheduler.model.timetable import Timetable
from scheduler.solver.exact.exact_model import ExactModel
from scheduler.solver.exact.highs import LoadedModel, Outcome, RunLimits, Tick
from scheduler.solver.exact.seats import Choice
from scheduler.solver.reading import read_timetable, start_values
from scheduler.solver.status import Status

_ROUND_SECONDS = 8.0
_QUICK_SECONDS = 2.0
_AT_RANDOM = 0.2
"""Share of rounds whose keys are drawn at random instead of side by side."""
_PATIENCE = 16
"""Rounds without any gain after which polishing ends."""


@dataclass
class _Kind:
    """A way to choose parts: by a key of the choices, and how many keys at a time."""

    keys: Callable[[Choice], tuple[object, ...]]
    size: float

    def learn(self, outcome: Outcome, seconds: float) -> None:
        """Larger parts while they are quickly solved, smaller ones if they are not."""
        if outcome.status is not Status.OPTIMAL:
            self.size = max(1.0, self.size * 0.8)
        elif seconds < _QUICK_SECONDS:
            self.size *= 1.25


def polish(
    model: ExactModel,
    loaded: LoadedModel,
    best: Timetable,
    limits: RunLimits,
    on_tick: Callable[[Tick], bool],
) -> Iterator[Timetable]:
    """Yield ever new timetables, none worse in the model's cost than the one before.

    Ends when the time is over or ``on_tick`` says so.
    """
    began, chance = monotonic(), Random(limits.seed)
    values, cost, dull = start_values(model, best), inf, 0
    kinds = cycle(_kinds())
    while dull < _PATIENCE:
        left = limits.seconds - (monotonic() - began)
        if left < 0.5:
            return
        kind = next(kinds)
        held = _held(model.choices, values, _part(model.choices, kind, chance))
        at = monotonic()
        outcome = loaded.solve(
            replace(limits, seconds=min(_ROUND_SECONDS, left), gap=0.0),
            values,
            fixed=held,
        )
        timetable = None if outcome.objective is None else read_timetable(model)
        if timetable is not None and outcome.objective is not None:
            dull = 0 if outcome.objective < cost - 0.5 else dull + 1
            cost = outcome.objective
            kind.learn(outcome, monotonic() - at)
            yield timetable
            values = start_values(model, timetable)
        else:
            dull += 1
        if on_tick(Tick(monotonic() - began, outcome.objective, None)):
            return


def _held(
    choices: tuple[Choice, ...], values: dict[str, float], free: set[str]
) -> dict[str, float]:
    names = (c.variable.name for c in choices)
    return {name: values[name] for name in names if name not in free}


def _kinds() -> tuple[_Kind, ...]:
    return (
        _Kind(lambda c: (c.meeting.day,), 2.0),
        _Kind(lambda c: c.meeting.class_ids, 4.0),
        _Kind(lambda c: (c.group.lessons[0].requirement.subject_id,), 3.0),
        _Kind(lambda c: c.meeting.teacher_ids, 8.0),
    )


def _part(choices: tuple[Choice, ...], kind: _Kind, chance: Random) -> set[str]:
    """Names of the variables of some randomly chosen keys."""
    keys = list(dict.fromkeys(k for c in choices for k in kind.keys(c)))
    if not keys:  # nobody teaches any of them
        return set()
    size = min(len(keys), round(kind.size))
    first = chance.randrange(len(keys))
    # Neighbours in the files are often of one grade or group: they share much.
    some = set((keys + keys)[first : first + size])
    if chance.random() < _AT_RANDOM:
        some = set(chance.sample(keys, size))
    return {c.variable.name for c in choices if some & set(kind.keys(c))}
