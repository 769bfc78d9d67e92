"""What keeps lessons off days and times: people away, places closed, blocks, bells."""

from collections.abc import Collection, Iterable, Iterator, Sequence

from scheduler.constraints import describe, words
from scheduler.model.problem import Problem
from scheduler.model.requirements import HOME, Requirement
from scheduler.model.resources import Level, ResourceKind, Unavailability
from scheduler.model.text import Text, joined
from scheduler.model.times import MINUTES_A_DAY, Bell, Period, overlap
from scheduler.model.venues import Layout
from scheduler.solver.options import LessonGroup

Days = Collection[int] | None
"""Some weekdays; None for all."""


def school_days(problem: Problem, groups: Iterable[LessonGroup]) -> frozenset[int]:
    """The days on which classes of these lessons have rows."""
    return frozenset(
        day
        for group in groups
        for bell in problem.bells_of(group.lessons[0].requirement)
        for day in bell.days
    )


def kept_off(problem: Problem, groups: Sequence[LessonGroup]) -> frozenset[int]:
    """School days on which some of these lessons cannot be."""
    return frozenset(
        day
        for group in groups
        for day in school_days(problem, (group,)) - {m.day for m in group.options}
    )


def layouts_wanted(problem: Problem, groups: Sequence[LessonGroup]) -> list[Layout]:
    """Layouts these lessons may ask for, usable or not."""
    wanted = dict.fromkeys(
        x for g in groups for x in problem.allowed_layouts(g.lessons[0].requirement)
    )
    return [problem.layout[x] for x in wanted if x != HOME]


def closed_places(
    problem: Problem, groups: Sequence[LessonGroup], on: Days = None
) -> list[Text]:
    """When places these lessons may ask for are closed."""
    return [
        text
        for kind, key, name in _places(problem, groups)
        for text in _when_closed(problem, kind, key, name, on)
    ]


def _places(
    problem: Problem, groups: Sequence[LessonGroup]
) -> list[tuple[ResourceKind, str, str]]:
    layouts = layouts_wanted(problem, groups)
    named = [
        (ResourceKind.VENUE, x.venue_id, problem.venue[x.venue_id].name)
        for x in layouts
    ]
    named += [
        (ResourceKind.ZONE, z, describe.zone(problem, z))
        for x in layouts
        for z in x.zones
    ]
    return list(dict.fromkeys(named))


def not_agreed(
    problem: Problem, groups: Sequence[LessonGroup], on: Collection[int]
) -> list[Text]:
    """Days without an agreement, of places of others that these lessons may ask for."""
    schools = dict.fromkeys(
        s for g in groups for s in problem.schools_of(g.lessons[0].requirement)
    )
    found = []
    for venue_id in dict.fromkeys(x.venue_id for x in layouts_wanted(problem, groups)):
        venue = problem.venue[venue_id]
        foreign = [s for s in schools if venue.owner != s]
        agreed = {
            a.day for s in foreign for a in problem.agreements_at.get((s, venue_id), ())
        }
        if foreign and (without := sorted(set(on) - agreed)):
            days = words.days_named(without)
            found.append(
                Text(
                    f"{venue.name}{days.zh}没有协议",
                    f"{venue.name} without an agreement on {days.en}",
                )
            )
    return found


def people_away(
    problem: Problem, groups: Sequence[LessonGroup], on: Collection[int]
) -> tuple[list[Text], list[Text]]:
    """When teachers and escorts, and when classes of these lessons are unavailable."""
    needs = [g.lessons[0].requirement for g in groups]
    adults = [t for r in needs for t in r.teacher_ids + r.escort_ids]
    classes = [c for r in needs for c in r.class_ids]
    away = [
        [
            text
            for key in dict.fromkeys(keys)
            for who in (words.resource_name(problem, kind, key),)
            for text in _when_closed(problem, kind, key, who, on)
        ]
        for kind, keys in (
            (ResourceKind.TEACHER, adults),
            (ResourceKind.CLASS, classes),
        )
    ]
    return away[0], away[1]


def absences(
    problem: Problem, groups: Sequence[LessonGroup], on: Collection[int]
) -> Text:
    """People away and places closed or not agreed on then, in brackets; or nothing."""
    teachers, classes = people_away(problem, groups, on)
    return noted(
        (Text("班级不可用：", "classes unavailable: "), classes),
        (Text("教师不可用：", "teachers unavailable: "), teachers),
        (Text("场地不可用：", "places unavailable: "), places_off(problem, groups, on)),
    )


def places_off(
    problem: Problem, groups: Sequence[LessonGroup], on: Collection[int]
) -> list[Text]:
    """Places shut all through one of these days, or not agreed on then.

    Places closed for a part of a day leave the rest of it and would be noise here, as
    would agreements where there is a place of one's own.
    """
    shut = [
        text
        for kind, key, name in _places(problem, groups)
        if (days := [d for d in on if _is_shut(problem, groups, kind, key, d)])
        for text in _when_closed(problem, kind, key, name, days)
    ]
    needed = [d for d in on if any(_needs_others(problem, g, d) for g in groups)]
    return shut + not_agreed(problem, groups, needed)


def _needs_others(problem: Problem, group: LessonGroup, day: int) -> bool:
    """Whether no place of its own is left to a lesson on the day."""
    need = group.lessons[0].requirement
    if HOME in problem.allowed_layouts(need):
        return False
    schools = set(problem.schools_of(need))
    own = (
        x
        for x in layouts_wanted(problem, (group,))
        if schools == {problem.venue[x.venue_id].owner}
    )
    return all(
        any(
            _is_shut(problem, (group,), kind, key, day)
            for kind, key in (
                (ResourceKind.VENUE, x.venue_id),
                *((ResourceKind.ZONE, z) for z in x.zones),
            )
        )
        for x in own
    )


def _is_shut(
    problem: Problem,
    groups: Sequence[LessonGroup],
    kind: ResourceKind,
    key: str,
    day: int,
) -> bool:
    """Whether no row of these lessons on the day is free of closed times."""
    closed = [
        row
        for row in problem.unavailability_of.get((kind, key), ())
        if row.day == day and row.level is Level.HARD
    ]
    return bool(closed) and all(
        any(_meets(row, period) for row in closed)
        for need in dict.fromkeys(g.lessons[0].requirement for g in groups)
        for bell in problem.bells_of(need)
        for period in bell.rows(day, need.rows)
    )


def _meets(row: Unavailability, period: Period) -> bool:
    if row.period is not None:
        return row.period == period.number
    start, end = row.start or 0, MINUTES_A_DAY if row.end is None else row.end
    return overlap(start, end, period.start, period.end)


def _when_closed(
    problem: Problem, kind: ResourceKind, key: str, name: str, on: Days
) -> Iterator[Text]:
    times = words.closed(problem, kind, key, on)
    if times is not None:
        yield Text(f"{name}{times.zh}", f"{name} {times.en}")


def noted(*named: tuple[Text, list[Text]]) -> Text:
    """Lists with their names, in one pair of brackets; nothing where all are empty."""
    parts = [name + joined(found) for name, found in named if found]
    return words.brackets(joined(parts, "；", "; "))


def few_times(problem: Problem, groups: Sequence[LessonGroup], name: str) -> Text:
    """A part sentence with what takes times from all of these lessons; or nothing.

    Parameters:
        name: The teacher or class whose own closed times are told already.
    """
    told = [
        *_people(problem, groups, name),
        *_blocks(groups),
        *_bells(problem, groups),
    ]
    between = Text("；", "; ")
    return joined((between + text for text in told), "", "")


def _people(
    problem: Problem, groups: Sequence[LessonGroup], name: str
) -> Iterator[Text]:
    """Closed times of each other person without whom none of the lessons can be."""
    needs = [g.lessons[0].requirement for g in groups]
    shared = [
        (kind, key)
        for kind, who in (
            (ResourceKind.TEACHER, [r.teacher_ids + r.escort_ids for r in needs]),
            (ResourceKind.CLASS, [r.class_ids for r in needs]),
        )
        for key in dict.fromkeys(who[0])
        if key != name and all(key in ids for ids in who)
    ]
    for kind, key in shared[: words.SHOWN]:
        times = words.closed(problem, kind, key)
        if times is not None:
            who_zh = words.resource_name(problem, kind, key)
            yield Text(
                f"同时需要的{who_zh}不可用：{times.zh}",
                f"{who_zh} is needed too and unavailable: {times.en}",
            )


def _blocks(groups: Sequence[LessonGroup]) -> Iterator[Text]:
    """Where blocks of each length may begin."""
    for length in sorted({g.lessons[0].length for g in groups} - {1}):
        starts = {
            (m.day, m.start)
            for g in groups
            if g.lessons[0].length == length
            for m in g.options
        }
        yield Text(
            f"{length}节连排的课每周只有{len(starts)}处可以开始",
            f"blocks of {length} can begin at {words.plural(len(starts), 'time')} "
            "a week only",
        )


def _bells(problem: Problem, groups: Sequence[LessonGroup]) -> Iterator[Text]:
    """How many rows are rung alike for classes that are taught together."""
    for need in dict.fromkeys(g.lessons[0].requirement for g in groups):
        bells = problem.bells_of(need)
        if len(bells) > 1:
            common = set.intersection(*(_rows(bell, need) for bell in bells))
            who = describe.classes(problem, need.class_ids)
            yield Text(
                f"{who}合上，作息时间相同的每周只有{len(common)}节",
                f"{who} are taught together and their bells agree on "
                f"{words.plural(len(common), 'period')} a week only",
            )


def _rows(bell: Bell, need: Requirement) -> set[tuple[int, int, int]]:
    return {
        (row.day, row.start, row.end)
        for day in bell.days
        for row in bell.rows(day, need.rows)
    }
