"""Write transcripts as text files and print how fast they are read, by how many processes, in how much memory.

    python benchmarks/parsing.py PARAGRAPHS.jsonl.gz [--files 2000] [--processes 1 2] [--folder DIR] [--index]

See archive.py for the file. Files a second are by the clock; on a machine that others use too, files for each second of
processor time tell more. With --index the files are also indexed (without vectors), then again with one file changed.
"""

from __future__ import annotations

import argparse
import gc
import multiprocessing
import resource
import sys
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from archive import write_files

from indexer.beside import cores
from indexer.build import BuildSettings, index_paths, read_transcript

MIB = 1 << 20


def peak(who: int = resource.RUSAGE_SELF) -> int:
    """Return the most memory that was in use, in MiB."""
    return resource.getrusage(who).ru_maxrss * (1 if sys.platform == "darwin" else 1024) // MIB


def parse(path: Path) -> tuple[int, int]:
    """Return how many passages a file has, and how much memory this process has needed so far."""
    return len(read_transcript(path).passages), peak()


def processor_time() -> float:
    """Return the processor time of this process and of those it has waited for, in seconds."""
    return sum(sum(resource.getrusage(who)[:2]) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))


def print_parsing(files: list[Path], processes: int) -> None:
    """Parse all the files and print the figures."""
    before, start = processor_time(), perf_counter()
    # Workers let the collector forget what they have loaded, and so do these processes.
    with ProcessPoolExecutor(processes, multiprocessing.get_context("spawn"), gc.freeze) as pool:
        outcomes = list(pool.map(parse, files, chunksize=8))
    seconds, busy = perf_counter() - start, processor_time() - before
    passages = sum(count for count, _ in outcomes)
    print(
        f"{processes} processes: {len(files) / seconds:6.1f} files/s, {len(files) / busy:5.1f} for each second of"
        f" processor time, {passages} passages, at most {max(memory for _, memory in outcomes)} MiB a process",
        flush=True,
    )


def print_indexing(folder: Path, index: Path) -> None:
    """Index the files, change one, index again, and print the figures."""

    def step(name: str) -> None:
        before, start = processor_time(), perf_counter()
        report = index_paths(index, [folder], BuildSettings(embedders=()))
        seconds, busy = perf_counter() - start, processor_time() - before
        print(
            f"{name}: {seconds:.1f} s by the clock, {busy:.1f} s of processor time; {report.transcripts} transcripts,"
            f" {report.passages} passages ({report.passages / seconds:.0f} a second by the clock,"
            f" {report.passages / busy:.0f} for each second of processor time),"
            f" {len(report.failed)} failed, {len(report.duplicates)} duplicates;"
            f" at most {peak()} MiB here, {peak(resource.RUSAGE_CHILDREN)} MiB in a process that reads",
            flush=True,
        )

    step("first time")
    step("nothing changed")
    changed = min(folder.iterdir())
    changed.write_bytes(changed.read_bytes() + b"\nOne more line.\n")
    step("one file changed")


def main() -> None:
    """Write the files and print the figures for each number of processes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("archive", type=Path)
    parser.add_argument("--files", type=int, default=2000)
    parser.add_argument("--processes", type=int, nargs="*", default=sorted({1, cores()}))
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--index", action="store_true")
    settings = parser.parse_args()
    with TemporaryDirectory() as scratch:
        folder = settings.folder or Path(scratch, "files")
        size = write_files(settings.archive, folder, settings.files)
        files = sorted(folder.iterdir())
        print(f"{len(files)} files, {size / MIB:.1f} MiB", flush=True)
        for processes in settings.processes:
            print_parsing(files, processes)
        if settings.index:
            print_indexing(folder, Path(scratch, "index"))


if __name__ == "__main__":
    main()
