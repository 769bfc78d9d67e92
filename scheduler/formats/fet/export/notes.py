"""What a FET file cannot say of a problem, one sentence each."""

from collections.abc import Iterator

from scheduler.formats.fet.export.activities import ExportedActivity
from scheduler.formats.fet.export.grid import Grid
from scheduler.formats.fet.export.rules import is_sayable
from scheduler.model.problem import Problem
from scheduler.model.requirements import HOME
from scheduler.model.text import Text
from scheduler.model.timetable import Timetable


def notes_on(
    timetable: Timetable, grid: Grid, activities: tuple[ExportedActivity, ...]
) -> tuple[Text, ...]:
    """Sentences on what is approximated or left out, only where there is any."""
    return (
        *_on_lessons(timetable, activities),
        *_on_rules(timetable.problem, grid),
        *_on_places(timetable.problem),
    )


def _on_lessons(
    timetable: Timetable, activities: tuple[ExportedActivity, ...]
) -> Iterator[Text]:
    problem = timetable.problem
    if merged := sum(a.is_merged for a in activities):
        yield Text(
            f"FET 没有单双周：{merged}组同时段的单双周课各合并为一个活动",
            f"FET has no odd and even weeks: {merged} set(s) of lessons that alternate "
            "at one time are one activity each",
        )
    if parted := sum(bool(a.left_out) for a in activities):
        yield Text(
            f"{parted}节单双周课与另一周的课时间部分重叠，共同的师生和场地只写在其中一节",
            f"{parted} lesson(s) overlap one of the other week in part; the people and "
            "places they share are written for one of them only",
        )
    if some := sum(r.is_partial for r in problem.requirements):
        yield Text(
            f"{some}项只有部分学生参加的活动，写出时不带班级",
            f"{some} activities of some pupils only are written without classes",
        )
    if missing := len(problem.lessons) - len(timetable.placements):
        yield Text(
            f"{missing}节课尚未排定，未固定",
            f"{missing} lesson(s) without a place are not fixed",
        )
    if any(r.teacher_pool for r in problem.requirements):
        yield Text(
            "FET 不能选教师：候选教师以课表中的为准",
            "FET chooses no teachers: of a pool the one in the timetable is written",
        )


def _on_rules(problem: Problem, grid: Grid) -> Iterator[Text]:
    if not grid.is_plain:
        yield Text(
            "各作息时间不一，FET 的节次是钟点段，按节计的上限未写出",
            "bells differ, so FET's hours are stretches of the clock, and limits that "
            "count periods are left out",
        )
    if left := sum(not is_sayable(row) for row in problem.all_unavailable):
        yield Text(
            f"{left}条软性的或只在单双周的不可用时间未写出",
            f"{left} unavailable time(s) that are wishes or of odd or even weeks are "
            "left out",
        )
    if any((r.max_per_day or 0) > 1 for r in problem.requirements):
        yield Text(
            "每天最多两次以上的上限未写出",
            "limits of two or more lessons of a requirement a day are left out",
        )


def _on_places(problem: Problem) -> Iterator[Text]:
    if problem.agreements:
        yield Text(
            "场地协议的时段、人数上限与步行时间未写出",
            "windows, caps and walks of agreements are left out",
        )
    if any(t.max_classes_at_once is not None for t in problem.venue_targets):
        yield Text(
            "场地同时班数的上限未写出", "ceilings on classes in a venue are left out"
        )
    if problem.sites:
        yield Text("校区间的路程未写出", "travel between sites is left out")
    if any(z.max_classes > 1 and z.max_pupils for z in problem.all_zones):
        yield Text(
            "多个班同时使用的分区只按班数和单班人数限制",
            "zones for several classes are limited by classes and by the size of each",
        )
    if any(_is_narrower(problem, x.layout_id) for x in problem.layouts):
        yield Text(
            "场地用法自身的上限小于分区的，未写出",
            "caps of layouts below those of their zones are left out",
        )
    mixed = (problem.allowed_layouts(r) for r in problem.requirements)
    if any(HOME in names and len(names) > 1 for names in mixed):
        yield Text(
            "可在本班教室或场地上的课，FET 只知道已定的场地",
            "of lessons that may be at home or elsewhere FET knows the place they have",
        )


def _is_narrower(problem: Problem, layout_id: str) -> bool:
    layout = problem.layout[layout_id]
    return layout.max_pupils is not None or layout.max_classes < min(
        problem.zone[name].max_classes for name in layout.zones
    )
