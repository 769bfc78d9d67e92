"""What people are told of a dated lesson: self-contained, with names.

A published fact outlives the problem it came from: a teacher may leave, a
requirement may be deleted, and the lesson is still shown as cancelled.
"""

from dataclasses import dataclass

from scheduler.model.meeting import Meeting
from scheduler.model.problem import Problem
from scheduler.model.resources import SubjectKind
from scheduler.model.weather import BadWeather, Weather
from scheduler.term.dated import DatedLesson


@dataclass(frozen=True, slots=True)
class Named:
    """Something of the problem by id, and what people call it."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Place:
    """A layout's venue, zones and address; ``outside`` where a school does not own it.

    ``available`` is False on a date on which it cannot be used. ``part`` names the
    zones as people call them, empty where they are the whole venue; None in facts of
    times that did not know it.
    """

    venue: Named
    zones: tuple[str, ...]
    address: str
    outside: bool
    available: bool
    part: str | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """Time of day, people and place of a lesson on one date, without the date.

    ``rows`` are its periods, from and to minutes after midnight; ``walk`` minutes of
    walking before and after. ``place`` is None in the class's own room. ``acts_as`` is
    the weekday followed on a make-up day, ``weather`` what drove the lesson indoors.
    ``pupils`` is the head-count where only some of the classes' pupils attend.
    ``instead_of`` is the subject that the week has there, where it is another;
    ``covers`` those who teach it in the week, where others do; ``left`` the venue it
    has in the week, of no id for the class's own room, where it is elsewhere. An
    ``extra`` lesson is in no week. ``counts``: given so that it counts in its subject.
    In ``self_study`` its teachers only supervise, and it is lost. ``joined`` are the
    classes that it is taught together with on the date. ``rung`` is when the bell of
    the date has it, where that is another than the class's own.
    """

    rows: tuple[tuple[int, int], ...]
    subject: Named
    kind: SubjectKind
    schools: tuple[Named, ...]
    classes: tuple[Named, ...]
    teachers: tuple[Named, ...]
    escorts: tuple[Named, ...] = ()
    place: Place | None = None
    agreement_ids: tuple[str, ...] = ()
    walk: int = 0
    acts_as: int | None = None
    weather: Weather | None = None
    pupils: int | None = None
    instead_of: Named | None = None
    covers: tuple[Named, ...] = ()
    left: Named | None = None
    extra: bool = False
    counts: bool = True
    self_study: bool = False
    joined: tuple[Named, ...] = ()
    rung: int | None = None

    @property
    def start(self) -> int:
        """First minute."""
        return self.rows[0][0]

    @property
    def end(self) -> int:
        """Minute after the last."""
        return self.rows[-1][1]

    @property
    def minutes(self) -> int:
        """Length of its periods."""
        return sum(end - start for start, end in self.rows)

    @property
    def time(self) -> tuple[int, int]:
        """Start and end."""
        return self.start, self.end

    @property
    def teacher_ids(self) -> tuple[str, ...]:
        """Those who teach, in a fixed order."""
        return tuple(sorted(person.id for person in self.teachers))

    @property
    def appointment(self) -> tuple[object, ...]:
        """When, who, where, what: whatever makes it another appointment.

        Names may change without it.
        """
        what = self.subject.id, self.self_study
        return self.time, self.teacher_ids, self.escort_ids, self.where, what

    @property
    def escort_ids(self) -> tuple[str, ...]:
        """Those who go along, in a fixed order."""
        return tuple(sorted(person.id for person in self.escorts))

    @property
    def where(self) -> tuple[str, tuple[str, ...], bool] | None:
        """Venue, zones and whether they are available; None at home."""
        if self.place is None:
            return None
        place = self.place
        return place.venue.id, tuple(sorted(place.zones)), place.available


def facts_of(dated: DatedLesson) -> Facts:
    """Gather what the problem says of a dated lesson."""
    meeting, problem = dated.meeting, dated.problem
    requirement, weekly = meeting.lesson.requirement, dated.weekly
    subject = _subject(problem, requirement.subject_id)
    planned = weekly.lesson.requirement.subject_id if weekly else subject.id
    return Facts(
        rows=tuple((row.start, row.end) for row in meeting.rows),
        subject=subject,
        kind=problem.subject[subject.id].kind,
        schools=tuple(
            Named(use.school_id, problem.school[use.school_id].name)
            for use in meeting.uses
        ),
        classes=tuple(
            Named(name, problem.class_name[name]) for name in meeting.class_ids
        ),
        teachers=_people(problem, meeting.teacher_ids),
        escorts=_people(problem, meeting.adult_ids[len(set(meeting.teacher_ids)) :]),
        place=_place(problem, dated),
        agreement_ids=dated.agreement_ids if dated.place_available else (),
        walk=meeting.walk if dated.place_available else 0,
        acts_as=dated.day.weekday if dated.day.make_up else None,
        weather=dated.weather,
        pupils=requirement.pupils,
        instead_of=None if planned == subject.id else _subject(problem, planned),
        covers=_covered(problem, meeting, weekly),
        left=_left(problem, meeting, weekly),
        extra=weekly is None,
        counts=_counts(dated) and not dated.self_study,
        self_study=dated.self_study,
        joined=_joined(dated),
        rung=weekly.start if weekly and dated.other_bell else None,
    )


def _subject(problem: Problem, subject_id: str) -> Named:
    return Named(subject_id, problem.subject[subject_id].name)


def _joined(dated: DatedLesson) -> tuple[Named, ...]:
    host = dated.problem.lesson.get(dated.joins)
    names = host.requirement.class_ids if host else ()
    return tuple(Named(name, dated.problem.class_name[name]) for name in names)


def _covered(
    problem: Problem, meeting: Meeting, weekly: Meeting | None
) -> tuple[Named, ...]:
    if weekly is None or set(weekly.teacher_ids) == set(meeting.teacher_ids):
        return ()
    return _people(problem, weekly.teacher_ids)


def _left(problem: Problem, meeting: Meeting, weekly: Meeting | None) -> Named | None:
    if weekly is None or weekly.layout == meeting.layout:
        return None
    was, now = (m.layout.venue_id if m.layout else "" for m in (weekly, meeting))
    if was == now:
        return None
    return Named(was, problem.venue[was].name if was else "")


def _counts(dated: DatedLesson) -> bool:
    """Whether a lesson driven indoors counts as one of its subject.

    PE counts where a PE teacher of its own gives it, theory only if the settings say
    so. Source: regulations.md, section 6.5.
    """
    meeting, problem = dated.meeting, dated.problem
    if dated.weather is None:
        return True
    if meeting.layout is None and not BadWeather.of(problem).theory_counts:
        return False
    subject = problem.subject[meeting.lesson.requirement.subject_id]
    return not subject.kind.is_pe_type or has_pe_teacher(problem, meeting)


def has_pe_teacher(problem: Problem, meeting: Meeting) -> bool:
    """Tell whether one of a lesson's teachers teaches PE.

    Where a teacher's ``subjects`` are not given, being given the lesson is proof.
    """
    pe = {s.subject_id for s in problem.subjects if s.kind.is_pe_type}
    staff = (problem.teacher[name].subjects for name in meeting.teacher_ids)
    return any(not subjects or pe & set(subjects) for subjects in staff)


def _people(problem: Problem, teacher_ids: tuple[str, ...]) -> tuple[Named, ...]:
    return tuple(
        Named(name, problem.teacher[name].name) for name in dict.fromkeys(teacher_ids)
    )


def _place(problem: Problem, dated: DatedLesson) -> Place | None:
    layout = dated.meeting.layout
    if layout is None:
        return None
    venue = problem.venue[layout.venue_id]
    whole = {z.zone_id for z in problem.all_zones if z.venue_id == venue.venue_id}
    part = (problem.zone[name].title for name in layout.zones)
    return Place(
        Named(venue.venue_id, venue.name),
        layout.zones,
        # A site's id serves as its address where it is a name, not a code.
        venue.address or ("" if venue.site_id.isascii() else venue.site_id),
        any(use.foreign for use in dated.meeting.uses),
        dated.place_available,
        "" if whole == set(layout.zones) else "、".join(part),
    )
