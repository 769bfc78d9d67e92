"""Sentences of leaves, of lessons whose teachers are away, and of proposals."""

from scheduler.constraints import describe
from scheduler.model.problem import Problem
from scheduler.model.text import Text, joined, weekday
from scheduler.model.times import format_clock
from scheduler.term.cover.board import Board, Need
from scheduler.term.cover.leaves import Leave, Wish
from scheduler.term.cover.weighing import Kind, Proposal, school_days
from scheduler.term.dated import DatedLesson


def leave_sentence(problem: Problem, leave: Leave) -> Text:
    """Who is away when, and by what kind of leave; never why."""
    known = leave.teacher_id in problem.teacher
    name = describe.teacher(problem, leave.teacher_id) if known else leave.teacher_id
    dates = f"{leave.first}"
    if leave.last != leave.first:
        dates = f"{leave.first} – {leave.last}"
    clock = f" {leave.clock}" if leave.clock else ""
    kind = leave.kind.text
    return Text(f"{name} {dates}{clock} {kind.zh}", f"{name} {dates}{clock}, {kind.en}")


def wish_sentence(problem: Problem, wish: Wish) -> Text:
    """Which lesson somebody would rather give when."""
    known = wish.teacher_id in problem.teacher
    name = describe.teacher(problem, wish.teacher_id) if known else wish.teacher_id
    what = _named(problem, wish.lesson_id)
    if wish.with_id:
        other = _named(problem, wish.with_id)
        return Text(
            f"{name} {wish.date} {what.zh} 与 {wish.with_date} {other.zh} 对调",
            f"{name}: {what.en} on {wish.date} for {other.en} on {wish.with_date}",
        )
    clock = "" if wish.start is None else f" {format_clock(wish.start)}"
    to = f"{wish.to_date or wish.date}{clock}"
    return Text(
        f"{name} {wish.date} {what.zh} 改到 {to}",
        f"{name}: {what.en} on {wish.date} moved to {to}",
    )


def _named(problem: Problem, lesson_id: str) -> Text:
    if lesson_id in problem.lesson:
        return describe.lesson(problem, lesson_id)
    return describe.same(lesson_id)


def lesson_sentence(lesson: DatedLesson) -> Text:
    """Date, time, classes and subject of a lesson."""
    problem, meeting = lesson.problem, lesson.meeting
    day = weekday(lesson.date.isoweekday())
    subject = problem.subject[meeting.lesson.requirement.subject_id]
    classes = describe.classes(problem, meeting.class_ids)
    clock = f"{format_clock(lesson.start)}–{format_clock(lesson.end)}"
    return Text(
        f"{lesson.date}（{day.zh}）{clock} {classes}{subject.name}",
        f"{lesson.date} ({day.en}) {clock} {subject.name_en or subject.name} of "
        f"{classes}",
    )


def need_sentence(need: Need) -> Text:
    """The lesson of a need, and whether who is away only goes along."""
    what = lesson_sentence(need.lesson)
    if not need.escorts:
        return what
    return Text(f"{what.zh}（随队）", f"{what.en} (as an escort)")


def proposal_sentence(board: Board, proposal: Proposal) -> Text:
    """What is proposed: the kind, and with whom or with which lesson."""
    kind, other = proposal.kind.text, proposal.other
    name = ""
    if proposal.teacher_id:
        problem = board.problem_at(proposal.need.lesson.date)
        name = describe.teacher(problem, proposal.teacher_id)
    if proposal.kind is Kind.SWAP and other is not None:
        there = lesson_sentence(other)
        people = _people(other)
        return Text(f"与{there.zh}（{people}）对调", f"swap with {there.en} ({people})")
    if proposal.kind is Kind.MERGE and other is not None:
        classes = describe.classes(other.problem, other.meeting.class_ids)
        return Text(f"与{classes}合班，{name}上课", f"joins {classes}, by {name}")
    if proposal.kind is Kind.CANCEL:
        return kind
    if proposal.kind is Kind.ESCORT:
        return Text(f"由{name}随队", f"{name} goes along")
    return Text(f"{name}{kind.zh}", f"{name}: {kind.en}")


def _people(lesson: DatedLesson) -> str:
    names = lesson.meeting.teacher_ids
    return "、".join(describe.teacher(lesson.problem, x) for x in names)


def parts_sentence(proposal: Proposal) -> Text:
    """The points of a proposal part by part: why it stands where it stands."""
    parts = [
        Text(f"{x.name.zh} +{x.points}", f"{x.name.en} +{x.points}")
        for x in proposal.parts
    ]
    total = Text(f"共 {proposal.points} 分", f"{proposal.points} points")
    if not parts:
        return total
    said = joined(parts, "，", ", ")
    return Text(f"{total.zh}（{said.zh}）", f"{total.en} ({said.en})")


def advice(board: Board, need: Need) -> Text | None:
    """What the school's own rules say of a leave of this length."""
    days, settings = school_days(board, need), board.settings
    if days <= settings.cover_days:
        return None
    return Text(
        f"请假{days}个上课日，超过{settings.cover_days}天：按规则应固定代课，"
        "请在草稿里改任课教师，从请假第一天起发布。",
        f"A leave of {days} school days, more than {settings.cover_days}: by the rules "
        "somebody takes the lessons over. Change the teachers in a draft and publish "
        "it from the first day on.",
    )
