"""From a FET document to a problem, and a report of what was not read."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from scheduler.formats.fet.classes import SCHOOL_ID, Classes, idle_sets
from scheduler.formats.fet.document import Document, FetConstraint
from scheduler.formats.fet.faults import FetFaults
from scheduler.formats.fet.ids import safe_text
from scheduler.formats.fet.lessons import Lessons, Names
from scheduler.formats.fet.limits import family_of, limit_rows
from scheduler.formats.fet.mapping import (
    Handler,
    Mapping,
    Row,
    RowIds,
    level_of,
    weight_of,
)
from scheduler.formats.fet.relations import relation_handlers
from scheduler.formats.fet.report import ImportReport, Unsupported
from scheduler.formats.fet.room_choice import ROOM_TYPES, RoomChoice
from scheduler.formats.fet.rooms import Rooms
from scheduler.formats.fet.times import time_handlers
from scheduler.formats.fet.week import Week
from scheduler.model.limits import Limit
from scheduler.model.problem import Problem
from scheduler.model.relations import Relation, RelationKind
from scheduler.model.requirements import FixedLesson
from scheduler.model.resources import (
    Level,
    School,
    Stage,
    Subject,
    SubjectKind,
    Teacher,
    Unavailability,
)
from scheduler.model.settings import RuleSetting
from scheduler.model.settings.source import SETTINGS as SOURCE
from scheduler.model.term import Term
from scheduler.model.text import Text

BASIC = frozenset({"BasicCompulsoryTime", "BasicCompulsorySpace", "BreakTimes"})
"""What our hard rules and the bell say already."""
OTHER_WISHES = (
    "ChargeMoments",
    "SpreadLessons",
    "PreferMornings",
    "KeepPEFromLunch",
    "GiveActivityMinutes",
    "StaggerVenueLoad",
    "LimitMovesAtOnce",
    "BringEscorts",
    "LimitRuns",
    "LimitIdlePeriods",
    "BalanceWeeks",
    "BalanceHalfDays",
    "KeepParallelPace",
    "SpreadSingleLessons",
    "PreferLayouts",
    "LimitWalks",
    "StayLongEnough",
    "KeepTeacherLunch",
    "LimitSiteMoves",
)
"""Soft rules that a FET file does not ask for; they are turned off."""
OWN_GAPS = "FillClassDays"
"""What a FET file says of gaps of students are rows of limits; ours is turned off."""
WISHED_TIMES = "RespectWishes"


@dataclass(frozen=True, slots=True)
class Imported:
    """A problem made of a FET file, and where its activities went."""

    problem: Problem
    report: ImportReport
    mapping: Mapping


def import_document(document: Document, file: str) -> Imported:
    """Make a problem of a document.

    Raises:
        InputError: an activity is left no room, or there is no activity.
    """
    report = ImportReport(document.version)
    report.inactive_activities = len(document.activities) - len(document.active)
    report.idle_sets = idle_sets(document)
    faults = FetFaults(file)
    if not document.active:
        faults.error(None, "没有启用的活动", "has no active activity")
    faults.stop()
    mapping, choice = _map(document, report, faults)
    faults.stop()
    ids = RowIds()
    rows = [*_constraint_rows(mapping, ids), *_room_rows(mapping, choice, ids)]
    return Imported(_problem(mapping, rows, file), report, mapping)


def _map(
    document: Document, report: ImportReport, faults: FetFaults
) -> tuple[Mapping, RoomChoice]:
    classes, names = Classes(document), Names(document)
    rooms = Rooms(document, len(classes.real))
    choice = RoomChoice(document, rooms, report)
    lessons = Lessons(document, classes, choice, names, faults)
    week = Week(document)
    return Mapping(document, week, names, classes, rooms, lessons, report), choice


def _constraint_rows(mapping: Mapping, ids: RowIds) -> Iterator[Row]:
    """Rows of all constraints but those of rooms; each is counted once."""
    handlers: dict[str, Handler] = {**time_handlers(), **relation_handlers()}
    report = mapping.report
    for constraint in mapping.document.constraints:
        name = constraint.type
        if not constraint.active:
            report.inactive[name] += 1
        elif not constraint.weight or _is_idle(constraint, mapping):
            report.without_effect[name] += 1
        elif name in BASIC:
            report.read[name] += 1
        elif name not in ROOM_TYPES:
            handler = handlers.get(name) or (limit_rows if family_of(name) else None)
            yield from _rows(handler, constraint, mapping, ids)


def _is_idle(constraint: FetConstraint, mapping: Mapping) -> bool:
    """Whether it speaks of changes of buildings where there are not two."""
    buildings = {room.building for room in mapping.document.rooms if room.building}
    return "BuildingChanges" in constraint.type and len(buildings) < 2


def _rows(
    handler: Handler | None, constraint: FetConstraint, mapping: Mapping, ids: RowIds
) -> list[Row]:
    report, name = mapping.report, constraint.type
    if handler is None:
        report.unsupported[name, _UNKNOWN] += 1
        return []
    try:
        rows = list(handler(constraint, mapping, ids))
    except Unsupported as refusal:
        report.unsupported[name, refusal.reason] += 1
        return []
    (report.read if rows else report.without_effect)[name] += 1
    return rows


_UNKNOWN = Text("没有对应的规则", "there is no rule for it")


def _room_rows(mapping: Mapping, choice: RoomChoice, ids: RowIds) -> Iterator[Relation]:
    """Soft rows of room constraints under 100 %, also those that must be broken."""
    for constraint, layouts, activities in choice.soft():
        if layouts:
            yield Relation(
                ids.next(constraint),
                RelationKind.IN_LAYOUTS,
                mapping.lessons.named(activities),
                layouts=tuple(sorted(layouts)),
                level=Level.SOFT,
                weight=weight_of(constraint),
                reason=constraint.type,
            )


def _problem(mapping: Mapping, rows: list[Row], file: str) -> Problem:
    document, names = mapping.document, mapping.names
    return Problem(
        schools=(School(SCHOOL_ID, _name(document.institution), Stage.NINE_YEAR),),
        bells=(mapping.week.bell,),
        classes=tuple(mapping.classes.table()),
        subjects=tuple(
            Subject(names.subjects[x], _name(x), SubjectKind.OTHER)
            for x in document.subjects
        ),
        teachers=tuple(
            Teacher(names.teachers[x], _name(x), SCHOOL_ID) for x in document.teachers
        ),
        requirements=tuple(mapping.lessons.requirements),
        term=_term(),
        venues=tuple(mapping.rooms.venues()),
        zones=tuple(mapping.rooms.zones()),
        layouts=tuple(mapping.rooms.table()),
        unavailable=tuple(r for r in rows if isinstance(r, Unavailability)),
        fixed=tuple(r for r in rows if isinstance(r, FixedLesson)),
        rules=tuple(_settings(mapping, file)),
        limits=tuple(r for r in rows if isinstance(r, Limit)),
        relations=tuple(r for r in rows if isinstance(r, Relation)),
    )


def _name(name: str) -> str:
    return safe_text(name) or "_"


def _term() -> Term:
    """FET knows no dates; these are to be changed before lessons get dates."""
    first, last = dt.date(2026, 9, 1), dt.date(2027, 1, 29)
    return Term("FET", first, last, "Asia/Shanghai", first)


def _settings(mapping: Mapping, file: str) -> Iterator[RuleSetting]:
    if approximated := tuple(sorted(mapping.report.approximated_hard)):
        told = (("file", file), ("approximated", approximated))
        yield RuleSetting(SOURCE, parameters=told)
    yield from (RuleSetting(name, enabled=False) for name in (*OTHER_WISHES, OWN_GAPS))
    wished = [
        weight_of(c)
        for c in mapping.document.constraints
        if c.type == "RoomNotAvailableTimes" and c.active
        if c.weight and level_of(c) is Level.SOFT
    ]
    if wished:
        yield RuleSetting(WISHED_TIMES, weight=min(wished))
