"""Places: venues, their zones and layouts, agreements, ways between sites."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from scheduler.model.text import Text

ANY_SUBJECT = "*"


@dataclass(frozen=True, slots=True)
class Venue:
    """A place at a site; without an owner it is a community venue.

    ``address`` is what calendars show of a place outside the school, else the site.
    """

    venue_id: str
    name: str
    site_id: str
    kind: str
    indoor: bool
    owner: str = ""
    area_m2: int | None = None
    address: str = ""


@dataclass(frozen=True, slots=True)
class Zone:
    """An atomic part of a venue; caps hold at every moment.

    ``max_lessons`` caps lessons, however many classes each has. ``max_grades_apart``
    says how far apart the grades of lessons at once may be.
    """

    zone_id: str
    venue_id: str
    max_classes: int
    max_pupils: int | None = None
    max_lessons: int | None = None
    max_grades_apart: int | None = None
    name: str = ""

    @property
    def title(self) -> str:
        """How people call it: its name, its id where it has none."""
        return self.name or self.zone_id


@dataclass(frozen=True, slots=True)
class Layout:
    """One bookable way to use a venue: zones, subjects allowed, own caps.

    ``wet``: indoors, PE may use it in bad weather whatever its subjects.
    ``setup_minutes`` are needed to make it ready after another layout of its zones.
    ``grades`` are the only ones that may use it (none: all); ``not_for`` are tags of
    lessons that may not, as ball games on a roof.
    ``max_grades_apart`` is that of a zone, for lessons at once on this layout.
    """

    layout_id: str
    venue_id: str
    zones: tuple[str, ...]
    subjects: tuple[str, ...]
    max_classes: int
    max_pupils: int | None = None
    preference: int = 0
    wet: bool = False
    setup_minutes: int = 0
    grades: tuple[int, ...] = ()
    not_for: tuple[str, ...] = ()
    max_grades_apart: int | None = None
    name: str = ""

    @property
    def title(self) -> str:
        """How people call it: its name, its id where it has none."""
        return self.name or self.layout_id

    def names(self, subject_id: str) -> bool:
        """Tell whether the layout lists this very subject."""
        return subject_id in self.subjects

    def allows(self, subject_id: str) -> bool:
        """Tell whether the subject may use the layout when it is asked for."""
        return self.names(subject_id) or ANY_SUBJECT in self.subjects

    def refusal(self, grades: Iterable[int], tags: Iterable[str]) -> Text | None:
        """Why classes of these grades with these tags may not use it, or None."""
        for grade in grades:
            if self.grades and grade not in self.grades:
                return Text(f"不供{grade}年级使用", f"does not take grade {grade}")
        for tag in tags:
            if tag in self.not_for:
                zh = f"不供标签“{tag}”的课使用"
                return Text(zh, f'does not take what is tagged "{tag}"')
        return None


@dataclass(frozen=True, slots=True)
class VenueTarget:
    """How a venue's load is to be levelled, for all classes or those of one grade.

    ``max_classes_at_once`` is a ceiling that no moment may exceed; ``weight`` what an
    uneven load costs here, as a multiple of the rule's own (0: not levelled).
    """

    venue_id: str
    grade: int | None = None
    max_classes_at_once: int | None = None
    weight: int | None = None


@dataclass(frozen=True, slots=True)
class Agreement:
    """What lets a school use a venue it does not own, on one weekday window.

    ``walk_metres``, where given, is the way on foot, from which the minutes of each
    grade are worked out (``AgreementSettings``). ``road_crossings`` are roads crossed
    on it. ``insurance`` names the policy; ``free`` says whether it costs nothing (None:
    not said), ``fee`` what it costs. ``zones`` are the only ones it opens (none: all).
    Where a district divides a venue, a ``firm`` one is kept in full, and a ``wish`` is
    one of equally fair windows that the school would like best.
    """

    agreement_id: str
    venue_id: str
    school_id: str
    valid_from: date
    valid_to: date
    day: int
    start: int
    end: int
    max_classes: int
    walk_minutes: int
    max_pupils: int | None = None
    escorts: int = 0
    notice_days: int | None = None
    closed_dates: tuple[date, ...] = ()
    document: str = ""
    walk_metres: int | None = None
    road_crossings: int | None = None
    insurance: str = ""
    free: bool | None = None
    fee: str = ""
    contact: str = ""
    zones: tuple[str, ...] = ()
    firm: bool = False
    wish: bool = False

    def opens(self, layout: Layout) -> bool:
        """Tell whether every zone of a layout of its venue is among those it opens."""
        return not self.zones or set(layout.zones) <= set(self.zones)

    def is_valid_on(self, on: date) -> bool:
        """Tell whether it lets the school in on a date, if the weekday is its own."""
        return self.valid_from <= on <= self.valid_to and on not in self.closed_dates


@dataclass(frozen=True, slots=True)
class SiteDistance:
    """Minutes from door to door; both directions unless both are given."""

    from_site: str
    to_site: str
    minutes: int


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
