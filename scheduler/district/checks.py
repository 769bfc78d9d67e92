"""Faults of a district that no single school shows."""

from collections.abc import Iterator
from itertools import combinations

from scheduler.constraints import describe
from scheduler.district.parts import Part, parts_of
from scheduler.district.sharing.teachers import fixed_meetings, shared_teachers
from scheduler.model.district import District
from scheduler.model.errors import DataError
from scheduler.model.meeting import Meeting
from scheduler.model.problem import Problem
from scheduler.model.requirements import HOME
from scheduler.model.text import Text
from scheduler.model.times import overlap


def errors_of(district: District) -> tuple[DataError, ...]:
    """What makes it senseless to begin: each in one sentence."""
    parts = parts_of(district)
    whole = district.problem
    return (
        *_no_schools(district),
        *_fixed_at_once(whole, parts),
        *_unopened(whole, named=True),
        *_promised_twice(whole),
    )


def warnings_of(district: District) -> tuple[DataError, ...]:
    """What looks like a mistake but stands in nobody's way."""
    return tuple(_unopened(district.problem, named=False))


def _no_schools(district: District) -> Iterator[DataError]:
    if not district.school_ids:
        none = Text("没有一所学校有班级", "no school has a class")
        yield DataError("schools", none, sheet="学校")


def _fixed_at_once(whole: Problem, parts: tuple[Part, ...]) -> Iterator[DataError]:
    """A teacher whose fixed lessons at two schools overlap or leave no time between."""
    for name in shared_teachers(whole, parts):
        meetings = list(fixed_meetings(whole, name))
        for one, other in combinations(meetings, 2):
            schools = [whole.schools_of(m.lesson.requirement)[0] for m in (one, other)]
            if schools[0] != schools[1] and _are_too_near(whole, one, other):
                yield _two_at_once(whole, name, one, other)


def _are_too_near(whole: Problem, one: Meeting, other: Meeting) -> bool:
    if one.day != other.day or not set(one.layers) & set(other.layers):
        return False
    (a, b), (c, d) = one.adult_busy, other.adult_busy
    minutes = whole.travel_minutes(one.site_id, other.site_id) or 0
    return overlap(a, b + minutes, c, d + minutes)


def _two_at_once(
    whole: Problem, teacher_id: str, one: Meeting, other: Meeting
) -> DataError:
    teacher = whole.teacher[teacher_id]
    lessons = [describe.lesson(whole, m.lesson.lesson_id) for m in (one, other)]
    times = [describe.when(m.day, m.start, m.end) for m in (one, other)]
    way = whole.travel_minutes(one.site_id, other.site_id) or 0
    road = Text(f"，路上要{way}分钟", f"; the way takes {way} minutes")
    road = road if way else Text("", "")
    return DataError(
        "fixed",
        Text(
            f"{teacher.name}的固定课在两所学校冲突：{lessons[0].zh}（{times[0].zh}）和"
            f"{lessons[1].zh}（{times[1].zh}）{road.zh}",
            f"{teacher.name} has fixed lessons at two schools too near each other: "
            f"{lessons[0].en} ({times[0].en}) and {lessons[1].en} "
            f"({times[1].en}){road.en}",
        ),
        Text("请改动其中一节。", "Maybe move one of them?"),
        value=teacher_id,
        sheet="固定课",
    )


def _unopened(whole: Problem, *, named: bool) -> Iterator[DataError]:
    """Community venues that no agreement opens: those that lessons name, or others."""
    opened = {a.venue_id for a in whole.agreements}
    wanted = {
        whole.layout[name].venue_id
        for r in whole.requirements
        for name in r.layouts
        if name != HOME
    }
    for venue in whole.venues:
        if venue.owner or venue.venue_id in opened:
            continue
        if (venue.venue_id in wanted) != named:
            continue
        so = _YET_WANTED if named else _USELESS
        yield DataError(
            "venues",
            Text(
                f"{venue.name}没有任何场地协议开放，{so.zh}",
                f"{venue.name} is opened by no agreement{so.en}",
            ),
            Text("请补充协议。", "Maybe an agreement is missing?"),
            value=venue.venue_id,
            sheet="场地",
        )


def _promised_twice(whole: Problem) -> Iterator[DataError]:
    """Firm agreements that together are more than a venue of one zone holds."""
    for venue in whole.venues:
        firm = [a for a in whole.agreements if a.firm and a.venue_id == venue.venue_id]
        zones = [z for z in whole.all_zones if z.venue_id == venue.venue_id]
        for one in firm:
            at_once = [
                a for a in firm if a.day == one.day and a.start <= one.start < a.end
            ]
            holds = sum(z.max_classes for z in zones)
            if sum(a.max_classes for a in at_once) > holds:
                names = "、".join(a.agreement_id for a in at_once)
                yield DataError(
                    "agreements",
                    Text(
                        f"{venue.name}同时最多{holds}个班，必须保留的协议合起来超过了",
                        f"{venue.name} holds {holds} classes at once, fewer than the "
                        "agreements to be kept promise together",
                    ),
                    Text("请调整其中一份。", "Maybe one of them is not firm?"),
                    value=names,
                    sheet="场地协议",
                )
                break


_YET_WANTED = Text("却有课要在那里上", ", yet lessons are to be there")
_USELESS = Text("各校都用不到", ": no school can use it")
