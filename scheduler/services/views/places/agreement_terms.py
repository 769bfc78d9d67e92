"""What an agreement says, what is missing in it, when it runs out, as sentences."""

import datetime as dt
from collections.abc import Callable, Iterator

from scheduler.model.problem import Problem
from scheduler.model.text import Text, weekday
from scheduler.model.times import format_clock
from scheduler.model.venues import Agreement

Fact = tuple[Text, Text]


def terms(problem: Problem, rows: tuple[Agreement, ...]) -> tuple[Fact, ...]:
    """What the rows of one school at one venue say, each once.

    Where rows differ, each value names the agreements that say so.
    """
    found = [(Text("时段", "Windows"), _windows(rows))]
    if address := problem.venue[rows[0].venue_id].address:
        found.append((Text("地址", "Address"), _same(address)))
    closed = sorted({d for a in rows for d in a.closed_dates})
    if closed:
        found.append((Text("不开放日期", "Closed on"), _same(_list(map(str, closed)))))
    for label, value in _FACTS:
        given: dict[Text, list[str]] = {}
        for a in rows:
            if (text := value(problem, a)) is not None:
                given.setdefault(text, []).append(a.agreement_id)
        if given:
            found.append((label, _each(given)))
    return tuple(found)


def _each(given: dict[Text, list[str]]) -> Text:
    """One value by itself, several with the agreements that say so."""
    if len(given) == 1:
        return next(iter(given))
    zh = "；".join(f"{text.zh}（{_list(iter(ids))}）" for text, ids in given.items())
    en = "; ".join(f"{text.en} ({', '.join(ids)})" for text, ids in given.items())
    return Text(zh, en)


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
    """What a partner or an inspector would ask for and the rows do not say.

    Where some rows do, the others are named.
    """
    found = []
    for text, said in _WANTED:
        silent = [a.agreement_id for a in rows if not said(a)]
        if len(silent) == len(rows):
            found.append(text)
        elif silent:
            ids = _list(iter(silent))
            found.append(Text(f"{text.zh}（{ids}）", f"{text.en} ({ids})"))
    return tuple(found)


def cut_short(
    problem: Problem, rows: tuple[Agreement, ...], today: dt.date
) -> Iterator[Text]:
    """Windows that have ended, or do not last all the term; equal ones once."""
    term = problem.term
    found: dict[Text, list[str]] = {}
    for a in rows:
        name, end = a.agreement_id, a.valid_to
        if end < today:
            text = Text(f"已于{end}到期", f"ended on {end}")
            found.setdefault(text, []).append(name)
        elif end < term.last_day:
            text = Text(
                f"在学期内到期（{end}），其后的课要换场",
                f"ends within the term ({end}); later lessons need a place",
            )
            found.setdefault(text, []).append(name)
        if a.valid_from > term.first_day:
            text = Text(
                f"到{a.valid_from}才生效，晚于开学",
                f"begins only on {a.valid_from}, after the term has",
            )
            found.setdefault(text, []).append(name)
    return _of_all(found)


def ending_soon(
    problem: Problem, rows: tuple[Agreement, ...], today: dt.date
) -> Iterator[Text]:
    """Windows that last the term, but end soon after it or soon after today."""
    last, days = problem.term.last_day, problem.agreement_rules.expiry_days
    soon = dt.timedelta(days=days)
    found: dict[Text, list[str]] = {}
    for a in rows:
        end = a.valid_to
        if end >= max(today, last) and min(end - today, end - last) <= soon:
            left = (end - today).days
            text = Text(
                f"将于{end}到期（还有{left}天），请及时续签",
                f"ends on {end}, in {left} day(s); time to renew it",
            )
            found.setdefault(text, []).append(a.agreement_id)
    return _of_all(found)


def _of_all(found: dict[Text, list[str]]) -> Iterator[Text]:
    """Sentences, each after the names that it is about."""
    for text, names in found.items():
        yield Text(f"{'、'.join(names)}{text.zh}", f"{', '.join(names)} {text.en}")


def _crossings(problem: Problem, agreement: Agreement) -> Text | None:
    count = agreement.road_crossings
    return None if count is None else _same(str(count))


def _notice(problem: Problem, agreement: Agreement) -> Text | None:
    days = agreement.notice_days
    return None if days is None else Text(f"{days}天", f"{days} day(s)")


_FACTS: tuple[tuple[Text, Callable[[Problem, Agreement], Text | None]], ...] = (
    (Text("步行", "Walk"), lambda problem, a: _walk(problem, a)),
    (Text("过马路", "Road crossings"), _crossings),
    (Text("提前通知", "Notice"), _notice),
    (Text("费用", "Cost"), lambda _, a: _cost(a)),
    (Text("保险", "Insurance"), lambda _, a: _given(a.insurance)),
    (Text("联系人", "Contact"), lambda _, a: _given(a.contact)),
    (Text("文件", "Document"), lambda _, a: _given(a.document)),
)
_WANTED: tuple[tuple[Text, Callable[[Agreement], bool]], ...] = (
    (Text("没有登记协议文件", "no document is named"), lambda a: bool(a.document)),
    (Text("没有登记保险", "no insurance is named"), lambda a: bool(a.insurance)),
    (
        Text("没有登记过马路情况", "nothing is said of roads to be crossed"),
        lambda a: a.road_crossings is not None,
    ),
    (
        Text("没有写明免费还是收费", "neither free nor a fee is said"),
        lambda a: a.free is not None or bool(a.fee),
    ),
)


def _given(text: str) -> Text | None:
    return _same(text) if text else None


def _list(parts: Iterator[str]) -> str:
    return "、".join(parts)


def _same(text: str) -> Text:
    return Text(text, text)
