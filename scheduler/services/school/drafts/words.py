"""Operations and refusals of a draft in sentences."""

from scheduler.constraints import describe
from scheduler.model.meeting import Placement
from scheduler.model.problem import Problem
from scheduler.model.text import Text, joined, said_of
from scheduler.services.school.drafts.operations import (
    Cell,
    Change,
    Kind,
    Operation,
    Part,
)
from scheduler.services.school.drafts.refusals import (
    Collision,
    DraftClosed,
    DraftGoesOn,
    DraftUnknown,
    Forbidden,
    Locked,
    NothingChanges,
    NothingToAdopt,
    NothingToRedo,
    NothingToUndo,
    Overtaken,
    Refused,
    StandsOn,
    Unknown,
)
from scheduler.services.school.drafts.row_words import row_change, row_name, rows_of
from scheduler.solver.repair.changes import Change as LessonChange
from scheduler.solver.repair.changes import ChangeKind
from scheduler.solver.repair.words import change_text, time_text

_SHOWN = 3
_VERBS = {
    Kind.UNDO: Text("撤销", "undo "),
    Kind.REDO: Text("重做", "redo "),
}
_LOCK, _UNLOCK = Text("锁定", "lock "), Text("解锁", "unlock ")
_PLAIN: dict[type[Refused], Text] = {
    NothingToUndo: Text(
        "没有可以撤销的步骤：只能撤销自己做过的。",
        "There is nothing to undo: one can only take back one's own steps.",
    ),
    NothingToRedo: Text(
        "没有可以重做的步骤：撤销之后又做了别的，或没有撤销过。",
        "There is nothing to redo: nothing was undone, or something was done since.",
    ),
    Overtaken: Text(
        "草稿刚被改过，与预览的不同。请重新预览再导入。",
        "The draft has just been changed and is not what was previewed; look again.",
    ),
    NothingChanges: Text(
        "已经是这样，没有改动。", "It is so already; nothing changed."
    ),
}


def operation_text(problem: Problem, operation: Operation) -> Text:
    """What an operation does, as "三(1)班数学：周二第3节 → 周四第2节"."""
    if operation.kind is Kind.ADOPT:
        count = len(operation.lesson_ids)
        return Text(
            f"采用求解结果，改动{count}节课", f"adopt a result: {count} lessons"
        )
    changes = _told(operation)
    shown = [words_of_change(problem, x) for x in changes[:_SHOWN]]
    if len(changes) > _SHOWN:
        count = len(changes)
        shown.append(Text(f"等{count}处", f"{count} changes in all"))
    verb = _VERBS.get(operation.kind, Text("", ""))
    of = Text("", "")
    if operation.of is not None:
        of = Text(f"第{operation.of}步：", f"step {operation.of}: ")
    return verb + of + joined(shown, "；", "; ")


def refusal_text(problem: Problem, refused: Refused) -> Text:
    """Why an operation was not done, and what helps."""
    match refused:
        case Collision(cell=cell, by=by):
            what, step = _cell_text(problem, cell, by), _step(by)
            return Text(
                f"{step.zh}刚改过{what.zh}，您看到的已经过时。请看过现在的样子再改。",
                f"{step.en} has just changed {what.en}; look at it as it is now, "
                "then try again.",
            )
        case StandsOn(cell=cell, by=by):
            what, step = _cell_text(problem, cell, by), _step(by)
            return Text(
                f"{step.zh}之后又改过{what.zh}，这一步不能单独撤销或重做。",
                f"{step.en} has changed {what.en} since; this step cannot be taken "
                "back or done again by itself.",
            )
        case Locked(lesson_id=lesson_id, by=by):
            what = describe.lesson(problem, lesson_id)
            step = Text("", "") if by is None else _step(by)
            who = Text(f"（{step.zh}）", f" ({step.en})") if by else step
            return Text(
                f"{what.zh}已锁定{who.zh}。请先解锁。",
                f"{what.en} is locked{who.en}. Unlock it first.",
            )
        case Forbidden():
            return _forbidden(problem, refused)
        case Unknown():
            return _unknown(problem, refused)
        case DraftUnknown(draft_id=draft_id):
            return no_draft(draft_id)
        case DraftClosed():
            return _closed(refused)
        case DraftGoesOn(by=by):
            step = _step(by)
            return Text(
                f"{step.zh}刚改过这份草稿，没有发布。请看过现在的样子再发布。",
                f"{step.en} has just changed this draft; it was not published. Look "
                "at it as it is now, then publish.",
            )
        case NothingToAdopt():
            return nothing_to_adopt(refused)
    return _PLAIN[type(refused)]


def no_draft(draft_id: int) -> Text:
    """That the office has no draft of a number."""
    return Text(f"没有第{draft_id}号草稿。", f"There is no draft number {draft_id}.")


def nothing_to_adopt(refused: NothingToAdopt) -> Text:
    """That a job gives no timetable to a draft."""
    number = refused.job_id
    if not refused.ended:
        return Text(
            f"第{number}号任务还没有找到课表。请等它算出结果再采用。",
            f"Job {number} has found no timetable yet. Wait until it has.",
        )
    return Text(
        f"第{number}号任务没有可并入草稿的课表。请对草稿求解、均衡或修复后再采用。",
        f"Job {number} has no timetable for a draft. Solve, level or repair the draft "
        "first.",
    )


def _closed(refused: DraftClosed) -> Text:
    number, version = refused.draft_id, refused.version
    if version is None:
        return Text(
            f"第{number}号草稿已放弃，不能再改。请新建草稿。",
            f"Draft {number} was discarded and cannot be changed. Begin a new one.",
        )
    return Text(
        f"第{number}号草稿已发布为第{version}版，不能再改。请新建草稿。",
        f"Draft {number} was published as version {version} and cannot be changed. "
        "Begin a new one.",
    )


def _forbidden(problem: Problem, refused: Forbidden) -> Text:
    what = describe.lesson(problem, refused.lesson_id)
    told = [s for reason in refused.reasons for s in reason.sentences][:_SHOWN]
    if not told:
        return Text(
            f"{what.zh}不能用这个时段、场地、教师或节数。",
            f"{what.en} cannot have this slot, place, teacher or length.",
        )
    return what + Text("不能放在这里：", " cannot go there: ") + joined(told, "", " ")


def _unknown(problem: Problem, refused: Unknown) -> Text:
    if refused.lesson_id not in problem.lesson:
        return Text(
            f"没有这节课：“{refused.lesson_id}”。是否已从【教学要求】中删去？",
            f'There is no lesson "{refused.lesson_id}". Maybe its requirement is gone?',
        )
    what = describe.lesson(problem, refused.lesson_id)
    return Text(
        f"{what.zh}：作息、场地或教师表中没有这个时段、场地或教师。",
        f"{what.en}: the tables have no such period, place or teacher.",
    )


def _step(operation: Operation) -> Text:
    return Text(
        f"{operation.who}（第{operation.number}步）",
        f"{operation.who} (step {operation.number})",
    )


def _cell_text(problem: Problem, cell: Cell, by: Operation) -> Text:
    if cell.table:
        rows = [
            x for change in by.changes if change.cell == cell for x in rows_of(change)
        ]
        return row_name(problem, cell, rows[-1] if rows else {})
    return _lesson_text(problem, cell.key)


def _lesson_text(problem: Problem, lesson_id: str) -> Text:
    if lesson_id in problem.lesson:
        return describe.lesson(problem, lesson_id)
    return describe.same(lesson_id)


def _told(operation: Operation) -> list[Change]:
    """The changes that are told: of a row in force not that it was typed before."""
    rows = {x.cell for x in operation.changes if x.cell.part is Part.ROW}
    return [
        x
        for x in operation.changes
        if x.cell.part is not Part.TYPED
        or Cell(Part.ROW, x.cell.key, x.cell.table) not in rows
    ]


def words_of_change(problem: Problem, change: Change) -> Text:
    """What changes from what to what."""
    if change.cell.table:
        return row_change(problem, change)
    if change.cell.part is Part.LOCK:
        verb = _LOCK if change.after else _UNLOCK
        return verb + _lesson_text(problem, change.cell.key)
    before, after = (
        x if isinstance(x, Placement) else None for x in (change.before, change.after)
    )
    if before is None or after is None:
        name, old, new = (
            _lesson_text(problem, change.cell.key),
            *map(_slot, (before, after)),
        )
        return said_of(name, Text(f"{old.zh} → {new.zh}", f"{old.en} → {new.en}"))
    told = LessonChange(ChangeKind.CHANGED, change.cell.key, before, after)
    return change_text(problem, told)


def _slot(placement: Placement | None) -> Text:
    if placement is None:
        return Text("未排", "unplaced")
    return time_text(placement.day, placement.period, placement.week)
