"""Bad weather: what counts as such, and the prepared plan for it.

A plan lists, for every slot of the week with lessons outdoors, who goes where on the
first, second, third ... bad day of that slot. Data only: the solver makes it, the term
applies it to dates, formats and pages show it.
"""

from dataclasses import dataclass, field
from enum import StrEnum

from scheduler.model.errors import DataError
from scheduler.model.meeting import Meeting
from scheduler.model.problem import Problem
from scheduler.model.requirements import HOME
from scheduler.model.settings import RuleSetting, parameters_of
from scheduler.model.settings.numbers import check_numbers
from scheduler.model.text import Text
from scheduler.model.times import Week

SETTINGS = "bad_weather"
"""Name of the table of rules.toml."""


class Weather(StrEnum):
    """Why a date's outdoor lessons go indoors."""

    RAIN = "rain"
    HEAT = "heat"
    SMOG = "smog"

    @property
    def text(self) -> Text:
        """Its name for people."""
        return _NAMES[self]


_NAMES = {
    Weather.RAIN: Text("雨天", "rain"),
    Weather.HEAT: Text("高温", "heat"),
    Weather.SMOG: Text("雾霾", "smog"),
}


class HalfDay(StrEnum):
    """The part of a date a plan is applied to; noon divides the halves."""

    DAY = "day"
    MORNING = "am"
    AFTERNOON = "pm"

    @property
    def text(self) -> Text:
        """Its name for people."""
        return _HALVES[self]

    def holds(self, start: int) -> bool:
        """Tell whether a lesson that begins at this minute is in it."""
        return self is HalfDay.DAY or (start < NOON) is (self is HalfDay.MORNING)

    def meets(self, other: "HalfDay") -> bool:
        """Tell whether both share a part of the day."""
        return HalfDay.DAY in (self, other) or self is other


NOON = 12 * 60
_HALVES = {
    HalfDay.DAY: Text("全天", "whole day"),
    HalfDay.MORNING: Text("上午", "morning"),
    HalfDay.AFTERNOON: Text("下午", "afternoon"),
}


@dataclass(frozen=True, slots=True)
class BadWeather:
    """When outdoor lessons go indoors, and what counts as PE then.

    ``heat`` is in degrees Celsius (0: never), ``aqi`` the air quality index that must
    be exceeded (0: never). ``theory_counts``: a theory lesson in the class's own room,
    given by its own PE teacher, counts as delivered PE. Source: regulations.md 2.1.
    """

    rain: bool = True
    heat: int = 35
    aqi: int = 200
    theory_counts: bool = True

    @staticmethod
    def of(problem: Problem) -> "BadWeather":
        """The settings of a problem that has been checked."""
        return BadWeather(**parameters_of(problem.rules, SETTINGS))

    @property
    def triggers(self) -> tuple[Text, ...]:
        """When the plan is to be used, in words."""
        found = []
        if self.rain:
            found.append(Text("下雨、场地积水", "rain or a wet ground"))
        if self.heat:
            found.append(
                Text(f"气温达到 {self.heat} ℃", f"{self.heat} degrees or more")
            )
        if self.aqi:
            found.append(
                Text(f"空气质量指数（AQI）超过 {self.aqi}", f"AQI above {self.aqi}")
            )
        return tuple(found)


def is_outdoor(problem: Problem, meeting: Meeting) -> bool:
    """Tell whether a lesson is PE, or of an outdoor subject, and not under a roof.

    Of activities (big break, clubs) every one in the open is.
    """
    if meeting.layout is None or problem.venue[meeting.layout.venue_id].indoor:
        return False
    requirement = meeting.lesson.requirement
    subject = problem.subject[requirement.subject_id]
    return subject.outdoor or subject.kind.is_pe_type or bool(requirement.activity_id)


_RANGES = {"heat": (0, 50), "aqi": (0, 500)}
_FLAGS = ("rain", "theory_counts")


def check_bad_weather(setting: RuleSetting) -> tuple[DataError, ...]:
    """Faults of the table ``[bad_weather]``."""
    off = Text("0 表示不按这一项启用。", "Maybe 0 is meant, which switches it off?")
    return check_numbers(setting, _RANGES, _FLAGS, off)


@dataclass(frozen=True, slots=True)
class RainTurn:
    """Who is where on one bad day of a slot.

    ``layout_ids`` stand in the order of the slot's lessons; ``home`` is theory in the
    class's own room. ``proven``: no allowed assignment is better.
    """

    layout_ids: tuple[str, ...]
    proven: bool


@dataclass(frozen=True, slots=True)
class RainSlot:
    """Lessons outdoors at one time of the week that compete for places.

    ``turns`` are for its first, second, ... bad day; after the last it begins anew.
    ``layouts`` are the places open to each lesson, best first, none of them ``home``;
    ``alike`` are the lessons, by number, that may take each other's place anywhere.
    """

    day: int
    week: Week
    start: int
    end: int
    lesson_ids: tuple[str, ...]
    layouts: tuple[tuple[str, ...], ...]
    alike: tuple[tuple[int, ...], ...]
    turns: tuple[RainTurn, ...]

    @property
    def slot_id(self) -> str:
        """Name of the slot: weekday, start, and the week where it is not every."""
        name = f"{self.day}-{self.start // 60:02d}{self.start % 60:02d}"
        return name if self.week is Week.EVERY else f"{name}-{self.week}"

    def turn(self, number: int) -> RainTurn:
        """The turn for the slot's bad day of this number, from 1 on."""
        return self.turns[(number - 1) % len(self.turns)]

    @property
    def most_indoors(self) -> int:
        """Lessons indoors at once, the most of all turns."""
        return max(sum(x != HOME for x in turn.layout_ids) for turn in self.turns)

    def turns_indoors(self, bad_days: int) -> tuple[int, ...]:
        """How often each lesson was active indoors after so many bad days."""
        given = [self.turn(k).layout_ids for k in range(1, bad_days + 1)]
        count = len(self.lesson_ids)
        return tuple(sum(x[k] != HOME for x in given) for k in range(count))


@dataclass(frozen=True)
class RainPlan:
    """The slots of the week, in order; ``seconds`` it took to make."""

    slots: tuple[RainSlot, ...] = ()
    seconds: float = field(default=0.0, compare=False)

    @property
    def proven(self) -> bool:
        """Tell whether every turn of every slot is proven optimal."""
        return all(turn.proven for slot in self.slots for turn in slot.turns)

    @property
    def has_places(self) -> bool:
        """Tell whether any lesson can go to any place indoors."""
        return any(open_to for slot in self.slots for open_to in slot.layouts)

    def slot(self, slot_id: str) -> RainSlot:
        """A slot by its name.

        Raises:
            KeyError: there is none of this name.
        """
        for slot in self.slots:
            if slot.slot_id == slot_id:
                return slot
        raise KeyError(slot_id)
