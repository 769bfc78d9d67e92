"""The difference of two timetables: lesson by lesson, and by whom it concerns."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from scheduler.model.meeting import Placement
from scheduler.model.problem import Problem
from scheduler.model.text import Text
from scheduler.model.timetable import Timetable
from scheduler.services.views.concerned import SubjectOf
from scheduler.solver.repair.changes import Change, ChangeKind
from scheduler.solver.repair.words import change_text

TITLES = {
    SubjectOf.CLASS: Text("按班级", "by class"),
    SubjectOf.TEACHER: Text("按教师", "by teacher"),
    SubjectOf.VENUE: Text("按场地", "by place"),
}


@dataclass(frozen=True, slots=True)
class Affected:
    """A class, teacher or venue whose week is otherwise, and how."""

    kind: SubjectOf
    resource_id: str
    name: str
    texts: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """What is otherwise in the second of two timetables."""

    lessons: int
    affected: tuple[Affected, ...]

    def of(self, kind: SubjectOf) -> tuple[Affected, ...]:
        """Those of one kind, who changes most first."""
        found = (x for x in self.affected if x.kind is kind)
        return tuple(sorted(found, key=lambda x: (-len(x.texts), x.name)))

    @property
    def keys(self) -> frozenset[tuple[SubjectOf, str]]:
        """Kinds and ids of all that is affected."""
        return frozenset((x.kind, x.resource_id) for x in self.affected)


def difference(before: Timetable, after: Timetable) -> Difference:
    """Lessons at another time or place, by others, gone or new."""
    told: dict[tuple[SubjectOf, str], list[Text]] = {}
    names: dict[tuple[SubjectOf, str], str] = {}
    lessons = 0
    for change in _changes(before, after):
        lessons += 1
        problem = _problem_of(change, before.problem, after.problem)
        text = change_text(problem, change)
        sides = (before.problem, change.before), (after.problem, change.after)
        concerned = {}
        for side, placement in sides:
            concerned |= dict(_concerned(side, change.lesson_id, placement))
        for key, name in concerned.items():
            told.setdefault(key, []).append(text)
            names[key] = name
    rows = (Affected(*key, names[key], tuple(texts)) for key, texts in told.items())
    return Difference(lessons, tuple(rows))


def _changes(before: Timetable, after: Timetable) -> Iterator[Change]:
    """An id that stands for another class or subject now is another lesson."""
    old, new = before.placements, after.placements
    for lesson_id in dict.fromkeys((*old, *new)):
        was, now = old.get(lesson_id), new.get(lesson_id)
        known = [_meaning(t.problem, lesson_id) for t in (before, after)]
        if was is not None and now is not None and known[0] != known[1]:
            yield Change(ChangeKind.REMOVED, lesson_id, was, None)
            yield Change(ChangeKind.ADDED, lesson_id, None, now)
        elif was != now:
            kind = ChangeKind.CHANGED
            if known[0] is None or known[1] is None:
                kind = ChangeKind.ADDED if was is None else ChangeKind.REMOVED
            yield Change(kind, lesson_id, was, now)


def _meaning(problem: Problem, lesson_id: str) -> tuple[object, ...] | None:
    lesson = problem.lesson.get(lesson_id)
    if lesson is None:
        return None
    return lesson.requirement.class_ids, lesson.requirement.subject_id


def _problem_of(change: Change, before: Problem, after: Problem) -> Problem:
    """The one that the words of a change are about."""
    return before if change.after is None else after


def _concerned(
    problem: Problem, lesson_id: str, placement: Placement | None
) -> Iterable[tuple[tuple[SubjectOf, str], str]]:
    if placement is None or lesson_id not in problem.lesson:
        return
    for class_id in problem.lesson[lesson_id].requirement.class_ids:
        yield (SubjectOf.CLASS, class_id), problem.class_name[class_id]
    for teacher_id in placement.teacher_ids:
        yield (SubjectOf.TEACHER, teacher_id), problem.teacher_name[teacher_id]
    layout = problem.layout.get(placement.layout_id)
    if layout is not None:
        venue = problem.venue[layout.venue_id]
        yield (SubjectOf.VENUE, venue.venue_id), venue.name
