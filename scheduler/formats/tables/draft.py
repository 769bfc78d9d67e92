"""The rows that can be trusted so far, as a problem the checks can ask."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from scheduler.formats.tables.declared.problem_tables import TABLES
from scheduler.formats.tables.records import Located
from scheduler.formats.tables.references import KnownIds, Records, named
from scheduler.formats.tables.rows import bells_of, term_of
from scheduler.formats.tables.schema import Table
from scheduler.model.expansion import with_activities
from scheduler.model.problem import Problem
from scheduler.model.settings import RuleSetting


@dataclass(frozen=True)
class Draft:
    """A problem without its faulty rows, and the rows it is made of.

    ``partial`` names the tables that lost a row, or could not be read: what they
    do not say is no fault. ``labels`` are the tables' files in messages. ``home`` is
    the folder they lie in, where there is one.
    """

    problem: Problem
    rows: Mapping[str, tuple[Located, ...]]
    partial: frozenset[str]
    labels: Mapping[str, str]
    home: Path | None = None


def draft_of(
    records: Records,
    unreadable: frozenset[str],
    settings: tuple[RuleSetting, ...],
    labels: Mapping[str, str],
    home: Path | None = None,
) -> Draft | None:
    """Keep the rows without a fault whose references are kept too.

    None where the term is missing, for then no check can be asked.
    """
    kept: dict[str, tuple[Located, ...]] = {}
    for table in TABLES:
        kept[table.name] = _kept(table, records.get(table.name, ()), kept, labels)
    partial = {
        name for name, rows in kept.items() if len(rows) < len(records.get(name, ()))
    }
    if not kept["term"]:
        return None
    problem = _problem(kept, settings)
    return Draft(problem, kept, frozenset(partial) | unreadable, labels, home)


def _kept(
    table: Table,
    records: tuple[Located, ...],
    kept: dict[str, tuple[Located, ...]],
    labels: Mapping[str, str],
) -> tuple[Located, ...]:
    """Sound rows of one table; the earlier tables are complete in ``kept``."""
    known = KnownIds(kept, frozenset(), labels)
    rows = [
        record
        for record in records
        if record.sound
        and all(
            column.aside or known.has(column, target, name)
            for column, target, name in named(table, record)
        )
    ]
    if table.name == "bells":
        # A bell without one of its rows would look too short.
        torn = {r.values.get("bell_id") for r in records if not r.sound}
        rows = [r for r in rows if r.item.bell_id not in torn]
    return tuple(rows)


def _problem(
    kept: dict[str, tuple[Located, ...]], settings: tuple[RuleSetting, ...]
) -> Problem:
    items = {name: tuple(r.item for r in rows) for name, rows in kept.items()}
    calendars = {calendar.calendar_id for calendar in items["calendars"]}
    given = Problem(
        schools=items["schools"],
        bells=bells_of(items["bells"]),
        classes=items["classes"],
        subjects=items["subjects"],
        teachers=items["teachers"],
        requirements=items["requirements"],
        term=term_of(items["term"][0], items["closed"], items["make_up"]),
        venues=items["venues"],
        zones=items["zones"],
        layouts=items["layouts"],
        agreements=items["agreements"],
        sites=items["sites"],
        unavailable=items["unavailable"],
        fixed=items["fixed"],
        rules=settings,
        limits=items["limits"],
        relations=items["relations"],
        venue_targets=items["venue_targets"],
        activities=items["activities"],
        closures=items["closures"],
        calendars=items["calendars"],
        # Those of a calendar that was taken out close nothing any more.
        bookings=tuple(b for b in items["bookings"] if b.calendar_id in calendars),
        replacements=items["replacements"],
    )
    return with_activities(given)
