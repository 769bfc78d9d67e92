"""Numbers of a workbook as values and texts: dates, times, formats of digits."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from math import isfinite

from scheduler.formats.sheets.grid import Cell, Value

FROM_1900 = date(1899, 12, 30)
FROM_1904 = date(1904, 1, 1)
# Formats that Excel numbers without writing them down where it speaks Chinese.
_CHINESE_DATES = {*range(27, 32), 36, *range(50, 59)}
_CHINESE_TIMES = {32, 33, 34, 35}
_ZEROS = re.compile(r"0{2,30}")
_DECIMALS = re.compile(r"#?,?#*0\.(0{1,10})(?:_\))?")
_SECONDS_A_DAY = 86_400
_MOST_DAYS = 2_958_466


@dataclass(frozen=True, slots=True)
class NumberFormat:
    """How a number is shown: ``kind`` is a date, a time, both, or plain digits.

    ``digits`` counts leading zeros of whole numbers, ``decimals`` the places after
    the point; None where the number decides.
    """

    kind: str = ""
    digits: int = 0
    decimals: int | None = None
    percent: bool = False


GENERAL = NumberFormat()


def number_format(number: int, code: str | None) -> NumberFormat:
    """The format of an id and of its code, where the file gives one."""
    # openpyxl takes a third of a second to import, which folders need not pay.
    from openpyxl.styles.numbers import (
        BUILTIN_FORMATS,
        is_datetime,
        is_timedelta_format,
    )

    if code is None:
        if number in _CHINESE_DATES:
            return NumberFormat("date")
        if number in _CHINESE_TIMES:
            return NumberFormat("time")
        code = BUILTIN_FORMATS.get(number, "General")
    code = code[:200]
    if is_timedelta_format(code):
        return NumberFormat("time")
    if kind := is_datetime(code):
        return NumberFormat(kind)
    if _ZEROS.fullmatch(code):
        return NumberFormat(digits=len(code))
    if match := _DECIMALS.fullmatch(code):
        return NumberFormat(decimals=len(match[1]))
    if code in ("0%", "0.00%"):
        return NumberFormat(percent=True)
    return GENERAL


def number_cell(text: str, how: NumberFormat, first_day: date) -> Cell:
    """The cell of a stored number; ``first_day`` is day 0 of the workbook's dates.

    Raises:
        ValueError: the text is no number, or none that can be counted with.
    """
    number = float(text)
    if not isfinite(number):
        raise ValueError(text)
    if how.kind and 0 <= number < _MOST_DAYS:
        shown = _moment(number, how.kind, first_day)
        if shown is not None:
            return shown
    value: int | float = number
    if number.is_integer() and abs(number) < 1e15:
        value = int(number)
    return Cell(value, _digits(value, how))


def _digits(value: float, how: NumberFormat) -> str:
    if how.percent:
        return f"{value * 100:.15g}%"
    if how.decimals is not None:
        return f"{value:.{how.decimals}f}"
    if isinstance(value, int):
        return str(value).zfill(how.digits)
    return f"{value:.15g}"


def _moment(number: float, kind: str, first_day: date) -> Cell | None:
    """A date or time; None where the calendar has no such day."""
    seconds = round(number * _SECONDS_A_DAY)
    days, rest = divmod(seconds, _SECONDS_A_DAY)
    if kind == "time" or days == 0:
        return Cell(_clock(rest) if days == 0 else number, _span(seconds, days, kind))
    if first_day == FROM_1900 and days < 60:
        days += 1  # Excel believes that there was a 29 February 1900.
    try:
        on = first_day + timedelta(days)
    except OverflowError:
        return None
    if rest == 0:
        return Cell(on, on.isoformat())
    moment = datetime.combine(on, _clock(rest))
    return Cell(moment, moment_text(moment))


def _span(seconds: int, days: int, kind: str) -> str:
    """Hours and minutes; of a date with a time shown as a time, its time of day."""
    if days > 1:
        seconds %= _SECONDS_A_DAY
    minutes, rest = divmod(seconds, 60)
    text = f"{minutes // 60:02d}:{minutes % 60:02d}"
    return f"{text}:{rest:02d}" if rest else text


def _clock(seconds: int) -> time:
    return time(seconds // 3600, seconds // 60 % 60, seconds % 60)


def moment_text(value: Value) -> str:
    """A date, a time or both as people read them here: ISO, without idle seconds."""
    match value:
        case datetime():
            return f"{value.date().isoformat()} {moment_text(value.time())}"
        case time():
            return value.isoformat("seconds" if value.second else "minutes")
    return value.isoformat() if isinstance(value, date) else ""
