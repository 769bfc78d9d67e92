"""What an audit reports: evidence, for a person to decide on."""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from scheduler.model.text import Text


class Severity(StrEnum):
    """How grave a finding is, gravest first."""

    CRITICAL = "critical"
    ERROR = "error"
    WARNING = "warning"
    INFORMATION = "information"

    @property
    def letter(self) -> str:
        """The letter that stands for it: C, E, W or I."""
        return self.value[0].upper()

    @property
    def rank(self) -> int:
        """0 for the gravest."""
        return "CEWI".index(self.letter)

    @property
    def fails(self) -> bool:
        """Whether such a finding makes an audit fail."""
        return self in (Severity.CRITICAL, Severity.ERROR)


class FindingKind(StrEnum):
    """What is wrong with the hours of a subject."""

    MISSING = "missing"
    TOO_FEW = "too_few"
    TOO_MANY = "too_many"
    NOT_PLACED = "not_placed"
    UNLISTED = "unlisted"
    NO_STANDARD = "no_standard"


@dataclass(frozen=True, slots=True)
class Finding:
    """One shortfall or excess of a class.

    ``rule`` is the audit rule's id (A03, …; empty where none fits), ``code`` the
    standard's subject code or the school's subject id where it has none.
    ``demanded`` is in lessons of the standard, ``planned`` and ``placed`` in
    lessons of the school, all a week. ``what`` is the sentence without the class.
    """

    severity: Severity
    rule: str
    class_id: str
    class_name: str
    code: str
    kind: FindingKind
    demanded: Fraction | None
    planned: Fraction
    placed: Fraction
    what: Text

    @property
    def text(self) -> Text:
        """The sentence, the class first."""
        name = self.class_name
        return Text(f"{name} {self.what.zh}", f"{name} {self.what.en}")


def number(value: Fraction) -> str:
    """A count as people write it: 3, 0.5, 3.8 (one decimal at most)."""
    tenths = round(value * 10)
    whole, rest = divmod(abs(tenths), 10)
    sign = "-" if tenths < 0 else ""
    return f"{sign}{whole}.{rest}" if rest else f"{sign}{whole}"
