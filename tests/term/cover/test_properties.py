"""Whoever is away and whatever is picked: nobody is twice somewhere, no hour unsaid."""

import datetime as dt
from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.term.checking import refusals
from scheduler.term.cover.board import Board
from scheduler.term.cover.leaves import Leave
from scheduler.term.cover.proposing import by_hand, proposals, why_not
from scheduler.term.cover.settings import CoverSettings
from scheduler.term.cover.weighing import Kind
from scheduler.term.held import held_lessons
from scheduler.term.versions import Versions
from tests.term.builders import entries
from tests.term.cover.school import TUESDAY, best_alone, school
from tests.term.ledgers.hours import term_hours

TABLE = school()
VERSIONS = Versions.of(TABLE)
PEOPLE = st.sampled_from(["T1", "T2", "T3", "T4"])
TIMES = st.sampled_from([(0, 1440), (480, 520), (480, 580), (570, 720)])
WEEKS = st.integers(0, 2).map(lambda k: TUESDAY + dt.timedelta(weeks=k))


@st.composite
def boards(draw):
    """Some leaves on Tuesdays, none twice, and how far swaps may reach."""
    leaves = []
    for _ in range(draw(st.integers(1, 3))):
        date, (start, end) = draw(WEEKS), draw(TIMES)
        leave = Leave(draw(PEOPLE), date, date, start=start, end=end)
        if not any(leave.meets(x) for x in leaves):
            leaves.append(leave)
    said = CoverSettings(
        swap_reach=draw(st.sampled_from([0, 7])),
        most_a_day=draw(st.sampled_from([None, 1])),
        room_pupils=draw(st.sampled_from([60, 80])),
    )
    last = max(x.last for x in leaves)
    return Board(VERSIONS, (), tuple(leaves), said, TUESDAY, last)


@settings(max_examples=25, deadline=None)
@given(boards())
def test_every_proposal_can_be_made_and_who_is_not_proposed_cannot_come(board):
    for need in board.needs[:3]:
        found = proposals(board, need)
        for proposal in found:
            assert why_not(board, proposal) == ()
        come = {x.teacher_id for x in found if x.kind is Kind.SUBSTITUTE}
        for name in ("T1", "T2", "T3", "T4"):
            if name not in (*come, need.teacher_id):
                pick = by_hand(board, need, Kind.SUBSTITUTE, name)
                assert why_not(board, pick) != ()


@settings(max_examples=25, deadline=None)
@given(boards())
def test_picks_one_after_the_other_leave_no_need_no_clash_and_no_hour_unsaid(board):
    taken = best_alone(board)
    changes = tuple(c for x in taken for c in x.changes)
    assert board.with_picks(changes).needs == ()
    assert refusals(VERSIONS, (), changes) == ()
    lessons = held_lessons(VERSIONS, changes)
    alone = (x for x in lessons if not x.joins)
    there = Counter(
        (x.date, x.start, name) for x in alone for name in x.meeting.teacher_ids
    )
    assert all(count == 1 for count in there.values())
    for row in term_hours(entries(TABLE, *changes)):
        given_, made = row.delivered.lessons, row.made_up.lessons
        assert given_ + row.lost.lessons == row.published.lessons + made
