"""What it takes to comply as tables for people: hours, changes, staff, what is left."""

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from html import escape

from scheduler.audit.findings import number
from scheduler.audit.running.catalogue import RULE
from scheduler.formats.xlsx.tables import Cell, Table
from scheduler.model.text import Text
from scheduler.services.complying.complying import Complied
from scheduler.solver.repair.changes import ChangeKind
from scheduler.solver.repair.running import requirement_id
from scheduler.solver.repair.words import change_text

KINDS = {
    ChangeKind.CHANGED: Text("调整", "changed"),
    ChangeKind.ADDED: Text("新增", "added"),
    ChangeKind.REMOVED: Text("取消", "dropped"),
}
_STYLE = """
body{font-family:"Noto Sans CJK SC","Microsoft YaHei",sans-serif;margin:2em auto;
max-width:60em;padding:0 1em;color:#222}table{border-collapse:collapse;font-size:.9em}
td,th{border:1px solid #bbb;padding:.2em .5em;text-align:left}th{background:#f3f3f3}
div{overflow-x:auto}@media print{body{margin:0}}
"""


def summary(complied: Complied) -> Iterator[Text]:
    """What was done and what remains, in a few sentences."""
    changes, option = complied.adjusted.changes, complied.option
    classes = len({c.class_key for c in changes})
    yield Text(
        f"按口径调整课时{len(changes)}项，涉及{classes}个班。",
        f"{len(changes)} courses of {classes} classes get other hours.",
    )
    yield complied.repair.summary
    if option is None:
        grave = sum(r.severity(f).fails for r, f in complied.before.findings)
        yield Text(
            f"没有得到新课表，现有课表的严重和错误{grave}处都还在。",
            f"There is no new timetable: all {grave} critical findings and errors of "
            "the present one remain.",
        )
    else:
        kinds = [c.kind for c in option.changes]
        added, gone = kinds.count(ChangeKind.ADDED), kinds.count(ChangeKind.REMOVED)
        yield Text(
            f"新增{added}节，取消{gone}节，另有{option.changed}节换时间或教师，"
            f"其余不动。",
            f"{added} lessons are new, {gone} are dropped, {option.changed} others get "
            "another time or teacher; all else stays.",
        )
        before = sum(r.severity(f).fails for r, f in complied.before.findings)
        after = sum(r.severity(f).fails for r, f, _ in complied.left)
        yield Text(
            f"再次审查：严重和错误由{before}处减为{after}处。",
            f"Audited again: {before} critical findings and errors then, {after} now.",
        )
    for lack in complied.adjusted.lacks:
        name = complied.before.profile.names.print_name(lack.code)
        yield Text(
            f"{lack.school}缺{name}教师：每周{number(lack.lessons)}节没有人上，"
            f"约{number(lack.posts)}个岗位，暂以“待定”代替。",
            f"{lack.school} has no teacher for {number(lack.lessons)} lessons of "
            f"{lack.code} a week, about {number(lack.posts)} posts.",
        )


def tables(complied: Complied) -> tuple[Table, ...]:
    """The sheets of the report."""
    notes = [*summary(complied), *complied.adjusted.notes]
    notes += complied.repair.reasons
    return (
        (Text("概况", "Summary"), (Text("说明", "what"),), [(t,) for t in notes]),
        (Text("课时调整", "Hours"), _HOURS, list(_hours(complied))),
        (Text("各班改动", "Changes"), _CHANGES, list(class_changes(complied))),
        (Text("师资缺口", "Staff"), _STAFF, list(_staff(complied))),
        (Text("审查前后", "Before, after"), _COUNTS, list(_counts(complied))),
        (Text("仍存在的问题", "Left"), _LEFT, list(_left(complied))),
    )


_CLASS, _COURSE = Text("班级", "class"), Text("课程", "course")
_RULE = Text("规则", "rule")
_HOURS = (
    _CLASS,
    _COURSE,
    Text("原有节数", "before"),
    Text("调整后", "after"),
    _RULE,
    Text("理由", "reason"),
)
_CHANGES = (_CLASS, _COURSE, Text("改动", "change"), Text("内容", "what"))
_STAFF = (
    Text("学校", "school"),
    _COURSE,
    Text("缺几节", "lessons short"),
    Text("约几个岗位", "posts"),
    Text("能教的教师（现有/最多节数）", "who may teach it (now/most)"),
)
_COUNTS = (
    _RULE,
    Text("内容", "what"),
    Text("原来几处", "before"),
    Text("现在几处", "after"),
)
_LEFT = (
    _RULE,
    Text("级别", "severity"),
    Text("问题", "finding"),
    Text("为什么还在", "why it is left"),
)
Row = tuple[Cell, ...]


def _hours(complied: Complied) -> Iterator[Row]:
    profile, names = complied.before.profile, complied.adjusted.problem.class_name
    for change in complied.adjusted.changes:
        name = profile.names.print_name(change.code) if change.code else change.subject
        yield (
            names[change.class_key],
            name,
            change.before,
            change.after,
            "、".join(change.rules),
            change.why,
        )


def class_changes(complied: Complied) -> Iterator[Row]:
    """Every difference between the two timetables, class by class."""
    option, problem = complied.option, complied.adjusted.problem
    if option is None:
        return
    old = complied.before.schools[0].timetable
    known = problem.requirement | (old.problem.requirement if old else {})
    rows = [
        (class_id, requirement.subject_id, change)
        for change in option.changes
        for requirement in [known[requirement_id(change.lesson_id)]]
        for class_id in requirement.class_ids
    ]
    subjects = problem.subject | (old.problem.subject if old else {})
    for group in problem.classes:
        for class_id, subject_id, change in rows:
            if class_id == group.class_id:
                kind = KINDS[change.kind]
                name = subjects[subject_id].name
                said = _said(change_text(problem, change))
                yield problem.class_name[class_id], name, kind, said


def _said(text: Text) -> Text:
    """The change without the name of class and course, which stand beside it."""
    return Text(text.zh.partition("：")[2], text.en.partition(": ")[2])


def _staff(complied: Complied) -> Iterator[Row]:
    profile = complied.before.profile
    for lack in complied.adjusted.lacks:
        able = "、".join(
            f"{name}（{number(have)}/{number(most)}）" for name, have, most in lack.able
        )
        yield (
            lack.school,
            profile.names.print_name(lack.code),
            lack.lessons,
            round(lack.posts, 1),
            able or Text("没有", "nobody"),
        )


def _counts(complied: Complied) -> Iterator[Row]:
    for name, before, after in complied.counts():
        yield name, RULE[name].title, Fraction(before), Fraction(after)


def _left(complied: Complied) -> Iterator[Row]:
    for result, found, why in complied.left:
        yield result.rule.id, result.severity(found).letter, found.text, why


def page(complied: Complied, language: str) -> str:
    """All tables as one printable page."""
    title = _PAGE.in_language(language)
    parts = [
        f'<!doctype html><html lang="{language}"><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<style>{_STYLE}</style><title>{title}</title>",
        f"<h1>{title}</h1>",
    ]
    for name, heads, rows in tables(complied):
        said = escape(name.in_language(language))
        parts.append(f"<h2>{said}</h2>{_table(heads, rows, language)}")
    return "\n".join([*parts, "</html>"]) + "\n"


_PAGE = Text("按课程方案整改课表", "A timetable made to comply")
_NONE = Text("无", "none")


def _table(heads: Sequence[Text], rows: Iterable[Sequence[Cell]], language: str) -> str:
    cells = "".join(f"<th>{escape(h.in_language(language))}" for h in heads)
    lines = [f"<tr>{cells}"]
    for row in rows:
        shown = (_shown(c, language) for c in row)
        lines.append("<tr>" + "".join(f"<td>{escape(c)}" for c in shown))
    if len(lines) == 1:
        return f"<p>{_NONE.in_language(language)}</p>"
    return f"<div><table>{''.join(lines)}</table></div>"


def _shown(cell: Cell, language: str) -> str:
    if isinstance(cell, Text):
        return cell.in_language(language)
    return number(cell) if isinstance(cell, Fraction) else cell or ""
