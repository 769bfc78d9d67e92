"""The adviser: built once for a timetable, asked about one lesson after another."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import count, product

from scheduler.constraints.catalogue import rules_in_force
from scheduler.constraints.evaluate import Report, evaluate
from scheduler.constraints.primitives import Capacity
from scheduler.model.meeting import Meeting, Placement
from scheduler.model.problem import Problem
from scheduler.model.requirements import Lesson
from scheduler.model.times import Week
from scheduler.model.timetable import Timetable
from scheduler.solver.advice.advice import (
    Advice,
    Effect,
    Mark,
    MarkKind,
    Move,
    Proposal,
    amounts_of,
    difference,
    effect_of,
)
from scheduler.solver.advice.board import SHOWN, Board
from scheduler.solver.advice.ledger import Ledger, Moves
from scheduler.solver.advice.reasons import Reason, forbidding, reasons_of
from scheduler.solver.first_run.parts import ADVICE, SEARCH
from scheduler.solver.first_run.ready import is_ready
from scheduler.solver.options import staff_of

Slot = tuple[int, int, Week]
"""Day, period, weeks."""


class Adviser:
    """Says of any lesson of one timetable where it may go, and at what price.

    Costs are those of :func:`scheduler.constraints.evaluate.evaluate` before and
    after, except that rules on a person's days do not hear of lessons which the
    requirements do not give to that person.

    Attributes:
        left_out: Ids of lessons on rows that are not for lessons of their kind; they
            count as unplaced.
    """

    timetable: Timetable
    _board: Board
    _ledger: Ledger
    _fits: bool

    def __init__(self, problem: Problem, timetable: Timetable) -> None:
        self.problem = problem
        self._judged: tuple[Timetable, Report] | None = None
        self._stand_at(timetable)

    @staticmethod
    def is_compiled() -> bool:
        """Whether the code is on disk; the first advice on a machine compiles it."""
        return is_ready(SEARCH + ADVICE)

    def move(self, changes: Mapping[str, Placement | None]) -> None:
        """Make moves, as an editor does; later advice is on the changed timetable.

        Cheap. Where a lesson goes to, or stands on, a place that a hard rule forbids it
        by itself, the next advice builds all anew. Sentences of earlier advice that
        were not read yet would speak of the changed timetable.

        Parameters:
            changes: New placements by lesson id, None where a lesson is taken away.

        Raises:
            KeyError: there is no such lesson.
        """
        meetings = self._meetings_of(changes)
        changed = {**self.timetable.placements, **changes}
        placements = {x: where for x, where in changed.items() if where is not None}
        self.timetable = Timetable(self.problem, placements)
        self._fits = self._fits and all(
            self._board.move(x, where) for x, where in changes.items()
        )
        for x, meeting in meetings.items():
            self._ledger.move(x, meeting)

    def _meetings_of(
        self, changes: Mapping[str, Placement | None]
    ) -> dict[str, Meeting | None]:
        known = {x: self.problem.lesson[x] for x in changes}
        return {
            x: Meeting.of(self.problem, known[x], where) if where is not None else None
            for x, where in changes.items()
        }

    def allows(self, lesson_id: str, placement: Placement) -> bool:
        """Whether no hard rule forbids it by itself, or the lesson stands there now.

        Raises:
            KeyError: there is no such lesson.
        """
        if not self._fits and lesson_id in self._board.strange:
            self._stand_at(self.timetable)
        if placement == self.timetable.placements.get(lesson_id):
            return True
        options = self._board.options(lesson_id)
        return any(m.placement == placement for m in options)

    def forbidding(self, lesson_id: str, placement: Placement) -> tuple[Reason, ...]:
        """Hard rules that forbid a placement by itself; none where another reason does,
        such as a place that the requirement does not name.

        Raises:
            KeyError: there is no such lesson, row or layout.
        """
        meeting = Meeting.of(self.problem, self.problem.lesson[lesson_id], placement)
        return forbidding(self.problem, self._ledger, meeting)

    def do(self, changes: Mapping[str, Placement | None]) -> Effect:
        """Make moves as :meth:`move` does, and say what they did, rule by rule.

        Raises:
            KeyError: there is no such lesson, row or layout.
        """
        meetings, before = self._meetings_of(changes), self.timetable
        entries = list(self._ledger.do(meetings)) if self._fits else []
        self.move(changes)
        if self._fits:
            return effect_of(entries)
        # Terms of another board hear of lessons that those of this one do not.
        reports = map(self._report_of, (before, self.timetable))
        return difference(*map(amounts_of, reports))

    def _report_of(self, timetable: Timetable) -> Report:
        """What all rules say; of the timetable seen last it is known."""
        if self._judged is None or self._judged[0] is not timetable:
            self._judged = timetable, evaluate(timetable)
        return self._judged[1]

    def _stand_at(self, timetable: Timetable) -> None:
        self.timetable = timetable
        self._fits = True  # whether the board stands as the timetable does
        self._board = Board(timetable, rules_in_force(self.problem))
        self.left_out = self._board.left_out
        met = {x: m for x, m in timetable.meeting.items() if x not in self.left_out}
        self._ledger = Ledger(self._board.terms, met)

    def _make_fit(self) -> None:
        """Make the board anew where it could not follow the last moves."""
        if not self._fits:
            self._stand_at(self.timetable)

    def advise(self, lesson_id: str, most_swaps: int = SHOWN) -> Advice:
        """Marks of all slots, so many of the best swaps, the best cycles.

        Raises:
            KeyError: there is no such lesson.
        """
        lesson = self.problem.lesson[lesson_id]
        self._make_fit()
        swaps, cycles = self._board.exchanges(lesson_id, most_swaps)
        return Advice(
            self.problem,
            lesson_id,
            self.timetable.placements.get(lesson_id),
            tuple(self._marks(lesson)),
            tuple(self._alternatives(lesson)),
            self._proposals(swaps),
            self._proposals(cycles),
        )

    def _marks(self, lesson: Lesson) -> Iterator[Mark]:
        found = self._by_slot(lesson)
        now = self._ledger.meetings.get(lesson.lesson_id)
        if now is not None:
            # Other places and teachers at the present time are alternatives.
            own, here = _slot(now.placement), now.placement
            found[own] = [x for x in found[own] if x[0].placement == here]
        bell, rows = self.problem.bell_of(lesson.requirement), lesson.requirement.rows
        for day in bell.days:
            for row, week in product(bell.rows(day, rows), lesson.weeks):
                slot = (day, row.number, week)
                if found[slot]:
                    yield self._mark(slot, *found[slot][0])
                else:
                    yield self._forbidden(lesson, slot)

    def options_at(self, lesson_id: str, slot: Slot) -> tuple[Mark, ...]:
        """Every place and everybody that a lesson may have in a slot, cheapest first.

        Where it may have none, one mark says what forbids it.

        Raises:
            KeyError: there is no such lesson, or its bell has no such row.
        """
        lesson = self.problem.lesson[lesson_id]
        self._make_fit()
        found = tuple(self._at(lesson, slot))
        return found or (self._forbidden(lesson, slot),)

    def room(self, lesson_id: str) -> int:
        """In how many slots of the week a lesson could stand without breaking anything.

        Raises:
            KeyError: there is no such lesson.
        """
        self._make_fit()
        found = self._by_slot(self.problem.lesson[lesson_id])
        return len(
            {slot[:2] for slot, ((_, broken), *_) in found.items() if not broken}
        )

    def _alternatives(self, lesson: Lesson) -> Iterator[Mark]:
        """Other places and people at the present time, the cheapest first."""
        now = self._ledger.meetings.get(lesson.lesson_id)
        if now is not None:
            marks = self._at(lesson, _slot(now.placement))
            yield from (x for x in marks if x.placement != now.placement)

    def _at(self, lesson: Lesson, slot: Slot) -> Iterator[Mark]:
        """A slot's options, the cheapest first."""
        for meeting, broken in self._by_slot(lesson).get(slot, ()):
            yield self._mark(slot, meeting, broken)

    def _by_slot(self, lesson: Lesson) -> dict[Slot, list[tuple[Meeting, bool]]]:
        """Options and whether they break something anew, those that do not and the
        cheapest first."""
        options = self._board.options(lesson.lesson_id)
        costs, breaks = self._board.survey(lesson.lesson_id)
        found: dict[Slot, list[tuple[Meeting, bool]]] = defaultdict(list)
        for broken, _, k in sorted(zip(breaks, costs, count(), strict=False)):
            meeting = replace(options[k], lesson=lesson)
            found[_slot(meeting.placement)].append((meeting, broken))
        return found

    def _mark(self, slot: Slot, meeting: Meeting, broken: bool) -> Mark:
        """A slot to which the lesson may go as far as it alone is concerned."""
        lesson_id = meeting.lesson.lesson_id
        day, period, week = slot
        moves = {lesson_id: meeting}
        entries = self._ledger.entries(moves)
        now = self._ledger.meetings.get(lesson_id)
        kind = MarkKind.FREE
        reasons: tuple[Reason, ...] = ()
        if now is not None and meeting.placement == now.placement:
            kind = MarkKind.HERE
        elif broken:
            hard = [x for x in entries if x.breaks and x.posted.hard]
            clash = any(isinstance(x.posted.term, Capacity) for x in hard)
            kind = MarkKind.CLASH if clash else MarkKind.BREAKS
            broken_anew = [(x.number, x.posted) for x in hard]
            reasons = reasons_of(self.problem, self._ledger, moves, broken_anew)
        effect = effect_of(entries)
        return Mark(week, day, period, kind, meeting.placement, effect, reasons)

    def _forbidden(self, lesson: Lesson, slot: Slot) -> Mark:
        """A slot without an option: what forbids the lesson there, with the place and
        the people it has now if it may have them."""
        day, period, week = slot
        meeting = Meeting.of(self.problem, lesson, self.candidate(lesson, slot))
        reasons = forbidding(self.problem, self._ledger, meeting)
        return Mark(week, day, period, MarkKind.FORBIDDEN, reasons=reasons)

    def candidate(self, lesson: Lesson, slot: Slot) -> Placement:
        """The slot with the present place and people, or those named first."""
        day, period, week = slot
        now = self.timetable.placements.get(lesson.lesson_id)
        layouts = self.problem.allowed_layouts(lesson.requirement)
        staff = tuple(staff_of(lesson.requirement))
        layout_id, people = layouts[0], staff[0]
        if now is not None and now.layout_id in layouts:
            layout_id = now.layout_id
        if now is not None and now.teacher_ids in staff:
            people = now.teacher_ids
        return Placement(week, day, period, layout_id, people, lesson.length)

    def _proposals(self, found: Iterable[Moves]) -> tuple[Proposal, ...]:
        told = []
        for moves in found:
            effect = effect_of(self._ledger.entries(moves))
            changed = (
                Move(x, self._ledger.meetings[x].placement, m.placement)
                for x, m in moves.items()
            )
            told.append(Proposal(tuple(changed), effect))
        return tuple(sorted(told, key=lambda p: (p.effect.hard, p.effect.soft)))


def _slot(placement: Placement) -> Slot:
    return placement.day, placement.period, placement.week
