"""draft: a timetable being worked on, step by step, by several people at once."""

import argparse
import re
from argparse import Namespace
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace

from scheduler.cli.arguments import add_act, add_database, add_json, add_office, add_who
from scheduler.cli.console import say, say_json, tell
from scheduler.cli.failing import NOTHING_PUBLISHED, refusal
from scheduler.constraints.evaluate import evaluate
from scheduler.formats.problem.amending import Amendment, table_named
from scheduler.formats.problem.typed import cells_of
from scheduler.model.errors import DataError, InputError
from scheduler.model.meeting import Placement
from scheduler.model.text import WEEKDAYS_ZH, Text
from scheduler.model.times import Week
from scheduler.services.office import Office
from scheduler.services.offices import Store
from scheduler.services.school.drafts.desk import Asked, Desk, Step
from scheduler.services.school.drafts.refusals import DraftClosed, DraftUnknown, Refused
from scheduler.services.school.drafts.words import (
    no_draft,
    operation_text,
    refusal_text,
)
from scheduler.services.school.publishing import Superseded
from scheduler.services.views.drafts import draft_facts, draft_line, step_facts
from scheduler.services.views.solution import with_reason
from scheduler.solver.advice.words import effect_text

_ACTS = (
    *("list", "new", "show", "move", "place", "unplace", "lock", "unlock"),
    *("row", "undo", "redo", "publish", "discard"),
)
_SHOWN = 20
_SLOT = re.compile(
    rf"(?P<day>[1-7]|{'|'.join(filter(None, WEEKDAYS_ZH))})"
    r"[-.第 ]?(?P<period>[0-9]{1,2})节?"
)


def add_options(command: argparse.ArgumentParser) -> None:
    """What is to be done with which draft, and in which database."""
    add_act(command, _ACTS)
    command.add_argument(
        "what",
        nargs="*",
        metavar="ARG",
        help="new 名称；move/place 草稿号 课次 时段（如 2-3）；lock/unlock/unplace "
        "草稿号 课次…；row 草稿号 表 编号 列=值…；其余 草稿号 / new NAME; move|place "
        "DRAFT LESSON SLOT (day-period); lock|unlock|unplace DRAFT LESSON ...; row "
        "DRAFT TABLE KEY COLUMN=VALUE ... (no value: remove the row); others DRAFT",
    )
    add_database(command)
    add_office(command)
    add_who(command)
    command.add_argument(
        "--seen",
        type=int,
        metavar="N",
        help="看到第几步为止；之后被别人改过的不覆盖 / refuse what was changed after "
        "step N (default: the last one)",
    )
    command.add_argument("--place", metavar="ID", help="用法编号或 home / a layout")
    command.add_argument("--teachers", nargs="+", metavar="ID", help="教师 / teachers")
    command.add_argument(
        "--week", choices=[x.value for x in Week], help="单双周 / weeks of the lesson"
    )
    command.add_argument(
        "--force",
        action="store_true",
        help="硬性规则不许的位置也放 / put it also where a hard rule forbids it",
    )
    command.add_argument(
        "--reason", default="", help="有冲突仍要发布的原因 / why, over hard conflicts"
    )
    add_json(command)


def run(options: Namespace) -> int:
    """Do one thing with a draft."""
    with closing(Store.connect(options.database, create=False)) as store:
        office = store.office_named(options.office)
        if options.act == "list":
            _say_list(office, options)
        elif options.act == "new":
            _begin(office, options)
        else:
            with _refused(office, options):
                _work(office, options)
    return 0


def _begin(office: Office, options: Namespace) -> None:
    """A draft of the version in force."""
    current = office.current()
    if current is None:
        raise InputError([NOTHING_PUBLISHED])
    name = " ".join(options.what) or current.name
    draft = office.drafts.new(name, options.who, current.timetable, current.version)
    if options.json:
        say_json(draft_facts(draft))
    else:
        say(draft_line(draft).in_language(options.lang))


def _say_list(office: Office, options: Namespace) -> None:
    drafts = office.drafts.all()
    if options.json:
        say_json([draft_facts(x) for x in drafts])
        return
    for draft in drafts:
        say(draft_line(draft).in_language(options.lang))
    if not drafts:
        tell("没有草稿。用 cuofeng draft new 新建。", "No drafts. Maybe draft new?")


def _work(office: Office, options: Namespace) -> None:
    draft_id = _number(options.what)
    match options.act:
        case "show":
            _show(office, draft_id, options)
        case "publish":
            _publish(office, draft_id, options)
        case "discard":
            office.draft_jobs.discard(draft_id, options.who)
            tell("草稿已放弃。", "The draft is discarded.")
        case _:
            act = _act(options)
            step = office.drafts.do(
                draft_id, options.who, act, options.seen, options.force
            )
            _say_step(office, draft_id, step, options)


def _act(options: Namespace) -> Callable[[Desk, Asked], Step]:
    """The operation that the options describe."""
    rest = options.what[1:]
    match options.act:
        case "undo":
            return lambda desk, asked: desk.undo(asked)
        case "redo":
            return lambda desk, asked: desk.redo(asked)
        case "lock" | "unlock":
            on = options.act == "lock"
            return lambda desk, asked: desk.lock(asked, _some(rest), on)
        case "unplace":
            return lambda desk, asked: desk.move(asked, dict.fromkeys(_some(rest)))
        case "row":
            return lambda desk, asked: desk.amend(asked, _amendment(desk, rest))
    if len(rest) != 2:
        raise InputError([_NO_SLOT])
    lesson_id, (day, period) = rest[0], _slot(rest[1])
    return lambda desk, asked: desk.move(
        asked, {lesson_id: _placement(desk, lesson_id, day, period, options)}
    )


def _slot(text: str) -> tuple[int, int]:
    """Day and period of ``2-3`` or ``周二第3节``."""
    found = _SLOT.fullmatch(text)
    if found is None:
        raise InputError([replace(_NO_SLOT, value=text)])
    day = found["day"]
    return int(day) if day.isdecimal() else WEEKDAYS_ZH.index(day), int(found["period"])


def _placement(
    desk: Desk, lesson_id: str, day: int, period: int, options: Namespace
) -> Placement:
    """Where the lesson is to stand, with what it has now or what is best there."""
    return desk.placement_at(
        lesson_id,
        day,
        period,
        week=Week(options.week) if options.week else None,
        layout_id=options.place,
        teacher_ids=tuple(options.teachers) if options.teachers else None,
    )


def _amendment(desk: Desk, rest: list[str]) -> Amendment:
    """A row changed, put in, or, without any cell, taken out."""
    if len(rest) < 2:
        raise InputError([_NO_ROW])
    table, key, cells = table_named(rest[0]), rest[1], rest[2:]
    rows = cells_of(desk.problem, table)
    before = next((x for x in rows if x.get(table.key[0]) == key), None)
    if not cells:
        return Amendment(table.name, before or {table.key[0]: key}, None)
    after = {table.key[0]: key, **(before or {})}
    for cell in cells:
        column, equals, value = cell.partition("=")
        if not equals or column not in table.column:
            raise InputError([_no_cell(cell, list(table.column))])
        after[column] = value
    return Amendment(table.name, before, after)


def _publish(office: Office, draft_id: int, options: Namespace) -> None:
    draft = office.drafts.get(draft_id)
    if draft.closed_at is not None:
        raise DraftClosed(draft_id, draft.published_version)
    table = office.drafts.look(draft_id, lambda desk: desk.timetable)
    report = evaluate(table)
    reason = options.reason.strip()
    if report.hard and not reason:
        raise InputError([_with_conflicts(report.conflicts)])
    claim = with_reason("{}", reason) if report.hard else "{}"
    made = office.publish_draft(draft_id, options.who, draft.name, claim)
    tell(f"已发布第{made.version}版。", f"Published as version {made.version}.")


def _show(office: Office, draft_id: int, options: Namespace) -> None:
    draft = office.drafts.get(draft_id)

    def see(desk: Desk) -> tuple[list[tuple[int, str, Text]], list[str], list[str]]:
        steps = [
            (x.number, x.who, operation_text(desk.problem, x))
            for x in desk.history.operations
        ]
        return steps, list(desk.unplaced), list(desk.locked)

    steps, unplaced, locked = office.drafts.look(draft_id, see)
    costs = office.drafts.look(draft_id, lambda desk: (desk.hard, desk.soft))
    if options.json:
        told = [
            {"number": n, "who": who, "text": text.both()} for n, who, text in steps
        ]
        facts = {"hard": costs[0], "soft": costs[1], "steps": told}
        lists = {"unplaced": unplaced, "locked": locked}
        say_json({**draft_facts(draft), **facts, **lists})
        return
    say(draft_line(draft).in_language(options.lang))
    for number, who, text in steps[-_SHOWN:]:
        say(f"  {number} {who} {text.in_language(options.lang)}")
    tell(
        f"未排{len(unplaced)}节，锁定{len(locked)}节；硬性代价{costs[0]}，"
        f"软性代价{costs[1]}。",
        f"{len(unplaced)} lessons without a place, {len(locked)} locked; hard cost "
        f"{costs[0]}, soft cost {costs[1]}.",
    )


def _say_step(office: Office, draft_id: int, step: Step, options: Namespace) -> None:
    problem = office.drafts.look(draft_id, lambda desk: desk.problem)
    text = operation_text(problem, step.operation)
    if options.json:
        say_json({**step_facts(step), "text": text.both()})
        return
    say(f"{step.operation.number} {text.in_language(options.lang)}")
    say(f"  {effect_text(step.effect).in_language(options.lang)}")


@contextmanager
def _refused(office: Office, options: Namespace) -> Iterator[None]:
    """Refusals as faults of the command line."""
    try:
        yield
    except Superseded as error:
        raise refusal("cuofeng draft", error.text) from error
    except DraftUnknown as error:
        raise refusal("cuofeng draft", no_draft(error.draft_id)) from error
    except Refused as error:
        draft_id = _number(options.what)
        problem = office.drafts.look(draft_id, lambda desk: desk.problem)
        raise refusal("cuofeng draft", refusal_text(problem, error)) from error


def _number(what: list[str]) -> int:
    if not what or not what[0].isdecimal():
        raise InputError([_NO_NUMBER])
    return int(what[0])


def _some(lesson_ids: list[str]) -> list[str]:
    if not lesson_ids:
        raise InputError([_NO_LESSON])
    return lesson_ids


def _no_cell(cell: str, columns: list[str]) -> DataError:
    known = "、".join(columns)
    return DataError(
        "cuofeng draft row",
        Text("不是“列=值”", "is no COLUMN=VALUE"),
        Text(f"列有：{known}。", f"The columns: {', '.join(columns)}."),
        value=cell,
    )


def _with_conflicts(count: int) -> DataError:
    return DataError(
        "cuofeng draft publish",
        Text(f"还有{count}处冲突", f"has {count} hard conflicts"),
        Text(
            "请先排除，或用 --reason 写明原因。", "Mend them, or say why by --reason."
        ),
    )


_NO_NUMBER = DataError(
    "cuofeng draft",
    Text("没有写明草稿号", "which draft is not said"),
    Text("用 cuofeng draft list 查看。", "Maybe look at draft list?"),
)
_NO_LESSON = DataError(
    "cuofeng draft",
    Text("没有写明课次", "which lesson is not said"),
    Text("课次编号如 R1#2。", "Maybe R1#2?"),
)
_NO_SLOT = DataError(
    "cuofeng draft",
    Text("要写明草稿号、课次和时段", "needs a draft, a lesson and a slot"),
    Text("例如 cuofeng draft move 1 R1#2 2-3（周二第3节）。", "Maybe move 1 R1#2 2-3?"),
)
_NO_ROW = DataError(
    "cuofeng draft row",
    Text("要写明草稿号、表和编号", "needs a draft, a table and a key"),
    Text(
        "例如 cuofeng draft row 1 teachers T01 name=王芳。",
        "Maybe row 1 teachers T01 name=Wang?",
    ),
)
