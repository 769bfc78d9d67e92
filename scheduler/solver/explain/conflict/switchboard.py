"""One model of a part, in which lessons and portions of rules are switched on and off.

Narrowing a conflict asks the same question hundreds of times; building a model for
each would take longer than solving it.
"""

from collections.abc import Collection
from dataclasses import replace

from scheduler.constraints.base import Missing, Portion
from scheduler.constraints.primitives import PatternCost, PatternSumCost
from scheduler.solver.exact.exact_model import ExactModel
from scheduler.solver.exact.highs import LoadedModel, RunLimits
from scheduler.solver.exact.posting import Origin
from scheduler.solver.explain.conflict.loosened import Loosened, Part, binds
from scheduler.solver.options import LessonGroup, Posted
from scheduler.solver.status import Status


class Switchboard:
    """Answers as :meth:`Loosened.impossible` does, for less of one part.

    Every layout is a choice of its own, so that each option has its own switch.
    """

    def __init__(self, loose: Loosened, part: Part) -> None:
        self._loose, self._part = loose, part
        wanted = frozenset(part.lessons)
        self._groups = [
            (group, barred)
            for group, barred in zip(loose.compiled.groups, loose.barred, strict=True)
            if group.lessons[0].lesson_id in wanted
        ]
        here = tuple(
            LessonGroup(g.lessons, tuple(filter(part.has_day, g.options)))
            for g, _ in self._groups
        )
        self._tag = {
            id(posted): tag
            for tag, posted in loose.terms
            if posted.rule.missing is not Missing.LESSON
            and binds(posted.term, wanted, frozenset(), part.days)
        }
        own = [p for _, p in loose.terms if id(p) in self._tag]
        self._placing = list(loose.to_be_placed(here))
        self._terms = (*own, *self._placing)
        compiled = replace(
            loose.compiled, groups=here, terms=self._terms, by_layout=True
        )
        self._model = ExactModel(compiled, objective=False)
        self._loaded = LoadedModel(self._model.problem)
        self._barred = self._by_bars()

    @staticmethod
    def fits(loose: Loosened, part: Part) -> bool:
        """Whether every row of the model can be switched: patterns share theirs."""
        wanted = frozenset(part.lessons)
        return not any(
            isinstance(p.term, PatternCost | PatternSumCost)
            and binds(p.term, wanted, frozenset(), part.days)
            for _, p in loose.terms
        )

    def impossible(
        self, active: Collection[Portion], lessons: Collection[str], seconds: float
    ) -> bool | None:
        """Tell whether these lessons cannot be had; None if the time ran out."""
        on, wanted = frozenset(active), frozenset(lessons)
        elsewhere, closed = self._options(on)
        if seconds <= 0:
            return None
        kept = {
            id(p)
            for p in self._terms
            if self._is_on(p, on) and binds(p.term, wanted, elsewhere, self._part.days)
        }
        dropped = [
            k
            for k, origins in enumerate(self._model.rows.origins)
            if not any(
                not isinstance(o, Origin) or id(o.posted) in kept for o in origins
            )
        ]
        limits = RunLimits(seconds, first_solution=True, threads=1)
        status = self._loaded.status_without(limits, closed, dropped)
        if status is Status.INFEASIBLE:
            return True
        return None if status is Status.UNKNOWN else False

    def _is_on(self, posted: Posted, on: frozenset[Portion]) -> bool:
        tag = self._tag.get(id(posted))
        return tag is None or tag in on

    def _options(self, on: frozenset[Portion]) -> tuple[frozenset[str], list[int]]:
        """Lessons that may be on other days, and variables of barred options."""
        elsewhere: set[str] = set()
        closed: list[int] = []
        for tags, (away, here) in self._barred.items():
            if tags & on:
                closed += here
            else:
                elsewhere |= away
        return frozenset(elsewhere), closed

    def _by_bars(self) -> dict[frozenset[Portion], tuple[set[str], list[int]]]:
        """By what bars options: lessons with such elsewhere, variables of such here."""
        numbers = {v.name: k for k, v in enumerate(self._model.problem.variables())}
        here = {
            (c.group.lessons[0].lesson_id, c.meeting.placement): numbers[
                c.variable.name
            ]
            for c in self._model.choices
        }
        found: dict[frozenset[Portion], tuple[set[str], list[int]]] = {}
        for group, barred in self._groups:
            ids = [x.lesson_id for x in group.lessons]
            for meeting, tags in zip(group.options, barred, strict=True):
                away, variables = found.setdefault(tags, (set(), []))
                if self._part.has_day(meeting):
                    variables.append(here[ids[0], meeting.placement])
                else:
                    away.update(ids)
        return found
