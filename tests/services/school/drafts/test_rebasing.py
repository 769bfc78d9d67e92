"""A draft over an earlier version moved onto the newest one."""

from dataclasses import replace

import pytest

from scheduler.services.school.drafts.tables import Edit
from scheduler.services.school.publishing import Superseded
from tests.small_school import TEACHERS, at, need, small_problem, timetable

KEPT, MOVED, LOST, LOCKED, FREE = (f"R{k}#1" for k in range(5))


@pytest.fixture
def start():
    problem = small_problem(
        *(need(f"R{k}", "A", "CN", teacher_ids=("T1",)) for k in range(5))
    )
    slots = [(1, 1), (1, 2), (1, 3), (1, 4), (5, 1)]
    places = {f"R{k}_1": at(*slot, teachers=("T1",)) for k, slot in enumerate(slots)}
    return timetable(problem, **places)


@pytest.fixture
def number(office, start):
    """A draft over the first version, with steps of every kind."""
    office.publish(start.problem, start, "first", "{}")
    number = office.drafts.new("期中后", "王", start, 1).draft_id
    moves = {KEPT: at(5, 2, teachers=("T1",)), MOVED: at(5, 3, teachers=("T1",))}
    do(office, number, lambda desk, asked: desk.move(asked, {**moves, LOST: None}))
    do(office, number, lambda desk, asked: desk.lock(asked, [LOCKED, MOVED]))
    return number


def do(office, number, act):
    office.drafts.do(number, "王", act)


def edit(table, row, **cells):
    """A row with some cells typed anew."""

    def act(desk, asked):
        before = desk.tables.shown()[table].get(row, {})
        return desk.edit(asked, [Edit(table, row, {**before, **cells})])

    return act


def publish_second(office, start, teachers=TEACHERS):
    """Over the first version somebody has moved MOVED and taken LOST out."""
    rows = [x for x in start.problem.requirements if f"{x.requirement_id}#1" != LOST]
    problem = replace(start.problem, requirements=tuple(rows), teachers=teachers)
    places = {k: x for k, x in start.placements.items() if k != LOST}
    places[MOVED] = at(1, 3, teachers=("T1",))
    office.publish(problem, timetable(problem, **places), "second", "{}")


def look(office, number, see):
    return office.drafts.look(number, see)


def test_changes_are_laid_over_the_newest_version_and_collisions_told(
    office, start, number
):
    publish_second(office, start)
    with pytest.raises(Superseded):
        office.publish_draft(number, "王", "", "{}")
    made = office.rebase_draft(number, "李")
    now = look(office, made.draft.draft_id, lambda desk: desk.timetable.placements)
    assert now[KEPT] == at(5, 2, teachers=("T1",))
    # Both have moved this one: it stays as it was published.
    assert now[MOVED] == at(1, 3, teachers=("T1",))
    assert [x.zh for x in made.dropped] == [
        "三(1)班语文：周一第2节 → 周五第3节；新版本也移动了这节课，以新版本为准"
    ]
    assert made.kept == 1
    # Locked is what stands where it was locked.
    assert look(office, made.draft.draft_id, lambda desk: desk.locked) == (LOCKED,)
    assert look(office, number, lambda desk: desk.history.last) == 2
    assert office.publish_draft(made.draft.draft_id, "李", "", "{}").version == 3


def test_rows_are_merged_cell_by_cell_and_what_is_held_back_stays_so(
    office, start, number
):
    do(office, number, edit("teachers", 1, name="王芳芳"))
    do(office, number, edit("teachers", 2, name="李强强"))
    do(office, number, edit("classes", 1, size="很多"))
    other = (
        replace(TEACHERS[0], max_per_day=5),
        replace(TEACHERS[1], name="李小强"),
        TEACHERS[2],
    )
    publish_second(office, start, other)
    made = office.rebase_draft(number, "李")
    people = look(office, made.draft.draft_id, lambda desk: desk.problem.teachers)
    assert [(x.name, x.max_per_day) for x in people[:2]] == [
        ("王芳芳", 5),
        ("李小强", None),
    ]
    told = (
        "【教师】的“李强强”：教师姓名 李强 → 李强强；新版本也改了这一行，以新版本为准"
    )
    assert told in [x.zh for x in made.dropped]
    held = look(office, made.draft.draft_id, lambda desk: desk.tables.pending())
    assert [(table, dict(row)["size"]) for (table, _), row in held.items()] == [
        ("classes", "很多")
    ]


def test_a_draft_over_the_newest_version_is_left_alone(office, number):
    assert office.rebase_draft(number, "李") is None
    assert len(office.drafts.all()) == 1
