"""Facts as text in the database, and back."""

import hashlib
import json

from scheduler.formats.archive import plain, typed
from scheduler.term.facts import Facts


def encode(facts: Facts) -> str:
    """The same text for equal facts."""
    return json.dumps(plain(facts), ensure_ascii=False, sort_keys=True)


def facts_id(text: str) -> str:
    """Name of encoded facts: their SHA-256."""
    return hashlib.sha256(text.encode()).hexdigest()


def decode(text: str) -> Facts:
    """Read what :func:`encode` wrote; what is missing takes its default."""
    read: Facts = typed(Facts, json.loads(text))
    return read
