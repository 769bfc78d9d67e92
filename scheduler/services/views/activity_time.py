"""Minutes of PE-type activity: a sheet for each school and grade."""

from dataclasses import dataclass

from scheduler.audit.activity_time import ActivityTime, ClassMinutes, Reached
from scheduler.model.text import Text
from scheduler.model.times import RowKind
from scheduler.services.views.edition import Edition
from scheduler.services.views.grades import grade_heading


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
        """Whether days of classes fall short of the legal floor and of the target."""
        low, middle, full = (self.time.count(reached) for reached in Reached)
        target, floor = self.time.target, self.time.floor
        days = low + middle + full
        if low:
            return Text(
                f"有{low}个班·天不足法定的{floor}分钟（共{days}个班·天，{full}个达到"
                f"{target}分钟）。",
                f"{low} of {days} days of classes have less than the legal {floor} "
                f"minutes; {full} reach {target}.",
            )
        if full == days:
            return Text(
                f"每个班每天都达到{target}分钟。",
                f"Every class reaches {target} minutes every day.",
            )
        reached = Text(f"{full}个班·天", f"{full} of {days} days of classes")
        if not full:
            reached = Text("没有一个班", "No class")
        return Text(
            f"{reached.zh}达到每天{target}分钟；"
            f"{'全部' if not full else '其余'}在{floor}–{target}分钟之间，"
            f"无低于{floor}分钟的情况。",
            f"{reached.en} reach{'es' if not full else ''} {target} minutes a day; the "
            f"others lie between {floor} and {target}, none below {floor}.",
        )

    @property
    def worst(self) -> Reached:
        """What the poorest day of any class reaches."""
        return next((r for r in Reached if self.time.count(r)), Reached.TARGET)


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
    days = sorted({d.day for row in rows for d in row.days})
    title = grade_heading(edition.problem, school_id, grade)
    return MinutesSheet(title, tuple(days), tuple(rows))
