"""Lessons with nowhere to go, and what takes their places away."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from scheduler.constraints import describe, row_words, words
from scheduler.constraints.base import Cause, Constraint, SingleLessonRule
from scheduler.constraints.primitives import Capacity, OptionCost
from scheduler.model.meeting import Meeting
from scheduler.model.problem import Problem
from scheduler.model.requirements import Lesson
from scheduler.model.text import Text
from scheduler.model.times import LESSON_ROWS
from scheduler.solver.explain.sentences.explanation import Kind, Statement
from scheduler.solver.hard_view import HardView
from scheduler.solver.options import Posted, candidates


def lessons_without_option(view: HardView) -> Iterator[Statement]:
    """One statement for all lessons that the same causes leave nowhere to go."""
    lost = [g.lessons for g in view.compiled.groups if not g.options]
    if not lost:
        return
    found: dict[tuple[Cause, ...], list[Lesson]] = defaultdict(list)
    counts: dict[tuple[Cause, ...], _Tried] = {}
    judges = _judges(view, [lessons[0] for lessons in lost])
    for lessons in lost:
        causes, tried = _causes(view, lessons[0], judges[lessons[0].lesson_id])
        found[causes] += lessons
        counts[causes] = max(counts.get(causes, tried), tried)
    for causes, alike in found.items():
        yield _statement(view.problem, causes, tuple(alike), counts[causes])


_Tried = tuple[int, tuple[int, ...]]
"""How many choices were looked at, and how many of them each cause rules out."""


_Judge = SingleLessonRule | Posted
"""A rule or a term that may rule out an option of one lesson by itself."""


def _judges(view: HardView, lessons: list[Lesson]) -> dict[str, list[_Judge]]:
    found: dict[str, list[_Judge]] = {x.lesson_id: [] for x in lessons}

    def add(judge: _Judge, mine: Iterable[Lesson]) -> None:
        for lesson in mine:
            if lesson.lesson_id in found:
                found[lesson.lesson_id].append(judge)

    for rule in view.rules:
        if isinstance(rule, SingleLessonRule):
            add(rule, rule.lessons(view.problem))
    for posted in (*view.compiled.terms, *view.compiled.implied):
        by_rule = isinstance(posted.rule, SingleLessonRule)
        if isinstance(posted.term, OptionCost | Capacity) and not by_rule:
            add(posted, posted.term.lessons)
    return found


def _causes(
    view: HardView, lesson: Lesson, judges: list[_Judge]
) -> tuple[tuple[Cause, ...], _Tried]:
    """A few causes that together rule out every candidate, and their numbers."""
    hit: dict[Cause, set[int]] = defaultdict(set)
    kept = _kept_candidates(view, lesson)
    for k, meeting in enumerate(kept):
        for cause in _hits(view.problem, judges, meeting):
            hit[cause].add(k)
    left, chosen = set().union(*hit.values()), []
    while left:
        best = max(hit, key=lambda cause: len(hit[cause] & left))
        chosen.append(best)
        left -= hit[best]
    if not kept:
        chosen.append(_no_candidate(view.problem, lesson))
    return tuple(chosen), (len(kept), tuple(len(hit[cause]) for cause in chosen))


def _kept_candidates(view: HardView, lesson: Lesson) -> tuple[Meeting, ...]:
    """Meetings to look at: of a fixed lesson only those where it is fixed."""
    problem = view.problem
    # A pooled layout is judged by the one that stands for it.
    meetings = (
        Meeting.of(problem, lesson, p)
        for p in candidates(problem, lesson)
        if view.compiled.pools.stands_for_itself(p.layout_id)
    )
    if lesson.lesson_id not in problem.fixed_at:
        return tuple(meetings)
    holding = [
        r for r in view.rules if isinstance(r, SingleLessonRule) and r.holds_fixed
    ]
    return tuple(
        m for m in meetings if not any(any(r.breaches(problem, m)) for r in holding)
    )


def _hits(problem: Problem, judges: list[_Judge], meeting: Meeting) -> Iterator[Cause]:
    for judge in judges:
        if isinstance(judge, SingleLessonRule):
            for violation in judge.breaches(problem, meeting):
                yield judge.cause(problem, violation, meeting)
        elif isinstance(judge.term, Capacity):
            if _too_big(judge.term, meeting):
                yield _too_small(problem, judge.rule, judge.term, meeting.lesson)
        elif isinstance(judge.term, OptionCost) and judge.term.of(meeting):
            yield _of_row(problem, judge)


def _too_big(term: Capacity, meeting: Meeting) -> bool:
    return term.span(meeting) is not None and term.demand(meeting.lesson) > term.limit


def _too_small(
    problem: Problem, rule: Constraint, term: Capacity, lesson: Lesson
) -> Cause:
    name = rule.resource_name(problem, term.resource)
    what = describe.unit(term.resource)
    who = describe.classes(problem, lesson.requirement.class_ids)
    need = term.demand(lesson)
    return Cause(
        rule.name,
        term.resource[:1],
        Text(
            f"{name.zh}最多容纳{term.limit}{what.zh}，{who}有{need}{what.zh}",
            f"{name.en} holds at most {term.limit} {what.en}, {who} has {need}",
        ),
    )


def _of_row(problem: Problem, posted: Posted) -> Cause:
    """The row of a table that a term comes from, or the rule."""
    name, portion = posted.rule.name, posted.portion
    row = problem.relation.get(portion.ids[0]) if portion and portion.ids else None
    if row is None:
        return Cause(name, (), posted.rule.title)
    return Cause(name, (row.relation_id,), row_words.asked_by(problem, row))


def _no_candidate(problem: Problem, lesson: Lesson) -> Cause:
    """No row or place at all: the lesson is fixed outside, or the bell has none."""
    if lesson.lesson_id not in problem.fixed_at:
        lessons = lesson.requirement.rows == LESSON_ROWS
        row = Text("上课", "lesson") if lessons else Text("活动", "activity")
        text = Text(f"作息中没有{row.zh}时段", f"the bell has no {row.en} row")
        return Cause("KeepToBell", lesson.requirement.class_ids, text)
    where = words.fixed_at(problem, lesson.lesson_id)
    return Cause(
        "KeepFixed",
        lesson.requirement.class_ids,
        Text(
            f"{where.zh}，而那里不是它可用的节次、单双周或场地",
            f"it is {where.en}, which is no row, week or place it may use",
        ),
    )


def _why(causes: tuple[Cause, ...], hits: tuple[int, ...]) -> Text:
    """The causes, several of them with the number of choices that each rules out."""
    if len(causes) == 1:
        return causes[0].text
    pairs = list(zip(causes, hits, strict=True))
    return Text(
        "；".join(f"{c.text.zh}，排除{n}种" for c, n in pairs),
        "; ".join(f"{c.text.en} (rules out {n})" for c, n in pairs),
    )


def _statement(
    problem: Problem,
    causes: tuple[Cause, ...],
    lessons: tuple[Lesson, ...],
    counted: _Tried,
) -> Statement:
    ids = tuple(x.lesson_id for x in lessons)
    what = words.teaching(problem, ids)
    tried, hits = counted
    why = _why(causes, hits)
    need = sum(x.length for x in lessons)
    each = Text("每节的", " for each") if len(lessons) > 1 else Text("", "")
    ruled_out = Text("", "")
    if tried:
        ruled_out = Text(
            f"，{each.zh}{tried}种排法（时间与场地）全被排除",
            f", all {tried} choices of time and place{each.en} are ruled out",
        )
    fixed = "，固定课" if any(i in problem.fixed_at for i in ids) else ""
    return Statement(
        Kind.NO_OPTION,
        Text(
            f"{what.zh}{fixed}没有任何可排的位置{ruled_out.zh}：{why.zh}。",
            f"{what.en}: there is no place at all{ruled_out.en}: {why.en}.",
        ),
        Text(
            f"至少让这{need}节课各有一个可用的时间和场地：放宽上述限制，或取消这些课。",
            f"Give {'this' if need == 1 else f'each of these {need}'} "
            f"{'period' if need == 1 else 'periods'} a time and place to be: relax "
            "what is named above, or drop the lessons.",
        ),
        tuple(dict.fromkeys(r for c in causes for r in c.resource_ids)),
        ids,
        need,
        0,
    )
