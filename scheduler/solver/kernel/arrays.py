"""What the compiled code reads and changes, as flat arrays; lowering/layout.py says how
costs and rows are laid out in them."""

import numpy as np
from numba.experimental import structref
from numpy.typing import NDArray

from scheduler.solver.kernel.records import Record, RecordType
from scheduler.solver.lowering.layout import Ints, Longs, Rows

CROWD = 8
"""Lessons known by name in a capacity for several."""
NOW, BEST = 0, 1
TRIED, ACCEPTED, GIVEN_UP, LONGEST, NODES = range(5)


@structref.register
class ArraysType(RecordType):
    """Arrays to Numba."""


class Arrays(Record, kind=ArraysType):
    """A compiled problem; nothing in it changes during a search.

    ``x_first`` gives for each row of a table where its entries begin in ``x_...``; it
    has one entry more than rows. Options are numbered group by group, in each group
    by slot. A slot is a (weekday, row of the bell) whatever the bell.
    """

    lesson_group: Ints
    lesson_length: Ints
    option_first: Ints
    """By group."""
    option: Rows
    key_choice: Ints
    """By an option's key: a number for its week and teachers."""
    effects: Ints
    """By option: the numbers of the four kinds of effects, then the effects: (counter,
    value) of capacities, (counter, value) of other counts, rows of day patterns,
    (kind, counter or event, value) of sets and pairs."""
    slot_first: Ints
    """[group, slot]: the first option at or after a slot; ends with the group's end."""
    slot_list_first: Ints
    """By group: its distinct slots."""
    slot_list: Ints
    crowds: int
    """Number of capacities for several lessons."""
    counter: Rows
    """Of an empty timetable."""
    table: Longs
    """Costs by count."""
    row: Rows
    """Of an empty timetable."""
    pattern_at: Ints
    pattern_table: Longs
    """Costs by mask."""
    feed_first: Ints
    """By pattern: counters that its day's value adds to."""
    feed_counter: Ints
    feed_at: Ints
    feed_table: Ints
    member_set: Ints
    """By counter of a range or choice: its set."""
    set_first: Ints
    set_member: Ints
    set_kind: Ints
    set_allowance: Ints
    set_weight: Longs
    event_first: Ints
    """By event: events it costs something to be together with."""
    event_other: Ints
    event_cost: Longs
    tie_first: Ints
    """By lesson: lessons that a hard rule makes begin when it begins."""
    tie_lesson: Ints
    mate_first: Ints
    """By lesson: lessons that a hard rule makes choose the week or teachers it does."""
    mate_lesson: Ints


@structref.register
class StateType(RecordType):
    """State to Numba."""


class State(Record, kind=StateType):
    """A timetable in the arrays' terms, and what the moves need to remember."""

    option: Ints
    """By lesson: its option, -1 where it has none."""
    counter: Rows
    row: Rows
    crowds: Ints
    """[capacity for several, CROWD]: the lessons in it, -1 where there is none."""
    masks: Ints
    set_amounts: Longs
    event_counts: Ints
    cost: Longs
    """[NOW or BEST]."""
    best: Ints
    """Options of the best timetable."""
    stack: Ints
    """Lessons moved by the move under way, and [1] where they came from."""
    moved: Longs
    """By lesson: the number of the last move that moved it."""
    random: NDArray[np.uint64]
    tally: Longs
    """[TRIED, ACCEPTED, GIVEN_UP, LONGEST or NODES]: moves; moves of which a chain
    was given up; the longest chain; places found by ejection chains."""


def fresh_state(arrays: Arrays, seed: int) -> State:
    """Nothing placed."""
    lessons = len(arrays.lesson_group)

    def ints(*shape: int) -> Ints:
        return np.zeros(shape, np.int32)

    words = np.random.SeedSequence(seed).generate_state(2, np.uint64)
    return State(
        option=np.full(lessons, -1, np.int32),
        counter=arrays.counter.copy(),
        row=arrays.row.copy(),
        crowds=np.full((arrays.crowds, CROWD), -1, np.int32),
        masks=ints(len(arrays.pattern_at)),
        set_amounts=np.zeros(len(arrays.set_kind), np.int64),
        event_counts=ints(len(arrays.event_first) - 1),
        cost=np.zeros(2, np.int64),
        best=np.full(lessons, -1, np.int32),
        stack=ints(2, lessons + 1),
        moved=np.zeros(lessons, np.int64),
        random=words | np.uint64(1),
        tally=np.zeros(5, np.int64),
    )
