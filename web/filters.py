"""How numbers, times and lessons are written in pages."""

import datetime as dt
from collections.abc import Iterable, Mapping
from fractions import Fraction
from urllib.parse import quote
from zoneinfo import ZoneInfo

from flask import Flask, url_for

from scheduler.model.problem import Problem
from scheduler.model.resources import SubjectKind
from scheduler.model.text import Text, weekday
from scheduler.model.times import Week, format_clock
from scheduler.services.access.permissions import ROLE_NAMES
from scheduler.services.views.concerned import SubjectOf
from scheduler.services.views.conflicts import LessonLink
from scheduler.services.views.jobs import KINDS as JOB_KINDS
from scheduler.services.views.jobs import STATES as JOB_STATES
from scheduler.services.views.jobs import progress_text, state_text
from web.context import settings
from web.language import say

WEEK_MARKS = {Week.ODD: Text("单", "odd"), Week.EVEN: Text("双", "even")}
KINDS = {
    SubjectKind.CORE: Text("文化课", "core"),
    SubjectKind.PE: Text("体育课", "PE"),
    SubjectKind.PE_ACTIVITY: Text("体育活动", "PE activity"),
    SubjectKind.ARTS: Text("艺术", "arts"),
    SubjectKind.SCIENCE: Text("科学", "science"),
    SubjectKind.LABOUR: Text("劳动", "labour"),
    SubjectKind.PSYCH: Text("心理", "psychology"),
    SubjectKind.IT: Text("信息科技", "IT"),
    SubjectKind.OTHER: Text("其他", "other"),
}
STEPS = 5


def number(value: Fraction | float | int) -> str:
    """At most one decimal, none where it is whole."""
    return f"{float(value):.1f}".removesuffix(".0")


def moment(value: dt.datetime, zone: str) -> str:
    """A moment on the school's clock."""
    return f"{value.astimezone(ZoneInfo(zone)):%Y-%m-%d %H:%M}"


def anchor(lesson_id: str) -> str:
    """Name of a lesson's cell."""
    return f"lesson-{lesson_id}"


def week_address(kind: SubjectOf, resource_id: str) -> str:
    """The page of a class, teacher or venue."""
    return url_for(f"weeks.{kind.value}_week", resource_id=resource_id)


def cell_address(link: LessonLink) -> str:
    """The cell of a lesson in its class's week."""
    page = week_address(SubjectOf.CLASS, link.class_id)
    return f"{page}#{quote(anchor(link.lesson_id), safe='')}"


def week_mark(week: Week | None) -> Text | None:
    """单 or 双; nothing for every week."""
    return WEEK_MARKS.get(week) if week else None


def heat_step(used: int, capacity: int | Fraction) -> int:
    """Shade of a heat map: 0 empty, 1 to 5 by share of the capacity."""
    if not used:
        return 0
    return min(STEPS, -(-STEPS * used // capacity)) if capacity else STEPS


def short(amount: float) -> str:
    """A count without decimals that say nothing: 3, 4.5."""
    return f"{amount:g}"


def teachers(problem: Problem) -> list[tuple[str, str]]:
    """Ids and names of teachers, as choices of a form."""
    return list(problem.teacher_name.items())


def subjects(problem: Problem) -> list[tuple[str, str]]:
    """Ids and names of subjects."""
    return [(s.subject_id, s.name) for s in problem.subjects]


def whose(problem: Problem, kind: str) -> list[tuple[str, str]]:
    """Ids and names of what somebody may ask about."""
    match kind:
        case "class":
            return list(problem.class_name.items())
        case "venue":
            return [(v.venue_id, v.name) for v in problem.venues]
    return teachers(problem)


def minute_choices(minutes: Iterable[int]) -> list[tuple[str, str]]:
    """Reminders so many minutes before, as choices of a switch."""
    return [
        (str(number), say(Text(f"{number}分钟", f"{number} min"))) for number in minutes
    ]


def without(wishes: Mapping[str, str], name: str) -> dict[str, str]:
    """All wishes but one."""
    return {key: value for key, value in wishes.items() if key != name}


def register(app: Flask) -> None:
    """Give them to the templates."""
    app.jinja_env.filters.update(
        number=number, short=short, clock=format_clock, moment=moment, anchor=anchor
    )
    app.jinja_env.globals.update(
        weekday=weekday,
        teachers=teachers,
        subjects=subjects,
        whose=whose,
        week_mark=week_mark,
        heat_step=heat_step,
        week_address=week_address,
        minutes=minute_choices,
        without=without,
        cell_address=cell_address,
        KINDS=KINDS,
        ROLE_NAMES=ROLE_NAMES,
        JOB_KINDS=JOB_KINDS,
        JOB_STATES=JOB_STATES,
        progress_text=progress_text,
        state_text=state_text,
        SubjectOf=SubjectOf,
        frozen=lambda: settings().frozen,
    )
