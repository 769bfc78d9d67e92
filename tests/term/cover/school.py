"""A school of four teachers for absences: two of Chinese, one of PE, one of maths.

All on Tuesdays, 40 minutes from 08:00 on, every 50 minutes; period 4 begins at 10:30.

    class   1         2         3         4
    3(1)    CN T2     MA T4     PE T3     -
    3(2)    CN T1     PE T3     CN T1     MA T4
"""

from dataclasses import replace

from scheduler.model.resources import Subject, SubjectKind, Teacher
from scheduler.term.cover.board import Board
from scheduler.term.cover.leaves import Leave
from scheduler.term.cover.proposing import proposals
from scheduler.term.cover.settings import CoverSettings
from scheduler.term.versions import Versions
from tests.term.builders import dates, placement, problem, requirement, timetable

TUESDAY, THURSDAY, NEXT = dates("9-8", "9-10", "9-15")
ROWS = {
    "A1": ("C1", "CN", "T2", 1),
    "A2": ("C1", "MA", "T4", 2),
    "A3": ("C1", "PE", "T3", 3),
    "B1": ("C2", "CN", "T1", 1),
    "B2": ("C2", "PE", "T3", 2),
    "B3": ("C2", "CN", "T1", 3),
    "B4": ("C2", "MA", "T4", 4),
}


def school(**tables):
    """The timetable of the table above, on Tuesdays."""
    asked = [
        requirement(name, class_ids=(c,), subject_id=s, teacher_ids=(t,))
        for name, (c, s, t, _) in ROWS.items()
    ]
    base = problem(*asked)
    people = [("T1", "王芳", "CN"), ("T2", "李明", "CN"), ("T3", "赵强", "PE")]
    people.append(("T4", "孙丽", "MA"))
    given = replace(
        base,
        subjects=(*base.subjects, Subject("MA", "数学", SubjectKind.CORE)),
        teachers=tuple(Teacher(i, name, "S", (s,)) for i, name, s in people),
    )
    placed = {
        name: placement(2, period, teacher_ids=(t,))
        for name, (_, _, t, period) in ROWS.items()
    }
    return timetable(replace(given, **tables), **placed)


def board(*leaves, changes=(), settings=None, table=None, date=TUESDAY):
    """What is known of one date; T1 is away all day unless others are named."""
    away = leaves or (Leave("T1", date, date),)
    said = settings or CoverSettings(swap_reach=0)
    versions = Versions.of(table or school())
    return Board(versions, tuple(changes), away, said, date, date)


def best_alone(board):
    """The best of each need one after the other, each counting those before."""
    taken = []
    for need in board.needs:
        now = board.with_picks(tuple(c for x in taken for c in x.changes))
        again = next((x for x in now.needs if x.key == need.key), None)
        if again is not None:
            taken.append(proposals(now, again)[0])
    return tuple(taken)
