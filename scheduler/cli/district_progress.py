"""All schools of a district in one table while they are solved."""

import sys
from collections.abc import Iterator, Mapping
from time import monotonic
from types import TracebackType
from typing import Any

from rich.console import Console
from rich.live import Live
from rich.table import Table

from scheduler.constraints.words import plural
from scheduler.district.parts import parts_of
from scheduler.district.sharing.shares import Shares
from scheduler.model.district import District
from scheduler.model.text import Text
from scheduler.services.district.rounds import Round
from scheduler.services.district.solving import Solved

_WAITING = Text("等待", "waiting")
_WORKING = Text("求解", "solving")
_DONE = Text("完成", "done")
_INCOMPLETE = Text("未排完", "incomplete")
_FAILED = Text("无法单独排出", "cannot be solved alone")
_EVERY = 5.0
"""Seconds between lines where there is no terminal."""


class Board:
    """A line for each school: what it does, cost, conflicts, lessons left over."""

    def __init__(self, district: District, lang: str) -> None:
        self._lang = lang
        self._names = {p.key: p.name for p in parts_of(district)}
        self._state = dict.fromkeys(self._names, _WAITING)
        self._facts: dict[str, Mapping[str, Any]] = {}
        self._solved: dict[str, Solved] = {}
        self._said = 0.0
        console = Console(file=sys.stderr)
        self._live = Live(console=console, refresh_per_second=4, transient=True)
        self._shown = console.is_terminal

    def __enter__(self) -> "Board":
        if self._shown:
            self._live.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._shown:
            self._live.stop()

    def tell(self, name: str, facts: Mapping[str, Any]) -> None:
        """How far a school is."""
        self._facts[name] = facts
        if name not in self._solved:
            self._state[name] = _WORKING
        self._show()

    def note(self, what: str, given: Any) -> None:
        """What has been settled."""
        match given:
            case Solved():
                self._take(given)
            case Round():
                self._say(_round_text(given, self._names))
            case Shares() if not given.proven:
                self._say(
                    Text("分配在时限内尚未证明最公平", "shares not proven fairest")
                )
        self._show()

    def lines(self) -> Iterator[str]:
        """What became of the schools that are not whole, and how many are."""
        whole = [x for x in self._solved.values() if x.is_sound]
        count, of = len(whole), len(self._names)
        yield Text(
            f"{of}所学校中{count}所排完且没有冲突。",
            f"{count} of {of} schools are complete and without conflicts.",
        ).in_language(self._lang)
        for key, solved in self._solved.items():
            if not solved.is_sound:
                yield _lacking_text(self._names[key], solved).in_language(self._lang)
                for reason in solved.facts.get("reasons", ()):
                    yield f"  ✗ {reason[self._lang]}"

    def _take(self, solved: Solved) -> None:
        key = solved.part.key
        self._solved[key] = solved
        self._state[key] = _DONE if solved.is_sound else _INCOMPLETE
        if solved.timetable is None:
            self._state[key] = _FAILED if solved.fault else _WAITING

    def _say(self, text: Text) -> None:
        sys.stderr.write(f"{text.in_language(self._lang)}\n")

    def _show(self) -> None:
        if self._shown:
            self._live.update(self._table())
            return
        if monotonic() - self._said > _EVERY:
            self._said = monotonic()
            done, of = len(self._solved), len(self._names)
            self._say(Text(f"已完成{done}/{of}所学校", f"{done} of {of} schools done"))

    def _table(self) -> Table:
        titles = (
            Text("学校", "school"),
            Text("状态", "state"),
            Text("待改进分", "cost"),
            Text("冲突", "conflicts"),
            Text("未排", "not placed"),
        )
        table = Table(*(t.in_language(self._lang) for t in titles))
        for key, name in self._names.items():
            solved, facts = self._solved.get(key), self._facts.get(key, {})
            soft, hard, lost = facts.get("soft"), facts.get("hard"), None
            if solved is not None:
                lost, hard, soft = solved.cost
            cells = ("" if x is None else str(x) for x in (soft, hard, lost))
            table.add_row(name, self._state[key].in_language(self._lang), *cells)
        return table


def _round_text(given: Round, called: Mapping[str, str]) -> Text:
    names = "、".join(called[key] for key in given.lacking)
    helped = Text("有改进", "better") if given.better else Text("没有改进", "no better")
    return Text(
        f"第{given.number}轮：{names}请求另分，{helped.zh}（全区理论最低{given.bound}）。",
        f"round {given.number}: {names} asked for other shares, {helped.en} "
        f"(bound of the district {given.bound}).",
    )


def _lacking_text(name: str, solved: Solved) -> Text:
    if solved.timetable is None and not solved.fault:
        return Text(
            f"{name}：时间不够，还没有排。请用更长的 --time 或更多 --workers。",
            f"{name}: no time was left for it. Try more --time or --workers.",
        )
    if solved.timetable is None:
        return Text(
            f"{name}无法单独排出：{solved.fault}",
            f"{name} cannot be solved alone: {solved.fault}",
        )
    unplaced, hard, _ = solved.cost
    return Text(
        f"{name}：{unplaced}节课未排，硬性扣分{hard}。",
        f"{name}: {plural(unplaced, 'lesson')} not placed, hard cost {hard}.",
    )
