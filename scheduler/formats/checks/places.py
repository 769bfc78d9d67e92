"""Layouts and their zones."""

from collections.abc import Iterator

from scheduler.formats.tables.draft import Draft
from scheduler.model.errors import DataError
from scheduler.model.text import Text


def ambiguous_zones(draft: Draft) -> Iterator[DataError]:
    """No zone has the id of a venue without zones, which is a zone of its own."""
    divided = {zone.venue_id for zone in draft.problem.zones}
    for row in draft.rows["zones"]:
        name = row.item.zone_id
        if name in draft.problem.venue and name not in divided:
            yield row.fault(
                "zone_id",
                "也是一个没有分区的场地的编号",
                "is the id of a venue without zones, which is its own zone",
                Text("请换一个编号。", "Maybe choose another id?"),
            )


def foreign_zones(draft: Draft) -> Iterator[DataError]:
    """Layouts and agreements take zones of their own venue only."""
    for row in (*draft.rows["layouts"], *draft.rows["agreements"]):
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


def wet_outdoors(draft: Draft) -> Iterator[DataError]:
    """A layout for bad weather is under a roof."""
    for row in draft.rows["layouts"]:
        venue = draft.problem.venue[row.item.venue_id]
        if row.item.wet and not venue.indoor:
            yield row.fault(
                "wet",
                f"不能填“是”：{venue.name}不在室内",
                f"opens {venue.venue_id} in bad weather, but it is not indoors",
                Text(
                    "请改为“否”，或在【场地】表中把“室内”改为“是”。",
                    "Maybe write 0, or 1 for the venue's indoor?",
                ),
            )


def larger_layouts(draft: Draft) -> Iterator[DataError]:
    """A layout lets in no more classes or pupils than each of its zones holds."""
    for row in draft.rows["layouts"]:
        layout = row.item
        zones = [draft.problem.zone[name] for name in layout.zones]
        for column, unit in (("max_classes", "classes"), ("max_pupils", "pupils")):
            given = getattr(layout, column)
            caps = [(getattr(z, column), z.zone_id) for z in zones]
            known = [(cap, name) for cap, name in caps if cap is not None]
            if given is None or not known or given <= min(known)[0]:
                continue
            cap, name = min(known)
            yield row.fault(
                column,
                f"多于分区 {name} 的上限 {cap}，同时最多只能用到 {cap}",
                f"is more {unit} than zone {name} holds, which is {cap} at once",
                Text("请核对两张表。", "Maybe one of the two numbers is a slip?"),
            )
