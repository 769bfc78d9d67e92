"""Exact consequences of moving one lesson, and exchanges that make room (compiled).

Every exchange begins with a lesson that is in the way of the first one: other
lessons need not move for it. Nothing is left changed in the end but the order of
the names in capacities for several.
"""

import numpy as np
from numba.experimental import structref

from scheduler.solver.kernel.arrays import Arrays, State
from scheduler.solver.kernel.compiled import compiled
from scheduler.solver.kernel.records import Record, RecordType
from scheduler.solver.kernel.tally import put, take
from scheduler.solver.kernel.worsening import NOWHERE, blocked, in_the_way, worse
from scheduler.solver.lowering.layout import Longs, Rows

TIME = np.dtype([(name, np.int32) for name in ("day", "start", "end", "weeks")])
"""An option's time: minutes of the lesson; weeks as bits."""
EXCHANGE = np.dtype(
    [
        (name, np.int64)
        for name in ("change", "option", "second", "its", "third", "last")
    ]
)
"""Change of cost, the first lesson's new option, the second lesson and its new option,
the third (NOWHERE in a swap) and its new option."""
MOVED = np.dtype([("lesson", np.int32), ("left", np.int32)])
"""A lesson of the exchange under way, and the option it has left."""
UNUSED = np.iinfo(np.int64).max
_WAY = 32
"""Most lessons that are looked at as being in the way of one slot."""


@structref.register
class DeskType(RecordType):
    """Desk to Numba."""


class Desk(Record, kind=DeskType):
    """What an enquiry about one lesson works with."""

    s: State
    base: State
    """The same timetable, left as it is."""
    times: Rows
    """By option."""
    moved: Rows
    """By rank: the lessons of the exchange under way."""
    swaps: Rows
    cycles: Rows
    """By rank: the best so far, in order; the rest have the change UNUSED."""


def unused(count: int) -> Rows:
    """Room for so many exchanges."""
    found = np.zeros(count, EXCHANGE)
    found["change"] = UNUSED
    return found


@compiled
def survey(
    a: Arrays, s: State, base: State, lesson: int, change: Longs, breaks: np.ndarray
) -> None:
    """For every option of a lesson: the change of cost, and whether it breaks a hard
    rule anew, in the order of the options."""
    home = s.option[lesson]
    g = a.lesson_group[lesson]
    gone = take(a, s, lesson) if home >= 0 else 0
    for k in range(len(change)):
        option = a.option_first[g] + k
        change[k] = gone + put(a, s, lesson, option)
        breaks[k] = worse(a, s, base, option) or worse(a, s, base, home)
        take(a, s, lesson)
    if home >= 0:
        put(a, s, lesson, home)


@compiled
def exchanges(a: Arrays, desk: Desk, lesson: int) -> None:
    """Note the best swaps and cycles that begin with a placed lesson."""
    s = desk.s
    home = s.option[lesson]
    g = a.lesson_group[lesson]
    gone = _leave(a, desk, 0, lesson)
    way = np.empty(_WAY, np.int32)
    for k in range(a.slot_list_first[g], a.slot_list_first[g + 1]):
        first, end = _slot(a, g, k)
        for j in range(in_the_way(a, s, first, end, lesson, way)):
            other = way[j]
            if a.lesson_group[other] == g:
                continue
            change = gone + _leave(a, desk, 1, other)
            option = _open(a, s, lesson, first, end, home)
            if option >= 0:
                change += put(a, s, lesson, option)
                _second_goes(a, desk, change)
                take(a, s, lesson)
            else:
                _two_go(a, desk, change, first, end)
            _return(a, desk, 1)
    _return(a, desk, 0)


@compiled
def _leave(a: Arrays, desk: Desk, rank: int, lesson: int) -> int:
    """Take a lesson away as one of the exchange; the change of cost."""
    desk.moved[rank].lesson, desk.moved[rank].left = lesson, desk.s.option[lesson]
    return take(a, desk.s, lesson)


@compiled
def _return(a: Arrays, desk: Desk, rank: int) -> None:
    """Put an unplaced lesson of the exchange back."""
    put(a, desk.s, desk.moved[rank].lesson, desk.moved[rank].left)


@compiled
def _slot(a: Arrays, g: int, k: int) -> tuple[int, int]:
    """The first option of a group's slot, and the one after its last."""
    slot = a.slot_list[k]
    return a.slot_first[g, slot], a.slot_first[g, slot + 1]


@compiled
def _alike(a: Arrays, lesson: int, other: int) -> bool:
    """Lessons that may change places without anybody noticing."""
    return bool(a.lesson_group[lesson] == a.lesson_group[other])


@compiled
def _open(a: Arrays, s: State, lesson: int, first: int, end: int, apart: int) -> int:
    """The cheapest of some options with room for an unplaced lesson, or NOWHERE.

    Parameters:
        apart: An option not to be taken.
    """
    best, least = NOWHERE, UNUSED
    for option in range(first, end):
        if option != apart and blocked(a, s, option) < 0:
            change = put(a, s, lesson, option)
            take(a, s, lesson)
            if change < least:
                best, least = option, change
    return best


@compiled
def _open_near(a: Arrays, desk: Desk, rank: int, beside: int) -> int:
    """The cheapest option of a lesson of the exchange that has room and is in the time
    that the first has left, or in that of the option ``beside``; or NOWHERE."""
    s, home = desk.s, desk.moved[0].left
    lesson, apart = desk.moved[rank].lesson, desk.moved[rank].left
    g = a.lesson_group[lesson]
    best, least = NOWHERE, UNUSED
    for option in range(a.option_first[g], a.option_first[g + 1]):
        near = _meet(desk, option, home) or _meet(desk, option, beside)
        if near and option != apart and blocked(a, s, option) < 0:
            change = put(a, s, lesson, option)
            take(a, s, lesson)
            if change < least:
                best, least = option, change
    return best


@compiled
def _meet(desk: Desk, option: int, other: int) -> bool:
    """Whether two options share a moment."""
    t = desk.times
    return bool(
        t[option].day == t[other].day
        and t[option].start < t[other].end
        and t[other].start < t[option].end
        and (t[option].weeks & t[other].weeks) != 0
    )


@compiled
def _second_goes(a: Arrays, desk: Desk, change: int) -> None:
    """The second goes to the first's time, or anywhere while a third makes room."""
    s = desk.s
    lesson, other = desk.moved[0].lesson, desk.moved[1].lesson
    left = desk.moved[1].left
    option = _open_near(a, desk, 1, desk.moved[0].left)
    if option >= 0:
        swapped = change + put(a, s, other, option)
        _offer(a, desk, desk.swaps, swapped, 2)
        take(a, s, other)
    g = a.lesson_group[other]
    way = np.empty(_WAY, np.int32)
    for k in range(a.slot_list_first[g], a.slot_list_first[g + 1]):
        first, end = _slot(a, g, k)
        for j in range(in_the_way(a, s, first, end, lesson, way)):
            if _alike(a, way[j], lesson) or _alike(a, way[j], other):
                continue
            more = change + _leave(a, desk, 2, way[j])
            option = _open(a, s, other, first, end, left)
            if option >= 0:
                more += put(a, s, other, option)
                _third_goes(a, desk, more, left)
                take(a, s, other)
            _return(a, desk, 2)


@compiled
def _two_go(a: Arrays, desk: Desk, change: int, first: int, end: int) -> None:
    """Two lessons in the way of one slot both go to the first's time."""
    s = desk.s
    lesson, home = desk.moved[0].lesson, desk.moved[0].left
    other, left = desk.moved[1].lesson, desk.moved[1].left
    g = a.lesson_group[other]
    way = np.empty(_WAY, np.int32)
    for j in range(in_the_way(a, s, first, end, lesson, way)):
        if _alike(a, way[j], lesson):
            continue
        more = change + _leave(a, desk, 2, way[j])
        option = _open(a, s, lesson, first, end, home)
        if option >= 0:
            more += put(a, s, lesson, option)
            for its in range(a.option_first[g], a.option_first[g + 1]):
                if its != left and _meet(desk, its, home) and blocked(a, s, its) < 0:
                    both = more + put(a, s, other, its)
                    _third_goes(a, desk, both, home)
                    take(a, s, other)
            take(a, s, lesson)
        _return(a, desk, 2)


@compiled
def _third_goes(a: Arrays, desk: Desk, change: int, beside: int) -> None:
    """The third goes to the time of the first, or of the option ``beside``."""
    option = _open_near(a, desk, 2, beside)
    if option >= 0:
        third = desk.moved[2].lesson
        change += put(a, desk.s, third, option)
        _offer(a, desk, desk.cycles, change, 3)
        take(a, desk.s, third)


@compiled
def _offer(a: Arrays, desk: Desk, best: Rows, change: int, lessons: int) -> None:
    """Note the exchange that has been made if it is good and breaks nothing anew."""
    if change >= best[-1].change:
        return
    option = desk.s.option
    for rank in range(lessons):
        lesson, left = desk.moved[rank].lesson, desk.moved[rank].left
        if worse(a, desk.s, desk.base, option[lesson]):
            return
        if worse(a, desk.s, desk.base, left):
            return
    first, other = desk.moved[0].lesson, desk.moved[1].lesson
    third, last = NOWHERE, NOWHERE
    if lessons > 2:
        third = desk.moved[2].lesson
        last = option[third]
    _note(best, change, option[first], other, option[other], third, last)


@compiled
def _note(
    best: Rows, change: int, option: int, other: int, its: int, third: int, last: int
) -> None:
    """Note an exchange in its order; of the same lessons only the best is kept."""
    k = len(best) - 1
    for j in range(len(best)):
        turned = best[j].second == third and best[j].third == other
        if turned and best[j].its == last and best[j].last == its:
            return
        if best[j].second == other and best[j].third == third:
            if best[j].change <= change:
                return
            k = j
            break
    while k > 0 and best[k - 1].change > change:
        best[k] = best[k - 1]
        k -= 1
    best[k].change, best[k].option = change, option
    best[k].second, best[k].its = other, its
    best[k].third, best[k].last = third, last
