"""Layouts and their zones."""

from collections.abc import Iterator

from scheduler.formats.tables.draft import Draft
from scheduler.model.errors import DataError
from scheduler.model.text import Text


def foreign_zones(draft: Draft) -> Iterator[DataError]:
    """A layout takes zones of its own venue only."""
    for row in draft.rows["layouts"]:
        for name in row.item.zones:
            venue_id = draft.problem.zone[name].venue_id
            if venue_id != row.item.venue_id:
                yield row.fault(
                    "zones",
                    f"是场地 {venue_id} 的分区，不是 {row.item.venue_id} 的",
                    f"is a zone of {venue_id}, not of {row.item.venue_id}",
                    Text("请核对场地编号。", "Maybe the venue is a slip?"),
                    name,
                )
