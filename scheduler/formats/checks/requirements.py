"""Each requirement by itself: teachers, blocks, layouts."""

from collections.abc import Iterator

from scheduler.formats.checks.agreements import outside_term
from scheduler.formats.tables.declared.problem_tables import REQUIREMENTS
from scheduler.formats.tables.draft import Draft
from scheduler.formats.tables.encode import write_cell
from scheduler.formats.tables.words import word_of
from scheduler.model.errors import DataError
from scheduler.model.problem import Problem
from scheduler.model.requirements import HALF, HOME, Requirement, WeekRule
from scheduler.model.text import Text

_PER_WEEK = REQUIREMENTS.column["per_week"]


def no_teacher(draft: Draft) -> Iterator[DataError]:
    """A requirement has teachers or a pool to choose one from, or says it has none."""
    for row in draft.rows["requirements"]:
        named = row.item.teacher_ids or row.item.teacher_pool
        if row.item.no_teacher and named:
            yield row.fault(
                "no_teacher",
                "但填写了教师或候选教师",
                "contradicts the teachers named",
                Text("请只保留一种。", "Maybe empty one of the two?"),
            )
        elif not row.item.no_teacher and not named:
            yield row.fault(
                "teacher_ids",
                "教师和候选教师都没有填写",
                "is empty, and so is teacher_pool; one of them is required",
                Text("请填一项。", "Maybe a teacher is still to be named?"),
            )


def block_sums(draft: Draft) -> Iterator[DataError]:
    """Blocks add up to the lessons a week; halves only where weeks are open."""
    for row in draft.rows["requirements"]:
        item = row.item
        if item.week is not WeekRule.EVERY and HALF in item.blocks:
            zh = f"含有0.5，但单双周为“{word_of(item.week)}”"
            en = f"holds 0.5, which week {item.week} does not allow"
            advice = Text("单双周的课请写整数。", "Maybe 1, or leave week empty?")
            yield row.fault("blocks", zh, en, advice)
        elif item.blocks and sum(item.blocks) != item.block_sum:
            total = write_cell(_PER_WEEK, sum(item.blocks))
            due = write_cell(_PER_WEEK, item.block_sum)
            twice = item.week is not WeekRule.EVERY
            yield row.fault(
                "blocks",
                f"合计{total}，应为{due}" + ("（每周节数的两倍）" if twice else ""),
                f"adds up to {total}, not {due}" + (" (twice per_week)" * twice),
                Text("请核对每周节数。", "Maybe per_week was changed?"),
            )


def unusable_layouts(draft: Draft) -> Iterator[DataError]:
    """A listed layout allows the subject, at a venue each school may use."""
    problem = draft.problem
    for row in draft.rows["requirements"]:
        for name in row.item.layouts:
            if name == HOME:
                continue
            layout = problem.layout[name]
            if not layout.allows(row.item.subject_id):
                yield row.fault(
                    "layouts",
                    f"不能用于学科 {row.item.subject_id}",
                    f"does not allow the subject {row.item.subject_id}",
                    Text("请核对场地用法表。", "Maybe add the subject to the layout?"),
                    name,
                )
            for school_id in problem.schools_of(row.item):
                open_question = "agreements" in draft.partial
                if not open_question and not problem.may_use(school_id, layout):
                    venue_id = layout.venue_id
                    yield row.fault(
                        "layouts",
                        f"在场地 {venue_id}，学校 {school_id} 没有使用协议",
                        f"is at {venue_id}, for which {school_id} has no agreement",
                        Text("请补充场地协议。", "Maybe an agreement is missing?"),
                        name,
                    )


def ended_agreements(draft: Draft) -> Iterator[DataError]:
    """Not every layout may hang on agreements that leave no day of the term."""
    if "agreements" in draft.partial:
        return
    for row in draft.rows["requirements"]:
        names = draft.problem.allowed_layouts(row.item)
        if all(_has_ended(draft.problem, row.item, name) for name in names):
            yield row.fault(
                "layouts",
                "所有可用的场地用法都依赖学期内无效的协议",
                "leaves only layouts whose agreement is not valid in the term",
                Text("请续签协议或改用其他场地。", "Maybe renew the agreement?"),
                ";".join(names),
            )


def _has_ended(problem: Problem, requirement: Requirement, name: str) -> bool:
    """Whether a school of the classes has agreements for it, all outside the term."""
    if name == HOME:
        return False
    layout = problem.layout[name]
    venue = problem.venue[layout.venue_id]
    for school_id in problem.schools_of(requirement):
        here = problem.agreements_at.get((school_id, venue.venue_id), ())
        given = [a for a in here if a.opens(layout)]
        ended = all(outside_term(problem, agreement) for agreement in given)
        if venue.owner != school_id and given and ended:
            return True
    return False
