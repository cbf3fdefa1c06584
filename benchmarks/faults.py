"""Break things for real and see what becomes of them: files, disks, processes, clients.

    python benchmarks/faults.py [--kills 10] [--seed 7] [--only damage,disk,kills,clients]

It prints one Markdown table, a row a kind of fault: how often it was tried, what was seen, and how often anything else
than what docs/reliability.md promises. Exit code 1 when that happened. Full and read-only disks are small file systems
in memory, which takes the right to mount; without it these rows say so. `kill_indexing.py` kills the indexer more often
and looks closer; `hostile.py` asks hostile questions; `soak.py` serves under load while everything changes.
"""

from __future__ import annotations

import argparse
import os
import random
import sys
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from faults_clients import slow_clients
from faults_damage import damaged_files
from faults_disk import full_and_read_only
from faults_kills import killed_processes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from faults_outcome import Outcome

PARTS: dict[str, Callable[[Path, argparse.Namespace, random.Random], Iterator[Outcome]]] = {
    "damage": damaged_files,
    "disk": full_and_read_only,
    "kills": killed_processes,
    "clients": slow_clients,
}


def main() -> None:
    """Try all of it and print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--kills", type=int, default=10, help="how often each process is killed")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--only", default=",".join(PARTS), help="which parts, with commas between them")
    settings = parser.parse_args()
    os.environ["PYTHONPATH"] = str(Path(__file__).parents[1])
    tried: Counter[str] = Counter()
    seen: dict[str, Counter[str]] = {}
    wrong: dict[str, list[str]] = {}
    for part in settings.only.split(","):
        with TemporaryDirectory(ignore_cleanup_errors=True) as scratch:
            for outcome in PARTS[part](Path(scratch), settings, random.Random(settings.seed)):  # noqa: S311 - no secrets.
                print(outcome, file=sys.stderr, flush=True)
                tried[outcome.fault] += 1
                seen.setdefault(outcome.fault, Counter())[outcome.seen] += 1
                wrong.setdefault(outcome.fault, []).extend(outcome.wrong)
    print("| fault | tried | what was seen | otherwise |\n|---|---|---|---|")
    for fault, count in tried.items():
        said = "; ".join(what if times == count else f"{what} ({times})" for what, times in seen[fault].most_common())
        print(f"| {fault} | {count} | {said} | {len(wrong[fault])} |")
    for fault, problems in wrong.items():
        for problem in problems:
            print(f"{fault}: {problem}")
    sys.exit(any(wrong.values()))


if __name__ == "__main__":
    main()
