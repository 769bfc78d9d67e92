"""Minutes of PE-type activity: a sheet for each school and grade."""

from dataclasses import dataclass

from scheduler.audit.activity_time import ActivityTime, ClassMinutes, Reached
from scheduler.model.text import Text
from scheduler.model.times import RowKind
from scheduler.services.views.edition import Edition


@dataclass(frozen=True, slots=True)
class MinutesSheet:
    """The classes of one grade of one school; ``days`` are those of any of them."""

    title: Text
    days: tuple[int, ...]
    lines: tuple[ClassMinutes, ...]


@dataclass(frozen=True, slots=True)
class ActivityTimePage:
    """The count, whether it comes from activities, and the sheets."""

    time: ActivityTime
    from_bell: bool
    has_clubs: bool
    sheets: tuple[MinutesSheet, ...]

    @property
    def verdict(self) -> Text:
        """How many days of classes fall short of the legal floor and the target."""
        low, middle, full = (self.time.count(reached) for reached in Reached)
        target, floor = self.time.target, self.time.floor
        return Text(
            f"全部{low + middle + full}个班·天中，{full}个达到{target}分钟，"
            f"{middle}个在{floor}至{target}分钟之间，{low}个不足法定的{floor}分钟。",
            f"Of {low + middle + full} days of classes {full} reach {target} minutes, "
            f"{middle} lie between {floor} and {target}, {low} have less than the "
            f"legal {floor}.",
        )

    @property
    def is_legal(self) -> bool:
        """Whether no day falls short of the legal floor."""
        return self.time.count(Reached.BELOW_FLOOR) == 0


def activity_time_page(edition: Edition) -> ActivityTimePage:
    """Lay out the minutes of all classes."""
    time, problem = edition.activity_time, edition.problem
    found: dict[tuple[str, int], list[ClassMinutes]] = {}
    for row in time.classes:
        found.setdefault((row.group.school_id, row.group.grade), []).append(row)
    days = [d for row in time.classes for d in row.days]
    breaks = any(p.kind is RowKind.BIG_BREAK for b in problem.bells for p in b.periods)
    return ActivityTimePage(
        time,
        time.bell_breaks and breaks,
        any(d.with_clubs != d.whole for d in days),
        tuple(_sheet(edition, *key, rows) for key, rows in found.items()),
    )


def _sheet(
    edition: Edition, school_id: str, grade: int, rows: list[ClassMinutes]
) -> MinutesSheet:
    school = edition.problem.school[school_id].name
    prefix = f"{school} · " if len(edition.problem.schools) > 1 else ""
    days = sorted({d.day for row in rows for d in row.days})
    title = Text(f"{prefix}{grade}年级", f"{prefix}Grade {grade}")
    return MinutesSheet(title, tuple(days), tuple(rows))
