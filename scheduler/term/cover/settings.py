"""Cover settings: a school's own rules of absences, covers and what they are paid.

No law says them, each school has its own; the defaults are what most write down.
"""

from dataclasses import dataclass, field
from enum import StrEnum

from scheduler.model.text import Text


class LeaveKind(StrEnum):
    """Why a teacher is away, as offices count it."""

    OFFICIAL = "official"
    SICK = "sick"
    PERSONAL = "personal"
    STATUTORY = "statutory"

    @property
    def text(self) -> Text:
        """Its name for people."""
        return _LEAVES[self]


_LEAVES = {
    LeaveKind.OFFICIAL: Text("公假", "official business"),
    LeaveKind.SICK: Text("病假", "sick leave"),
    LeaveKind.PERSONAL: Text("事假", "personal leave"),
    LeaveKind.STATUTORY: Text("法定假", "statutory leave"),
}


class Counting(StrEnum):
    """How covers are counted: those given, or those given less those received."""

    GROSS = "gross"
    NET = "net"

    @property
    def text(self) -> Text:
        """Its name for people."""
        return _COUNTINGS[self]


_COUNTINGS = {
    Counting.GROSS: Text("只计代出的课", "lessons given"),
    Counting.NET: Text("代出减去被代", "given less received"),
}


@dataclass(frozen=True, slots=True)
class Weights:
    """Points against a proposal; the fewest points are the best proposal.

    ``swap``, ``substitute``, ``merge``, ``self_study`` and ``cancel`` are what the kind
    itself weighs, ``late`` what is added to a swap where the absence is longer than
    swaps are for, and to a substitute where it is so short that teachers swap. The rest
    is about a person: another subject, a class nobody knows, another grade, and each
    lesson of the day and week, each cover of the month and the term so far.
    ``day_apart`` is for each day between the dates of a swap.
    """

    swap: int = 0
    substitute: int = 0
    merge: int = 60
    self_study: int = 90
    cancel: int = 400
    late: int = 20
    other_subject: int = 100
    unknown_class: int = 15
    other_grade: int = 5
    day_load: int = 4
    week_load: int = 1
    month_covers: int = 6
    term_covers: int = 2
    day_apart: int = 3


@dataclass(frozen=True, slots=True)
class Pay:
    """Amounts in fen for one lesson, by its kind; ``travel`` for one at another site.

    ``long`` is for a lesson of an absence longer than ``long_days`` that is covered in
    its own subject. ``free`` lessons of a month are not paid, beyond ``most`` none is.
    """

    lesson: int = 0
    self_study: int = 0
    activity: int = 0
    long: int = 0
    travel: int = 0
    long_days: int = 7
    free: int = 0
    most: int | None = None


@dataclass(frozen=True, slots=True)
class CoverSettings:
    """What a school has agreed on.

    An absence of at most ``swap_days`` school days is swapped, one of at most
    ``cover_days`` covered; a longer one is a new assignment from a date. Nobody covers
    more than ``most_a_day``, ``most_a_week``, ``most_a_month`` lessons (None: no
    limit); those ``excluded`` are never asked. ``received_free`` are leaves whose
    covered lessons do not count as received. Two classes in one room have at most
    ``room_pupils``; swaps look ``swap_reach`` days ahead and back. ``public``: the list
    of covers is shown to all teachers.
    """

    swap_days: int = 1
    cover_days: int = 5
    counting: Counting = Counting.GROSS
    received_free: tuple[LeaveKind, ...] = (
        LeaveKind.OFFICIAL,
        LeaveKind.SICK,
        LeaveKind.STATUTORY,
    )
    most_a_day: int | None = 2
    most_a_week: int | None = 5
    most_a_month: int | None = None
    excluded: tuple[str, ...] = ()
    room_pupils: int = 60
    swap_reach: int = 7
    public: bool = False
    weights: Weights = field(default_factory=Weights)
    pay: Pay = field(default_factory=Pay)
