"""Werkzeug's development server: one process, in which a debugger stops. Not for others to reach."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from werkzeug.serving import make_server

from indexer.errors import ServerError
from search_web.serving.application import served_application
from search_web.serving.attendant import attended_uploads
from search_web.serving.options import url_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from search_web.serving.options import ServeOptions


def serve(options: ServeOptions, announce: Callable[[str], None]) -> None:
    """Serve until Ctrl-C, each request in a thread. Raises ServerError when it cannot listen."""
    application = served_application(options)
    try:
        server = make_server(options.host, options.port, application, threaded=True)
    except (OSError, SystemExit) as error:
        where = f"{options.host}:{options.port}"
        mend = "Choose another with --host and --port, or stop what listens there"
        raise ServerError("cannot listen there", where=where, mend=mend) from error
    announce(url_of(options.host, server.port))
    with attended_uploads(options), suppress(KeyboardInterrupt):
        server.serve_forever()
