"""A repair in sentences: what forced it, and what it changes."""

from scheduler.constraints import describe
from scheduler.constraints.evaluate import Report
from scheduler.model.meeting import Placement
from scheduler.model.problem import Problem
from scheduler.model.requirements import HOME
from scheduler.model.resources import Level
from scheduler.model.text import Text, joined, said_of
from scheduler.model.times import Week
from scheduler.solver.repair.changes import Change, ChangeKind, time_of


def forced_by(before: Report) -> tuple[Text, ...]:
    """Every hard violation of the running timetable under the changed data."""
    return tuple(
        result.explain(violation)
        for result in before.results
        if result.level is Level.HARD
        for violation in result.violations
    )


def change_text(problem: Problem, change: Change) -> Text:
    """A change as "三(1)班数学：周二第3节 → 周四第2节；教师 王芳 → 李强"."""
    name = describe.same(change.lesson_id)
    if change.lesson_id in problem.lesson:
        name = describe.lesson(problem, change.lesson_id)
    before, after = change.before, change.after
    if before is None and after is not None:
        return _line(name, Text("新增", "new"), _whole(problem, after))
    if after is None and before is not None:
        gone = Text("取消", "dropped")
        if change.kind is ChangeKind.CHANGED:
            gone = Text("未排", "without a place")
        return _line(name, gone, _whole(problem, before))
    assert before is not None
    assert after is not None
    parts = []
    if time_of(before) != time_of(after):
        parts.append(_arrow(Text("", ""), _time(before), _time(after)))
    else:
        parts.append(_time(before))
    if set(before.teacher_ids) != set(after.teacher_ids):
        old, new = staff_text(problem, before), staff_text(problem, after)
        parts.append(_arrow(Text("教师 ", "teacher "), old, new))
    if before.layout_id != after.layout_id:
        old, new = place_text(problem, before), place_text(problem, after)
        parts.append(_arrow(Text("场地 ", "place "), old, new))
    return _line(name, *parts)


def _line(name: Text, *parts: Text) -> Text:
    return said_of(name, joined(parts, "；", "; "))


def _arrow(what: Text, old: Text, new: Text) -> Text:
    return Text(f"{what.zh}{old.zh} → {new.zh}", f"{what.en}{old.en} → {new.en}")


def _whole(problem: Problem, placement: Placement) -> Text:
    parts = (
        _time(placement),
        staff_text(problem, placement),
        place_text(problem, placement),
    )
    return joined(parts, "，", ", ")


def _time(placement: Placement) -> Text:
    return time_text(placement.day, placement.period, placement.week)


def time_text(day: int, period: int, weeks: Week) -> Text:
    """A slot in its weeks, as "周二第3节（单周）"."""
    slot = describe.slot(day, period)
    week = describe.week_of(_LAYERS[weeks])
    return Text(f"{slot.zh}{week.zh}", f"{slot.en}{week.en}")


_LAYERS = {Week.EVERY: None, Week.ODD: 0, Week.EVEN: 1}


def staff_text(problem: Problem, placement: Placement) -> Text:
    """Names; ids of people the problem does not know any more."""
    names = (
        describe.teacher(problem, t) if t in problem.teacher else t
        for t in placement.teacher_ids
    )
    return describe.same("、".join(names) or "–")


def place_text(problem: Problem, placement: Placement) -> Text:
    """Name of the place; its id where the problem does not know it any more."""
    if placement.layout_id in (HOME, *problem.layout):
        return describe.layout(problem, placement.layout_id)
    return describe.same(placement.layout_id)
