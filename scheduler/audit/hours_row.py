"""One line of the hours table, and when a difference counts.

Compared in minutes (regulations 1.1), in the reading that speaks for the school
(``taught``): hours are short, or too many, only when both readings say so. So 34
lessons of 40 minutes fulfil 34 of 45, and so do 38; whether a bell's lessons are too
short is a question to the bell (rule C02). A difference counts from half a standard
lesson on, the standard's smallest unit, so that a shorter Friday raises no alarm.
The weekly total may differ by one lesson (rule A01).
"""

from dataclasses import dataclass
from fractions import Fraction

from scheduler.audit.findings import number
from scheduler.audit.standard import TOTAL, StandardRow
from scheduler.audit.taught import Amount, Taught
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
        return self._lack(self.taught.planned + self.flexible.planned)

    @property
    def short_placed(self) -> Fraction:
        """Minutes a week the timetable lacks; 0 where it is enough."""
        return self._lack(self.taught.placed + self.flexible.placed)

    @property
    def excess(self) -> Fraction:
        """Minutes a week the plan has too many; 0 where it has not."""
        return self._surplus(self.taught.planned)

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
        over = self._surplus(self.taught.placed)
        return f"+{number(over / self.standard_minutes)}" if over else "√"

    def _lack(self, amount: Amount) -> Fraction:
        if self.standard is None:
            return Fraction()
        least = self.standard.minimum * self.standard_minutes
        lack = least - max(amount.minutes, amount.nominal)
        return lack if self._counts(lack) else Fraction()

    def _surplus(self, amount: Amount) -> Fraction:
        if self.standard is None:
            return Fraction()
        most = self.standard.maximum * self.standard_minutes
        surplus = min(amount.minutes, amount.nominal) - most
        return surplus if self._counts(surplus) else Fraction()

    def _counts(self, minutes: Fraction) -> bool:
        """Tell whether a difference is more than rounding (see the module)."""
        if self.code == TOTAL:
            return minutes > self.standard_minutes
        return 2 * minutes >= self.standard_minutes
