"""What an agreement says, what is missing in it, when it runs out, as sentences."""

import datetime as dt
from collections.abc import Iterator

from scheduler.model.problem import Problem
from scheduler.model.text import Text, weekday
from scheduler.model.times import format_clock
from scheduler.model.venues import Agreement

Fact = tuple[Text, Text]


def terms(problem: Problem, rows: tuple[Agreement, ...]) -> tuple[Fact, ...]:
    """What the rows of one school at one venue say, each once."""
    first = rows[0]
    found = [(Text("时段", "Windows"), _windows(rows))]
    if address := problem.venue[first.venue_id].address:
        found.append((Text("地址", "Address"), _same(address)))
    closed = sorted({d for a in rows for d in a.closed_dates})
    if closed:
        found.append((Text("不开放日期", "Closed on"), _same(_list(map(str, closed)))))
    found.append((Text("步行", "Walk"), _walk(problem, first)))
    if first.road_crossings is not None:
        count = first.road_crossings
        found.append((Text("过马路", "Road crossings"), _same(str(count))))
    if first.notice_days is not None:
        found.append(
            (
                Text("提前通知", "Notice"),
                Text(f"{first.notice_days}天", f"{first.notice_days} day(s)"),
            )
        )
    if (cost := _cost(first)) is not None:
        found.append((Text("费用", "Cost"), cost))
    for label, value in (
        (Text("保险", "Insurance"), first.insurance),
        (Text("联系人", "Contact"), first.contact),
        (Text("文件", "Document"), first.document),
    ):
        if value:
            found.append((label, _same(value)))
    return tuple(found)


def _windows(rows: tuple[Agreement, ...]) -> Text:
    zh, en = [], []
    for a in sorted(rows, key=lambda a: (a.day, a.start)):
        day, clock = weekday(a.day), f"{format_clock(a.start)}–{format_clock(a.end)}"
        dates = f"{a.valid_from} – {a.valid_to}"
        if a.zones:
            dates = f"{'、'.join(a.zones)}；{dates}"
        pupils = "" if a.max_pupils is None else f"、{a.max_pupils}人"
        people = "" if a.max_pupils is None else f", {a.max_pupils} pupils"
        zh.append(f"{day.zh} {clock}（最多{a.max_classes}个班{pupils}；{dates}）")
        en.append(f"{day.en} {clock} ({a.max_classes} classes{people}; {dates})")
    return Text("；".join(zh), "; ".join(en))


def _walk(problem: Problem, agreement: Agreement) -> Text:
    """Minutes one way; by grade where the distance is known."""
    if agreement.walk_metres is None:
        minutes = agreement.walk_minutes
        return Text(f"单程{minutes}分钟", f"{minutes} minutes one way")
    rules = problem.agreement_rules
    grades = sorted(
        {c.grade for c in problem.classes if c.school_id == agreement.school_id}
    )
    by_grade = {g: rules.walk_minutes(agreement, g) for g in grades}
    zh = "、".join(f"{g}年级{m}分钟" for g, m in by_grade.items())
    en = ", ".join(f"grade {g}: {m}" for g, m in by_grade.items())
    metres = agreement.walk_metres
    return Text(f"{metres}米，单程{zh}", f"{metres} m, minutes one way {en}")


def _cost(agreement: Agreement) -> Text | None:
    if agreement.free:
        return Text("免费", "free")
    if agreement.fee:
        return _same(agreement.fee)
    return None if agreement.free is None else Text("收费", "paid")


def missing(rows: tuple[Agreement, ...]) -> tuple[Text, ...]:
    """What a partner or an inspector would ask for and the rows do not say."""
    first, found = rows[0], []
    if not first.document:
        found.append(Text("没有登记协议文件", "no document is named"))
    if not first.insurance:
        found.append(Text("没有登记保险", "no insurance is named"))
    if first.road_crossings is None:
        found.append(
            Text("没有登记过马路情况", "nothing is said of roads to be crossed")
        )
    if first.free is None and not first.fee:
        found.append(Text("没有写明免费还是收费", "neither free nor a fee is said"))
    return tuple(found)


def cut_short(
    problem: Problem, rows: tuple[Agreement, ...], today: dt.date
) -> Iterator[Text]:
    """Windows that have ended, or do not last all the term."""
    term = problem.term
    for a in rows:
        name, end = a.agreement_id, a.valid_to
        if end < today:
            yield Text(f"{name}已于{end}到期", f"{name} ended on {end}")
        elif end < term.last_day:
            yield Text(
                f"{name}在学期内到期（{end}），其后的课要换场",
                f"{name} ends within the term ({end}); later lessons need a place",
            )
        if a.valid_from > term.first_day:
            yield Text(
                f"{name}到{a.valid_from}才生效，晚于开学",
                f"{name} begins only on {a.valid_from}, after the term has",
            )


def ending_soon(
    problem: Problem, rows: tuple[Agreement, ...], today: dt.date
) -> Iterator[Text]:
    """Windows that last the term, but end soon after it or soon after today."""
    last, days = problem.term.last_day, problem.agreement_rules.expiry_days
    soon = dt.timedelta(days=days)
    for a in rows:
        end = a.valid_to
        if end >= max(today, last) and min(end - today, end - last) <= soon:
            left = (end - today).days
            yield Text(
                f"{a.agreement_id}将于{end}到期（还有{left}天），请及时续签",
                f"{a.agreement_id} ends on {end}, in {left} day(s); time to renew it",
            )


def _list(parts: Iterator[str]) -> str:
    return "、".join(parts)


def _same(text: str) -> Text:
    return Text(text, text)
