"""足额开设: hours demanded, planned and placed, class by class.

Lessons that the standard lets lie inside others count with those: handwriting
in Chinese, music and fine art in the arts, psychology in the integrated group.
What may lie inside or come on top (PE activities, the Student Reader in one of
three subjects) lifts a shortage and never makes an excess: the standard's daily
PE adds activity periods to full weeks. Lessons outside lesson rows (big break,
after school) are no lessons of the curriculum.
"""

from collections.abc import Iterable

from scheduler.audit.hours_row import HoursRow
from scheduler.audit.standard import (
    TOTAL,
    StandardKind,
    StandardRow,
)
from scheduler.audit.taught import Taught

SHARED_OUT = frozenset({"AR"})
"""Codes whose own lessons may be any of their components: 艺术 is music or art."""


def listed_rows(
    class_id: str,
    demanded: tuple[StandardRow, ...],
    coded: dict[str, Taught],
    lengths: tuple[int, int],
) -> list[HoursRow]:
    """A row for every code of the grade; what has no code of it counts in the total.

    Parameters:
        coded: Hours by code; under "" those of other subjects.
        lengths: Minutes of the school's usual lesson, and of the standard's.
    """
    return [_row(class_id, row, demanded, coded, lengths) for row in demanded]


def _row(
    class_id: str,
    row: StandardRow,
    demanded: tuple[StandardRow, ...],
    coded: dict[str, Taught],
    lengths: tuple[int, int],
) -> HoursRow:
    firm, flexible = sources_of(row, demanded)
    if row.kind is StandardKind.TOTAL:
        firm = (*firm, "")
    return HoursRow(
        class_id,
        row.code,
        row.name,
        row,
        _sum(coded, firm),
        _sum(coded, (row.code,)),
        _sum(coded, flexible),
        *lengths,
    )


def sources_of(
    row: StandardRow, demanded: tuple[StandardRow, ...]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Codes whose lessons count in a row, and codes whose lessons may.

    Parameters:
        demanded: All rows of the grade.
    """
    policy = tuple(r.code for r in demanded if r.kind is StandardKind.POLICY_COMPONENT)
    if row.code == TOTAL:
        return tuple(r.code for r in demanded if r.code not in policy), policy
    inside = {row.code}
    if row.kind is StandardKind.GROUP:
        inside |= set(row.relatives)
    firm: list[str] = []
    flexible: list[str] = []
    for other in demanded:
        if other.code in inside:
            firm.append(other.code)
        elif inside & _parents(other):
            sure = other.kind is StandardKind.COMPONENT and len(other.relatives) == 1
            (firm if sure else flexible).append(other.code)
    flexible += SHARED_OUT & _parents(row)
    return tuple(firm), tuple(flexible)


def _parents(row: StandardRow) -> frozenset[str]:
    """Codes that contain a component; none for other rows."""
    kinds = (StandardKind.COMPONENT, StandardKind.POLICY_COMPONENT)
    return frozenset(row.relatives) if row.kind in kinds else frozenset()


def _sum(coded: dict[str, Taught], codes: Iterable[str]) -> Taught:
    return sum((coded[code] for code in codes if code in coded), Taught())
