"""What a placement means by the clock: who is busy when, where and under what.

Every rule is stated on meetings, so period numbers of different bells never meet.
"""

from dataclasses import dataclass

from scheduler.model.problem import Problem
from scheduler.model.requirements import HOME, Lesson
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
    site, for its walk covers the way.
    """

    school_id: str
    class_ids: tuple[str, ...]
    site_id: str
    foreign: bool
    agreement: Agreement | None

    @property
    def walk(self) -> int:
        """Minutes of walking before and after the lesson."""
        return self.agreement.walk_minutes if self.agreement else 0


@dataclass(frozen=True, slots=True)
class Meeting:
    """A placed lesson by the clock; built by :meth:`of`.

    ``rows`` are the bell rows it takes. Where the block does not ``fit``, they are
    the first row and the next ones of the right kind, as far as the day has any.
    """

    lesson: Lesson
    placement: Placement
    rows: tuple[Period, ...]
    fits: bool
    layout: Layout | None
    uses: tuple[Use, ...]

    @staticmethod
    def of(problem: Problem, lesson: Lesson, placement: Placement) -> "Meeting":
        """Work out a placement.

        Raises:
            KeyError: the bell has no such row, or the layout does not exist.
        """
        rows, fits = _rows(problem, lesson, placement)
        layout = None
        if placement.layout_id != HOME:
            layout = problem.layout[placement.layout_id]
        uses = _uses(problem, lesson, layout, placement.day, rows)
        return Meeting(lesson, placement, rows, fits, layout, uses)

    @property
    def day(self) -> int:
        """Weekday, 1 is Monday."""
        return self.placement.day

    @property
    def layers(self) -> tuple[int, ...]:
        """Weeks of the cycle in which it meets: 0 odd, 1 even."""
        return self.placement.week.layers

    @property
    def start(self) -> int:
        """First minute of the lesson itself."""
        return self.rows[0].start

    @property
    def end(self) -> int:
        """Minute after the lesson itself."""
        return self.rows[-1].end

    @property
    def class_ids(self) -> tuple[str, ...]:
        """Classes taught."""
        return self.lesson.requirement.class_ids

    @property
    def teacher_ids(self) -> tuple[str, ...]:
        """Teachers who give the lesson."""
        return self.placement.teacher_ids

    @property
    def adult_ids(self) -> tuple[str, ...]:
        """Teachers who are present, escorts included, each once."""
        escorts = self.lesson.requirement.escort_ids
        return tuple(dict.fromkeys(self.placement.teacher_ids + escorts))

    @property
    def zone_ids(self) -> tuple[str, ...]:
        """Zones it takes; none at home."""
        return self.layout.zones if self.layout else ()

    @property
    def walk(self) -> int:
        """Minutes the teachers walk before and after."""
        return max((use.walk for use in self.uses), default=0)

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

    @property
    def adult_busy(self) -> tuple[int, int]:
        """Minutes in which teachers and escorts are busy, walks included."""
        return self.start - self.walk, self.end + self.walk

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
    lesson: Lesson,
    layout: Layout | None,
    day: int,
    rows: tuple[Period, ...],
) -> tuple[Use, ...]:
    """Split the classes by school; find each foreign school's agreement."""
    classes = lesson.requirement.class_ids
    found = []
    for school_id in problem.schools_of(lesson.requirement):
        own = tuple(c for c in classes if problem.class_group[c].school_id == school_id)
        site = problem.site_of_school(school_id)
        venue = problem.venue[layout.venue_id] if layout else None
        foreign = venue is not None and venue.owner != school_id
        agreement = None
        if venue is not None and foreign:
            given = problem.agreements_at.get((school_id, venue.venue_id), ())
            agreement = _window(problem, given, day, rows)
        elif venue is not None:
            site = venue.site_id
        found.append(Use(school_id, own, site, foreign, agreement))
    return tuple(found)


def _window(
    problem: Problem,
    agreements: tuple[Agreement, ...],
    day: int,
    rows: tuple[Period, ...],
) -> Agreement | None:
    """The agreement whose day and window contain the lesson.

    Where two of different dates do, one that covers the whole term counts first.
    """
    start, end = rows[0].start, rows[-1].end
    fitting = [
        a for a in agreements if a.day == day and a.start <= start and end <= a.end
    ]
    return max(fitting, key=problem.covers_term, default=None)
