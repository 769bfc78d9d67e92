"""Pieces of a division that no limit ties: each is divided alone.

What is fairest in each is fairest in all: nobody can be given more by taking from
another piece.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from scheduler.model.components import components
from scheduler.solver.sharing.division import Divided, Division, Level, Row


@dataclass(frozen=True, slots=True)
class Piece:
    """A division by itself; ``choices`` and ``claims`` are its own in the whole."""

    division: Division
    choices: tuple[int, ...]
    claims: tuple[int, ...]


def pieces_of(division: Division) -> tuple[Piece, ...]:
    """All pieces; what no claim is about is one, the last."""
    ties = [c.parts for c in division.claims] + [tuple(r.terms) for r in division.rows]
    groups = components(range(len(division.most)), ties)
    piece_at = {choice: k for k, group in enumerate(groups) for choice in group}
    rest = len(groups)
    claims: dict[int, list[int]] = defaultdict(list)
    for number, claim in enumerate(division.claims):
        claims[_piece(piece_at, claim.parts, rest)].append(number)
    rows: dict[int, list[Row]] = defaultdict(list)
    for row in division.rows:
        at = _piece(piece_at, row.terms, rest)
        rows[at if at in claims else rest].append(row)
    left = tuple(c for c, at in piece_at.items() if at not in claims)
    found = [
        _cut(division, tuple(groups[at]), rows[at], own)
        for at, own in claims.items()
        if at != rest
    ]
    if left or rows[rest] or claims[rest]:
        found.append(_cut(division, left, rows[rest], claims[rest]))
    return tuple(found)


def _piece(piece_at: dict[int, int], choices: Iterable[int], rest: int) -> int:
    """Where choices lie, all of which are in one piece."""
    return next((piece_at[choice] for choice in choices), rest)


def _cut(
    division: Division,
    choices: tuple[int, ...],
    rows: Sequence[Row],
    claims: Sequence[int],
) -> Piece:
    """The division of some choices, counted anew."""
    new = {old: k for k, old in enumerate(choices)}
    own = Division(
        [division.most[old] for old in choices],
        [
            Row({new[c]: n for c, n in row.terms.items()}, row.least, row.most)
            for row in rows
        ],
        tuple(
            replace(c, parts=tuple(new[x] for x in c.parts))
            for c in (division.claims[k] for k in claims)
        ),
        {new[c]: n for c, n in division.charges.items() if c in new},
    )
    return Piece(own, choices, tuple(claims))


def joined(
    division: Division, pieces: Sequence[Piece], found: Sequence[Divided]
) -> Divided:
    """The whole division out of those of its pieces."""
    amounts, met = [0] * len(division.most), [0] * len(division.claims)
    levels: dict[Fraction, list[Level]] = defaultdict(list)
    for piece, divided in zip(pieces, found, strict=True):
        for choice, amount in zip(piece.choices, divided.amounts, strict=True):
            amounts[choice] = amount
        for claim, given in zip(piece.claims, divided.met, strict=True):
            met[claim] = given
        for level in divided.levels:
            levels[level.value].append(level)
    merged = tuple(_level(value, levels[value]) for value in sorted(levels))
    return Divided(tuple(amounts), tuple(met), merged)


def _level(value: Fraction, levels: Sequence[Level]) -> Level:
    """One level of all pieces that have it."""
    return Level(
        value,
        sum(level.stuck for level in levels),
        min((x.excluded for x in levels if x.excluded is not None), default=None),
        all(level.proven for level in levels),
    )
