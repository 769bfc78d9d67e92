"""Works sent to a cluster as there is room; their results, the first to end first."""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from time import monotonic
from typing import Any

from distributed import Client, as_completed

from scheduler.services.district.remote import FAULT_FACT, TOPIC, compute_work
from scheduler.services.jobs.contract import Result, Work

Tell = Callable[[str, Mapping[str, Any]], None]
"""Told of a work by its name, and how far it is."""
Make = Callable[[str, int], Work]
"""Makes the work of a name; told how many are still to be begun, this one included."""
_RETRIES = 20
_AHEAD = 1
"""Works that lie ready beside those that are computed, so that no worker waits."""


@dataclass(frozen=True)
class Answer:
    """What came of a work: its result, or why there is none."""

    name: str
    result: Result | None
    fault: str = ""


def send_all(
    client: Client,
    names: Iterable[str],
    make: Make,
    tell: Tell,
    end: float | None = None,
) -> Iterator[Answer]:
    """Compute works on a cluster; an answer for each that ends, in that order.

    A task is its content: equal works are computed once, and one whose worker is lost
    is computed again, elsewhere, with the same result. Works are made when their turn
    comes, so that each may have its part of the time that is left.

    Parameters:
        end: When to wait no longer, by the monotonic clock; None for no such moment.
    """
    client.subscribe_topic(TOPIC, lambda event: tell(str(event[1]["name"]), event[1]))
    waiting = list(names)
    begun: dict[Any, str] = {}
    timeout = None if end is None else max(0.1, end - monotonic())
    coming = as_completed([], loop=client.loop, timeout=timeout)
    try:
        while waiting or coming.count():
            while waiting and coming.count() < workers_of(client) + _AHEAD:
                work = make(waiting[0], len(waiting))
                future = _sent(client, waiting.pop(0), work, begun)
                coming.add(future)
            yield _answer(begun, next(coming))
    except TimeoutError:
        return
    finally:
        client.cancel(list(begun))
        client.unsubscribe_topic(TOPIC)


def workers_of(client: Client) -> int:
    """How many works a cluster computes at once."""
    return max(1, len(client.nthreads()))


def _sent(client: Client, name: str, work: Work, begun: dict[Any, str]) -> Any:
    content = work.to_bytes()
    key = f"{name}-{hashlib.sha256(content).hexdigest()[:24]}"
    future = client.submit(compute_work, content, name, key=key, retries=_RETRIES)
    begun[future] = name
    return future


def _answer(begun: dict[Any, str], future: Any) -> Answer:
    name, error = begun.pop(future), future.exception()
    if error is not None:
        return Answer(name, None, f"{type(error).__name__}: {error}")
    result = Result.of_bytes(future.result())
    if FAULT_FACT in result.facts:
        return Answer(name, None, str(result.facts[FAULT_FACT]))
    return Answer(name, result)
