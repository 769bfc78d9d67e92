"""Sentences for people, in Chinese and English."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Text:
    """One sentence in both languages; Chinese is what users see first."""

    zh: str
    en: str

    def in_language(self, language: str) -> str:
        """The sentence in ``"zh"`` or ``"en"``."""
        return self.en if language == "en" else self.zh

    def both(self) -> dict[str, str]:
        """The sentence by language, as JSON has it."""
        return {"zh": self.zh, "en": self.en}


WEEKDAYS_ZH = ("", "周一", "周二", "周三", "周四", "周五", "周六", "周日")
WEEKDAYS_EN = (
    "",
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
)


def weekday(day: int) -> Text:
    """Name of weekday 1 (Monday) to 7."""
    return Text(WEEKDAYS_ZH[day], WEEKDAYS_EN[day])
