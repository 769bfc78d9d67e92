"""Sentences on rules that cannot hold together."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from scheduler.constraints import words
from scheduler.constraints.base import Constraint, Portion
from scheduler.model.problem import Problem
from scheduler.model.text import Text, joined, weekday
from scheduler.solver.explain.conflict.loosened import Part
from scheduler.solver.explain.sentences.explanation import Kind, Statement
from scheduler.solver.hard_view import HardView


@dataclass(frozen=True, slots=True)
class Conflict:
    """Portions of rules that these lessons cannot keep on these days.

    ``minimal`` if each portion, class and day is needed for that.
    """

    portions: tuple[Portion, ...]
    part: Part
    minimal: bool


def conflict_statement(
    view: HardView,
    conflict: Conflict,
    shortfall: tuple[int, int] | None,
    enough: Sequence[int] | None,
) -> Statement:
    """The conflict in words.

    Parameters:
        shortfall: What is asked for and the most there can be, where that is proven.
        enough: Items of which relaxing one was shown to be enough; None: not tried.
    """
    rules = {r.name: r for r in view.rules}
    items = by_rule(conflict.portions)
    names = [item_name(view.problem, rules, item) for item in items]
    what = _what(view.problem, conflict.part)
    need, supply, numbers = _numbers(shortfall)
    listed = Text(
        "；".join(f"（{k}）{n.zh}" for k, n in enumerate(names, 1)),
        "; ".join(f"({k}) {n.en}" for k, n in enumerate(names, 1)),
    )
    minimal = _MINIMAL if conflict.minimal else _STOPPED
    return Statement(
        Kind.RULES_TOGETHER,
        Text(
            f"{what.zh}：以下{len(names)}项不能同时满足{numbers.zh}：{listed.zh}。"
            f"{minimal.zh}",
            f"{what.en}: {_these(len(names))}{numbers.en}: {listed.en}. {minimal.en}",
        ),
        _advice(len(names), enough),
        tuple(dict.fromkeys(g.ids[-1] for g in conflict.portions if g.ids)),
        conflict.part.lessons,
        need,
        supply,
    )


_MINIMAL = Text(
    "其中每一项都不可少：去掉任何一项，这一冲突即消除。",
    "None of this can be spared: without any one of them the conflict is gone.",
)
_STOPPED = Text(
    "时间用尽，没有再缩小：其中可能有无关的项。",
    "Narrowing stopped at the time limit: some of this may not matter.",
)


def _these(count: int) -> str:
    return "this cannot be" if count == 1 else f"these {count} cannot all hold"


def _what(problem: Problem, part: Part) -> Text:
    """The lessons; on some days only their subjects, for not all must be there."""
    if part.days is None:
        return words.teaching(problem, part.lessons)
    days = joined(weekday(d) for d in sorted(part.days))
    what = words.subjects_of_classes(problem, part.lessons)
    return Text(f"{days.zh}，{what.zh}", f"{what.en} on {days.en}")


def _numbers(shortfall: tuple[int, int] | None) -> tuple[int, int, Text]:
    """Lessons that are asked for and the most that can be."""
    if shortfall is None:
        return 0, 0, Text("", "")
    need, supply = shortfall
    text = Text(
        f"（需要{need}次课，最多排{supply}次）", f" ({supply} of {need} lessons fit)"
    )
    return need, supply, text


def _advice(count: int, enough: Sequence[int] | None) -> Text:
    """What was tried on the whole problem: relaxing one item at a time."""
    if enough and len(enough) == count:
        return Text(
            "放宽其中任意一项即可（已逐项验证）。",
            "Relaxing any one of them is enough (each was tried).",
        )
    if enough:
        shown = "、".join(f"（{k + 1}）" for k in enough)
        listed = ", ".join(f"({k + 1})" for k in enough)
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


def by_rule(portions: Iterable[Portion]) -> tuple[tuple[Portion, ...], ...]:
    """Portions of one rule together; people hear of them as one item."""
    together = groupby(sorted(portions), key=lambda p: p.rule)
    return tuple(tuple(mine) for _, mine in together)


def item_name(
    problem: Problem, rules: Mapping[str, Constraint], item: Sequence[Portion]
) -> Text:
    """Portions of one rule in words; many of them by their number."""
    rule = rules[item[0].rule]
    if len(item) > 1:
        ids = tuple(i for portion in item for i in portion.ids)
        together = rule.portion_names(problem, ids)
        if together is not None:
            return together
    names = [rule.portion_name(problem, portion.ids) for portion in item]
    shown = joined(names[: words.SHOWN])
    if len(names) <= words.SHOWN:
        return shown
    more = len(names) - words.SHOWN
    return Text(f"{shown.zh}等{len(names)}项", f"{shown.en} and {more} more")
