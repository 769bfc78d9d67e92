"""A draft of a small school in a store, for its pages of data."""

import pytest

from scheduler.services.offices import Store
from tests.small_school import at, need, small_problem, timetable


def begun():
    """Chinese of A and B, and PE of A, placed; teachers T1 王芳, T2 李强, T3 张敏."""
    problem = small_problem(
        need("A-CN", "A", "CN", "2", teacher_ids=("T1",)),
        need("B-CN", "B", "CN", "2", teacher_ids=("T1",)),
        need("A-PE", "A", "PE", teacher_ids=("T2",)),
    )
    return timetable(
        problem,
        **{"A-CN_1": at(1, 1, teachers=("T1",)), "A-CN_2": at(5, 1, teachers=("T1",))},
        **{"B-CN_1": at(1, 2, teachers=("T1",))},
        **{"A-PE_1": at(1, 3, "L1", teachers=("T2",))},
    )


@pytest.fixture
def drafts():
    """The drafts of an office with one, number 1."""
    store = Store.open("sqlite://")
    table = begun()
    office = store.office_for(table.problem)
    office.drafts.new("微调", "office", table)
    yield office.drafts
    store.close()


@pytest.fixture
def look(drafts):
    """`look(see, …)` asks a view about the draft's desk."""
    return lambda see, *more: drafts.look(1, lambda desk: see(desk, *more))
