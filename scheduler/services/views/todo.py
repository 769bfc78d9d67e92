"""What an office has to do, and what today brings."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from scheduler.model.problem import Problem
from scheduler.model.text import Text, joined
from scheduler.model.venues import Agreement
from scheduler.services.office import Office
from scheduler.services.views.edition import Edition
from scheduler.services.views.places.agreements import AgreementSheet, agreement_sheets
from scheduler.services.views.places.bad_days import day_title
from scheduler.services.views.places.dates import DatesView, clash_sentence
from scheduler.term.entries import FeedKind

_MOST_SHOWN = 8


@dataclass(frozen=True, slots=True)
class Task:
    """One sentence, and the page where it is done."""

    text: Text
    page: str
    urgent: bool = False


def today_lines(edition: Edition, view: DatesView, office: Office) -> tuple[Text, ...]:
    """What befalls the timetable today: holidays, bad weather, lessons that move."""
    today = office.bad_days.today()
    if today is None:
        return ()
    found = list(_calendar(edition.problem, today))
    found += [day_title(day) for day in office.bad_days.coming() if day.date == today]
    moved = [c for c in view.clashes if c.lesson.date == today]
    found += [clash_sentence(view.problem, c) for c in moved[:_MOST_SHOWN]]
    if len(moved) > _MOST_SHOWN:
        rest = len(moved) - _MOST_SHOWN
        found.append(Text(f"另有{rest}节课要换场", f"{rest} more lessons move"))
    return tuple(found)


def _calendar(problem: Problem, today: dt.date) -> Iterator[Text]:
    term = problem.term
    if today < term.first_day:
        days = (term.first_day - today).days
        yield Text(f"还有{days}天开学", f"Term begins in {days} day(s)")
    elif today > term.last_day:
        yield Text("学期已结束", "Term is over")


def tasks(
    edition: Edition, view: DatesView, office: Office, today: dt.date
) -> tuple[Task, ...]:
    """What waits for the office, what is urgent first."""
    sheets = agreement_sheets(edition.timetable, view.clashes, today)
    found = [
        *_timetable(edition),
        *_dates(view),
        *_agreements(edition.problem, sheets, today),
        *_links(office),
    ]
    return tuple(sorted(found, key=lambda task: not task.urgent))


def _timetable(edition: Edition) -> Iterator[Task]:
    count = edition.report.clashes.conflicts
    if count:
        text = Text(f"课表有{count}处冲突", f"The timetable has {count} conflicts")
        yield Task(text, "conflicts", urgent=True)
    left = len(edition.problem.lessons) - len(edition.timetable.placements)
    if left:
        text = Text(f"{left}节课还没有排入", f"{left} lessons are not placed")
        yield Task(text, "conflicts", urgent=True)


def _dates(view: DatesView) -> Iterator[Task]:
    if view.unsettled:
        yield Task(
            Text(
                f"{view.unsettled}节课在停用或有活动的日子没有去处",
                f"{view.unsettled} lessons on closed dates have no place to go",
            ),
            "dates",
            urgent=True,
        )
    settled = len(view.clashes) - view.unsettled
    if settled:
        text = Text(
            f"{settled}节课在单日要换场，建议等待发布",
            f"{settled} lessons change place on single dates; proposals wait",
        )
        yield Task(text, "dates")


def _agreements(
    problem: Problem, sheets: Iterable[AgreementSheet], today: dt.date
) -> Iterator[Task]:
    sheets = tuple(sheets)
    for end, rows in _ending(problem, today).items():
        names = "、".join(dict.fromkeys(problem.venue[a.venue_id].name for a in rows))
        left = (end - today).days
        when = Text(f"剩{left}天", f"in {left} day(s)")
        if left < 0:
            when = Text("已过期", "over")
        yield Task(
            Text(
                f"{names}的{len(rows)}份协议于{end}到期（{when.zh}）",
                f"{len(rows)} agreement(s) on {names} end on {end} ({when.en})",
            ),
            "agreements",
            urgent=end < problem.term.last_day,
        )
    lacking = sum(sheet.without_escorts for sheet in sheets)
    if lacking:
        text = Text(f"{lacking}节外出课缺随行人员", f"{lacking} lessons lack escorts")
        yield Task(text, "agreements")
    incomplete = [sheet for sheet in sheets if sheet.missing]
    if incomplete:
        missing = dict.fromkeys(text for sheet in incomplete for text in sheet.missing)
        yield Task(
            Text("协议资料不全：", "Agreements say too little: ") + joined(missing),
            "agreements",
        )


def _ending(problem: Problem, today: dt.date) -> dict[dt.date, list[Agreement]]:
    """Agreements that end within the term, or soon enough to be renewed, by date."""
    soon = dt.timedelta(days=problem.agreement_rules.expiry_days)
    found: dict[dt.date, list[Agreement]] = {}
    for agreement in problem.agreements:
        end = agreement.valid_to
        if end < problem.term.last_day or end - today <= soon:
            found.setdefault(end, []).append(agreement)
    return dict(sorted(found.items()))


def _links(office: Office) -> Iterator[Task]:
    links = [link for link in office.links() if link.revoked_at is None]
    linked = {x.resource_id for x in links if x.kind is FeedKind.TEACHER}
    teachers = len(office.audiences(FeedKind.TEACHER))
    if linked and len(linked) < teachers:
        without = teachers - len(linked)
        yield Task(
            Text(
                f"{without}位教师还没有日历链接",
                f"{without} teachers have no calendar link",
            ),
            "subscriptions",
        )
    waiting = sum(link.fetched_at is None for link in links)
    if waiting:
        yield Task(
            Text(
                f"{waiting}个日历链接还没有人订阅",
                f"{waiting} calendar links have not been fetched yet",
            ),
            "subscriptions",
        )
