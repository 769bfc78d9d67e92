"""Where a lesson that breaks rules could go instead: moves and swaps that help."""

import threading
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from scheduler.model.resources import Level
from scheduler.model.text import Text, joined
from scheduler.model.timetable import Timetable
from scheduler.services.views.edition import Edition
from scheduler.solver.advice.advice import Advice, Effect, Mark, MarkKind
from scheduler.solver.advice.adviser import Adviser
from scheduler.solver.repair.changes import Change, ChangeKind
from scheduler.solver.repair.words import change_text

MOST_LESSONS = 6
_SHOWN = 5


@dataclass(frozen=True, slots=True)
class BetterPlace:
    """A move or swap that breaks nothing anew and mends something.

    ``mends`` are the faults it lessens; ``effect`` its changes of cost.
    """

    changes: tuple[Text, ...]
    mends: tuple[Text, ...]
    effect: Effect


@dataclass
class MoveAdviser:
    """Advice on lessons of the edition shown; safe to use from several threads.

    What it knows of a timetable is built at the first question, which takes seconds;
    a question after that takes some tenths of one.
    """

    _version: int = 0
    _adviser: Adviser | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def better_places(
        self, edition: Edition, lesson_ids: Iterable[str]
    ) -> tuple[BetterPlace, ...]:
        """Up to five ways to mend what these lessons break, the best first.

        Raises:
            KeyError: there is no such lesson.
        """
        with self._lock:
            adviser = self._of(edition)
            found = [
                way
                for lesson_id in dict.fromkeys(lesson_ids)
                for way in _ways(edition.timetable, adviser.advise(lesson_id))
            ]
        return tuple(_plainest(found))[:_SHOWN]

    def _of(self, edition: Edition) -> Adviser:
        if self._adviser is None or self._version != edition.version:
            self._adviser = None  # one at a time: each is large
            self._adviser = Adviser(edition.problem, edition.timetable)
            self._version = edition.version
        return self._adviser


def _plainest(found: list[BetterPlace]) -> Iterator[BetterPlace]:
    """The best first, without those that only add to what another says already."""
    told: list[frozenset[Text]] = []
    found.sort(key=lambda way: (way.effect.hard, len(way.changes), way.effect.soft))
    for way in sorted(found, key=lambda way: len(way.changes)):
        if any(known <= set(way.changes) for known in told):
            found.remove(way)
        told.append(frozenset(way.changes))
    yield from found


def _ways(timetable: Timetable, advice: Advice) -> Iterator[BetterPlace]:
    problem = timetable.problem
    for mark in (*advice.marks, *advice.alternatives):
        if _helps(mark) and mark.effect is not None:
            now = timetable.placements.get(advice.lesson_id)
            change = Change(
                ChangeKind.CHANGED if now else ChangeKind.ADDED,
                advice.lesson_id,
                now,
                mark.placement,
            )
            yield _place((change_text(problem, change),), mark.effect)
    for proposal in (*advice.swaps, *advice.cycles):
        if proposal.effect.hard < 0:
            changes = (
                Change(ChangeKind.CHANGED, x.lesson_id, x.before, x.after)
                for x in proposal.moves
            )
            texts = tuple(change_text(problem, change) for change in changes)
            yield _place(texts, proposal.effect)


def _helps(mark: Mark) -> bool:
    effect = mark.effect
    return mark.kind is MarkKind.FREE and effect is not None and effect.hard < 0


def _place(changes: tuple[Text, ...], effect: Effect) -> BetterPlace:
    mends = (
        x.rule.fault
        for x in effect.rules
        if x.rule.level is Level.HARD and x.amount < 0
    )
    return BetterPlace(changes, tuple(dict.fromkeys(mends)), effect)


def mended(way: BetterPlace) -> Text:
    """What a way mends and what it costs, as "减少：教师冲突；扣分+8"."""
    faults, soft = joined(way.mends), way.effect.soft
    return Text(
        f"减少：{faults.zh}；扣分{soft:+d}", f"fewer: {faults.en}; points {soft:+d}"
    )
