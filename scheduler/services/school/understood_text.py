"""Sentences and JSON of what was understood of a problem."""

from collections.abc import Iterator
from typing import Any

from scheduler.audit.findings import number
from scheduler.model.problem import Problem
from scheduler.model.text import Text
from scheduler.services.school.understood import Load, OffStandard, Understood

_SHOWN = 5
"""Teachers and classes named before the rest is only counted."""


def lines(problem: Problem, facts: Understood) -> Iterator[Text]:
    """What a person checks before solving, one line each."""
    for (grade, need, rows), count in facts.grades:
        yield Text(
            f"{grade}年级 {count}个班：每班每周{need}节课，作息有{rows}节。",
            f"Grade {grade}, {count} class(es): {need} lessons of {rows} periods each.",
        )
    yield from _loads(facts.teachers)
    needed, offered = number(facts.pe[0]), facts.pe[1]
    if facts.pe[0]:
        over_zh, over_en = (
            ("，不够", ": too few") if facts.pe[0] > offered else ("", "")
        )
        yield Text(
            f"体育类课程每周要用场地{needed}班次，场地至多容{offered}班次{over_zh}。",
            f"PE: {needed} class-lessons a week need a place, places take at most "
            f"{offered}{over_en}.",
        )
    if not facts.hours:
        yield Text("课时符合课程方案。", "Hours agree with the curriculum plan.")
    for row in facts.hours:
        yield _hours(problem, row)


def _loads(teachers: tuple[Load, ...]) -> Iterator[Text]:
    most = [x for x in teachers if x.need][:_SHOWN]
    if most:
        zh = "、".join(f"{x.name}{x.need}节" for x in most)
        en = ", ".join(f"{x.name} {x.need}" for x in most)
        yield Text(f"课最多的教师：{zh}。", f"Most loaded teachers: {en}.")
    over = [x for x in teachers if x.is_over]
    if over:
        zh = "、".join(f"{x.name}{x.need}节（上限{x.most}）" for x in over)
        en = ", ".join(f"{x.name} {x.need} (limit {x.most})" for x in over)
        yield Text(f"超过上限的教师：{zh}。", f"Over their limit: {en}.")


def _hours(problem: Problem, row: OffStandard) -> Text:
    names = [problem.class_name[c] for c in row.class_ids]
    rest = len(names) > _SHOWN
    who_zh = "、".join(names[:_SHOWN]) + f"等{len(names)}个班" * rest
    who_en = ", ".join(names[:_SHOWN]) + f" … ({len(names)} classes)" * rest
    planned, demanded = number(row.planned), number(row.demanded)
    word_zh, word_en = ("少于", "fewer than") if row.is_short else ("多于", "more than")
    return Text(
        f"{row.subject.zh}计划{planned}节，{word_zh}课程方案的{demanded}节：{who_zh}。",
        f"{row.subject.en}: {planned} planned, {word_en} the {demanded} of the "
        f"curriculum plan: {who_en}.",
    )


def as_json(facts: Understood) -> dict[str, Any]:
    """The same as numbers and ids."""
    return {
        "grades": [
            {"grade": grade, "lessons": need, "periods": rows, "classes": count}
            for (grade, need, rows), count in facts.grades
        ],
        "teachers": [
            {"name": x.name, "periods": x.need, "limit": x.most, "over": x.is_over}
            for x in facts.teachers
        ],
        "pe": {"needed": float(facts.pe[0]), "offered": facts.pe[1]},
        "hours": [
            {
                "subject": x.subject.both(),
                "planned": float(x.planned),
                "demanded": float(x.demanded),
                "short": x.is_short,
                "classes": list(x.class_ids),
            }
            for x in facts.hours
        ],
    }
