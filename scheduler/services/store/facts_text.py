"""Facts as text in the database, and back."""

import hashlib
import json
from dataclasses import asdict
from typing import Any

from scheduler.model.resources import SubjectKind
from scheduler.model.weather import Weather
from scheduler.term.facts import Facts, Named, Place


def encode(facts: Facts) -> str:
    """The same text for equal facts."""
    return json.dumps(asdict(facts), ensure_ascii=False, sort_keys=True)


def facts_id(text: str) -> str:
    """Name of encoded facts: their SHA-256."""
    return hashlib.sha256(text.encode()).hexdigest()


def decode(text: str) -> Facts:
    """Read what :func:`encode` wrote."""
    read: dict[str, Any] = json.loads(text)
    place = read["place"]
    return Facts(
        start=read["start"],
        end=read["end"],
        subject=Named(**read["subject"]),
        kind=SubjectKind(read["kind"]),
        schools=_named(read["schools"]),
        classes=_named(read["classes"]),
        teachers=_named(read["teachers"]),
        escorts=_named(read["escorts"]),
        place=None if place is None else _place(place),
        agreement_ids=tuple(read["agreement_ids"]),
        walk=read["walk"],
        acts_as=read["acts_as"],
        # Not there in what was written before there were plans for bad weather.
        weather=Weather(read["weather"]) if read.get("weather") else None,
        pupils=read.get("pupils"),
    )


def _named(rows: list[dict[str, str]]) -> tuple[Named, ...]:
    return tuple(Named(**row) for row in rows)


def _place(read: dict[str, Any]) -> Place:
    return Place(
        Named(**read["venue"]),
        tuple(read["zones"]),
        # Named after the site in what was written before venues had addresses.
        read["address"] if "address" in read else read["site_id"],
        read["outside"],
        read["available"],
    )
