"""All rules by chapter, in the order of their ids; the page about them."""

from collections.abc import Iterator

from scheduler.audit.complete import grid, minimum, windows
from scheduler.audit.district import balance, shortage
from scheduler.audit.executed import delivered, published
from scheduler.audit.names import wording
from scheduler.audit.places import capacity, outside, venues
from scheduler.audit.ruling.rule import Need, Rule
from scheduler.audit.staff import groups, loads, subjects
from scheduler.audit.time import clock, days, movement
from scheduler.model.text import Text

_MODULES = (
    grid,
    minimum,
    windows,
    wording,
    clock,
    days,
    movement,
    capacity,
    outside,
    venues,
    loads,
    groups,
    subjects,
    published,
    delivered,
    balance,
    shortage,
)
RULES: tuple[Rule, ...] = tuple(
    sorted(
        (x for m in _MODULES for x in vars(m).values() if isinstance(x, Rule)),
        key=lambda r: r.id,
    )
)
RULE = {r.id: r for r in RULES}
CHAPTERS = {
    "A": Text("课程开齐、课时开足", "courses complete, hours full"),
    "B": Text("课程名称规范", "standard names"),
    "C": Text("作息与课程安排", "clock times and days"),
    "D": Text("场地与教师", "places and staff"),
    "E": Text("按计划上课", "taught as planned"),
    "F": Text("师资与均衡", "staffing and balance"),
}
NEEDS = {
    Need.TIMETABLE: Text("课表", "a timetable"),
    Need.BELL: Text("作息时间", "bell times"),
    Need.STAFF: Text("教师", "teachers"),
    Need.VENUES: Text("场地", "venues"),
    Need.CALENDAR: Text("校历", "a term calendar"),
    Need.LOG: Text("实授记录", "a log of delivered lessons"),
}


def render_markdown() -> str:
    """``docs/audit-rules.md``: every rule as its own declaration has it."""
    return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    yield "# 审查规则 / Audit rules"
    yield ""
    yield (
        f"共{len(RULES)}条，由代码生成（`make docs`）。级别：C 严重、E 错误、W 提醒、"
        "I 提示；有 C 或 E 时 `cuofeng audit` 退出码为 1。"
    )
    yield (
        f"{len(RULES)} rules, generated from the code (`make docs`). Severity: C "
        "critical, E error, W warning, I information; with C or E `cuofeng audit` ends "
        "with 1."
    )
    yield ""
    yield (
        "每条有四种结果：符合、不符合、未核对（缺什么）、不适用。没有数据的规则不算符合。"
        " Each has four outcomes: met, violated, not checked (and what is missing), "
        "not applicable; no rule is met without data."
    )
    for letter, title in CHAPTERS.items():
        yield ""
        yield f"## {letter} {title.zh} / {title.en}"
        for rule in RULES:
            if rule.chapter == letter:
                yield from _rule_lines(rule)


def _rule_lines(rule: Rule) -> Iterator[str]:
    needs_zh = "、".join(NEEDS[n].zh for n in rule.needs)
    needs_en = ", ".join(NEEDS[n].en for n in rule.needs)
    yield ""
    yield f"### {rule.id} {rule.title.zh} / {rule.title.en}"
    yield ""
    yield f"- 级别 / severity: {rule.severity.letter}"
    yield f"- 需要 / needs: {needs_zh} / {needs_en}"
    how = " ".join((rule.judge.__doc__ or "").split())
    yield f"- 怎样核对 / how it is judged: {how}"
    if rule.applies.zh:
        yield f"- 适用 / applies to: {rule.applies.zh} / {rule.applies.en}"
    yield f"- 用语 / wording: {rule.wording}"
    yield f"- 依据 / source: {rule.source}"
    yield f"- 整改 / how to mend: {rule.mend.zh} / {rule.mend.en}"
