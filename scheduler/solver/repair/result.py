"""What a repair returns, and what it says of itself."""

from dataclasses import dataclass, field
from enum import StrEnum

from scheduler.constraints.evaluate import Report
from scheduler.model.text import Text
from scheduler.model.timetable import Timetable
from scheduler.solver.repair.changes import Change, ChangeKind


class OptionKind(StrEnum):
    """What an option is found for.

    ``fewest_changes`` comes first; ``fewest_teachers`` and ``lowest_cost`` are better
    in that than the options before them.
    """

    FEWEST_CHANGES = "fewest_changes"
    FEWEST_TEACHERS = "fewest_teachers"
    LOWEST_COST = "lowest_cost"
    ANOTHER = "another"

    @property
    def label(self) -> Text:
        """Its name for people."""
        return _LABELS[self]


_LABELS = {
    OptionKind.FEWEST_CHANGES: Text("改动最少", "fewest changes"),
    OptionKind.FEWEST_TEACHERS: Text("牵涉教师更少", "fewer teachers"),
    OptionKind.LOWEST_COST: Text("代价更低", "lower cost"),
    OptionKind.ANOTHER: Text("另一方案", "another way"),
}


class Verdict(StrEnum):
    """Never more than what was proven.

    ``repaired``: there are options. ``too_many_changes``, ``too_many_teachers``: proven
    that no repair keeps within the budget. ``impossible``: proven that no timetable
    keeps all hard rules and what is frozen. ``unknown``: the time ran out.
    """

    REPAIRED = "repaired"
    TOO_MANY_CHANGES = "too_many_changes"
    TOO_MANY_TEACHERS = "too_many_teachers"
    IMPOSSIBLE = "impossible"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Budget:
    """The most lessons that may change and teachers that may be touched."""

    changes: int | None = None
    teachers: int | None = None


@dataclass(frozen=True)
class RepairOption:
    """One repaired timetable and all it changes of the running one."""

    kind: OptionKind
    timetable: Timetable
    report: Report
    changes: tuple[Change, ...]
    teacher_ids: tuple[str, ...]

    @property
    def changed(self) -> int:
        """Lessons with another time, place or teacher: what the budget counts."""
        return sum(c.kind is ChangeKind.CHANGED for c in self.changes)

    @property
    def moved(self) -> int:
        """Of those, lessons at another time."""
        return sum(c.kind is ChangeKind.CHANGED and c.moved for c in self.changes)

    @property
    def class_ids(self) -> tuple[str, ...]:
        """Classes with a difference, in the order of the problem."""
        lessons = self.timetable.problem.lesson
        known = [lessons[c.lesson_id] for c in self.changes if c.lesson_id in lessons]
        found = {c for x in known for c in x.requirement.class_ids}
        order = self.timetable.problem.classes
        return tuple(c.class_id for c in order if c.class_id in found)


@dataclass(frozen=True)
class Repair:
    """What was found and what was proven.

    ``least`` is a proven lower bound on the number of changed lessons (of any repair
    within the budget of teachers), ``least_teachers`` one on the teachers touched,
    where that was asked. ``before`` judges the running timetable by the changed data.
    """

    verdict: Verdict
    budget: Budget
    before: Report
    options: tuple[RepairOption, ...] = ()
    least: int | None = None
    least_teachers: int | None = None
    seconds: float = 0.0
    stuck: tuple[str, ...] = field(default=())
    """Lessons that have no place at all, where no repair is possible."""
    reasons: tuple[Text, ...] = ()
    """What counting proved impossible."""

    @property
    def minimal(self) -> bool:
        """Whether the first option has proven fewest changes."""
        return bool(self.options) and self.options[0].changed == self.least

    @property
    def summary(self) -> Text:
        """What was proven, in one sentence."""
        most = self.budget.teachers
        within = Text("", "")
        if most is not None and self.least is not None:
            within = Text(
                f"（牵涉教师不超过{most}位）",
                f" (with at most {most} teachers touched)",
            )
        text = self._verdict_text()
        return Text(f"{text.zh}{within.zh}。", f"{text.en}{within.en}.")

    def _verdict_text(self) -> Text:
        least, most = self.least or 0, self.budget.changes
        match self.verdict:
            case Verdict.REPAIRED if self.minimal and not least:
                return Text("没有冲突，不用修复", "No conflicts: nothing to repair")
            case Verdict.REPAIRED if self.minimal:
                return Text(
                    f"可以修复；已证明：至少要改动{least}节课",
                    f"Repaired; proven: at least {least} lessons must change",
                )
            case Verdict.REPAIRED:
                fewest = self.options[0].changed
                return Text(
                    f"可以修复，改动{fewest}节课；加长时间可能更少，只证明了至少要改动"
                    f"{least}节",
                    f"Repaired with {fewest} changed lessons; more time may find "
                    f"fewer, proven is only that at least {least} must change",
                )
            case Verdict.TOO_MANY_CHANGES:
                return Text(
                    f"已证明：至少要改动{least}节课，超过允许的{most}节",
                    f"Proven: at least {least} lessons must change, more than the "
                    f"{most} allowed",
                )
            case Verdict.TOO_MANY_TEACHERS:
                people = self.budget.teachers
                return Text(
                    f"已证明：至少牵涉{self.least_teachers}位教师，超过允许的{people}位",
                    f"Proven: at least {self.least_teachers} teachers are touched, "
                    f"more than the {people} allowed",
                )
            case Verdict.IMPOSSIBLE:
                return Text(
                    "已证明：按现在的数据和冻结的内容，没有课表能满足全部硬性规则",
                    "Proven: with these data and what is frozen, no timetable keeps "
                    "all hard rules",
                )
            case _:
                return Text(
                    f"时间用尽，没有找到修复方案；已证明至少要改动{least}节课",
                    "Time ran out before a repair was found; proven is that at least "
                    f"{least} lessons must change",
                )
