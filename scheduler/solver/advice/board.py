"""A timetable on the search kernel, however bad it is: exact costs of every move."""

from collections.abc import Iterable
from dataclasses import replace

import numpy as np

from scheduler.constraints.base import CapacityRule, Constraint
from scheduler.constraints.primitives import Capacity, OptionCost
from scheduler.model.meeting import Meeting, Placement
from scheduler.model.requirements import Lesson
from scheduler.model.times import RowKind
from scheduler.model.timetable import Timetable
from scheduler.solver.kernel.arrays import NOW, State, fresh_state
from scheduler.solver.kernel.exchanges import (
    MOVED,
    TIME,
    UNUSED,
    Desk,
    exchanges,
    survey,
    unused,
)
from scheduler.solver.kernel.search import Kernel
from scheduler.solver.kernel.tally import begin, put, take
from scheduler.solver.lowering.layout import HARD, Rows
from scheduler.solver.options import (
    LessonGroup,
    Posted,
    compile_problem,
)

SHOWN = 10
"""Swaps and cycles that are told."""


class Board:
    """A timetable in the kernel's arrays.

    A lesson that stands where a hard rule forbids keeps its place as one more option;
    one on a row that is not for lessons of its kind is left out.

    Attributes:
        terms: Terms of all rules, those included that the kernel need not know.
        left_out: Ids of lessons that the kernel has no option for.
        strange: Ids of lessons elsewhere than on one of their options.
    """

    def __init__(self, timetable: Timetable, rules: tuple[Constraint, ...]) -> None:
        self._timetable = timetable
        # Rooms are told apart: two classes in one of two alike rooms do clash.
        compiled = compile_problem(timetable.problem, rules, pool=False)
        groups, self.strange = _with_places_taken(compiled.groups, timetable)
        self.left_out = tuple(
            x for x in self.strange if not _on_its_rows(timetable.meeting[x])
        )
        guests = [timetable.meeting[x] for x in self.strange if x not in self.left_out]
        # What follows from other caps does not while those are broken.
        self.terms = _welcoming(compiled.terms + compiled.implied, guests)
        self._groups = groups
        known = tuple(filter(_counts, self.terms))
        self._kernel = Kernel.of(replace(compiled, groups=groups, terms=known), True)
        self._lessons = tuple(x for g in groups for x in g.lessons)
        self._number = {x.lesson_id: k for k, x in enumerate(self._lessons)}
        self._times = _times(groups)
        self._state = self._placed()

    @property
    def cost(self) -> tuple[int, int]:
        """(hard, soft) of the lessons on the board."""
        hard, soft = divmod(int(self._state.cost[NOW]), HARD)
        kept = [x for x in self.strange if x not in self.left_out]
        return hard + sum(map(self._breach, kept)), soft

    def options(self, lesson_id: str) -> tuple[Meeting, ...]:
        """All meetings of a lesson that no hard rule forbids by itself, and its own."""
        return self._groups[self._group(lesson_id)].options

    def survey(self, lesson_id: str) -> tuple[list[int], list[bool]]:
        """For each option the change of cost, and if a hard rule is broken anew."""
        count = len(self.options(lesson_id))
        change, breaks = np.zeros(count, np.int64), np.zeros(count, np.bool_)
        number, arrays = self._number[lesson_id], self._kernel.arrays
        survey(arrays, self._state.copy(), self._state, number, change, breaks)
        if lesson_id in self.strange and lesson_id not in self.left_out:
            # No term in the kernel says what its present place breaks by itself.
            first = arrays.option_first[self._group(lesson_id)]
            here = self._state.option[number] - first
            change[np.arange(count) != here] -= HARD * self._breach(lesson_id)
        return change.tolist(), breaks.tolist()

    def exchanges(
        self, lesson_id: str, most_swaps: int = SHOWN
    ) -> tuple[list[dict[str, Meeting]], list[dict[str, Meeting]]]:
        """The best swaps and cycles, each as the new meetings of its lessons."""
        swaps, cycles = unused(most_swaps), unused(SHOWN)
        number = self._number[lesson_id]
        if self._state.option[number] >= 0:
            desk = Desk(
                s=self._state.copy(),
                base=self._state,
                times=self._times,
                moved=np.zeros(3, MOVED),
                swaps=swaps,
                cycles=cycles,
            )
            exchanges(self._kernel.arrays, desk, number)
        return self._read(number, swaps), self._read(number, cycles)

    def move(self, lesson_id: str, placement: Placement | None) -> bool:
        """Take a lesson elsewhere, or away where ``placement`` is None.

        Returns:
            Whether it could be done; an option that exists for a lesson's present
            place alone is not given up, a board must then be made anew.
        """
        if lesson_id in self.strange:
            return False
        number, arrays = self._number[lesson_id], self._kernel.arrays
        known = self._kernel.number_of[self._group(lesson_id)]
        if placement is not None and placement not in known:
            return False
        if self._state.option[number] >= 0:
            self._state.cost[NOW] += take(arrays, self._state, number)
        if placement is not None:
            self._state.cost[NOW] += put(arrays, self._state, number, known[placement])
        return True

    def _read(self, number: int, found: Rows) -> list[dict[str, Meeting]]:
        """Exchanges as meetings by lesson id, the lesson asked about first."""
        told = []
        for row in found[found["change"] != UNUSED].tolist():
            _, option, other, its, third, last = row
            pairs = ((number, option), (other, its), (third, last))
            met = (self._meeting(n, o) for n, o in pairs if n >= 0)
            told.append({m.lesson.lesson_id: m for m in met})
        return told

    def _meeting(self, number: int, option: int) -> Meeting:
        """What an option means for one of its group's lessons."""
        arrays = self._kernel.arrays
        g = int(arrays.lesson_group[number])
        meeting = self._groups[g].options[option - int(arrays.option_first[g])]
        return replace(meeting, lesson=self._lessons[number])

    def _group(self, lesson_id: str) -> int:
        return int(self._kernel.arrays.lesson_group[self._number[lesson_id]])

    def _breach(self, lesson_id: str) -> int:
        """Hard cost of a lesson's present place by itself."""
        meeting = self._timetable.meeting[lesson_id]
        return sum(
            t.rule.weight * t.term.of(meeting)
            for t in self.terms
            if t.hard and isinstance(t.term, OptionCost)
            if meeting.lesson in t.term.lessons
        )

    def _placed(self) -> State:
        arrays = self._kernel.arrays
        state = fresh_state(arrays, 0)
        state.cost[NOW] = begin(arrays, state)
        for lesson, option in enumerate(
            self._kernel.options_of(self._timetable).tolist()
        ):
            if option >= 0:
                state.cost[NOW] += put(arrays, state, lesson, option)
        return state


def _counts(posted: Posted) -> bool:
    """Whether the kernel must know a term: options say what is forbidden by itself."""
    return not (posted.hard and isinstance(posted.term, OptionCost))


def _welcoming(
    terms: tuple[Posted, ...], guests: Iterable[Meeting]
) -> tuple[Posted, ...]:
    """Capacities that also count lessons which the requirements do not send there."""
    found = []
    for posted in terms:
        term = posted.term
        if isinstance(term, Capacity) and isinstance(posted.rule, CapacityRule):
            here = (m.lesson for m in guests if term.span(m))
            more = tuple(x for x in here if x not in term.lessons)
            if more:
                lessons = term.lessons + more
                posted = replace(posted, term=replace(term, lessons=lessons))
        found.append(posted)
    return tuple(found)


def _with_places_taken(
    groups: Iterable[LessonGroup], timetable: Timetable
) -> tuple[tuple[LessonGroup, ...], tuple[str, ...]]:
    """Groups in which every lesson has its own place among its options, and the
    lessons for which it had to be added."""
    found: list[LessonGroup] = []
    strange: list[str] = []
    for group in groups:
        known = {m.placement for m in group.options}
        kept: list[Lesson] = []
        for lesson in group.lessons:
            meeting = timetable.meeting.get(lesson.lesson_id)
            if meeting is None or meeting.placement in known:
                kept.append(lesson)
            else:
                strange.append(lesson.lesson_id)
                own = _joined(group.options, meeting)
                found.append(LessonGroup((lesson,), own))
        if kept:
            found.append(LessonGroup(tuple(kept), group.options))
    return tuple(found), tuple(strange)


def _joined(options: tuple[Meeting, ...], meeting: Meeting) -> tuple[Meeting, ...]:
    """One option more, in the order of time, where the kernel can have it."""
    if not _on_its_rows(meeting):
        return options
    return tuple(sorted((*options, meeting), key=_order))


def _order(meeting: Meeting) -> tuple[int, bool, int]:
    """Of each day lesson rows first, as :func:`candidates` has it."""
    return meeting.day, meeting.rows[0].kind is not RowKind.LESSON, meeting.start


def _on_its_rows(meeting: Meeting) -> bool:
    return meeting.rows[0].kind in meeting.lesson.requirement.rows


def _times(groups: Iterable[LessonGroup]) -> Rows:
    """By option."""
    rows = [
        (m.day, m.start, m.end, sum(1 << layer for layer in m.layers))
        for g in groups
        for m in g.options
    ]
    return np.array(rows, TIME)
