"""Pieces of sentences: lessons, people, places and times by their names."""

from scheduler.constraints.base import Violation
from scheduler.model.problem import Problem
from scheduler.model.text import Text, joined, weekday
from scheduler.model.times import format_clock


def same(text: str) -> Text:
    """A name that is the same in both languages."""
    return Text(text, text)


def classes(problem: Problem, class_ids: tuple[str, ...]) -> str:
    """Names of classes."""
    return "、".join(problem.class_name[c] for c in class_ids)


def teacher(problem: Problem, teacher_id: str) -> str:
    """Name of a teacher, with the id where two share the name."""
    return problem.teacher_name[teacher_id]


def lesson(problem: Problem, lesson_id: str) -> Text:
    """A lesson as "三(2)班体育与健康"; English adds the id."""
    requirement = problem.lesson[lesson_id].requirement
    names = classes(problem, requirement.class_ids)
    subject = problem.subject[requirement.subject_id]
    english = subject.name_en or subject.name
    return Text(f"{names}{subject.name}", f"{english} of {names} ({lesson_id})")


def lessons(problem: Problem, lesson_ids: tuple[str, ...]) -> Text:
    """Several lessons; after the fifth only their number."""
    shown = joined(lesson(problem, x) for x in lesson_ids[:5])
    more = len(lesson_ids) - 5
    if more <= 0:
        return shown
    return Text(f"{shown.zh}等{len(lesson_ids)}节课", f"{shown.en} and {more} more")


def when(
    day: int | None, start: int | None, end: int | None, layer: int | None = None
) -> Text:
    """A stretch of time as "周二10:25–11:05（单周）"."""
    clock = ""
    if start is not None and end is not None:
        clock = f"{format_clock(start)}–{format_clock(end)}"
    name = weekday(day) if day is not None else Text("", "")
    week = week_of(layer)
    english = " ".join(filter(None, (name.en, clock)))
    return Text(f"{name.zh}{clock}{week.zh}", f"{english}{week.en}".strip())


def week_of(layer: int | None) -> Text:
    """ "（单周）" or "（双周）"; nothing where both weeks are meant."""
    if layer is None:
        return Text("", "")
    return (Text("（单周）", " (odd weeks)"), Text("（双周）", " (even weeks)"))[layer]


def slot(day: int, period: int) -> Text:
    """A timeslot by its period, as "周二第3节"."""
    name = weekday(day)
    return Text(f"{name.zh}第{period}节", f"{name.en} period {period}")


def zone(problem: Problem, zone_id: str) -> str:
    """A zone as "田径场·器械区"; an undivided venue by its name alone."""
    found = problem.zone[zone_id]
    name = problem.venue[found.venue_id].name
    return name if zone_id == found.venue_id else f"{name}·{found.title}"


def layout(problem: Problem, layout_id: str) -> Text:
    """A layout with its venue as "田径场(北半场)"; the class's own room.

    One without a name is called after its zones, or the venue alone for all of them.
    """
    found = problem.layout.get(layout_id)
    if found is None:
        return Text("本班教室", "the class's own room")
    venue, title = problem.venue[found.venue_id].name, found.name
    if not title and len(found.zones) < sum(
        x.venue_id == found.venue_id for x in problem.all_zones
    ):
        title = "、".join(problem.zone[x].title for x in found.zones)
    return same(f"{venue}({title})" if title not in ("", venue) else venue)


def row(what: Text, name: str, reason: str) -> Text:
    """The row of a table that a sentence rests on, as "（限制X1：教研）"."""
    zh, en = (f"：{reason}", f": {reason}") if reason else ("", "")
    return Text(f"（{what.zh}{name}{zh}）", f" ({what.en} {name}{en})")


_UNITS = {
    "classes": Text("个班", "classes"),
    "lessons": Text("节课", "lessons"),
    "pupils": Text("名学生", "pupils"),
}


def unit(resource: tuple[str, ...]) -> Text:
    """What a resource of a capacity rule counts; nothing where people are counted."""
    return _UNITS.get(resource[-1], same("")) if len(resource) > 1 else same("")


def too_many(problem: Problem, what: Text, unit: str, violation: Violation) -> Text:
    """A cap on classes, lessons or pupils that is exceeded."""
    use, limit = violation.numbers
    name = _UNITS[unit]
    time = when(violation.day, violation.start, violation.end, violation.layer)
    who = lessons(problem, violation.lesson_ids)
    return Text(
        f"{what.zh}{time.zh}有{use}{name.zh}，上限{limit}：{who.zh}。",
        f"{what.en} holds {use} {name.en} on {time.en}, at most {limit} may: {who.en}.",
    )
