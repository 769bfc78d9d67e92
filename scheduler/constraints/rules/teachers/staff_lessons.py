"""The right teachers are present."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import ClassVar

from scheduler.constraints import describe
from scheduler.constraints.base import Constraint, Violation
from scheduler.constraints.primitives import OptionCost, Primitive, SameChoice
from scheduler.model.meeting import Meeting
from scheduler.model.problem import Problem
from scheduler.model.requirements import Requirement
from scheduler.model.text import Text
from scheduler.model.timetable import Timetable


class StaffLessons(Constraint):
    """All teachers of the requirement are present, and one of its pool.

    The same teacher of the pool takes all lessons of the requirement. Amount:
    teachers missing or too many, and lessons given by another teacher of the pool
    than the commonest. Level: hard. Source: data-format.md, "People".
    """

    title: ClassVar[Text] = Text("任课教师正确", "Staff lessons")
    fault: ClassVar[Text] = Text("任课教师不对", "Wrong teachers")
    structural: ClassVar[bool] = True

    def violations(self, timetable: Timetable) -> Iterator[Violation]:
        """Wrong people lesson by lesson, then mixed pools by requirement."""
        for meeting in timetable.meetings:
            if wrong := _wrong(meeting):
                yield Violation(
                    wrong, (meeting.lesson.lesson_id,), meeting.teacher_ids, meeting.day
                )
        for requirement in _pooled(timetable.problem):
            ids = [x.lesson_id for x in requirement.lessons]
            placed = [timetable.meeting[i] for i in ids if i in timetable.meeting]
            chosen = Counter(_choice(m) for m in placed)
            if len(chosen) > 1:
                differing = chosen.total() - max(chosen.values())
                names = tuple(t for choice in chosen for t in choice)
                yield Violation(differing, tuple(ids), names)

    def primitives(self, problem: Problem) -> Iterator[Primitive]:
        """One option cost, and one choice for each requirement with a pool."""
        yield OptionCost(problem.lessons, _wrong, by_time=False)
        for requirement in _pooled(problem):
            if len(requirement.lessons) > 1:
                yield SameChoice(requirement.lessons, _choice)

    def explain(self, problem: Problem, violation: Violation) -> Text:
        """Name the lesson, who is there and who should be."""
        given = _names(problem, violation.resource_ids)
        lesson = describe.lesson(problem, violation.lesson_ids[0])
        requirement = problem.lesson[violation.lesson_ids[0]].requirement
        if violation.day is None:
            return Text(
                f"{lesson.zh}的各节应由同一位教师承担，现有{given}。",
                f"All lessons of {lesson.en} need one and the same teacher, not "
                f"{given}.",
            )
        due = _due(problem, requirement)
        return Text(
            f"{lesson.zh}由{given or '无人'}任课，应为{due.zh}。",
            f"{lesson.en} is given by {given or 'nobody'}, due: {due.en}.",
        )


def _due(problem: Problem, requirement: Requirement) -> Text:
    """Everybody who must be present, and whom the pool leaves to choose from."""
    named = _names(problem, requirement.teacher_ids)
    pool = _names(problem, requirement.teacher_pool)
    if not pool:
        return describe.same(named)
    if not named:
        return Text(f"{pool}中的一人", f"one of {pool}")
    return Text(f"{named}，另从{pool}中选一人", f"{named}, and one of {pool}")


def _names(problem: Problem, teacher_ids: Iterable[str]) -> str:
    names = (describe.teacher(problem, t) for t in dict.fromkeys(teacher_ids))
    return "、".join(names)


def _choice(meeting: Meeting) -> tuple[str, ...]:
    """Teachers present who are not named by the requirement: the pool's choice."""
    due = meeting.lesson.requirement.teacher_ids
    return tuple(sorted(t for t in meeting.teacher_ids if t not in due))


def _wrong(meeting: Meeting) -> int:
    requirement = meeting.lesson.requirement
    if meeting.teacher_ids == requirement.teacher_ids and not requirement.teacher_pool:
        return 0
    missing = sum(t not in meeting.teacher_ids for t in requirement.teacher_ids)
    chosen = _choice(meeting)
    pool = [t for t in requirement.teacher_pool if t not in requirement.teacher_ids]
    strangers = sum(t not in pool for t in chosen)
    from_pool = len(chosen) - strangers
    needed = 1 if pool else 0
    return missing + strangers + abs(from_pool - needed)


def _pooled(problem: Problem) -> Iterator[Requirement]:
    return (r for r in problem.requirements if r.teacher_pool)
