"""Metrics of the running service, for whoever watches it: Prometheus' text form.

They are served at a port of their own, on this machine only: who comes through a proxy
must not get at them. Routes are named by their rules, never by addresses, which would
name people and hold the keys of calendars.
"""

import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager

from flask import Flask, g, request
from prometheus_client import (
    CollectorRegistry,
    Histogram,
    PlatformCollector,
    ProcessCollector,
    start_http_server,
)
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector
from werkzeug.wrappers import Response

from web.serve import refuse_address

HOST = "127.0.0.1"
_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.4, 1, 2.5, 10)
_NO_PAGE = "(no page)"
# A label for every word that strangers send would fill the memory.
_METHODS = frozenset(("GET", "HEAD", "POST"))
OpenJobs = Callable[[], Mapping[str, int]]


class _Jobs(Collector):
    """Jobs that wait and run, counted when somebody looks."""

    def __init__(self, count: OpenJobs) -> None:
        self._count = count

    def collect(self) -> Iterable[GaugeMetricFamily]:
        told = "Jobs that wait and that run"
        found = GaugeMetricFamily("cuofeng_jobs", told, labels=["state"])
        for state, number in sorted(self._count().items()):
            found.add_metric([str(state)], number)
        yield found


def measure(app: Flask, count_jobs: OpenJobs) -> CollectorRegistry:
    """Time every request of a site from now on.

    Returns:
        What holds the figures: seconds of requests by rule, method and status, jobs by
        state, and the process with its memory.
    """
    registry = CollectorRegistry()
    registry.register(_Jobs(count_jobs))
    ProcessCollector(registry=registry)
    PlatformCollector(registry=registry)
    seconds = Histogram(
        "cuofeng_request_seconds",
        "Seconds a request took in the server",
        ("rule", "method", "status"),
        buckets=_SECONDS,
        registry=registry,
    )

    def begin() -> None:
        g.begun = time.perf_counter()

    def end(response: Response) -> Response:
        rule = request.url_rule.rule if request.url_rule else _NO_PAGE
        method = request.method if request.method in _METHODS else "other"
        labels = (rule, method, str(response.status_code))
        if "begun" in g:
            seconds.labels(*labels).observe(time.perf_counter() - g.begun)
        return response

    # Before everything else, so that checks of rights count, too.
    app.before_request_funcs.setdefault(None, []).insert(0, begin)
    app.after_request(end)
    return registry


@contextmanager
def watched(app: Flask, count_jobs: OpenJobs, port: int | None) -> Iterator[None]:
    """Serve figures of a site at a port of this machine while the block lasts.

    Parameters:
        port: None: nothing is measured.

    Raises:
        InputError: the port cannot be used, in one sentence.
    """
    if port is None:
        yield
        return
    registry = measure(app, count_jobs)
    try:
        server, thread = start_http_server(port, HOST, registry)
    except OSError as error:
        refuse_address("--metrics", HOST, port, error)
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
