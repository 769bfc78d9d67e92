"""Sentences for people, in Chinese and English."""

from collections.abc import Iterable
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

    def __add__(self, other: "Text") -> "Text":
        """One after the other, with nothing between."""
        return Text(self.zh + other.zh, self.en + other.en)


def joined(parts: Iterable[Text], zh: str = "、", en: str = ", ") -> Text:
    """A list of things, or of half sentences with ``"；", "; "`` between."""
    parts = tuple(parts)
    return Text(zh.join(p.zh for p in parts), en.join(p.en for p in parts))


def said_of(name: str | Text, text: Text) -> Text:
    """A sentence with what it is about before a colon."""
    if isinstance(name, str):
        name = Text(name, name)
    return Text(f"{name.zh}：{text.zh}", f"{name.en}: {text.en}")


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


GRADES_ZH = "一二三四五六七八九"


def grade_title(*grades: int) -> Text:
    """Name of one or several grades, 1 to 9, as headings have it."""
    zh = "、".join(GRADES_ZH[grade - 1] for grade in grades)
    return Text(f"{zh}年级", f"Grade {', '.join(map(str, grades))}")


def weekday(day: int) -> Text:
    """Name of weekday 1 (Monday) to 7."""
    return Text(WEEKDAYS_ZH[day], WEEKDAYS_EN[day])
