"""What is to be taught: requirements, their lessons, fixed lessons."""

from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from functools import cached_property

from scheduler.model.times import RowKind, RowKinds, SlotKind, Week

HOME = "home"
HALF = Fraction(1, 2)


class WeekRule(StrEnum):
    """Weeks in which a requirement's lessons fall."""

    EVERY = "every"
    ODD = "odd"
    EVEN = "even"
    ALTERNATE = "alternate"


_WEEK_CHOICES = {
    WeekRule.EVERY: (Week.EVERY,),
    WeekRule.ODD: (Week.ODD,),
    WeekRule.EVEN: (Week.EVEN,),
    WeekRule.ALTERNATE: (Week.ODD, Week.EVEN),
}


@dataclass(frozen=True)
class Requirement:
    """ "Class 3(2) has PE four times a week with Ms Wang, on a sports layout."

    ``per_week`` is the average over the two-week cycle, a multiple of 1/2.
    ``blocks`` lists the lessons' lengths in the order of their index (1/2 is one
    lesson of one period every other week); empty means all of length one.
    ``layouts`` may hold ``home``; empty means every layout naming the subject.
    ``tags`` are free labels that limits select lessons by; ``no_teacher`` says that
    nobody teaches it, as in a study hall. ``row_kinds`` are kinds of bell rows, where
    they are not those of ``slots``. ``pupils`` is the head-count where only some pupils
    of the classes attend; ``activity_id`` names the activity it is made from.
    """

    requirement_id: str
    class_ids: tuple[str, ...]
    subject_id: str
    per_week: Fraction
    teacher_ids: tuple[str, ...] = ()
    teacher_pool: tuple[str, ...] = ()
    blocks: tuple[Fraction, ...] = ()
    week: WeekRule = WeekRule.EVERY
    layouts: tuple[str, ...] = ()
    slots: SlotKind = SlotKind.LESSON
    max_per_day: int | None = None
    escort_ids: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    no_teacher: bool = False
    row_kinds: tuple[RowKind, ...] = ()
    pupils: int | None = None
    activity_id: str = ""

    def __hash__(self) -> int:
        return hash(self.requirement_id)

    @cached_property
    def rows(self) -> RowKinds:
        """Kinds of bell rows it is placed on."""
        return frozenset(self.row_kinds) if self.row_kinds else self.slots.rows

    @property
    def is_partial(self) -> bool:
        """Whether only some pupils of its classes attend."""
        return self.pupils is not None

    @property
    def classes_counted(self) -> int:
        """Classes by which it fills a place: some pupils of several are one."""
        return 1 if self.is_partial else len(self.class_ids)

    @property
    def block_sum(self) -> Fraction:
        """What ``blocks`` must add up to, in periods."""
        return self.per_week if self.week is WeekRule.EVERY else 2 * self.per_week

    @cached_property
    def lengths(self) -> tuple[Fraction, ...]:
        """Lengths of the lessons by index; 1/2 stands for every other week."""
        if self.blocks:
            return self.blocks
        whole = int(self.block_sum)
        rest = self.block_sum - whole
        return (Fraction(1),) * whole + ((rest,) if rest else ())

    @cached_property
    def lessons(self) -> tuple["Lesson", ...]:
        """The meetings to place, in the order of their index."""
        return tuple(
            Lesson(self, index, max(1, int(length)), self._choices(length))
            for index, length in enumerate(self.lengths, start=1)
        )

    def _choices(self, length: Fraction) -> tuple[Week, ...]:
        if self.week is WeekRule.EVERY and length == HALF:
            return _WEEK_CHOICES[WeekRule.ALTERNATE]
        return _WEEK_CHOICES[self.week]


@dataclass(frozen=True, slots=True)
class Lesson:
    """One meeting to place; ``length`` in periods, ``weeks`` it may choose from."""

    requirement: Requirement
    index: int
    length: int
    weeks: tuple[Week, ...]
    lesson_id: str = field(init=False)

    def __post_init__(self) -> None:
        name = f"{self.requirement.requirement_id}#{self.index}"
        object.__setattr__(self, "lesson_id", name)

    def __hash__(self) -> int:
        return hash(self.lesson_id)

    @property
    def layers_met(self) -> int:
        """Number of weeks of the two-week cycle in which the lesson meets."""
        return len(self.weeks[0].layers)


@dataclass(frozen=True, slots=True)
class FixedLesson:
    """A lesson whose place in the week is given; None leaves a part open."""

    requirement_id: str
    index: int
    day: int
    period: int
    week: Week | None = None
    layout_id: str | None = None
