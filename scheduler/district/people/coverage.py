"""Lessons needed against lessons that posts hold, by school and subject.

Who can teach several subjects, or teaches at several schools, is given to where most
is lacking: leximin, in half-lessons, so that lessons of every other week count.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from scheduler.model.components import components
from scheduler.solver.sharing.division import Claim, Division, Row
from scheduler.solver.sharing.leximin import leximin

Place = tuple[str, str]
"""A school and a subject."""
HALVES = 2


@dataclass(frozen=True)
class Post:
    """Somebody's periods a week, and where they can be given, the best place first."""

    name: str
    lessons: Fraction
    places: tuple[Place, ...]


@dataclass(frozen=True)
class Coverage:
    """What of each need is met, and what each post gives; periods a week."""

    needs: Mapping[Place, Fraction]
    met: Mapping[Place, Fraction]
    given: Mapping[str, Fraction]
    proven: bool

    def missing(self, place: Place) -> Fraction:
        """Periods a week that nobody can give."""
        return self.needs[place] - self.met[place]


def cover(
    needs: Mapping[Place, Fraction], posts: Sequence[Post], seconds: float
) -> Coverage:
    """Give posts to needs, as evenly as can be."""
    met: dict[Place, Fraction] = {}
    given = {p.name: Fraction(0) for p in posts}
    proven = True
    for places, staff in _components(needs, posts):
        if all(len(_open(post, needs)) <= 1 for post in staff):
            for post in staff:
                for place in _open(post, needs):
                    some = min(post.lessons, needs[place] - met.get(place, Fraction(0)))
                    met[place] = met.get(place, Fraction(0)) + some
                    given[post.name] += some
        else:
            proven = _divide(needs, places, staff, seconds, met, given) and proven
    return Coverage(needs, {p: met.get(p, Fraction(0)) for p in needs}, given, proven)


def _divide(
    needs: Mapping[Place, Fraction],
    places: Sequence[Place],
    staff: Sequence[Post],
    seconds: float,
    met: dict[Place, Fraction],
    given: dict[str, Fraction],
) -> bool:
    """One component by leximin; whether that is proven."""
    most: list[int] = []
    charges: dict[int, int] = {}
    owner: list[tuple[Post, Place]] = []
    for post in staff:
        for rank, place in enumerate(_open(post, needs)):
            charges[len(most)] = rank
            owner.append((post, place))
            most.append(int(HALVES * min(post.lessons, needs[place])))
    rows = [
        Row(
            {k: 1 for k, (p, _) in enumerate(owner) if p is post},
            most=int(HALVES * post.lessons),
        )
        for post in staff
    ]
    claims = []
    for place in places:
        parts = {k: 1 for k, (_, p) in enumerate(owner) if p == place}
        need = int(HALVES * needs[place])
        if parts:
            rows.append(Row(parts, most=need))
        claims.append(Claim("·".join(place), tuple(parts), need))
    divided = leximin(Division(most, rows, claims, charges), seconds)
    for amount, (post, place) in zip(divided.amounts, owner, strict=True):
        lessons = Fraction(amount, HALVES)
        met[place] = met.get(place, Fraction(0)) + lessons
        given[post.name] += lessons
    return divided.proven


def _open(post: Post, needs: Mapping[Place, Fraction]) -> tuple[Place, ...]:
    return tuple(p for p in post.places if needs.get(p))


def _components(
    needs: Mapping[Place, Fraction], posts: Sequence[Post]
) -> Iterator[tuple[list[Place], list[Post]]]:
    """Places that posts tie together, with those posts."""
    lacking = [place for place, count in needs.items() if count]
    staff: dict[Place, list[Post]] = defaultdict(list)
    for post in posts:
        for place in _open(post, needs)[:1]:
            staff[place].append(post)
    for group in components(lacking, (_open(post, needs) for post in posts)):
        yield group, [post for place in group for post in staff[place]]
