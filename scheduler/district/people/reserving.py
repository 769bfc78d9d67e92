"""Times kept free: research half-days by subject, and when groups prepare together.

They are times at which the teachers are unavailable, so every solver keeps them.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from scheduler.constraints import describe
from scheduler.district.people.skills import Skills
from scheduler.district.sharing.teachers import fixed_meetings
from scheduler.model.district import District
from scheduler.model.errors import DataError, InputError
from scheduler.model.meeting import Meeting
from scheduler.model.problem import Problem
from scheduler.model.resources import Level, ResourceKind, Unavailability
from scheduler.model.staff_plan import Preparation, StaffPlan
from scheduler.model.text import Text
from scheduler.model.times import LESSON_ROWS, RowKind, overlap
from scheduler.model.timetable import Timetable

RESEARCH = "区教研："
"""What the reason of a research time begins with, before the subject."""
_NOON = 12 * 60


@dataclass(frozen=True, slots=True, order=True)
class Slot:
    """A common free time; ``rows`` lesson rows of the members lie in it."""

    rows: int
    morning: bool
    day: int
    start: int
    end: int


def kept_free(district: District, plan: StaffPlan) -> District:
    """The district whose teachers are free for research and preparation.

    Raises:
        InputError: a fixed lesson lies in such a time, or a group has no common time.
    """
    problem = with_research(district.problem, plan)
    faults = list(_fixed_inside(problem))
    for preparation in plan.preparations:
        slot = slot_of(problem, preparation)
        if slot is None:
            faults.append(_no_time(preparation))
            continue
        rows = tuple(_rows(problem, preparation, slot))
        problem = replace(problem, unavailable=(*problem.unavailable, *rows))
    if faults:
        raise InputError(faults)
    return district.with_problem(problem)


def with_research(problem: Problem, plan: StaffPlan) -> Problem:
    """The problem with the research times of subjects, for those they are main to."""
    if not plan.research:
        return problem
    skills = Skills(problem, plan)
    rows = tuple(
        Unavailability(
            ResourceKind.TEACHER,
            t.teacher_id,
            time.day,
            start=time.start,
            end=time.end,
            reason=RESEARCH + problem.subject[time.subject_id].name,
        )
        for time in plan.research
        for t in problem.teachers
        if skills.main(t.teacher_id) == time.subject_id
    )
    return replace(problem, unavailable=(*problem.unavailable, *rows))


def slot_of(problem: Problem, group: Preparation) -> Slot | None:
    """When a group prepares: as settled, else the common time that costs least.

    Least lesson rows of its members first, then the afternoon, then the earlier day.
    """
    if group.day is not None and group.start is not None:
        end = group.start + group.minutes
        return Slot(0, group.start < _NOON, group.day, group.start, end)
    return min(common_slots(problem, group), default=None)


def common_slots(
    problem: Problem, group: Preparation, timetable: Timetable | None = None
) -> Iterator[Slot]:
    """Times at which all members are free, travel to the site included.

    Without a timetable only fixed lessons and unavailable times stand against it.
    """
    members = [_Member(problem, name, group, timetable) for name in group.teacher_ids]
    starts = dict.fromkeys(x for m in members for x in m.starts)
    for day, start in sorted(starts):
        end = start + group.minutes
        if all(m.is_free(day, start, end) for m in members):
            rows = sum(m.rows_in(day, start, end) for m in members)
            yield Slot(rows, start < _NOON, day, start, end)


class _Member:
    """One teacher of a group: lesson rows, lunches and what stands against a time."""

    def __init__(
        self,
        problem: Problem,
        teacher_id: str,
        group: Preparation,
        timetable: Timetable | None,
    ) -> None:
        self._margin = _margin(problem, teacher_id, group)
        lessons = problem.lessons_of_teacher[teacher_id]
        home = problem.teacher[teacher_id].school_id
        bells = dict.fromkeys(problem.bell_of(x.requirement) for x in lessons) or {
            problem.bell[c.bell_id]: None
            for c in problem.classes
            if c.school_id == home
        }
        every = [
            (day, row) for b in bells for day in b.school_days for row in b.on(day)
        ]
        self._rows = dict.fromkeys(
            (day, r.start, r.end) for day, r in every if r.kind in LESSON_ROWS
        )
        self.starts = [(day, start) for day, start, _ in self._rows]
        self._days = {
            day: (
                min(s for d, s, _ in self._rows if d == day),
                max(r.end for d, r in every if d == day),
            )
            for day, _ in self.starts
        }
        lunches = [(d, r.start, r.end) for d, r in every if r.kind is RowKind.LUNCH]
        meetings = (
            fixed_meetings(problem, teacher_id)
            if timetable is None
            else _given(timetable, teacher_id)
        )
        self._busy = [
            *lunches,
            *((m.day, *m.adult_busy) for m in meetings),
            *_away(problem, teacher_id, [row for _, row in every]),
        ]

    def is_free(self, day: int, start: int, end: int) -> bool:
        """Whether the member can be there, travel included."""
        if day not in self._days:
            return False
        first, last = self._days[day]
        a, b = start - self._margin, end + self._margin
        inside = first <= start and end <= last
        return inside and not any(
            d == day and overlap(a, b, s, e) for d, s, e in self._busy
        )

    def rows_in(self, day: int, start: int, end: int) -> int:
        """Lesson rows that the time takes from the member."""
        a, b = start - self._margin, end + self._margin
        return sum(d == day and overlap(a, b, s, e) for d, s, e in self._rows)


def _margin(problem: Problem, teacher_id: str, group: Preparation) -> int:
    if not group.site_id:
        return 0
    home = problem.site_of_school(problem.teacher[teacher_id].school_id)
    return problem.travel_minutes(home, group.site_id) or 0


def _given(timetable: Timetable, teacher_id: str) -> Iterator[Meeting]:
    return (m for m in timetable.meetings if teacher_id in m.adult_ids)


def _away(
    problem: Problem, teacher_id: str, rows: Sequence[object]
) -> Iterator[tuple[int, int, int]]:
    """Hard unavailable times by the clock; a period is that of the member's bells."""
    for line in problem.unavailable:
        about = line.kind is ResourceKind.TEACHER and line.resource_id == teacher_id
        if not about or line.level is not Level.HARD:
            continue
        if line.start is not None and line.end is not None:
            yield line.day, line.start, line.end
        elif line.period is None:
            yield line.day, 0, 24 * 60
        else:
            for bell in problem.bells:
                for row in bell.on(line.day):
                    if row.number == line.period and row in rows:
                        yield line.day, row.start, row.end


def _rows(problem: Problem, group: Preparation, slot: Slot) -> Iterable[Unavailability]:
    for name in group.teacher_ids:
        margin = _margin(problem, name, group)
        yield Unavailability(
            ResourceKind.TEACHER,
            name,
            slot.day,
            start=slot.start - margin,
            end=slot.end + margin,
            reason=f"集体备课：{group.name}",
        )


def _fixed_inside(problem: Problem) -> Iterator[DataError]:
    """Fixed lessons that lie in a research time of their teacher."""
    for line in problem.unavailable:
        if not line.reason.startswith(RESEARCH) or line.start is None:
            continue
        for meeting in fixed_meetings(problem, line.resource_id):
            start, end = meeting.adult_busy
            if line.day == meeting.day and overlap(
                line.start, line.end or line.start, start, end
            ):
                lesson = describe.lesson(problem, meeting.lesson.lesson_id)
                name = problem.teacher[line.resource_id].name
                yield DataError(
                    "district.toml",
                    Text(
                        f"{name}的固定课{lesson.zh}在{line.reason}的时间里",
                        f"{name}'s fixed lesson {lesson.en} lies in the research time",
                    ),
                    Text("请改动其中之一。", "Maybe move one of them?"),
                    value=line.resource_id,
                )


def _no_time(group: Preparation) -> DataError:
    return DataError(
        "district.toml",
        Text(
            "备课组没有共同的空闲时间",
            "is a preparation group without a common free time",
        ),
        Text("请减少分钟数或成员。", "Maybe fewer minutes, or fewer members?"),
        value=group.name,
    )
