"""The log of deeds on a page, and as files that no spreadsheet takes for formulas."""

import csv
import datetime as dt
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from scheduler.formats.xlsx.plain import plain_workbook
from scheduler.model.text import Text, joined
from scheduler.services.access.deeds import ACT_NAMES, Act, Deed
from scheduler.services.access.permissions import ROLE_NAMES
from scheduler.services.views.jobs import KINDS as JOB_KINDS
from scheduler.services.views.subscriptions import TITLES

LOG_COLUMNS = ("at", "who", "action", "about")
SHOWN = 300
"""Lines on a page; files have them all."""

_NAMES: dict[Act, dict[str, Text]] = {
    Act.ACCOUNT: {**ROLE_NAMES},
    Act.JOB: {**JOB_KINDS},
    Act.LINK: {**TITLES},
    Act.REVOKE_LINK: {**TITLES},
}


@dataclass(frozen=True, slots=True)
class LogWish:
    """Which lines are asked for; empty: all. Dates are those of the school."""

    who: str = ""
    act: Act | None = None
    first: dt.date | None = None
    last: dt.date | None = None

    def wants(self, deed: Deed, zone: str) -> bool:
        """Whether a line is one of them."""
        date = deed.at.astimezone(ZoneInfo(zone)).date()
        return (
            self.who in ("", deed.who)
            and self.act in (None, deed.act)
            and (self.first is None or self.first <= date)
            and (self.last is None or date <= self.last)
        )


@dataclass(frozen=True, slots=True)
class Log:
    """The lines asked for, the newest first, and who is in the whole log."""

    lines: tuple[Deed, ...]
    people: tuple[str, ...]

    @property
    def shown(self) -> tuple[Deed, ...]:
        """Those that a page shows."""
        return self.lines[:SHOWN]


def log_of(deeds: Sequence[Deed], wish: LogWish, zone: str) -> Log:
    """The lines that are asked for."""
    lines = tuple(x for x in reversed(deeds) if wish.wants(x, zone))
    return Log(lines, tuple(sorted({x.who for x in deeds} - {""})))


def log_rows(deeds: Sequence[Deed]) -> Iterator[tuple[str, str, str, str]]:
    """Moment, who, act, about; as programs read them."""
    for x in deeds:
        yield x.at.isoformat(), x.who, x.act.value, x.about


def log_csv(deeds: Sequence[Deed]) -> str:
    """The log as CSV."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(LOG_COLUMNS)
    writer.writerows([*map(_inert, row)] for row in log_rows(deeds))
    return out.getvalue()


def log_workbook(deeds: Sequence[Deed], zone: str) -> bytes:
    """The log as a workbook for people, in Chinese and on the school's clock."""
    rows = [
        (
            f"{x.at.astimezone(ZoneInfo(zone)):%Y-%m-%d %H:%M:%S}",
            x.who,
            ACT_NAMES[x.act].zh,
            about_text(x).zh,
        )
        for x in deeds
    ]
    return plain_workbook("操作记录", ("时间", "谁", "操作", "内容"), rows)


def about_text(deed: Deed) -> Text:
    """What a deed was about; roles, jobs and calendars by their names."""
    names = _NAMES.get(deed.act, {})
    words = (names.get(x) or Text(x, x) for x in deed.about.split(" "))
    return joined(words, " ", " ")


def _inert(text: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{text}" if text[:1] in tuple("=+-@\t\r\n") else text
