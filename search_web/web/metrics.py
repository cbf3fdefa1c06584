"""What is measured while serving, as Prometheus reads it. The only module that knows prometheus_client."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from flask import Response
from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily, InfoMetricFamily
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from indexer.errors import YuanhuaError
from indexer.stores.generations import counter
from search_web.web.current import current_searcher

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Flask
    from prometheus_client import Metric

    from indexer.stores.reader import IndexReader
    from search_web.web.observation import Observation

FOLDER = "PROMETHEUS_MULTIPROC_DIR"
"""The environment variable that names the folder in which several processes count together; read at import."""

_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.15, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


class Metrics:
    """The counters of one application; where FOLDER is set they are those of all its processes together."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self._requests = Counter(
            "yuanhua_requests",
            "Requests that were answered.",
            ("method", "route", "status"),
            registry=self._registry,
        )
        self._request_seconds = Histogram(
            "yuanhua_request_seconds",
            "Seconds until a request was answered to the last byte.",
            ("route",),
            buckets=_SECONDS,
            registry=self._registry,
        )
        self._leg_seconds = Histogram(
            "yuanhua_search_seconds",
            "Seconds that the legs of a search and the whole of it took.",
            ("leg",),
            buckets=_SECONDS,
            registry=self._registry,
        )
        self._errors = Counter(
            "yuanhua_errors",
            "Errors that were answered, by their title.",
            ("kind",),
            registry=self._registry,
        )

    def observe_request(self, seen: Observation) -> None:
        """Count a request."""
        method = seen.method if seen.method in _METHODS else "other"
        self._requests.labels(method, seen.route, str(seen.status)).inc()
        self._request_seconds.labels(seen.route).observe(seen.seconds)
        if seen.error:
            self._errors.labels(seen.error).inc()

    def observe_leg(self, leg: str, seconds: float) -> None:
        """Count a leg of a search."""
        self._leg_seconds.labels(leg).observe(seconds)

    def exposition(self, reader: IndexReader) -> bytes:
        """Return all of it with the state of the index, in the text format of Prometheus."""
        state = CollectorRegistry()
        state.register(_IndexState(reader))
        counted = self._registry
        if os.environ.get(FOLDER):
            counted = CollectorRegistry()
            MultiProcessCollector(counted)  # type: ignore[no-untyped-call]
        return generate_latest(counted) + generate_latest(state)


def serve_metrics(app: Flask, metrics: Metrics) -> None:
    """Answer /metrics."""

    def show() -> Response:
        return Response(metrics.exposition(current_searcher().reader), content_type=CONTENT_TYPE_PLAIN_0_0_4)

    app.add_url_rule("/metrics", "metrics", show)


class _IndexState(Collector):
    """The index as it is at this moment."""

    def __init__(self, reader: IndexReader) -> None:
        self._reader = reader

    def collect(self) -> Iterator[Metric]:
        up = GaugeMetricFamily("yuanhua_index_up", "Whether the index can be read.")
        try:
            generation = self._reader.current()
        except YuanhuaError:
            up.add_metric([], 0)
            yield up
            return
        up.add_metric([], 1)
        yield up
        yield GaugeMetricFamily(
            "yuanhua_index_refused",
            "Whether what is published cannot be used and an older generation has to do.",
            value=int(self._reader.refused is not None),
        )
        yield GaugeMetricFamily(
            "yuanhua_index_generation", "The number of the published generation.", value=counter(generation.name)
        )
        yield InfoMetricFamily("yuanhua_index", "The published generation.", value={"generation": generation.name})
        yield GaugeMetricFamily("yuanhua_index_passages", "Passages in the index.", value=generation.passages.count)
        yield GaugeMetricFamily(
            "yuanhua_index_transcripts", "Transcripts in the index.", value=generation.passages.transcript_count
        )
