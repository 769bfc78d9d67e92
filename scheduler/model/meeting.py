"""What a placement means by the clock: who is busy when, where and under what.

Every rule is stated on meetings, so period numbers of different bells never meet.
"""

from dataclasses import dataclass, field

from scheduler.model.problem import Problem
from scheduler.model.requirements import HOME, Lesson, Requirement
from scheduler.model.times import Bell, Period, RowKinds, Week, overlap
from scheduler.model.venues import Agreement, Layout


@dataclass(frozen=True, slots=True)
class Placement:
    """Where one lesson stands: weeks, timeslot, layout, who teaches it.

    ``period`` counts in the bell of the requirement's first class; ``layout_id``
    may be ``home``; ``length`` is in periods.
    """

    week: Week
    day: int
    period: int
    layout_id: str
    teacher_ids: tuple[str, ...]
    length: int


@dataclass(frozen=True, slots=True)
class Use:
    """A venue used by the classes of one school.

    ``agreement`` is None where the school owns the venue, or where it does not
    and no agreement's window contains the lesson (``foreign`` tells which).
    ``site_id`` is where these classes begin and end: under an agreement their own
    site, for its walk covers the way. ``walk`` are minutes of walking before and
    after the lesson.
    """

    school_id: str
    class_ids: tuple[str, ...]
    site_id: str
    foreign: bool
    agreement: Agreement | None
    walk: int = 0


@dataclass(frozen=True, slots=True)
class Meeting:
    """A placed lesson by the clock; built by :meth:`of`.

    ``rows`` are the bell rows it takes. Where the block does not ``fit``, they are
    the first row and the next ones of the right kind, as far as the day has any.
    What follows ``uses`` is worked out of it once, for rules ask millions of times.
    """

    lesson: Lesson
    placement: Placement
    rows: tuple[Period, ...]
    fits: bool
    layout: Layout | None
    uses: tuple[Use, ...]
    day: int = field(compare=False)
    """Weekday, 1 is Monday."""
    layers: tuple[int, ...] = field(compare=False)
    """Weeks of the cycle in which it meets: 0 odd, 1 even."""
    start: int = field(compare=False)
    """First minute of the lesson itself."""
    end: int = field(compare=False)
    """Minute after the lesson itself."""
    class_ids: tuple[str, ...] = field(compare=False)
    """Classes taught."""
    teacher_ids: tuple[str, ...] = field(compare=False)
    """Teachers who give the lesson."""
    adult_ids: tuple[str, ...] = field(compare=False)
    """Teachers who are present, escorts included, each once."""
    zone_ids: tuple[str, ...] = field(compare=False)
    """Zones it takes; none at home."""
    walk: int = field(compare=False)
    """Minutes the teachers walk before and after."""
    adult_busy: tuple[int, int] = field(compare=False)
    """Minutes in which teachers and escorts are busy, walks included."""

    @staticmethod
    def of(problem: Problem, lesson: Lesson, placement: Placement) -> "Meeting":
        """Work out a placement.

        Raises:
            KeyError: the bell has no such row, or the layout does not exist.
        """
        requirement, teachers = lesson.requirement, placement.teacher_ids
        rows, fits = _rows(problem, lesson, placement)
        start, end = rows[0].start, rows[-1].end
        layout = None
        if placement.layout_id != HOME:
            layout = problem.layout[placement.layout_id]
        uses = _uses(problem, requirement, layout, placement.day, (start, end))
        walk = max([use.walk for use in uses], default=0)
        return Meeting(
            lesson,
            placement,
            rows,
            fits,
            layout,
            uses,
            placement.day,
            placement.week.layers,
            start,
            end,
            requirement.class_ids,
            teachers,
            tuple(dict.fromkeys(teachers + requirement.escort_ids)),
            layout.zones if layout else (),
            walk,
            (start - walk, end + walk),
        )

    @property
    def site_id(self) -> str:
        """Site where the teachers begin and end: that of the first class."""
        return self.uses[0].site_id

    def class_site(self, class_id: str) -> str:
        """Site where this class begins and ends."""
        return next(u.site_id for u in self.uses if class_id in u.class_ids)

    def class_walk(self, class_id: str) -> int:
        """Minutes this class walks before and after."""
        return next(u.walk for u in self.uses if class_id in u.class_ids)

    def class_busy(self, class_id: str) -> tuple[int, int]:
        """Minutes in which the class is busy, walks included."""
        walk = self.class_walk(class_id)
        return self.start - walk, self.end + walk

    def contains(self, start: int, end: int) -> bool:
        """Tell whether the lesson itself shares a moment with an interval."""
        return overlap(self.start, self.end, start, end)


def _rows(
    problem: Problem, lesson: Lesson, placement: Placement
) -> tuple[tuple[Period, ...], bool]:
    """Rows taken in the first class's bell, and whether every bell agrees."""
    requirement = lesson.requirement
    bell = problem.bell_of(requirement)
    first = bell.find(placement.day, placement.period)
    if first is None:
        raise KeyError((bell.bell_id, placement.day, placement.period))
    rows = bell.block(
        placement.day, placement.period, placement.length, requirement.rows
    )
    if rows is None:
        later = bell.rows(placement.day, requirement.rows)
        later = tuple(row for row in later if row.start >= first.end)
        return (first, *later[: placement.length - 1]), False
    if len(requirement.class_ids) == 1:
        return rows, True
    others = {problem.class_group[c].bell_id for c in requirement.class_ids}
    others.discard(bell.bell_id)
    fits = all(
        _rings(problem.bell[name], placement.day, rows, requirement.rows)
        for name in others
    )
    return rows, fits


def _rings(bell: Bell, day: int, rows: tuple[Period, ...], kinds: RowKinds) -> bool:
    """Whether a block of the same clock times fits into another bell."""
    starts = (r for r in bell.rows(day, kinds) if r.start == rows[0].start)
    blocks = (bell.block(day, r.number, len(rows), kinds) or () for r in starts)
    times = [(row.start, row.end) for row in rows]
    return any([(r.start, r.end) for r in block] == times for block in blocks)


def _uses(
    problem: Problem,
    requirement: Requirement,
    layout: Layout | None,
    day: int,
    span: tuple[int, int],
) -> tuple[Use, ...]:
    """Split the classes by school; find each foreign school's agreement."""
    venue = problem.venue[layout.venue_id] if layout else None
    found = []
    for school_id, own in problem.classes_by_school(requirement.class_ids).items():
        site = problem.site_of_school(school_id)
        foreign = venue is not None and venue.owner != school_id
        agreement, walk = None, 0
        if venue is not None and foreign:
            given = problem.agreements_at.get((school_id, venue.venue_id), ())
            agreement = _window(problem, given, day, *span)
            walk = problem.walk_minutes(agreement, own) if agreement else 0
        elif venue is not None:
            site = venue.site_id
        found.append(Use(school_id, own, site, foreign, agreement, walk))
    return tuple(found)


def _window(
    problem: Problem,
    agreements: tuple[Agreement, ...],
    day: int,
    start: int,
    end: int,
) -> Agreement | None:
    """The agreement whose day and window contain the lesson.

    Where two of different dates do, one that covers the whole term counts first.
    """
    fitting = [
        a for a in agreements if a.day == day and a.start <= start and end <= a.end
    ]
    if len(fitting) > 1:
        return max(fitting, key=problem.covers_term)
    return fitting[0] if fitting else None
