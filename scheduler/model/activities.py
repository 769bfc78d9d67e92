"""Recurring activities: big break, PE activity, after-school service, clubs, training.

A row of activities.csv is made into requirements (:func:`requirements_of`), so that
rules and solvers place its meetings together with the lessons.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from scheduler.model.requirements import HALF, Requirement
from scheduler.model.resources import ClassGroup, Subject, SubjectKind
from scheduler.model.times import RowKind, SlotKind

GRADE, SCHOOL = "grade:", "school:"


class ActivityKind(StrEnum):
    """What an activity is (大课间, 体育活动课, 课后服务, 社团, 训练队)."""

    BIG_BREAK = "big_break"
    PE_ACTIVITY = "pe_activity"
    AFTER_SCHOOL = "after_school"
    CLUB = "club"
    TRAINING = "training"

    @property
    def rows(self) -> tuple[RowKind, ...]:
        """Kinds of bell rows it is placed on where its row does not say."""
        return _ROWS.get(self, (RowKind.AFTER_SCHOOL, RowKind.ACTIVITY))

    @property
    def is_pe(self) -> bool:
        """Whether its minutes count as PE-type where its row does not say."""
        return self in (
            ActivityKind.BIG_BREAK,
            ActivityKind.PE_ACTIVITY,
            ActivityKind.TRAINING,
        )


_ROWS = {
    ActivityKind.BIG_BREAK: (RowKind.BIG_BREAK,),
    ActivityKind.PE_ACTIVITY: (RowKind.ACTIVITY, RowKind.LESSON),
}


class Waves(StrEnum):
    """Whether all classes meet together, or a grade or class at a time."""

    TOGETHER = "together"
    GRADE = "grade"
    CLASS = "class"


@dataclass(frozen=True, slots=True)
class Activity:
    """A recurring activity of some classes, or of some of their pupils.

    ``class_ids`` may hold ``grade:3`` and ``school:S1``. ``pupils`` is the head-count
    where only some pupils attend, None where the classes attend as a whole.
    ``per_week`` are meetings, each of ``length`` bell rows of the kinds in ``rows``
    (empty: those of the kind). ``subject_id`` finds the places that allow it; without
    it only ``layouts`` do. ``pe`` None stands for the kind's own answer; ``tags`` are
    as those of a requirement.
    """

    activity_id: str
    name: str
    kind: ActivityKind
    class_ids: tuple[str, ...]
    per_week: Fraction
    pupils: int | None = None
    subject_id: str = ""
    length: int = 1
    rows: tuple[RowKind, ...] = ()
    teacher_ids: tuple[str, ...] = ()
    teacher_pool: tuple[str, ...] = ()
    layouts: tuple[str, ...] = ()
    waves: Waves = Waves.TOGETHER
    pe: bool | None = None
    tags: tuple[str, ...] = ()

    @property
    def counts_as_pe(self) -> bool:
        """Whether its minutes are PE-type activity."""
        return self.kind.is_pe if self.pe is None else self.pe

    @property
    def blocks(self) -> tuple[Fraction, ...]:
        """Lengths of its meetings, 1/2 for one every other week."""
        whole = int(self.per_week)
        half = (HALF,) if self.per_week != whole else ()
        return (Fraction(self.length),) * whole + half


def classes_of(
    activity: Activity, classes: Iterable[ClassGroup]
) -> tuple[ClassGroup, ...]:
    """The classes it names, each once, in the order of the table."""
    return tuple(
        c
        for c in classes
        if not {c.class_id, f"{GRADE}{c.grade}", f"{SCHOOL}{c.school_id}"}.isdisjoint(
            activity.class_ids
        )
    )


def is_known(token: str, classes: Iterable[ClassGroup]) -> bool:
    """Tell whether a class, ``grade:`` or ``school:`` stands for any class."""
    return any(
        token in (c.class_id, f"{GRADE}{c.grade}", f"{SCHOOL}{c.school_id}")
        for c in classes
    )


def requirements_of(
    activity: Activity,
    classes: Iterable[ClassGroup],
    default_layouts: tuple[str, ...] = (),
) -> tuple[Requirement, ...]:
    """What is to be placed: one requirement, or one for each wave.

    A wave's id is ``<activity>.<school>.<grade>`` or ``<activity>.<class>``. The big
    break meets at most once a day (or as evenly as may be, where it is more often).
    """
    groups: dict[str, list[str]] = {}
    for c in classes_of(activity, classes):
        groups.setdefault(_wave(activity, c), []).append(c.class_id)
    return tuple(
        Requirement(
            requirement_id=name,
            class_ids=tuple(class_ids),
            subject_id=activity.activity_id,
            per_week=sum(activity.blocks, Fraction()),
            teacher_ids=activity.teacher_ids,
            teacher_pool=activity.teacher_pool,
            blocks=activity.blocks,
            layouts=activity.layouts or default_layouts,
            slots=SlotKind.ACTIVITY,
            no_teacher=not (activity.teacher_ids or activity.teacher_pool),
            max_per_day=_a_day(activity),
            row_kinds=activity.rows or activity.kind.rows,
            pupils=activity.pupils,
            tags=activity.tags,
            activity_id=activity.activity_id,
        )
        for name, class_ids in groups.items()
    )


def _wave(activity: Activity, group: ClassGroup) -> str:
    name = activity.activity_id
    match activity.waves:
        case Waves.GRADE:
            return f"{name}.{group.school_id}.{group.grade}"
        case Waves.CLASS:
            return f"{name}.{group.class_id}"
        case Waves.TOGETHER:
            return name


SCHOOL_DAYS = 5


def _a_day(activity: Activity) -> int | None:
    if activity.kind is not ActivityKind.BIG_BREAK:
        return None
    return -(-len(activity.blocks) // SCHOOL_DAYS)


def subject_of(activity: Activity, like: Subject | None) -> Subject:
    """The activity as a subject, so that it has a name wherever lessons have one.

    A PE activity of whole classes is a PE-type lesson (每天一节体育课); the big break
    and clubs are not, whatever their minutes count as.
    """
    lesson = activity.kind is ActivityKind.PE_ACTIVITY and activity.pupils is None
    counts = lesson and activity.counts_as_pe
    return Subject(
        activity.activity_id,
        activity.name,
        SubjectKind.PE_ACTIVITY if counts else SubjectKind.OTHER,
        like.name_en if like and lesson else "",
        like.standard_code if like and lesson else "",
        like.outdoor if like else False,
    )
