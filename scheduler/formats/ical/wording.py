"""What events say to people, in Chinese."""

import datetime as dt
from collections.abc import Iterator
from zoneinfo import ZoneInfo

from scheduler.model.resources import SubjectKind
from scheduler.model.text import weekday
from scheduler.model.times import format_clock
from scheduler.model.weather import Weather
from scheduler.term.entries import Entry, FeedKind, Said
from scheduler.term.facts import Facts, Named
from scheduler.term.showing import Audience, Showing

CANCELLED = "【停课】"
MAKE_UP = "【补课】"
MOVED = "【调课】"
EXTRA = "【加课】"
SUBSTITUTED = "【代课】"
OTHER_SUBJECT = "【改课程】"
RELOCATED = "【换场】"
SELF_STUDY = "【自习】"
JOINED = "【合班】"
BAD_WEATHER = {
    Weather.RAIN: "【雨天】",
    Weather.HEAT: "【高温】",
    Weather.SMOG: "【雾霾】",
}
TO_BE_FOUND = "地点待定"
_WEATHER_OVER = "预案已撤销，照常上课"

_CALENDARS = {
    FeedKind.TEACHER: "课表",
    FeedKind.CLASS: "课表",
    FeedKind.VENUE: "使用表",
    FeedKind.ZONE: "使用表",
    FeedKind.SCHOOL: "全校课表",
    FeedKind.AGREEMENT: "协议使用表",
}
CATEGORIES = {
    SubjectKind.CORE: "学科",
    SubjectKind.PE: "体育",
    SubjectKind.PE_ACTIVITY: "体育活动",
    SubjectKind.ARTS: "艺术",
    SubjectKind.SCIENCE: "科学",
    SubjectKind.LABOUR: "劳动",
    SubjectKind.PSYCH: "心理",
    SubjectKind.IT: "信息科技",
    SubjectKind.OTHER: "其他",
}


def calendar_name(audience: Audience) -> str:
    """Title of the calendar."""
    return f"{audience.name} {_CALENDARS[audience.kind]}"


def summary(showing: Showing, kind: FeedKind) -> str:
    """Prefixes and title: what the reader of this kind of calendar lacks."""
    facts = showing.facts
    subject, classes = facts.subject.name, names(facts.classes)
    teachers = names(facts.teachers)
    titles = {
        FeedKind.TEACHER: (subject, classes),
        FeedKind.CLASS: (subject, teachers),
        FeedKind.AGREEMENT: (names(facts.schools), classes, subject),
    }
    title = titles.get(kind, (classes, subject, teachers))
    return _prefixes(showing) + " ".join(filter(None, title))


def location(facts: Facts) -> str:
    """Venue and zones, the site of venues outside the school; the own room."""
    place = facts.place
    if place is None:
        return f"{names(facts.joined or facts.classes)}教室"
    return _venue(facts) if place.available else f"{TO_BE_FOUND}（原{_venue(facts)}）"


def description(showing: Showing, zone: ZoneInfo) -> str:
    """The facts line by line; the latest change at the end."""
    facts = showing.facts
    lines = [
        f"课程：{facts.subject.name}",
        f"班级：{names(facts.classes)}{_some(facts)}",
        f"教师：{names(facts.teachers)}",
    ]
    if facts.self_study:
        lines.append("形式：自习，教师看班")
    if facts.joined:
        lines.append(f"合班：与{names(facts.joined)}一起上课")
    if facts.escorts:
        lines.append(f"随队：{names(facts.escorts)}")
    lines.append(f"地点：{location(facts)}")
    if facts.walk:
        lines.append(f"路程：前后各步行{facts.walk}分钟")
    if facts.acts_as is not None:
        lines.append(f"调休：按{weekday(facts.acts_as).zh}课表上课")
    if facts.weather is not None:
        theory = "本班教室理论课" if facts.kind is SubjectKind.PE else "本班教室活动"
        what = theory if facts.place is None else "室内活动"
        lines.append(f"预案：{facts.weather.text.zh}，改为{what}")
    return "\n".join(lines + _change(showing, zone))


def _some(facts: Facts) -> str:
    """How many pupils attend where not all of the classes do."""
    return "" if facts.pupils is None else f"（其中{facts.pupils}人）"


def names(of: tuple[Named, ...]) -> str:
    """Names in a list."""
    return "、".join(one.name for one in of)


def _venue(facts: Facts) -> str:
    place = facts.place
    if place is None:
        return ""
    part = place.part
    if part is None:
        part = "、".join(zone for zone in place.zones if zone != place.venue.id)
    found = " · ".join(filter(None, (place.venue.name, part)))
    outside = place.outside and place.address
    return f"{found}（{place.address}）" if outside else found


def _prefixes(showing: Showing) -> str:
    entry = showing.entry
    if entry.cancelled:
        return CANCELLED
    news = showing.fresh or showing.off
    weather = entry.facts.weather
    relocated = weather is None and not _weather_over(entry) and entry.new_place
    marks = (
        (MAKE_UP, entry.facts.acts_as is not None),
        (BAD_WEATHER[weather] if weather else "", weather is not None),
        (EXTRA, entry.facts.extra),
        (MOVED, news and entry.moved),
        (SUBSTITUTED, news and entry.new_teacher),
        (OTHER_SUBJECT, news and entry.new_subject),
        (RELOCATED, (news and relocated) or entry.place_open),
        (SELF_STUDY, showing.facts.self_study),
        (JOINED, bool(showing.facts.joined)),
    )
    return "".join(mark for mark, holds in marks if holds)


def _weather_over(entry: Entry) -> bool:
    """Whether its latest change ended what bad weather had done to it."""
    old = entry.former
    return old is not None and old.facts.weather is not None


def _change(showing: Showing, zone: ZoneInfo) -> list[str]:
    """What changed, from what (or, to those who lost it, to what), and when."""
    entry, old = showing.entry, showing.left or showing.entry.origin
    if entry.sequence == 0:
        return []
    published = entry.published_at.astimezone(zone)
    head = f"变更：第{entry.version}版，{published:%Y-%m-%d %H:%M}发布"
    if entry.cancelled:
        return [head, "本次课停上"]
    if entry.restored:
        return [head, _taken_back(showing)]
    lines = list(_differing(showing, old)) if old is not None else []
    return [head, *(lines or ["恢复上课"])]


def _differing(showing: Showing, old: Said) -> Iterator[str]:
    """What is otherwise: as it was, or for those who lost the lesson, as it is."""
    entry, now = showing.entry, showing.entry.facts
    label, told = ("现", entry.now) if showing.left else ("原", old)
    if entry.moved:
        yield f"{label}时间：{_when(told.date, told.facts)}"
    elif old.facts.time != now.time:
        yield f"当天另有作息，平时{_clock(old.facts)}"
    if old.facts.subject.id != now.subject.id:
        yield f"{label}课程：{told.facts.subject.name}"
    if old.facts.teacher_ids != now.teacher_ids:
        yield f"{label}教师：{names(told.facts.teachers)}"
    if old.facts.escort_ids != now.escort_ids:
        yield f"{label}随队：{names(told.facts.escorts) or '无'}"
    if _weather_over(entry) and now.weather is None and not showing.left:
        yield _WEATHER_OVER
    elif old.facts.where != now.where:
        yield f"{label}地点：{location(told.facts)}"


def _taken_back(showing: Showing) -> str:
    """What became of a change, for whoever has the lesson again or no more."""
    entry = showing.entry
    if showing.left:
        return "变动已撤销"
    if entry.former is None or entry.former.appointment == entry.now.appointment:
        return "恢复上课"
    return _WEATHER_OVER if _weather_over(entry) else "变动已撤销，照常上课"


def _when(date: dt.date, facts: Facts) -> str:
    day = f"{date.month}月{date.day}日 {weekday(date.isoweekday()).zh}"
    return f"{day} {_clock(facts)}"


def _clock(facts: Facts) -> str:
    return f"{format_clock(facts.start)}–{format_clock(facts.end)}"
