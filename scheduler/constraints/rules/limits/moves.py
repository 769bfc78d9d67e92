"""Moves of one person between sites on a day."""

from collections.abc import Iterator
from typing import ClassVar

from scheduler.constraints.primitives import Primitive
from scheduler.constraints.rules.limits.kind import Excess, Kind, Said, Week
from scheduler.constraints.rules.limits.people import Calendar, Person
from scheduler.constraints.rules.teachers.limit_site_moves import beyond
from scheduler.constraints.site_days import (
    SiteOf,
    moves,
    possible_stays,
    stays_of,
    way_pattern,
)
from scheduler.model.limits import Limit, LimitKind, LimitOn
from scheduler.model.text import Text


class MaxMovesADay(Kind):
    """At most ``value`` moves from one site to another on a day.

    Moves are counted between lessons that follow one another, of teachers and classes;
    days on which rows times sites are more than 16 are left out. Amount: moves too
    many.
    """

    kind: ClassVar[LimitKind] = LimitKind.MAX_MOVES_A_DAY
    asks: ClassVar[Text] = Text(
        "每天最多往返校区{v}次", "at most {v} moves between sites a day"
    )

    def excesses(
        self, limit: Limit, person: Person, calendar: Calendar, layer: int, week: Week
    ) -> Iterator[Excess]:
        """One for each day with too many."""
        if person.on is LimitOn.GROUP:
            return
        site_of = SiteOf(person.person_id, person.on is LimitOn.CLASS)
        for day, here in week.items():
            possible = possible_stays(calendar.problem, person.lessons, day, site_of)
            number = moves(stays_of(here, site_of, possible))
            if number > limit.value:
                yield Excess(number - limit.value, number, tuple(here), day)

    def primitives(
        self, limit: Limit, person: Person, calendar: Calendar, layer: int, weight: int
    ) -> Iterator[Primitive]:
        """One pattern for each day."""
        if person.on is LimitOn.GROUP:
            return
        site_of = SiteOf(person.person_id, person.on is LimitOn.CLASS)
        cost = beyond(limit.value, weight)
        name = f"way_{person.resource}"
        for day in calendar.days(person):
            possible = possible_stays(calendar.problem, person.lessons, day, site_of)
            if possible:
                when = (day, layer)
                yield way_pattern(name, person.lessons, site_of, when, possible, cost)

    def sentence(self, limit: Limit, said: Said) -> Text:
        """Moves and limit."""
        return Text(
            f"在校区之间往返{said.number}次，每天最多{limit.value}次",
            f"moves between sites {said.number} time(s), at most {limit.value} a day",
        )
