"""What a solver may claim."""

from enum import StrEnum


class Status(StrEnum):
    """Never better than what was proven.

    ``optimal``: no timetable has a lower cost. ``feasible``: no hard rule is
    broken. ``infeasible``: proven that no timetable keeps all hard rules.
    ``unknown``: the time ran out before either.
    """

    OPTIMAL = "optimal"
    FEASIBLE = "feasible"
    INFEASIBLE = "infeasible"
    UNKNOWN = "unknown"
