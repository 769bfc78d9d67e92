"""Closed dates, calendars of venues, lessons moved for a date."""

from collections.abc import Iterator
from pathlib import PurePosixPath

from scheduler.formats.tables.draft import Draft
from scheduler.model.closures import Calendar
from scheduler.model.errors import DataError
from scheduler.model.text import Text

_DATES_SWAPPED = Text("两个日期是否写反了？", "Maybe the two dates are swapped?")
_TIMES_SWAPPED = Text("开始和结束是否写反了？", "Maybe start and end are swapped?")


def closure_times(draft: Draft) -> Iterator[DataError]:
    """Dates and times run forwards; start and end are given together."""
    for row in draft.rows["closures"]:
        item = row.item
        if item.to_date is not None and item.to_date < item.date:
            zh, en = f"早于 {item.date}", f"is before {item.date}"
            yield row.fault("to_date", zh, en, _DATES_SWAPPED)
        if (item.start is None) != (item.end is None):
            missing = "start" if item.start is None else "end"
            advice = Text("开始和结束要一起填。", "Maybe fill in both start and end?")
            yield row.fault(missing, "没有填写", "is missing", advice)
        elif item.end is not None and item.end <= item.start:
            start = row.cells["start"]
            zh, en = f"不晚于开始时间 {start}", f"is not after the start {start}"
            yield row.fault("end", zh, en, _TIMES_SWAPPED)


def booking_times(draft: Draft) -> Iterator[DataError]:
    """A booking ends after it starts."""
    for row in draft.rows["bookings"]:
        if row.item.end <= row.item.start:
            start = row.cells["start"]
            zh, en = f"不晚于开始时间 {start}", f"is not after the start {start}"
            yield row.fault("end", zh, en, _TIMES_SWAPPED)


def calendar_sources(draft: Draft) -> Iterator[DataError]:
    """A source is a web address, or a file inside the folder."""
    for row in draft.rows["calendars"]:
        source = row.item.source.strip()
        if row.item.is_remote:
            scheme = source.partition("://")[0].lower()
            if scheme not in ("http", "https"):
                yield row.fault(
                    "source",
                    "不是 http 或 https 网址",
                    "is neither an http nor an https address",
                    Text("webcal:// 请改为 https://。", "Maybe https:// in its place?"),
                )
            continue
        path = PurePosixPath(source.replace("\\", "/"))
        if path.is_absolute() or ".." in path.parts or ":" in source:
            yield row.fault(
                "source",
                "不在数据文件夹之内",
                "is not inside the folder of the tables",
                Text("请把文件放进数据文件夹。", "Maybe copy the file into it?"),
            )


def missing_calendars(draft: Draft) -> Iterator[DataError]:
    """A calendar's file is there; what was fetched of it before goes on to count."""
    for row in draft.rows["calendars"]:
        if _is_missing(draft, row.item):
            yield row.fault(
                "source",
                f"不是 {draft.home} 里的文件，预订无法更新",
                f"is no file in {draft.home}; its bookings cannot be fetched",
                Text(
                    "请放好日历文件，或核对文件名。",
                    "Maybe the file has another name, or is still to be put there?",
                ),
            )


def _is_missing(draft: Draft, calendar: Calendar) -> bool:
    source = calendar.source.strip().replace("\\", "/")
    in_folder = draft.home is not None and not calendar.is_remote
    return in_folder and not (draft.home / source).is_file()


def calendar_zones(draft: Draft) -> Iterator[DataError]:
    """A calendar's zone is one of its venue."""
    for row in draft.rows["calendars"]:
        zone = row.item.zone_id
        if zone and draft.problem.zone[zone].venue_id != row.item.venue_id:
            venue_id = draft.problem.zone[zone].venue_id
            yield row.fault(
                "zone_id",
                f"是场地 {venue_id} 的分区，不是 {row.item.venue_id} 的",
                f"is a zone of {venue_id}, not of {row.item.venue_id}",
                Text("请核对场地编号。", "Maybe the venue is a slip?"),
            )


def dates_outside(draft: Draft) -> Iterator[DataError]:
    """Closed dates, bookings and moves outside the term have no effect."""
    term = draft.problem.term
    for table in ("closures", "replacements"):
        for row in draft.rows[table]:
            last = getattr(row.item, "to_date", None) or row.item.date
            if last < term.first_day or row.item.date > term.last_day:
                zh = f"不在学期（{term.first_day} 至 {term.last_day}）之内，没有作用"
                en = (
                    f"is outside the term ({term.first_day} to {term.last_day}) and "
                    "has no effect"
                )
                advice = Text("年份是否写错？", "Maybe the year is a slip?")
                yield row.fault("date", zh, en, advice)


def replaced_lessons(draft: Draft) -> Iterator[DataError]:
    """A lesson moved for a date exists, and its school may use the place."""
    problem = draft.problem
    for row in draft.rows["replacements"]:
        item = row.item
        requirement = problem.requirement[item.lesson_id.partition("#")[0]]
        if item.lesson_id not in problem.lesson:
            yield row.fault(
                "lesson_id",
                f"不是课次；{requirement.requirement_id} 有 "
                f"{len(requirement.lessons)} 次课",
                "is not a lesson; the requirement has "
                f"{len(requirement.lessons)} of them",
                Text("请写成 R1#2 的样子。", "Maybe write it as R1#2?"),
            )
            continue
        layout = problem.layout.get(item.layout_id)
        if layout is not None and not all(
            problem.may_use(school, layout)
            for school in problem.schools_of(requirement)
        ):
            yield row.fault(
                "layout_id",
                "是别处的场地，没有协议",
                "is at a venue of others without an agreement",
                Text("请换一个场地用法。", "Maybe another layout?"),
            )
        why = layout and problem.refusal(layout, requirement)
        if why is not None:
            advice = Text("请换一个场地用法。", "Maybe another layout?")
            yield row.fault("layout_id", why.zh, why.en, advice)


def lost_bookings(draft: Draft) -> Iterator[DataError]:
    """Bookings of a calendar that is not there close nothing; said once for each."""
    if "calendars" in draft.partial:
        return
    known = {row.item.calendar_id for row in draft.rows["calendars"]}
    for row in draft.rows["bookings"]:
        name = row.item.calendar_id
        if name not in known:
            known.add(name)
            yield row.fault(
                "calendar_id",
                "不在【场地日历】表中，它的预订不再起作用",
                "is not in the table of calendars; its bookings have no effect",
                Text(
                    "下次 cuofeng calendars --refresh 会清除它们。",
                    "The next `cuofeng calendars --refresh` drops them.",
                ),
            )


def unread_calendars(draft: Draft) -> Iterator[DataError]:
    """A calendar of which nothing was fetched yet closes nothing."""
    known = {row.item.calendar_id for row in draft.rows["bookings"]}
    for row in draft.rows["calendars"]:
        if row.item.calendar_id not in known and not _is_missing(draft, row.item):
            yield row.fault(
                "calendar_id",
                "还没有任何预订，不会占用场地",
                "has no booking yet and closes nothing",
                Text(
                    "请运行 cuofeng calendars 数据 --refresh。",
                    "Maybe run `cuofeng calendars DATA --refresh`?",
                ),
            )
