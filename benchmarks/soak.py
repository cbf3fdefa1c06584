"""Serve while everything changes: many clients ask, an indexer publishes without pause, and every answer is checked.

    python benchmarks/soak.py [--minutes 10] [--clients 32] [--workers 2] [--calls 60] [--pause 0]

The server is `yuanhua serve`, the indexer `yuanhua index` over invented transcripts of which some change, come and go
with every round. What is true in each generation is known from what was written. Each answer names its generation and
is checked against that (soak_judge.py): the text of every hit, its call, its speaker, what stands before and after it,
the words that are marked, the counts, and which hits there are; pages by cursor neither repeat nor mix, and the answers
of one connection never go back in time. It prints Markdown tables; exit code 1 when a request failed, an answer was
wrong, or memory kept growing.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import random
import re
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread
from typing import TYPE_CHECKING, Any, NamedTuple

from soak_clients import run_clients
from soak_judge import judge
from soak_truth import Truth, change, word_of, write_call

if TYPE_CHECKING:
    from collections.abc import Iterator

CLIENTS_A_PROCESS = 8
GROWTH = 1.25
"""Memory may grow so far from the second quarter of the time to the last: what is cached fills up."""


class Memory(NamedTuple):
    """A worker at one moment: megabytes of its own (RssAnon), open files, and generations of which it maps files."""

    at: float
    process: int
    megabytes: float
    files: int
    generations: int


def index(folder: Path, target: Path) -> str:
    """Run the indexer as a user does and return the generation that it published."""
    command = [sys.executable, "-m", "search_web", "index", str(folder), "--index", str(target), "--json"]
    done = subprocess.run([*command, "--embedder", "bundled"], capture_output=True, text=True, check=True)
    return str(json.loads(done.stdout)["generation"])


def workers_of(server: int) -> Iterator[int]:
    """Yield the processes below the server that answer requests."""
    for place in Path("/proc").glob("[0-9]*"):
        try:
            parent = int((place / "stat").read_text().rpartition(")")[2].split()[1])
            if parent == server and "resource_tracker" not in (place / "cmdline").read_text():
                yield int(place.name)
        except OSError:
            continue


def memory_of(process: int) -> Memory:
    """Return what a worker holds now."""
    place = Path("/proc", str(process))
    own = re.search(r"RssAnon:\s+(\d+)", (place / "status").read_text())
    mapped = set(re.findall(r"generations/(\d{6,}-[0-9a-f]{6})/", (place / "maps").read_text()))
    return Memory(
        time.time(), process, int(own[1]) / 1024 if own else 0.0, len(list((place / "fd").iterdir())), len(mapped)
    )


def watch(server: int, until: float, taken: list[Memory]) -> None:
    """Note every two seconds what the workers hold."""
    while time.monotonic() < until:
        for process in workers_of(server):
            try:
                taken.append(memory_of(process))
            except OSError:
                continue
        time.sleep(2)


def show_times(answers: list[dict[str, Any]], seconds: float) -> None:
    """Print how long answers took."""
    print("| question | requests | median ms | p95 ms | p99 ms | slowest ms |\n|---|---|---|---|---|---|")
    kinds = [*sorted({seen["kind"] for seen in answers}), ""]
    for kind in kinds:
        times = sorted(1000 * seen["seconds"] for seen in answers if kind in {"", seen["kind"]})
        at = (times[min(len(times) - 1, int(len(times) * share))] for share in (0.5, 0.95, 0.99))
        figures = " | ".join(f"{value:.0f}" for value in (*at, times[-1]))
        print(f"| {kind or f'all, {len(times) / seconds:.0f} a second'} | {len(times)} | {figures} |")


def show_memory(taken: list[Memory], started: float, seconds: float) -> bool:
    """Print what the workers held in each quarter of the time; return whether that stayed flat."""
    print(
        "\n| worker | quarter | median MB of its own | most open files | most generations mapped |"
        "\n|---|---|---|---|---|"
    )
    flat = True
    for place, process in enumerate(sorted({one.process for one in taken}), start=1):
        medians = []
        for quarter in range(4):
            first = started + quarter * seconds / 4
            those = [one for one in taken if one.process == process and first <= one.at < first + seconds / 4]
            if not those:
                continue
            medians.append(sorted(one.megabytes for one in those)[len(those) // 2])
            most = max(one.files for one in those), max(one.generations for one in those)
            print(f"| {place} | {quarter + 1} | {medians[-1]:.0f} | {most[0]} | {most[1]} |")
        flat = flat and (len(medians) < 3 or medians[-1] <= GROWTH * medians[1])
    return flat


def main() -> None:
    """Serve, ask, index, and print what came of it."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--clients", type=int, default=32)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--calls", type=int, default=60)
    parser.add_argument("--pause", type=float, default=0, help="seconds between two runs of the indexer")
    settings = parser.parse_args()
    seconds = 60 * settings.minutes
    with TemporaryDirectory() as scratch:
        folder, target = Path(scratch, "calls"), Path(scratch, "index")
        folder.mkdir()
        truth = Truth({word_of(number): 0 for number in range(settings.calls)})
        for call in truth.rounds:
            write_call(folder, call, 0)
        truths = {index(folder, target): truth}
        command = [sys.executable, "-m", "search_web", "serve", "--index", str(target), "--port", "0"]
        log = Path(scratch, "server.log")
        with (
            log.open("w") as errors,
            subprocess.Popen(
                [*command, "--workers", str(settings.workers)], stdout=subprocess.PIPE, stderr=errors, text=True
            ) as server,
        ):
            try:
                url = re.search(r"http://\S+/", server.stdout.readline() if server.stdout else "")
                if url is None:
                    raise RuntimeError(log.read_text())
                outcome = soak(url[0], server.pid, settings, folder, target, truths, Path(scratch, "answers"))
            finally:
                server.send_signal(signal.SIGTERM)
        answers, taken, started, published = outcome
    counts, said = judge(answers, truths)
    show_times(answers, seconds)
    flat = show_memory(taken, started, seconds)
    lags = sorted(lag for lag in _lags(answers, published) if lag > 0)
    print(
        f"\n{len(truths)} generations, {len(answers)} requests by {settings.clients} clients, {counts['passages']} "
        f"passages compared: {counts['failed']} failed, {counts['wrong']} wrong; "
        f"{counts['cursors that ended with their generation']} cursors ended with their generation. "
        f"After it was published, a generation was first answered from within "
        f"{lags[len(lags) // 2] if lags else 0:.1f} s (median), {lags[-1] if lags else 0:.1f} s (most)."
    )
    for line, times in Counter(said).most_common(20):
        print(f"{times} × {line}")
    sys.exit(bool(counts["failed"] or counts["wrong"] or not flat))


def soak(  # noqa: PLR0917 - what a soak is made of.
    url: str,
    server: int,
    settings: argparse.Namespace,
    folder: Path,
    target: Path,
    truths: dict[str, Truth],
    log: Path,
) -> tuple[list[dict[str, Any]], list[Memory], float, list[tuple[float, str]]]:
    """Let clients ask while the indexer publishes; return answers, memory, the start, and when what was published."""
    seconds = 60 * settings.minutes
    started, until = time.time(), time.monotonic() + seconds
    context = multiprocessing.get_context("spawn")
    numbers = list(range(settings.clients))
    parts = [numbers[place : place + CLIENTS_A_PROCESS] for place in range(0, len(numbers), CLIENTS_A_PROCESS)]
    processes = [context.Process(target=run_clients, args=(url, part, settings.calls, seconds, log)) for part in parts]
    taken: list[Memory] = []
    watching = Thread(target=watch, args=(server, until, taken))
    for one in (*processes, watching):
        one.start()
    chance, truth, round_ = random.Random(7), next(iter(truths.values())), 0  # noqa: S311 - no secrets.
    published: list[tuple[float, str]] = []
    while time.monotonic() < until:
        round_ += 1
        truth = change(folder, truth, round_, chance)
        name = index(folder, target)
        truths[name] = truth
        published.append(((target / "CURRENT").stat().st_mtime, name))
        time.sleep(settings.pause)
    for one in (*processes, watching):
        one.join()
    lines = [line for file in sorted(log.parent.glob(f"{log.name}-*")) for line in file.read_text("utf-8").splitlines()]
    return [json.loads(line) for line in lines], taken, started, published


def _lags(answers: list[dict[str, Any]], published: list[tuple[float, str]]) -> Iterator[float]:
    """Yield how long after each publication it was first answered from."""
    first: dict[str, float] = {}
    for seen in answers:
        answered = seen["at"] + seen["seconds"]
        first[seen["generation"]] = min(first.get(seen["generation"], answered), answered)
    for at, name in published:
        if name in first:
            yield max(0.0, first[name] - at)


if __name__ == "__main__":
    main()
