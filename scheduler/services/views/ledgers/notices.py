"""The change sheet of a day as files."""

from scheduler.formats.notices.sheet import day_picture, day_workbook
from scheduler.services.notices.releasing import Day


def picture_of(school: str, day: Day) -> bytes:
    """An SVG for a chat group."""
    return day_picture(school, day.date, day.lines)


def sheet_of(school: str, day: Day) -> bytes:
    """A workbook for print."""
    return day_workbook(school, day.date, day.lines)
