"""The plan for bad weather as an office prints and pins it up."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from scheduler.model.meeting import Meeting
from scheduler.model.problem import Problem
from scheduler.model.requirements import HOME
from scheduler.model.resources import SubjectKind
from scheduler.model.text import Text, weekday
from scheduler.model.times import Week, format_clock
from scheduler.model.timetable import Timetable
from scheduler.model.weather import BadWeather, RainPlan, RainSlot

_THEORY = Text("本班教室理论课", "theory in its own room")
_OWN_ROOM = Text("本班教室活动", "in its own room")
NO_PLACE = Text(
    "没有可用的室内场地：雨天所有班级都在本班教室上理论课。"
    "请在【场地用法】表中把可用的室内场地的“雨天可用”填“是”。",
    "There is no place indoors: in bad weather all classes have theory in their own "
    "rooms. Maybe mark places indoors with wet = 1 in layouts.csv?",
)
NOTHING_OUTDOORS = Text(
    "课表里没有室外课，不需要恶劣天气预案。",
    "No lesson is outdoors, so no plan for bad weather is needed.",
)


@dataclass(frozen=True, slots=True)
class RainLine:
    """One lesson of a slot and where it is on each turn; None is its own room."""

    meeting: Meeting
    classes: str
    subject: Text
    teachers: str
    outdoors: str
    indoors: tuple[str | None, ...]
    turns_indoors: int


@dataclass(frozen=True, slots=True)
class RainSheet:
    """One slot: a line for each lesson, a column for each turn, from 1 on."""

    slot: RainSlot
    title: Text
    lines: tuple[RainLine, ...]
    next_turn: int

    @property
    def proven(self) -> bool:
        """Tell whether every turn is proven optimal."""
        return all(turn.proven for turn in self.slot.turns)


@dataclass(frozen=True, slots=True)
class RainTotals:
    """Numbers of a plan.

    ``lessons`` count once in each slot; ``turns`` are all assignments of all slots,
    ``seats`` the lessons in them, ``active`` those of these indoors.
    """

    slots: int
    lessons: int
    turns: int
    proven: int
    seats: int
    active: int
    seconds: float

    @property
    def theory(self) -> int:
        """Lessons of all turns that have theory in their own room."""
        return self.seats - self.active


def totals(plan: RainPlan) -> RainTotals:
    """Add a plan up."""
    turns = [turn for slot in plan.slots for turn in slot.turns]
    return RainTotals(
        slots=len(plan.slots),
        lessons=sum(len(slot.lesson_ids) for slot in plan.slots),
        turns=len(turns),
        proven=sum(turn.proven for turn in turns),
        seats=sum(len(turn.layout_ids) for turn in turns),
        active=sum(x != HOME for turn in turns for x in turn.layout_ids),
        seconds=plan.seconds,
    )


def summary(problem: Problem, plan: RainPlan) -> tuple[Text, ...]:
    """What a plan amounts to, when it is used, and what it lacks."""
    if not plan.slots:
        return (NOTHING_OUTDOORS,)
    t = totals(plan)
    found = [
        Text(
            f"{t.slots}个时段、{t.lessons}节室外课；共{t.turns}轮安排，"
            f"室内活动{t.active}节次，本班教室理论课{t.theory}节次；"
            f"其中{t.proven}轮已证明最优（{t.seconds:.1f}秒）。",
            f"{t.slots} slots with {t.lessons} lessons outdoors; {t.turns} turns with "
            f"{t.active} lessons active indoors and {t.theory} of theory; {t.proven} "
            f"of the turns proven optimal ({t.seconds:.1f} s).",
        )
    ]
    if not plan.has_places:
        found.append(NO_PLACE)
    return (*found, when_used(problem))


def when_used(problem: Problem) -> Text:
    """The triggers in one sentence."""
    triggers = BadWeather.of(problem).triggers
    if not triggers:
        return Text(
            "没有设置启用条件，由学校决定。", "No trigger is set: the school decides."
        )
    return Text(
        f"启用条件：{'；'.join(x.zh for x in triggers)}。",
        f"To be used at: {'; '.join(x.en for x in triggers)}.",
    )


def rain_sheets(
    timetable: Timetable, plan: RainPlan, bad_days: Mapping[str, int]
) -> tuple[RainSheet, ...]:
    """A sheet for each slot, in the order of the week.

    ``bad_days`` are those each slot has had, by its id.
    """
    return tuple(
        RainSheet(
            slot,
            slot_title(slot),
            tuple(_lines(timetable, slot)),
            bad_days.get(slot.slot_id, 0) % len(slot.turns) + 1,
        )
        for slot in plan.slots
    )


def slot_title(slot: RainSlot) -> Text:
    """Weekday, time and week of a slot."""
    clock = f"{format_clock(slot.start)}–{format_clock(slot.end)}"
    week = _WEEKS[slot.week]
    day = weekday(slot.day)
    return Text(f"{day.zh} {clock}{week.zh}", f"{day.en} {clock}{week.en}")


_WEEKS = {
    Week.EVERY: Text("", ""),
    Week.ODD: Text("（单周）", " (odd weeks)"),
    Week.EVEN: Text("（双周）", " (even weeks)"),
}


def _lines(timetable: Timetable, slot: RainSlot) -> Iterator[RainLine]:
    problem = timetable.problem
    counts = slot.turns_indoors(len(slot.turns))
    for k, lesson_id in enumerate(slot.lesson_ids):
        meeting = timetable.meeting[lesson_id]
        subject = problem.subject[meeting.lesson.requirement.subject_id]
        yield RainLine(
            meeting,
            "、".join(problem.class_name[c] for c in meeting.class_ids),
            Text(subject.name, subject.name_en or subject.name),
            "、".join(problem.teacher_name[t] for t in meeting.teacher_ids),
            place_name(problem, meeting.placement.layout_id) or "",
            tuple(place_name(problem, turn.layout_ids[k]) for turn in slot.turns),
            counts[k],
        )


def at_home(kind: SubjectKind) -> Text:
    """What a lesson is in the class's own room: PE becomes theory."""
    return _THEORY if kind is SubjectKind.PE else _OWN_ROOM


def place_name(problem: Problem, layout_id: str) -> str | None:
    """Venue and zones of a layout; None for the class's own room."""
    layout = problem.layout.get(layout_id)
    if layout is None:
        return None
    zones = [problem.zone[z].title for z in layout.zones if z != layout.venue_id]
    return " · ".join((problem.venue[layout.venue_id].name, *zones))
