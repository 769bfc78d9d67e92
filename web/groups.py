"""The flow of an office's work as the navigation: groups, and the pages in them.

A page is one line of ``pages.csv``, shown to whoever may open it, on the row below
the groups while its group is the open one. Pages of a draft (``of_draft``) take its
number as ``draft_id``; from elsewhere they lead to the draft that was worked on last.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from scheduler.model.text import Text

_TABLE = Path(__file__).with_name("pages.csv")
_KINDS = {
    "": {},
    "served": {"served": True},
    "work": {"served": True, "for_accounts": True},
    "draft": {"served": True, "for_accounts": True, "of_draft": True},
}


@dataclass(frozen=True, slots=True)
class Area:
    """One entry; ``what`` is the sentence beside it on the first page.

    Pages written to files have no ``served`` entry: it needs a server. Visitors who
    see everything are shown the others, too, which open after a login; an entry
    ``for_accounts`` is shown to whom it opens alone.
    """

    endpoint: str
    name: Text
    what: Text
    served: bool = False
    for_accounts: bool = False
    of_draft: bool = False
    values: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class AreaGroup:
    """Entries that belong together."""

    title: Text
    areas: tuple[Area, ...]


def _read() -> Iterator[AreaGroup]:
    rows = csv.DictReader(_TABLE.read_text(encoding="utf-8").splitlines())
    for title, own in groupby(rows, lambda row: Text(row["group_zh"], row["group_en"])):
        areas = (
            Area(
                row["endpoint"],
                Text(row["zh"], row["en"]),
                Text(row["what_zh"], row["what_en"]),
                **_KINDS[row["kind"]],
            )
            for row in own
        )
        yield AreaGroup(title, tuple(areas))


GROUPS = tuple(_read())
