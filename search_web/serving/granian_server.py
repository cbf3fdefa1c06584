"""The production server: worker processes of Granian. The only module that knows granian.

Granian reads requests in Rust and hands over whole ones, so that clients that send slowly hold no thread of ours; its
processes open the same files of the index, of which the system keeps one copy in memory. Each follows newly published
generations by itself.
"""

from __future__ import annotations

import multiprocessing
import os
import shutil
import socket
import sys
import tempfile
from contextlib import ExitStack
from functools import partial
from threading import Thread
from typing import TYPE_CHECKING

from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server import Server

from indexer.errors import ServerError
from search_web.serving.attendant import attended_uploads
from search_web.serving.logs import configure_logs
from search_web.serving.options import url_of
from search_web.serving.readiness import wait_until_ready
from search_web.serving.starting import Starting

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask

    from search_web.serving.options import ServeOptions

_PATIENCE = 30
"""How many seconds requests in flight have to be answered when the server stops."""

_COUNTING = "PROMETHEUS_MULTIPROC_DIR"
"""The environment variable in which workers find the folder where they count together: search_web/web/metrics.py."""

# What Granian has to say goes where all else does.
_LOGS = {
    "formatters": {},
    "handlers": {},
    "loggers": {"_granian": {"handlers": [], "level": "ERROR", "propagate": True}},
}


def serve(options: ServeOptions, announce: Callable[[str], None]) -> None:
    """Serve until SIGTERM or SIGINT, then answer what is in flight and return.

    `announce` is called with the address once searches are answered. A worker that dies is replaced. Raises ServerError
    when the address is taken, or when the first worker cannot answer searches and says why.
    """
    with ExitStack() as held:
        address, port = _reserved(options, held)
        if options.workers > 1:
            counting = tempfile.mkdtemp(prefix="yuanhua-metrics-")
            held.callback(shutil.rmtree, counting, ignore_errors=True)
            os.environ[_COUNTING] = counting
        # A forked process would share the state of threads and libraries that were not made for it.
        multiprocessing.set_start_method("spawn", force=True)
        server = Server(
            target="search_web.serving.application:served_application",
            address=address,
            port=port,
            interface=Interfaces.WSGI,
            websockets=False,
            workers=options.workers,
            blocking_threads=options.threads,
            respawn_failed_workers=True,
            respawn_interval=0.0,
            workers_kill_timeout=_PATIENCE,
            log_level=LogLevels.error,
            log_dictconfig=_LOGS,
        )
        configure_logs(options.log_format)
        starting = Starting(options.workers)
        hindrances: list[str] = []
        url = url_of(options.host, port)

        def tell() -> None:
            hindrance = wait_until_ready(url)
            if hindrance:
                hindrances.append(hindrance)
                server.signal_handler_interrupt()  # type: ignore[no-untyped-call]
            else:
                announce(url)

        server.on_startup(lambda: Thread(target=tell, daemon=True).start())
        with attended_uploads(options):
            server.serve(target_loader=partial(_application, options, starting), wrap_loader=False)
    if hindrances:
        raise ServerError(hindrances[0])


def _application(options: ServeOptions, starting: Starting) -> Flask:
    """Make the application in a worker; the process above needs nothing of it."""
    from search_web.serving.application import served_application  # noqa: PLC0415 - as said.

    Thread(target=_end_with_the_server, daemon=True).start()
    application = served_application(options)
    starting.wait_for_all()
    return application


def _end_with_the_server() -> None:
    """Wait until the process above is gone, also when it was killed, and go too: another server wants the address."""
    above = multiprocessing.parent_process()
    if above is not None:
        above.join()
        os._exit(1)


def _reserved(options: ServeOptions, held: ExitStack) -> tuple[str, int]:
    """Return the numeric address and the port, kept from others until `held` closes.

    On Linux the workers listen with SO_REUSEPORT, which would let two servers of one user share a port unnoticed: it is
    bound once without that to see that it is free.
    """
    where = f"{options.host}:{options.port}"
    try:
        infos = socket.getaddrinfo(options.host, options.port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
        family, kind, proto, _, sockaddr = infos[0]
        with socket.socket(family, kind, proto) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(sockaddr)
            address, port = probe.getsockname()[:2]
        if sys.platform == "linux":
            # It is bound, but does not listen: no connection comes to it.
            keeper = held.enter_context(socket.socket(family, kind, proto))
            keeper.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            keeper.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
            keeper.bind((address, port, *sockaddr[2:]))
    except OSError as error:
        mend = "Choose another with --host and --port, or stop what listens there"
        raise ServerError(f"cannot listen there ({error.strerror or error})", where=where, mend=mend) from error
    return str(address), int(port)
