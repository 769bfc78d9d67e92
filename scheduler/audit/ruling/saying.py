"""Words that many rules share: a class's hours of a subject, lists of days, clock."""

from collections.abc import Iterable, Iterator
from fractions import Fraction

from scheduler.audit.findings import number
from scheduler.audit.hours_words import least, short
from scheduler.audit.inputs.school import AuditClass, AuditSchool
from scheduler.audit.ruling.rule import MET, Case, Found, Item, NotChecked
from scheduler.model.text import Text, weekday

HALF = Fraction(1, 2)


def course(case: Case, code: str, printed: str = "") -> Text:
    """The name of a course in both languages."""
    rows = (r for r in case.profile.standard.rows if r.code == code)
    named = next((r.name for r in rows), None)
    zh = case.profile.names.print_name(code) if code else printed
    if zh == code and named:
        # A group of courses (INT) has no name of its own to print.
        zh = named.zh
    return Text(zh or printed, named.en if named else printed or code)


def days_text(days: Iterable[int]) -> Text:
    """Weekdays one after the other."""
    names = [weekday(d) for d in days]
    return Text("、".join(n.zh for n in names), ", ".join(n.en for n in names))


def joined(numbers: Iterable[int]) -> str:
    """Numbers as one field of a finding, ``2;4``."""
    return ";".join(map(str, numbers))


def at_least(
    case: Case,
    group: AuditClass,
    code: str,
    demanded: Fraction,
    note: Text | None = None,
) -> Iterator[Item]:
    """Judge that a class has so many lessons of a code a week.

    A difference counts from half a lesson on, the standard's smallest unit.
    """
    hours = case.hours[group.key]
    have = hours.standard(code)
    lack = demanded - have
    if lack < HALF:
        yield MET
        return
    name = course(case, code)
    if hours.could_be(code, demanded):
        yield doubtful(group, name, code)
        return
    more = note or Text("", "")
    limit, gap = least(demanded), short(lack)
    zh = f"每周{number(have)}节，{limit.zh}，{gap.zh}"
    en = f"{number(have)} lessons a week, {limit.en}, {gap.en}"
    text = Text(
        f"{group.name}{name.zh}：{zh}{more.zh}。",
        f"{group.name}, {name.en}: {en}{more.en}.",
    )
    yield Found(text, number(have), number(demanded), group, subject=code)


def doubtful(group: AuditClass, name: Text, code: str = "") -> NotChecked:
    """Cells that could not be read may hold what is missing."""
    text = Text(
        f"{group.name}有看不准的格子，可能就是{name.zh}，请先核对",
        f"{group.name} has cells that could not be read for certain and may be "
        f"{name.en}; review them first",
    )
    return NotChecked("unread_cells", text, group, code)


def unread(school: AuditSchool, group: AuditClass, day: int | None = None) -> bool:
    """Whether a class has cells (of a day) that could not be read for certain."""
    return any(not x.sure and day in (None, x.day) for x in school.of(group))
