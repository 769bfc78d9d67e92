"""Pieces of the sentences of an explanation."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import date
from itertools import groupby

from scheduler.constraints import describe
from scheduler.model.problem import Problem
from scheduler.model.resources import Level, ResourceKind, Unavailability
from scheduler.model.text import Text, joined, weekday
from scheduler.model.times import Week, format_clock
from scheduler.model.venues import Agreement

SHOWN = 4
"""Requirements, layouts or closed times that are named one by one."""


def teaching(problem: Problem, lesson_ids: Sequence[str]) -> Text:
    """A set of lessons by class and subject; many of them by subject alone."""
    periods: dict[tuple[str, ...], dict[str, int]] = {}
    for lesson_id in lesson_ids:
        lesson = problem.lesson[lesson_id]
        requirement = lesson.requirement
        mine = periods.setdefault(requirement.class_ids, {})
        subject = requirement.subject_id
        mine[subject] = mine.get(subject, 0) + lesson.length
    if sum(map(len, periods.values())) > SHOWN and len(periods) > 1:
        return _by_subject(problem, periods)
    parts = [
        Text(
            describe.classes(problem, classes) + _subjects(problem, mine).zh,
            f"{_subjects(problem, mine).en} of {describe.classes(problem, classes)}",
        )
        for classes, mine in periods.items()
    ]
    return joined(parts)


def _by_subject(
    problem: Problem, periods: dict[tuple[str, ...], dict[str, int]]
) -> Text:
    total: dict[str, int] = {}
    for mine in periods.values():
        for subject, count in mine.items():
            total[subject] = total.get(subject, 0) + count
    count = len({c for classes in periods for c in classes})
    what = _subjects(problem, total)
    return Text(f"{count}个班的{what.zh}", f"{what.en} of {count} classes")


def _subjects(problem: Problem, periods: dict[str, int]) -> Text:
    parts = []
    for subject_id, count in periods.items():
        subject = problem.subject[subject_id]
        english = subject.name_en or subject.name
        parts.append(Text(f"{subject.name}{count}节", f"{english} ({count})"))
    return joined(parts)


def subjects_of_classes(problem: Problem, lesson_ids: Sequence[str]) -> Text:
    """Subjects and classes of lessons of which it is open how many are meant."""
    given = [problem.lesson[x].requirement for x in lesson_ids]
    subjects = [problem.subject[x] for x in dict.fromkeys(r.subject_id for r in given)]
    ids = tuple(dict.fromkeys(c for r in given for c in r.class_ids))
    what = joined(Text(s.name, s.name_en or s.name) for s in subjects)
    if len(ids) > SHOWN:
        return Text(f"{len(ids)}个班的{what.zh}", f"{what.en} of {len(ids)} classes")
    who = describe.classes(problem, ids)
    return Text(f"{who}的{what.zh}", f"{what.en} of {who}")


def places(problem: Problem, layout_ids: Sequence[str]) -> Text:
    """Venues with the layouts used of each; many layouts only by their number."""
    named = [(problem.layout[x].venue_id, x) for x in layout_ids]
    parts = []
    for venue_id, rows in groupby(sorted(named), key=lambda row: row[0]):
        ids = [layout_id for _, layout_id in rows]
        name = problem.venue[venue_id].name
        if len(ids) == 1:
            parts.append(Text(name, name))
        elif len(ids) <= SHOWN:
            listed = "、".join(ids)
            parts.append(Text(f"{name}（{listed}）", f"{name} ({', '.join(ids)})"))
        else:
            parts.append(
                Text(f"{name}（{len(ids)}种用法）", f"{name} ({len(ids)} layouts)")
            )
    return joined(parts)


def days(by_day: Iterable[tuple[int, int]]) -> Text:
    """Numbers day by day, as "周一18、周二20"."""
    parts = [
        Text(f"{weekday(day).zh}{n}", f"{weekday(day).en} {n}") for day, n in by_day
    ]
    return joined(parts)


def closed(
    problem: Problem,
    kind: ResourceKind,
    name: str,
    on: Collection[int] | None = None,
) -> Text | None:
    """The hard rows of unavailable.csv of one resource, or None.

    Periods of a day are told together, and then days that are alike.

    Parameters:
        on: Only these weekdays; None for all.
    """
    given = problem.unavailability_of.get((kind, name), ())
    rows = [row for row in given if on is None or row.day in on]
    periods: dict[tuple[int, Week, str], list[int]] = defaultdict(list)
    alike: dict[tuple[Text, str], list[int]] = defaultdict(list)
    for row in rows:
        if row.level is Level.HARD and row.period is not None:
            periods[row.day, row.week, row.reason].append(row.period)
        elif row.level is Level.HARD:
            alike[_time(row), row.reason].append(row.day)
    for (day, week, reason), numbers in periods.items():
        alike[_of_week(periods_named(numbers), week), reason].append(day)
    parts = [
        Text(
            f"{days_named(on).zh}{time.zh}{f'（{reason}）' if reason else ''}",
            f"{days_named(on).en} {time.en}",
        )
        for (time, reason), on in alike.items()
    ]
    if not parts:
        return None
    shown = joined(parts[:SHOWN])
    if len(parts) <= SHOWN:
        return shown
    return Text(f"{shown.zh}等", f"{shown.en} and others")


def _time(row: Unavailability) -> Text:
    """When on its day a row without a period holds."""
    time = Text("全天", "all day")
    if row.start is not None and row.end is not None:
        time = describe.same(f"{format_clock(row.start)}–{format_clock(row.end)}")
    return _of_week(time, row.week)


def _of_week(time: Text, week: Week) -> Text:
    told = describe.week_of(None if week is Week.EVERY else week.layers[0])
    return time + told


def periods_named(numbers: Sequence[int]) -> Text:
    """Periods of a day, three or more in a row as a span."""
    known = sorted(set(numbers))
    if len(known) == 1:
        return Text(f"第{known[0]}节", f"period {known[0]}")
    if len(known) > 2 and known[-1] - known[0] == len(known) - 1:
        return Text(
            f"第{known[0]}至{known[-1]}节", f"periods {known[0]} to {known[-1]}"
        )
    listed = [str(n) for n in known]
    return Text(f"第{'、'.join(listed)}节", f"periods {', '.join(listed)}")


def days_named(on: Sequence[int]) -> Text:
    """Weekdays, three or more in a row as a span."""
    names = [weekday(day) for day in sorted(set(on))]
    whole = len(names) > 2 and max(on) - min(on) == len(names) - 1
    if not whole:
        return joined(names)
    first, last = names[0], names[-1]
    return Text(f"{first.zh}至{last.zh}", f"{first.en} to {last.en}")


def closed_note(problem: Problem, kind: ResourceKind, name: str) -> Text:
    """A part sentence that names the hard unavailable times; empty without any."""
    times = closed(problem, kind, name)
    if times is None:
        return Text("", "")
    return Text(f"（不可用：{times.zh}）", f" (unavailable: {times.en})")


def fixed_at(problem: Problem, lesson_id: str) -> Text:
    """Where a row of fixed.csv keeps a lesson, as "固定在周一第1节（单周）"."""
    row = problem.fixed_at[lesson_id]
    slot = describe.slot(row.day, row.period)
    week = Text("", "")
    if row.week is not None and row.week is not Week.EVERY:
        week = describe.week_of(row.week.layers[0])
    place = Text("", "")
    if row.layout_id is not None:
        name = describe.layout(problem, row.layout_id)
        place = Text(f"、{name.zh}", f" at {name.en}")
    return Text(
        f"固定在{slot.zh}{week.zh}{place.zh}", f"fixed on {slot.en}{week.en}{place.en}"
    )


def fixed_lesson(problem: Problem, lesson_id: str) -> Text:
    """A fixed lesson and where it is fixed."""
    lesson, where = describe.lesson(problem, lesson_id), fixed_at(problem, lesson_id)
    return Text(f"{lesson.zh}{where.zh}", f"{lesson.en} {where.en}")


def fixed_note(problem: Problem, lesson_ids: Iterable[str]) -> Text:
    """A part sentence that names the fixed ones among lessons; empty without any."""
    fixed = [x for x in lesson_ids if x in problem.fixed_at]
    if not fixed:
        return Text("", "")
    told = joined(fixed_lesson(problem, x) for x in fixed[:SHOWN])
    if len(fixed) > SHOWN:
        more = len(fixed) - SHOWN
        told = Text(f"{told.zh}等{len(fixed)}节", f"{told.en} and {more} more")
    return Text(f"（{told.zh}）", f" ({told.en})")


def people(names: Sequence[str], unit: Text) -> Text:
    """Names; many only by their number."""
    if len(names) > SHOWN:
        return Text(f"{len(names)}{unit.zh}", f"{len(names)} {unit.en}")
    return Text("、".join(names), ", ".join(names))


def more_or_fewer(missing: int, what: Text) -> Text:
    """Advice: so much more of something, or so many periods fewer.

    Parameters:
        what: In English with an ``s`` for several in braces: "usable period{s}".
    """
    several = "" if missing == 1 else "s"
    return Text(
        f"至少再多{missing}个{what.zh}，或至少减少{missing}节（这是必要条件，未必足够）。",
        f"At least {missing} more {what.en.format(s=several)}, or at least "
        f"{plural(missing, 'period')} fewer (necessary, perhaps not enough).",
    )


def plural(count: int, what: str) -> str:
    """A number of things in English."""
    return f"{count} {what}" if count == 1 else f"{count} {what}s"


def brackets(text: Text) -> Text:
    """The text in brackets, or nothing."""
    if not text.zh:
        return text
    return Text(f"（{text.zh}）", f" ({text.en})")


def resource_name(problem: Problem, kind: ResourceKind, name: str) -> str:
    """A teacher, class, venue or zone by its name."""
    match kind:
        case ResourceKind.TEACHER:
            return describe.teacher(problem, name)
        case ResourceKind.CLASS:
            return problem.class_name[name]
        case ResourceKind.VENUE:
            return problem.venue[name].name
        case ResourceKind.ZONE:
            return describe.zone(problem, name)
        case ResourceKind.GROUP:
            return name


def load_limits(per_day: int | None, per_week: int | None) -> Text:
    """A teacher's limits in words."""
    parts = []
    if per_day is not None:
        parts.append(Text(f"每天最多{per_day}节", f"at most {per_day} a day"))
    if per_week is not None:
        parts.append(Text(f"每周最多{per_week}节", f"at most {per_week} a week"))
    return joined(parts)


def uncovered_dates(problem: Problem, agreement: Agreement) -> tuple[date, ...]:
    """Dates of the agreement's weekday in the term on which it is not valid.

    Holidays are left out, unless nothing else is uncovered.
    """
    missing = tuple(
        d
        for d in problem.term.weekday_dates(agreement.day)
        if not agreement.valid_from <= d <= agreement.valid_to
    )
    closed = problem.term.closed
    taught = tuple(
        d for d in missing if not any(c.first <= d <= c.last for c in closed)
    )
    return taught or missing


def too_short(problem: Problem, agreement: Agreement) -> Text:
    """That an agreement does not cover the term, and by how much."""
    count = len(uncovered_dates(problem, agreement))
    day = weekday(agreement.day)
    name, first, last = agreement.agreement_id, agreement.valid_from, agreement.valid_to
    return Text(
        f"协议{name}有效期为{first}至{last}，未覆盖学期内{count}个{day.zh}",
        f"agreement {name} runs from {first} to {last} and misses "
        f"{plural(count, day.en)} of the term",
    )
