"""Sentences on debts and on how they are given back."""

import datetime as dt

from scheduler.constraints import describe
from scheduler.model.problem import Problem
from scheduler.model.text import Text, joined, weekday
from scheduler.model.times import format_clock
from scheduler.services.school.ledgers import Books
from scheduler.services.school.repaying import Repayment
from scheduler.term.ledgers.debts import Debt
from scheduler.term.ledgers.repaying import Offer, Owed


def chosen_debts(
    books: Books, class_id: str = "", teacher_id: str = "", subject_id: str = ""
) -> tuple[Debt, ...]:
    """Debts of a class, teacher or subject; empty ids are no choice."""
    return tuple(
        debt
        for debt in books.debts
        if class_id in ("", debt.class_id) and subject_id in ("", debt.subject_id)
        if not teacher_id or teacher_id in debt.teacher_ids
    )


def debt_sentence(problem: Problem, debt: Debt) -> Text:
    """One debt, and whether it is repaid."""
    what = _lesson(problem, debt.subject_id, (debt.class_id,))
    day = _day(debt.date)
    back = Text("，未补", ", owed")
    if debt.repaid_on is not None:
        back = Text(f"，{debt.repaid_on}补", f", given back on {debt.repaid_on}")
    size = Text(f"{debt.lessons}节", f"{debt.lessons} lesson(s)")
    return Text(
        f"{day.zh}{what.zh}{size.zh}：{debt.why.zh}{back.zh}",
        f"{day.en} {what.en}, {size.en}: {debt.why.en}{back.en}",
    )


def offer_sentence(problem: Problem, offer: Offer) -> Text:
    """One lesson given back."""
    debt, day = offer.owed.first, _day(offer.date)
    what = _lesson(problem, debt.subject_id, offer.owed.class_ids)
    clock = f"{format_clock(offer.start)}–{format_clock(offer.end)}"
    people = "、".join(describe.teacher(problem, x) for x in debt.teacher_ids)
    place = describe.layout(problem, offer.layout_id)
    later = Text("（课后）", " (after school)") if offer.after_school else Text("", "")
    return Text(
        f"→ {day.zh}{clock}{later.zh} {what.zh}（{people}，{place.zh}），"
        f"补{debt.date}{debt.why.zh}",
        f"→ {day.en} {clock}{later.en} {what.en} ({people}, {place.en}), for "
        f"{debt.date} ({debt.why.en})",
    )


def unserved_sentences(problem: Problem, found: Repayment) -> tuple[Text, ...]:
    """Lessons for which there is no time, those of a class and subject as one."""
    alike: dict[tuple[str, tuple[str, ...]], list[Owed]] = {}
    for one in found.unserved:
        alike.setdefault((one.first.subject_id, one.class_ids), []).append(one)
    return tuple(_unserved(problem, rows) for rows in alike.values())


def _unserved(problem: Problem, rows: list[Owed]) -> Text:
    debt = rows[0].first
    what = _lesson(problem, debt.subject_id, rows[0].class_ids)
    count = sum(row.first.lessons for row in rows)
    dates = "、".join(dict.fromkeys(f"{row.first.date}" for row in rows))
    return Text(
        f"× {what.zh}{count}节（{dates}）：班级、教师和场地没有同时可用的时间",
        f"× {what.en}, {count} ({dates}): class, teacher and place are never open at "
        "one time",
    )


def repayment_sentence(found: Repayment, applied: bool) -> Text:
    """What comes of a proposal as a whole."""
    count, left = len(found.offers), len(found.unserved)
    by = Text("", "")
    if found.last is not None:
        by = Text(f"，到{found.last}补完", f" by {found.last}")
    done = Text("已登记。", " Made.") if applied and count else Text("", "")
    return Text(
        f"可补{count}节{by.zh}，{left}节没有时间。{done.zh}",
        f"{count} given back{by.en}, {left} without a time.{done.en}",
    )


def grouped(debts: tuple[Debt, ...]) -> dict[tuple[str, str], list[Debt]]:
    """Debts by class and subject."""
    found: dict[tuple[str, str], list[Debt]] = {}
    for debt in debts:
        found.setdefault((debt.class_id, debt.subject_id), []).append(debt)
    return found


def _lesson(problem: Problem, subject_id: str, class_ids: tuple[str, ...]) -> Text:
    known = problem.subject.get(subject_id)
    names = joined(
        Text(problem.class_name.get(x, x), problem.class_name.get(x, x))
        for x in class_ids
    )
    zh = known.name if known else subject_id
    en = (known.name_en or known.name) if known else subject_id
    return Text(f"{names.zh}{zh}", f"{en} of {names.en}")


def _day(date: dt.date) -> Text:
    name = weekday(date.isoweekday())
    return Text(f"{date}（{name.zh}）", f"{date} ({name.en})")
