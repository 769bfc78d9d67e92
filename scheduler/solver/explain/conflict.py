"""A small set of rules and lessons that cannot hold together."""

from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass
from time import monotonic
from typing import TypeVar

from scheduler.model.text import Text
from scheduler.solver.explain import words
from scheduler.solver.explain.explanation import Kind, Statement
from scheduler.solver.explain.hard_view import HardView
from scheduler.solver.explain.loosened import Loosened
from scheduler.solver.explain.places import lesson_sets_by_place
from scheduler.solver.explain.rule_groups import RuleGroup, group_name

ItemT = TypeVar("ItemT", bound=Hashable)
SECONDS_SMALL = 4.0
"""Most that a test of a part of the lessons may take while looking for a core."""
LISTED = 20
"""Portions of rules that a sentence lists; more are only counted."""
NAMED = 8
"""Portions of rules for which relaxing each one is tried on the whole problem."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """Rules that these lessons cannot keep; ``minimal`` if each is needed for that."""

    rule_groups: tuple[RuleGroup, ...]
    lessons: tuple[str, ...]
    minimal: bool


class ConflictSearch:
    """Looks for a conflict until a deadline (of ``monotonic``) or until stopped."""

    def __init__(
        self, view: HardView, deadline: float, stopped: Callable[[], bool]
    ) -> None:
        self._view, self._deadline, self._stopped = view, deadline, stopped
        self._loose = Loosened.of(view)
        self._all = self._loose.rule_groups

    def find(self, known_infeasible: bool) -> Statement | None:
        """The conflict as a statement; None if nothing was proven in time."""
        lessons = self._core(known_infeasible)
        if lessons is None:
            return None
        kept, _ = self._shrink(
            _units(self._view, lessons),
            lambda units: self._impossible(self._all, _flat(units)),
        )
        core = _flat(kept)
        rules, minimal = self._shrink(
            self._loose.rule_groups_of(core),
            lambda groups: self._impossible(groups, core),
        )
        return self._statement(Conflict(rules, core, minimal))

    def _left(self) -> float:
        return 0.0 if self._stopped() else self._deadline - monotonic()

    def _impossible(
        self,
        groups: Sequence[RuleGroup],
        lessons: Sequence[str],
        seconds: float | None = None,
    ) -> bool | None:
        left = self._left() if seconds is None else min(seconds, self._left())
        return self._loose.impossible(groups, lessons, left)

    def _core(self, known_infeasible: bool) -> tuple[str, ...] | None:
        """A set of lessons that cannot all be placed, small ones tried first."""
        for lessons in _parts(self._view):
            if self._left() <= 0:
                break
            if self._impossible(self._all, lessons, SECONDS_SMALL):
                return lessons
        everything = tuple(x.lesson_id for x in self._view.problem.lessons)
        if known_infeasible or self._impossible(self._all, everything):
            return everything
        return None

    def _shrink(
        self,
        items: Sequence[ItemT],
        impossible: Callable[[Sequence[ItemT]], bool | None],
    ) -> tuple[tuple[ItemT, ...], bool]:
        """Drop items while the rest stays impossible; whether each left is needed."""
        kept, size, decided = list(items), max(1, len(items) // 2), True
        while size:
            at = 0
            while at < len(kept):
                rest = kept[:at] + kept[at + size :]
                answer = impossible(rest) if self._left() > 0 else None
                if answer:
                    kept = rest
                    continue
                decided = decided and (size > 1 or answer is False)
                at += size
            size //= 2
        return tuple(kept), decided

    def _statement(self, conflict: Conflict) -> Statement:
        view = self._view
        rules = {r.name: r for r in view.rules}
        names = [group_name(view.problem, rules, g) for g in conflict.rule_groups]
        what = words.teaching(view.problem, conflict.lessons)
        need, supply, numbers = self._numbers(conflict)
        listed = Text(
            "；".join(f"（{k}）{n.zh}" for k, n in enumerate(names[:LISTED], 1)),
            "; ".join(f"({k}) {n.en}" for k, n in enumerate(names[:LISTED], 1)),
        )
        if len(names) > LISTED:
            listed = Text(f"{listed.zh}；等等", f"{listed.en}; and others")
        smallest = Text("", "")
        if conflict.minimal:
            smallest = Text(
                "去掉其中任何一项，这些课就排得下。", " None can be spared."
            )
        return Statement(
            Kind.RULES_TOGETHER,
            Text(
                f"{what.zh}：以下{len(names)}项不能同时满足{numbers.zh}：{listed.zh}。"
                f"{smallest.zh}",
                f"{what.en}: these {len(names)} cannot all hold{numbers.en}: "
                f"{listed.en}.{smallest.en}",
            ),
            self._advice(conflict, names),
            tuple(g.ids[-1] for g in conflict.rule_groups if g.ids),
            conflict.lessons,
            need,
            supply,
        )

    def _numbers(self, conflict: Conflict) -> tuple[int, int, Text]:
        """Lessons to place and the most that can be, where that is proven."""
        need = len(conflict.lessons)
        most = None
        if self._left() > 0:
            most = self._loose.most_placed(
                conflict.rule_groups, conflict.lessons, min(10.0, self._left())
            )
        if most is None:
            return 0, 0, Text("", "")
        text = Text(
            f"（共{need}次课，最多排{most}次）", f" ({most} of {need} lessons fit)"
        )
        return need, most, text

    def _advice(self, conflict: Conflict, names: Sequence[Text]) -> Text:
        """What was tried on the whole problem: relaxing one portion at a time."""
        everything = tuple(x.lesson_id for x in self._view.problem.lessons)
        enough = []
        for k, group in enumerate(conflict.rule_groups[:NAMED], 1):
            others = [g for g in self._all if g != group]
            if self._impossible(others, everything) is False:
                enough.append(k)
        if len(enough) == len(names) and names:
            return Text(
                "放宽其中任意一项即可（已逐项验证）。",
                "Relaxing any one of them is enough (each was tried).",
            )
        if enough:
            shown = "、".join(f"（{k}）" for k in enough)
            listed = ", ".join(f"({k})" for k in enough)
            return Text(
                f"放宽{shown}中任意一项即可（已逐项验证）；其余各项未证实。",
                f"Relaxing any one of {listed} is enough (each was tried); the others "
                "are not proven to be.",
            )
        return Text(
            "至少须放宽其中一项或减少这些课；只放宽一项是否足够，尚未证实。",
            "At least one must be relaxed or some of these lessons dropped; whether "
            "one is enough is not proven.",
        )


def _parts(view: HardView) -> Iterator[tuple[str, ...]]:
    """Lessons that compete: for the same places, for one teacher, of one class."""
    problem = view.problem
    found: dict[tuple[str, ...], None] = {}
    for lessons in (
        *problem.lessons_of_teacher.values(),
        *problem.lessons_of_class.values(),
    ):
        found.setdefault(_whole_groups(view, [x.lesson_id for x in lessons]))
    for ids in lesson_sets_by_place(view):
        found.setdefault(ids)
    yield from sorted(filter(None, found), key=len)


def _whole_groups(view: HardView, ids: Sequence[str]) -> tuple[str, ...]:
    """Lessons by whole groups of alike ones."""
    groups = dict.fromkeys(view.group_of[i].lessons for i in ids)
    return tuple(x.lesson_id for lessons in groups for x in lessons)


def _units(view: HardView, ids: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    """Lessons of one requirement that stand and fall together, by their order."""
    wanted = set(ids)
    return tuple(
        tuple(x.lesson_id for x in g.lessons)
        for g in view.compiled.groups
        if g.lessons[0].lesson_id in wanted
    )


def _flat(units: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(i for unit in units for i in unit)
