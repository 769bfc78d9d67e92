"""HoursChange: lessons a week that a class should have more or fewer of, and why."""

from dataclasses import dataclass
from fractions import Fraction

from scheduler.model.text import Text, joined


@dataclass(frozen=True, slots=True)
class HoursChange:
    """One course of one class, in lessons a week as the school rings them.

    ``code`` is of the standard; where the course has none, ``subject`` is its name and
    ``code`` is "". ``taught_by`` is the code whose teacher gives what is more ("": the
    course's own). ``reasons`` are one or more, each with the rule it stands on.
    """

    class_key: str
    code: str
    subject: str
    before: Fraction
    after: Fraction
    rules: tuple[str, ...]
    reasons: tuple[Text, ...]
    taught_by: str = ""

    @property
    def more(self) -> Fraction:
        """Lessons to add; negative where some are to go."""
        return self.after - self.before

    @property
    def why(self) -> Text:
        """All reasons in one text."""
        return joined(self.reasons, "；", "; ")
