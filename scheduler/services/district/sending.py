"""Works sent to a cluster, and their results as they come: the first to end first."""

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from distributed import Client, as_completed

from scheduler.services.district.remote import FAULT_FACT, TOPIC, compute_work
from scheduler.services.jobs.contract import Result, Work

Tell = Callable[[str, Mapping[str, Any]], None]
"""Told of a work by its name, and how far it is."""
_RETRIES = 20


@dataclass(frozen=True)
class Answer:
    """What came of a work: its result, or why there is none."""

    name: str
    result: Result | None
    fault: str = ""


def send_all(client: Client, works: Mapping[str, Work], tell: Tell) -> Iterator[Answer]:
    """Compute works on a cluster; an answer for each, in the order in which they end.

    A task is its content: equal works are computed once, and one whose worker is lost
    is computed again, elsewhere, with the same result.
    """

    def hear(event: tuple[Any, Mapping[str, Any]]) -> None:
        tell(str(event[1]["name"]), event[1])

    client.subscribe_topic(TOPIC, hear)
    futures = {}
    for name, work in works.items():
        content = work.to_bytes()
        key = f"{name}-{hashlib.sha256(content).hexdigest()[:24]}"
        futures[
            client.submit(compute_work, content, name, key=key, retries=_RETRIES)
        ] = name
    try:
        for future in as_completed(futures):
            yield _answer(futures[future], future)
    finally:
        client.cancel(list(futures))
        client.unsubscribe_topic(TOPIC)


def _answer(name: str, future: Any) -> Answer:
    error = future.exception()
    if error is not None:
        return Answer(name, None, f"{type(error).__name__}: {error}")
    result = Result.of_bytes(future.result())
    if FAULT_FACT in result.facts:
        return Answer(name, None, str(result.facts[FAULT_FACT]))
    return Answer(name, result)
