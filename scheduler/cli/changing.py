"""A change as the command line describes it: a lesson, an extra one, days."""

from argparse import Namespace

from scheduler.model.errors import DataError, InputError
from scheduler.model.problem import Problem
from scheduler.model.requirements import HOME
from scheduler.model.text import Text
from scheduler.model.times import MINUTES_A_DAY
from scheduler.services.school.changes import CannotChange
from scheduler.term.calendar import day_kind, teaching_day
from scheduler.term.changes import (
    CLASSES,
    EXTRA,
    BellDay,
    Change,
    DatedChange,
    EventDay,
    EventKind,
    ExtraLesson,
    not_in_table,
)
from scheduler.term.checking import no_lesson
from scheduler.term.versions import Versions


def described(versions: Versions, options: Namespace) -> Change:
    """The change that the options describe.

    Raises:
        InputError: something is missing, or there is no such period.
        CannotChange: there is no such lesson or class.
    """
    if options.on is None:
        raise InputError([_NO_DATE])
    problem = versions.at(options.on).problem
    if options.bell or options.event:
        return _of_days(problem, options)
    if options.extra:
        known = problem.class_group
        unknown = [x for x in options.extra if x not in known]
        if unknown:
            raise CannotChange(*(not_in_table(CLASSES, x, known) for x in unknown))
        span = _span(problem, options, tuple(options.extra))
        if span is None or options.subject is None:
            raise InputError([_NO_EXTRA])
        return ExtraLesson(
            *(options.on, "", tuple(options.extra), options.subject),
            *(tuple(options.teachers or ()), *span, options.place or HOME),
        )
    lesson = problem.lesson.get(options.lesson)
    if lesson is None and not options.lesson.startswith(EXTRA):
        raise CannotChange(no_lesson(problem, options.lesson))
    span = _span(problem, options, lesson.requirement.class_ids if lesson else ())
    given = (options.to, span, options.place, options.teachers, options.subject)
    given = (*given, options.escorts)
    if options.join:
        return _joined(problem, options)
    if not options.cancel and not any(given):
        raise InputError([_NOTHING])
    if options.to is not None and span is None and not options.cancel:
        raise InputError([_NO_TIME])
    return DatedChange(
        *(options.on, options.lesson, options.cancel, options.to),
        start=span[0] if span else None,
        end=span[1] if span else None,
        layout_id=options.place,
        teacher_ids=tuple(options.teachers) if options.teachers else None,
        subject_id=options.subject,
        self_study=options.self_study,
        escort_ids=tuple(options.escorts) if options.escorts else None,
    )


def _joined(problem: Problem, options: Namespace) -> DatedChange:
    """A lesson taught together with another one, by its teachers."""
    host = problem.lesson.get(options.join)
    if host is None:
        raise CannotChange(no_lesson(problem, options.join))
    people = tuple(options.teachers or host.requirement.teacher_ids)
    return DatedChange(
        options.on, options.lesson, teacher_ids=people, joins=options.join
    )


def _of_days(problem: Problem, options: Namespace) -> BellDay | EventDay:
    """Another bell, or an event, for classes and grades, until a date."""
    chosen = set(options.grades or ())
    classes = [c.class_id for c in problem.classes if c.grade in chosen]
    names = tuple(dict.fromkeys((*(options.classes or ()), *classes)))
    if chosen and not classes:
        raise InputError([_no_grade(sorted(chosen))])
    if options.bell:
        return BellDay(options.on, options.bell, names, options.until, options.note)
    kind, hours = EventKind(options.event), options.time or (0, MINUTES_A_DAY)
    return EventDay(options.on, kind, names, options.until, *hours, options.note)


def _span(
    problem: Problem, options: Namespace, class_ids: tuple[str, ...]
) -> tuple[int, int] | None:
    """From and to by the clock; a period is one of the first class's bell."""
    if options.period is None:
        found: tuple[int, int] | None = options.time
        return found
    day = teaching_day(problem.term, options.to or options.on)
    group = problem.class_group.get(class_ids[0]) if class_ids else None
    row = None
    if day is not None and group is not None:
        row = problem.bell[group.bell_id].find(day.weekday, options.period)
    if row is None:
        raise InputError([_no_period(problem, options)])
    return row.start, row.end


def _no_period(problem: Problem, options: Namespace) -> DataError:
    date = options.to or options.on
    kind = day_kind(problem.term, date)
    return DataError(
        "--period",
        Text(f"{date}（{kind.zh}）没有这一节", f"is no period on {date}, {kind.en}"),
        Text(
            "请看当天的作息，或用 --time。", "See the bell of the day, or use --time."
        ),
        value=str(options.period),
    )


_NO_DATE = DataError(
    "cuofeng change",
    Text("没有给出日期", "no date is given"),
    Text("请加 --on 2026-09-08。", "Maybe add --on 2026-09-08?"),
)
_NO_TIME = DataError(
    "--to",
    Text("没有说改到第几节", "no period of that date is given"),
    Text("请加 --period 或 --time。", "Maybe add --period or --time?"),
)
_NO_EXTRA = DataError(
    "--extra",
    Text("加课要给出学科和时间", "an extra lesson needs a subject and a time"),
    Text("请加 --subject 和 --period。", "Maybe add --subject and --period?"),
)
_NOTHING = DataError(
    "--lesson",
    Text("没有说改什么", "what is to be otherwise is not said"),
    Text(
        "可用 --cancel、--to、--period、--place、--teachers、--subject。",
        "Maybe --cancel, --to, --period, --place, --teachers or --subject?",
    ),
)


def _no_grade(grades: list[int]) -> DataError:
    return DataError(
        "--grades",
        Text("没有这个年级的班", "has no classes"),
        Text("请写 1 到 9。", "Maybe a number from 1 to 9 is meant?"),
        value="、".join(map(str, grades)),
    )
