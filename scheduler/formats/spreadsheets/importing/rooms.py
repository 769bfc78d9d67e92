"""Rooms of an import: places that lessons name, as venues of one zone each."""

import re
from collections import defaultdict
from dataclasses import dataclass, field

from scheduler.formats.spreadsheets.importing.inferred import Inferred
from scheduler.model.read_timetable import ReadLesson
from scheduler.model.venues import Layout, Venue, Zone

_FIELD = re.compile("操场|球场|田径|运动场|场地|跑道|公园")


@dataclass(slots=True)
class Rooms:
    """Places by name; how many classes one takes is what was seen at once."""

    school_id: str
    inferred: Inferred
    _ids: dict[str, str] = field(default_factory=dict)
    _subjects: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    _at_once: dict[str, dict[tuple[int, int], int]] = field(
        default_factory=lambda: defaultdict(lambda: defaultdict(int))
    )

    def layout(self, lesson: ReadLesson, subject_id: str) -> str:
        """The id of the layout of a lesson's room; ``""`` where it names none."""
        name = " ".join(lesson.room.split())
        if not name:
            return ""
        place = self._ids.setdefault(name, f"R{len(self._ids) + 1:02d}")
        self._subjects[name].add(subject_id)
        self._at_once[name][lesson.day, lesson.period] += 1
        self.inferred.say(
            "venues",
            "场地和教室取自课表，同时容纳的班数按课表上最多的一节计",
            "rooms are those on the sheets, as large as the most classes seen at once",
        )
        return f"L-{place}"

    def tables(self) -> tuple[tuple[Venue, ...], tuple[Zone, ...], tuple[Layout, ...]]:
        """Venues, zones and layouts, in the order met."""
        venues, zones, layouts = [], [], []
        for name, place in self._ids.items():
            outside = bool(_FIELD.search(name))
            most = max(self._at_once[name].values())
            subjects = tuple(sorted(self._subjects[name]))
            kind = "field" if outside else "room"
            venues.append(
                Venue(place, name, self.school_id, kind, not outside, self.school_id)
            )
            zones.append(Zone(place, place, most))
            layouts.append(Layout(f"L-{place}", place, (place,), subjects, most))
        return tuple(venues), tuple(zones), tuple(layouts)
