"""Minutes of PE-type activity, as a line and as facts."""

from typing import Any

from scheduler.audit.activity_time import ActivityTime, DayMinutes, Reached
from scheduler.model.text import Text


def activity_line(time: ActivityTime) -> Text:
    """How many days of classes come how far."""
    low, middle, full = (time.count(reached) for reached in Reached)
    return Text(
        f"体育活动时间（班·天）：{full}个达到{time.target}分钟，{middle}个不足"
        f"{time.target}分钟，{low}个不足{time.floor}分钟",
        f"PE-type activity (classes' days): {full} with {time.target} minutes, "
        f"{middle} with less, {low} with less than {time.floor}",
    )


def activity_facts(time: ActivityTime) -> dict[str, Any]:
    """Everything counted; minutes as [odd week, even week]."""
    return {
        "target": time.target,
        "floor": time.floor,
        "bell_breaks": time.bell_breaks,
        **{reached.value: time.count(reached) for reached in Reached},
        "classes": [
            {"class_id": c.group.class_id, "days": [_day(d) for d in c.days]}
            for c in time.classes
        ],
    }


def _day(day: DayMinutes) -> dict[str, Any]:
    return {
        "day": day.day,
        "minutes": list(day.whole),
        "with_clubs": list(day.with_clubs),
        "reached": day.reached.value,
    }
