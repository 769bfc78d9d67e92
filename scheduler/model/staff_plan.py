"""A staff plan: what a bureau settles about teachers, from ``district.toml``."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Research:
    """A time of a weekday that the district keeps free for a subject's teachers."""

    subject_id: str
    day: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Preparation:
    """A group that prepares lessons together (集体备课), of any schools.

    With ``day`` and ``start`` the time is settled, else one is found. Members from
    elsewhere travel to ``site_id``; without one they meet online.
    """

    name: str
    teacher_ids: tuple[str, ...]
    minutes: int
    site_id: str = ""
    day: int | None = None
    start: int | None = None


@dataclass(frozen=True, slots=True)
class Joining:
    """Posts that a school gets for a subject next year."""

    school_id: str
    subject_id: str
    posts: Fraction


@dataclass(frozen=True)
class StaffPlan:
    """Settings and what is known of next year.

    ``lessons_a_post`` is what a full post teaches a week, ``posts`` the same of single
    subjects; a teacher's own ``max_per_week`` may be less. ``lessons_a_visit`` are
    given at most on one visit to another school. ``classes`` are next year's classes by
    (school, grade), where they are not this year's one grade up. ``leaving`` teachers
    are gone then.
    """

    lessons_a_post: int = 14
    max_subjects: int = 2
    lessons_a_visit: int = 3
    posts: Mapping[str, int] = field(default_factory=dict)
    research: tuple[Research, ...] = ()
    preparations: tuple[Preparation, ...] = ()
    classes: Mapping[tuple[str, int], int] = field(default_factory=dict)
    leaving: tuple[str, ...] = ()
    joining: tuple[Joining, ...] = ()

    def post_of(self, subject_id: str) -> int:
        """Lessons a week of a full post of a subject."""
        return self.posts.get(subject_id, self.lessons_a_post)
