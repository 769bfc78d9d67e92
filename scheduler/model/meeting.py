"""What a placement means by the clock: who is busy when, where and under what.

Every rule is stated on meetings, so period numbers of different bells never meet.
"""

from dataclasses import dataclass, field, replace

from scheduler.model.problem import Problem
from scheduler.model.requirements import HOME, Lesson
from scheduler.model.times import Bell, Period, RowKinds, Week, overlap
from scheduler.model.venues import Agreement, Layout, Use, Venue

# Neither is frozen, though nothing changes them: making one would take five times as
# long, and a solve begins with making one for every option.


@dataclass(slots=True, unsafe_hash=True)
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


@dataclass(slots=True, unsafe_hash=True)
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
        day, period, length = placement.day, placement.period, placement.length
        rows = rows_at(problem, lesson, day, period, length)
        return Meeting.in_rows(problem, lesson, placement, *rows)

    @staticmethod
    def in_rows(
        problem: Problem,
        lesson: Lesson,
        placement: Placement,
        rows: tuple[Period, ...],
        fits: bool = True,
    ) -> "Meeting":
        """The same at these clock times, which need be no rows of a bell.

        Raises:
            KeyError: the layout does not exist.
        """
        requirement, teachers = lesson.requirement, placement.teacher_ids
        start, end = rows[0].start, rows[-1].end
        layout = None
        if placement.layout_id != HOME:
            layout = problem.layout[placement.layout_id]
        classes, day = requirement.class_ids, placement.day
        uses = _uses(problem, classes, layout, day, (start, end))
        walk = max([use.walk for use in uses], default=0)
        adults = teachers
        if requirement.escort_ids or len(teachers) > 1:
            adults = tuple(dict.fromkeys(teachers + requirement.escort_ids))
        return Meeting(
            lesson,
            placement,
            rows,
            fits,
            layout,
            uses,
            day,
            placement.week.layers,
            start,
            end,
            classes,
            teachers,
            adults,
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
        if len(self.uses) == 1:  # classes of one school walk with their teachers
            return self.adult_busy
        walk = self.class_walk(class_id)
        return self.start - walk, self.end + walk

    def overlaps(self, start: int, end: int) -> bool:
        """Tell whether the lesson itself shares a moment with an interval."""
        return overlap(self.start, self.end, start, end)


def rows_at(
    problem: Problem, lesson: Lesson, day: int, period: int, length: int
) -> tuple[tuple[Period, ...], bool]:
    """Rows taken in the first class's bell, and whether every bell agrees.

    Raises:
        KeyError: the bell has no such row.
    """
    classes, kinds = lesson.requirement.class_ids, lesson.requirement.rows
    key = (classes, kinds, day, period, length)
    known = problem.known.rows.get(key)
    if known is None:
        known = problem.known.rows[key] = _block(problem, *key)
    return known


def _block(
    problem: Problem,
    class_ids: tuple[str, ...],
    kinds: RowKinds,
    day: int,
    period: int,
    length: int,
) -> tuple[tuple[Period, ...], bool]:
    bells = {problem.class_group[c].bell_id: None for c in class_ids}
    bell, *others = (problem.bell[name] for name in bells)
    first = bell.find(day, period)
    if first is None:
        raise KeyError((bell.bell_id, day, period))
    rows = bell.block(day, period, length, kinds)
    if rows is None:
        later = [row for row in bell.rows(day, kinds) if row.start >= first.end]
        return (first, *later[: length - 1]), False
    return rows, all(_rings(other, day, rows, kinds) for other in others)


def _rings(bell: Bell, day: int, rows: tuple[Period, ...], kinds: RowKinds) -> bool:
    """Whether a block of the same clock times fits into another bell."""
    starts = (r for r in bell.rows(day, kinds) if r.start == rows[0].start)
    blocks = (bell.block(day, r.number, len(rows), kinds) or () for r in starts)
    times = [(row.start, row.end) for row in rows]
    return any([(r.start, r.end) for r in block] == times for block in blocks)


def _uses(
    problem: Problem,
    class_ids: tuple[str, ...],
    layout: Layout | None,
    day: int,
    span: tuple[int, int],
) -> tuple[Use, ...]:
    """Split the classes by school; find each foreign school's agreement."""
    key = (class_ids, layout.venue_id if layout else HOME)
    known = problem.known.uses.get(key)
    if known is None:
        venue = problem.venue[layout.venue_id] if layout else None
        schools = problem.classes_by_school(class_ids).items()
        known = tuple(_use(problem, school, own, venue) for school, own in schools)
        problem.known.uses[key] = known
    for use in known:
        if use.foreign:
            return tuple(_agreed(problem, x, layout, day, span) for x in known)
    return known


def _use(
    problem: Problem, school_id: str, own: tuple[str, ...], venue: Venue | None
) -> Use:
    """A school's use of its home or a venue, before any agreement is looked for."""
    site = problem.site_of_school(school_id)
    if venue is None or venue.owner != school_id:
        return Use(school_id, own, site, venue is not None, None)
    return Use(school_id, own, venue.site_id, False, None)


def _agreed(
    problem: Problem,
    use: Use,
    layout: Layout | None,
    day: int,
    span: tuple[int, int],
) -> Use:
    """A foreign school's use under the agreement that contains the lesson."""
    if not use.foreign or layout is None:
        return use
    agreement = _window(problem, use.school_id, layout, day, *span)
    if agreement is None:
        return use
    walk = problem.walk_minutes(agreement, use.class_ids)
    return replace(use, agreement=agreement, walk=walk)


def _window(
    problem: Problem,
    school_id: str,
    layout: Layout,
    day: int,
    start: int,
    end: int,
) -> Agreement | None:
    """The agreement whose day, window and zones contain the lesson.

    Where two of different dates do, one that covers the whole term counts first.
    """
    fitting = [
        a
        for a in problem.agreements_at.get((school_id, layout.venue_id), ())
        if a.day == day and a.start <= start and end <= a.end and a.opens(layout)
    ]
    if len(fitting) > 1:
        return max(fitting, key=problem.covers_term)
    return fitting[0] if fitting else None
