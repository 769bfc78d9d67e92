"""Requirements with more or fewer lessons, and what hangs on them."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from fractions import Fraction

from scheduler.model.requirements import FixedLesson, Requirement, WeekRule


def shorter(requirement: Requirement, per_week: Fraction) -> Requirement:
    """The same with fewer lessons a week; of blocks the first ones stay."""
    factor = 1 if requirement.week is WeekRule.EVERY else 2
    left, blocks = factor * per_week, []
    for block in requirement.blocks:
        if block <= left:
            blocks.append(block)
            left -= block
    rest = left if requirement.blocks else Fraction()
    while rest > 0:
        blocks.append(min(Fraction(1), rest))
        rest -= blocks[-1]
    return replace(requirement, per_week=per_week, blocks=tuple(blocks))


def longer(requirement: Requirement, lessons: Fraction) -> Requirement:
    """The same with so many lessons a week more, each of one period."""
    blocks = requirement.blocks
    if blocks:
        rest = lessons
        while rest > 0:
            blocks = (*blocks, min(Fraction(1), rest))
            rest -= blocks[-1]
    per_week = requirement.per_week + lessons
    return replace(requirement, per_week=per_week, blocks=blocks)


def can_grow(requirement: Requirement, class_id: str) -> bool:
    """Whether lessons of one class may come on top of it."""
    return (
        requirement.class_ids == (class_id,)
        and requirement.week is WeekRule.EVERY
        and not requirement.teacher_pool
        and not requirement.activity_id
        and not requirement.is_partial
    )


def still_fixed(
    fixed: Iterable[FixedLesson], requirements: Mapping[str, Requirement]
) -> tuple[FixedLesson, ...]:
    """Fixed lessons that there still are."""
    return tuple(
        row
        for row in fixed
        if row.requirement_id in requirements
        and row.index <= len(requirements[row.requirement_id].lengths)
    )
