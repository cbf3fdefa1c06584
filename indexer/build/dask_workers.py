"""Processes that embed, on this machine or on many, by Dask. Owns the libraries dask and distributed.

A batch goes to whichever worker is free. When a worker dies the scheduler gives its batches to others, and on this
machine another process takes its place; a batch that has ended four workers is given up. Dask was chosen after trying
it, Ray and Spark: docs/cluster.md says why.
"""

from __future__ import annotations

import logging
import warnings
from concurrent.futures import CancelledError
from contextlib import ExitStack, contextmanager
from importlib import import_module
from importlib.util import find_spec
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from indexer.build.embedding_task import embed_batch
from indexer.embedding.parallel import usable_cores
from indexer.errors import WorkersError
from indexer.settings import ADDRESS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from indexer.build.embedding_task import Job

# So many batches are under way for each thread of the workers: one that it works on, and one that waits for it.
_AHEAD = 2
# On a machine that is busy with something else, processes take their time to start, and to take a connection.
_START_LIMIT, _CONNECT_LIMIT = "300s", "30s"
_SCHEMES = ("tls://", "tcp://")


class DaskWorkers:
    """Workers that are connected. `threads` is how many batches they work on at once."""

    def __init__(self, client: Any) -> None:  # noqa: ANN401 (the library has no types)
        self._client = client

    @property
    def threads(self) -> int:
        """How many batches the workers that are here now work on at once."""
        return sum(self._client.nthreads().values())

    def embedded(
        self, job: Job, batches: Iterable[Sequence[str]]
    ) -> Iterator[tuple[Sequence[str], NDArray[np.float32]]]:
        """Yield each batch with its vectors as it is done, in any order. Of `batches` no more is taken than is needed.

        Raises WorkersError when the workers are gone or break, and what `embed_batch` raises.
        """
        source = iter(batches)
        under_way: dict[Any, Sequence[str]] = {}
        done = _dask().as_completed()
        while True:
            with _as_ours():
                most = max(1, _AHEAD * self.threads)
            # Texts are read outside: what goes wrong there is no matter of the workers.
            while len(under_way) < most and (batch := next(source, None)) is not None:
                with _as_ours():
                    future = self._client.submit(embed_batch, job, batch, pure=False)
                    done.add(future)
                under_way[future] = batch
            if not under_way:
                return
            with _as_ours():
                future = next(done)
                vectors = future.result()
            yield under_way.pop(future), vectors


@contextmanager
def local_workers(count: int) -> Iterator[DaskWorkers]:
    """Start `count` processes on this machine; they end with the block. Nobody else can connect to them.

    Raises WorkersError when Dask is not installed or they do not start.
    """
    _check_installed()
    dask = _dask()
    with ExitStack() as stack:
        stack.enter_context(_quiet())
        scratch = stack.enter_context(TemporaryDirectory(prefix="yuanhua-workers-"))
        with _as_ours():
            # A scheduler runs what it is sent: without TLS, of which it makes keys for itself, every user of this
            # machine could send it something. The models say how much memory they need, no share of the machine's.
            cluster = stack.enter_context(
                dask.LocalCluster(
                    n_workers=count,
                    threads_per_worker=1,
                    processes=True,
                    host="127.0.0.1",
                    dashboard_address=None,
                    worker_dashboard_address=None,
                    local_directory=scratch,
                    memory_limit=None,
                    security=True,
                )
            )
            client = stack.enter_context(dask.Client(cluster, timeout=_START_LIMIT))
            client.wait_for_workers(count, timeout=_START_LIMIT)
        yield DaskWorkers(client)


@contextmanager
def remote_workers(address: str) -> Iterator[DaskWorkers]:
    """Connect to the scheduler of a cluster that runs. Keys for tls:// come from Dask's own configuration.

    Raises WorkersError when it cannot be reached or has no worker.
    """
    _check_installed()
    if not address.startswith(_SCHEMES):
        mend = f"Give the address of a scheduler, such as {_SCHEMES[0]}HOST:8786"
        raise WorkersError("this is no address of a Dask scheduler", where=address, mend=mend)
    dask = _dask()
    with ExitStack() as stack:
        stack.enter_context(_quiet())
        with _as_ours(address):
            client = stack.enter_context(dask.Client(address, timeout=_CONNECT_LIMIT))
            client.wait_for_workers(1, timeout=60)
        yield DaskWorkers(client)


def cores_a_worker(count: int) -> int:
    """Return how many cores each of `count` processes of this machine may take."""
    return max(1, usable_cores() // count)


def _dask() -> Any:  # noqa: ANN401 (few of its functions have types)
    """Return the library, which takes a second to import and is not there without its extra."""
    return import_module("distributed")


def _check_installed() -> None:
    missing = [package for package in ("distributed", "cryptography") if find_spec(package) is None]
    if missing:
        mend = "Install it: pip install 'yuanhua[cluster]'; or leave --workers out."
        raise WorkersError(f"the package '{missing[0]}' is not installed", mend=mend)


@contextmanager
def _as_ours(where: str = "") -> Iterator[None]:
    """Turn what Dask raises into WorkersError."""
    try:
        yield
    except _dask().KilledWorker as error:
        what = "the same texts have ended several workers, perhaps for want of memory"
        raise WorkersError(what, where=where, mend="What was embedded is kept; go on with fewer workers") from error
    except (CancelledError, OSError, TimeoutError) as error:
        what = f"the workers cannot be reached ({str(error) or type(error).__name__})"
        mend = f"See that the scheduler and a worker run, and that {ADDRESS.option} names it; what was embedded is kept"
        raise WorkersError(what, where=where, mend=mend) from error
    except ModuleNotFoundError as error:
        what = f"the workers lack the package '{error.name}'"
        raise WorkersError(what, where=where, mend="Install the same Yuanhua on them as here") from error


@contextmanager
def _quiet() -> Iterator[None]:
    """Let Dask keep its log to itself: what matters of it is raised."""
    logger = logging.getLogger("distributed")
    before = logger.level
    logger.setLevel(logging.CRITICAL)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        logger.setLevel(before)
