"""Numbers on the command line: read, or refused with what is wanted."""

import argparse
import datetime as dt
from collections.abc import Callable
from typing import TypeVar

from scheduler.model.text import Text
from scheduler.model.times import parse_clock

N = TypeVar("N", int, float)


def positive(text: str) -> float:
    """A number above 0."""
    return _number(
        text, float, lambda x: 0 < x < 1e9, Text("大于 0 的数", "a number above 0")
    )


def hours(text: str) -> float:
    """Hours of a working day."""
    return _number(
        text,
        float,
        lambda x: 0 < x <= 12,
        Text("不超过 12 的小时数", "12 hours or less"),
    )


def share(text: str) -> float:
    """A share from 0 to 1."""
    return _number(
        text,
        float,
        lambda x: 0 <= x <= 1,
        Text("0 到 1 之间的数，0.05 为 5 %", "a share from 0 to 1"),
    )


def whole(text: str) -> int:
    """A whole number of 0 or more."""
    return _number(
        text,
        int,
        lambda x: 0 <= x < 2**31,
        Text("0 或更大的整数", "a whole number of 0 or more"),
    )


def count(text: str) -> int:
    """A number of threads."""
    return _number(
        text,
        int,
        lambda x: 1 <= x <= 1024,
        Text("1 到 1024 的整数", "a whole number from 1 to 1024"),
    )


def moves(text: str) -> int:
    """Moves of a search."""
    return _number(
        text,
        int,
        lambda x: 1 <= x < 2**62,
        Text("1 或更大的整数", "a whole number of 1 or more"),
    )


def few(text: str) -> int:
    """A number of options."""
    return _number(
        text, int, lambda x: 1 <= x <= 3, Text("1 到 3 的整数", "a number from 1 to 3")
    )


def port(text: str) -> int:
    """A port."""
    return _number(
        text,
        int,
        lambda x: 0 < x < 65536,
        Text("1 到 65535 的端口号", "a port from 1 to 65535"),
    )


def date(text: str) -> dt.date:
    """A date as ``2026-09-01``."""
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        wanted = Text("YYYY-MM-DD 形式的日期", "a date YYYY-MM-DD")
        raise argparse.ArgumentTypeError(_refusal(text, wanted)) from None


def clocks(text: str) -> tuple[int, int]:
    """From and to by the clock, ``08:00-08:40``, as minutes after midnight."""
    first, _, last = text.replace("–", "-").partition("-")
    try:
        start, end = parse_clock(first), parse_clock(last)
    except ValueError:
        start = end = 0
    if start >= end:
        wanted = Text("HH:MM-HH:MM 形式的起止时间", "a stretch HH:MM-HH:MM")
        raise argparse.ArgumentTypeError(_refusal(text, wanted))
    return start, end


def _refusal(text: str, wanted: Text) -> str:
    return f'"{text}" is not {wanted.en}. 〔应为{wanted.zh}。〕'


def _number(
    text: str, kind: Callable[[str], N], allowed: Callable[[N], bool], wanted: Text
) -> N:
    refusal = argparse.ArgumentTypeError(_refusal(text, wanted))
    try:
        value = kind(text)
    except ValueError:
        raise refusal from None
    if not allowed(value):
        raise refusal
    return value
