"""One line of the hours table, and when a difference counts.

Compared in minutes, for schools ring lessons of other lengths than the standard
(regulations 1.1). A difference counts from half a standard lesson on: the
standard knows no smaller unit, half lessons are exact (20 of 40 minutes), and
three lessons of 40 minutes are not called short of three of 45. The weekly total
may differ by one lesson (rule A01).
"""

from dataclasses import dataclass
from fractions import Fraction

from scheduler.audit.findings import number
from scheduler.audit.standard import TOTAL, StandardRow
from scheduler.audit.taught import Taught
from scheduler.model.text import Text


@dataclass(frozen=True, slots=True)
class HoursRow:
    """One subject code of one class; ``standard`` is None for other subjects.

    ``taught`` counts components in, ``own`` only lessons of this very code;
    ``flexible`` may count here when it is needed. ``lesson_minutes`` is the
    school's usual lesson, ``standard_minutes`` the standard's.
    """

    class_id: str
    code: str
    name: Text
    standard: StandardRow | None
    taught: Taught
    own: Taught
    flexible: Taught
    lesson_minutes: int
    standard_minutes: int

    @property
    def short(self) -> Fraction:
        """Minutes a week the plan lacks; 0 where it is enough."""
        planned = self.taught.planned.minutes + self.flexible.planned.minutes
        return self._lack(planned)

    @property
    def short_placed(self) -> Fraction:
        """Minutes a week the timetable lacks; 0 where it is enough."""
        placed = self.taught.placed.minutes + self.flexible.placed.minutes
        return self._lack(placed)

    @property
    def excess(self) -> Fraction:
        """Minutes a week the plan has too many; 0 where it has not."""
        return self._surplus(self.taught.planned.minutes)

    @property
    def mark(self) -> str:
        """The inspectors' mark for what is placed: √, +x, -x or 0.

        Source: regulations 6.3; empty where nothing is demanded.
        """
        if self.standard is None:
            return ""
        if self.standard.minimum and not self.taught.placed.lessons:
            return "0" if self.short_placed else "√"
        if self.short_placed:
            return f"-{number(self.short_placed / self.standard_minutes)}"
        over = self._surplus(self.taught.placed.minutes)
        return f"+{number(over / self.standard_minutes)}" if over else "√"

    def _lack(self, minutes: Fraction) -> Fraction:
        if self.standard is None:
            return Fraction()
        lack = self.standard.minimum * self.standard_minutes - minutes
        return lack if self._counts(lack) else Fraction()

    def _surplus(self, minutes: Fraction) -> Fraction:
        if self.standard is None:
            return Fraction()
        surplus = minutes - self.standard.maximum * self.standard_minutes
        return surplus if self._counts(surplus) else Fraction()

    def _counts(self, minutes: Fraction) -> bool:
        """Tell whether a difference is more than rounding (see the module)."""
        if self.code == TOTAL:
            return minutes > self.standard_minutes
        return 2 * minutes >= self.standard_minutes
