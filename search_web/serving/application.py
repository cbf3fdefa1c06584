"""The application as a server runs it: observed, measured and warm."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from typing import TYPE_CHECKING

from search_web.serving.bodies import GuardedBodies
from search_web.serving.following import Follower
from search_web.serving.logs import configure_logs, log_request
from search_web.web.app import create_app
from search_web.web.current import current_searcher
from search_web.web.metrics import Metrics, serve_metrics
from search_web.web.observing import observe_requests

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Flask

    from search_web.serving.options import ServeOptions

_YOUNG = 20_000
"""How many new objects the collector looks through at once."""


def served_application(options: ServeOptions) -> Flask:
    """Return the application of one worker process, with the index open and the models loaded.

    What hinders that is logged and no error here: /readyz says it, and searches answer 503, until it is mended.
    """
    configure_logs(options.log_format)
    app = create_app(
        options.index,
        options.glossaries,
        options.notebook,
        options.access,
        options.library,
        address=options.address,
    )
    metrics = Metrics()
    if options.shows_metrics:
        serve_metrics(app, metrics)
    app.wsgi_app = GuardedBodies(app.wsgi_app, options.threads)  # type: ignore[method-assign]
    observe_requests(app, (log_request(with_query=options.log_queries), metrics.observe_request))
    with app.app_context(), _collector_at_rest():
        searcher = current_searcher()
        searcher.observe = metrics.observe_leg
        Follower(searcher).begin()
    _spare_the_collector()
    return app


@contextmanager
def _collector_at_rest() -> Iterator[None]:
    """Load all that stays without looking for cycles in it again and again, which took a fifth of the time."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _spare_the_collector() -> None:
    """Let garbage collection pass over what stays anyway: glossary, names and models are a million objects.

    To go through them took a tenth of a second, in the midst of a search; and a search makes and drops so many objects
    that the collector would look for cycles dozens of times.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(_YOUNG, *gc.get_threshold()[1:])
