"""Explain a problem: count, then solve, then narrow down what conflicts."""

from collections.abc import Callable
from dataclasses import replace
from time import monotonic

from scheduler.constraints.evaluate import evaluate
from scheduler.model.problem import Problem
from scheduler.model.settings.source import Source
from scheduler.model.text import Text
from scheduler.model.timetable import Timetable
from scheduler.solver.exact.exact_model import ExactModel
from scheduler.solver.exact.highs import RunLimits, run
from scheduler.solver.explain.conflict.search import ConflictSearch
from scheduler.solver.explain.counting.checks import agreement_hints, count
from scheduler.solver.explain.remedies.finding import remedies
from scheduler.solver.explain.sentences.explanation import (
    Explanation,
    Statement,
    Verdict,
)
from scheduler.solver.hard_view import HardView
from scheduler.solver.progress import Clock, OnProgress, silent
from scheduler.solver.reading import read_timetable
from scheduler.solver.status import Status

REMEDIES_SECONDS = 10.0
"""Most that trying what would help may take, for all statements."""
FIRST_SHARE = 0.4
"""Share of the time for a first timetable before a conflict is looked for."""
SEARCH_SECONDS, SEARCH_SHARE = 10.0, 0.2
"""Most that a search for one may take before, in seconds and as a share of the time."""
Search = Callable[[float], Timetable | None]
"""Looks for any timetable for so many seconds; what it finds may break rules."""


def _no_search(seconds: float) -> Timetable | None:
    return None


def explain(
    problem: Problem,
    seconds: float = 60.0,
    on_progress: OnProgress = silent,
    start: Timetable | None = None,
    search: Search = _no_search,
) -> Explanation:
    """Say why no timetable exists, or that one does; only what was proven.

    Parameters:
        seconds: Wall time for all of it; counting is not cut short.
        on_progress: Told of the phases (``compile``, ``count``,
            ``remedies``, ``first``, ``narrow``); returns True to stop with what is
            known.
        start: A timetable of the problem that may be one already.
        search: What finds one soonest, asked where counting shows nothing.

    Raises:
        InputError: the rule settings are wrong.
    """
    clock = Clock(RunLimits(seconds, first_solution=True), on_progress)
    return _Explaining(problem, clock, search).explain(start)


class _Explaining:
    """One explanation, and what is known so far."""

    def __init__(self, problem: Problem, clock: Clock, search: Search) -> None:
        self._problem, self._clock, self._search = problem, clock, search
        self._found: Timetable | None = None
        self._model: ExactModel | None = None

    def explain(self, start: Timetable | None) -> Explanation:
        self._clock.tell("compile")
        if self._keeps_all(start):
            return self._result(Verdict.FEASIBLE, _KEPT, (), ())
        view = HardView.of(self._problem)
        hints = agreement_hints(view)
        self._clock.tell("count")
        statements = count(view)
        if statements:
            statements = self._with_remedies(statements)
            hints = tuple(h for h in hints if not _is_told(h, statements))
            return self._result(Verdict.INFEASIBLE, _COUNTED, statements, hints)
        self._clock.tell("first")
        status = self._first(view)
        if status is Status.FEASIBLE:
            return self._result(Verdict.FEASIBLE, _EXISTS, (), hints)
        statement = self._narrow(view, status is Status.INFEASIBLE)
        if statement is not None:
            return self._result(Verdict.INFEASIBLE, _SOLVED, (statement,), hints)
        if status is Status.INFEASIBLE:
            return self._result(Verdict.INFEASIBLE, _NOT_NARROWED, (), hints)
        return self._result(Verdict.UNKNOWN, _UNKNOWN, (), hints)

    def _with_remedies(
        self, statements: tuple[Statement, ...]
    ) -> tuple[Statement, ...]:
        """Try what would help against each, the smallest proofs first."""
        self._clock.tell("remedies")
        deadline = monotonic() + min(REMEDIES_SECONDS, self._clock.left)
        found = []
        for statement in statements:
            changes = remedies(self._problem, statement, deadline)
            texts = tuple(c.text(self._problem) for c in changes)
            makers = tuple(c.apply for c in changes)
            found.append(replace(statement, remedies=texts, changes=makers))
        return tuple(found)

    def _first(self, view: HardView) -> Status:
        """Look for any timetable; one found is judged by the rules themselves."""
        given = min(SEARCH_SECONDS, SEARCH_SHARE * self._clock.run.seconds)
        if self._keeps_all(self._search(given)):
            return Status.FEASIBLE
        compiled, end = view.compiled, (1 - FIRST_SHARE) * self._clock.left
        for attempt in (compiled, None):
            model = ExactModel(attempt or compiled.unpooled(), objective=False)
            self._model = self._model or model
            seconds = self._clock.left - end
            if seconds <= 0:
                return Status.UNKNOWN
            limits = replace(self._clock.run, seconds=seconds)
            outcome = run(model.problem, limits, on_tick=self._clock.watch("first"))
            if outcome.status is Status.INFEASIBLE:
                return Status.INFEASIBLE
            if outcome.objective is None:
                return Status.UNKNOWN
            if self._keeps_all(read_timetable(model)):
                return Status.FEASIBLE
        return Status.UNKNOWN

    def _keeps_all(self, timetable: Timetable | None) -> bool:
        """Whether a timetable breaks no hard rule; then it is the one that is told."""
        if timetable is None or evaluate(timetable).hard:
            return False
        self._found = timetable
        return True

    def _narrow(self, view: HardView, known_infeasible: bool) -> Statement | None:
        if self._clock.stopped or self._model is None:
            return None
        search = ConflictSearch(view, self._model, self._clock)
        return search.find(known_infeasible)

    def _result(
        self,
        verdict: Verdict,
        summary: Text,
        statements: tuple[Statement, ...],
        hints: tuple[Text, ...],
    ) -> Explanation:
        if verdict is Verdict.INFEASIBLE:
            note = Source.of(self._problem.rules).as_read
            summary = Text(summary.zh + note.zh, f"{summary.en} {note.en}".rstrip())
        return Explanation(
            *(verdict, summary, statements, hints, self._clock.elapsed), self._found
        )


def _is_told(hint: Text, statements: tuple[Statement, ...]) -> bool:
    """Whether a statement begins with what the hint says of an agreement."""
    return any(s.text.zh.startswith(hint.zh.partition("，因此")[0]) for s in statements)


_COUNTED = Text(
    "已证明：没有课表能满足全部硬性规则；下列各条单独都足以证明。",
    "Proven: no timetable keeps all hard rules; each statement proves it by itself.",
)
_SOLVED = Text(
    "已证明：没有课表能满足全部硬性规则；计数看不出原因，逐项求解找出了相互冲突的规则。",
    "Proven: no timetable keeps all hard rules; counting shows no cause, solving rule "
    "by rule found those that conflict.",
)
_NOT_NARROWED = Text(
    "已证明：没有课表能满足全部硬性规则；时间内未能找出是哪些规则冲突。",
    "Proven: no timetable keeps all hard rules; the time was too short to find which "
    "of them conflict.",
)
_EXISTS = Text(
    "存在满足全部硬性规则的课表：已求出一个。",
    "There is a timetable that keeps all hard rules: one was found.",
)
_KEPT = Text(
    "现在的课表就满足全部硬性规则，没有什么妨碍。",
    "The timetable as it is keeps all hard rules: nothing is in the way.",
)
_UNKNOWN = Text(
    "时间用尽，尚无结论：没有找到课表，也没有证明不存在。",
    "Time ran out: no timetable was found, nor was it proven that there is none.",
)
