"""Feed each reader damaged files for some minutes, and tell every exception that is none of ours.

    python benchmarks/fuzz_sources.py --minutes 10 [--format html --format docx] [--folder FOLDER] [--seed 1]

Seeds are the samples of tests/property/test_source_fuzz.py and the files of FOLDER, which may be transcripts of any
kind. A mutation changes, cuts, doubles or joins pieces of them; one that leads to a new line of our code is
kept as a seed, so that the search goes deeper by itself. Files that break a reader are written to ./fuzz-findings.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import random
import sys
import time
import traceback
from collections import Counter
from pathlib import Path

from indexer.errors import YuanhuaError
from indexer.model import Source
from indexer.sources import READERS, read_source
from indexer.transcripts import parse_transcript

ROOT = Path(__file__).parents[1]
MOST_BYTES = 300_000
MOST_SEEDS = 2_000
SLOW_SECONDS = 5.0


def main() -> int:
    """Fuzz the formats asked for; return 1 when one of them raised what is none of ours."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--minutes", type=float, default=10.0, help="how long to go on, for each format")
    parser.add_argument("--format", action="append", choices=sorted(READERS), help="a suffix; all when left out")
    parser.add_argument("--folder", type=Path, help="a folder of files to begin with, beside the samples")
    parser.add_argument("--seed", type=int, default=1, help="where the random numbers begin")
    arguments = parser.parse_args()
    samples = _samples(arguments.folder)
    findings = 0
    for suffix in arguments.format or sorted(READERS):
        findings += _fuzz(suffix, samples, 60 * arguments.minutes, random.Random(arguments.seed))  # noqa: S311
    return 1 if findings else 0


def _samples(folder: Path | None) -> list[bytes]:
    spec = importlib.util.spec_from_file_location("fuzz", ROOT / "tests/property/test_source_fuzz.py")
    if spec is None or spec.loader is None:
        raise SystemExit("tests/property/test_source_fuzz.py is missing")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    files = [path.read_bytes()[:MOST_BYTES] for path in sorted(folder.iterdir()) if path.is_file()] if folder else []
    return [*module.SEEDS, *files]


def _fuzz(suffix: str, samples: list[bytes], seconds: float, chance: random.Random) -> int:
    seeds, found, seen, runs, slowest = list(samples), Counter[str](), set[tuple[str, int]](), 0, 0.0
    until = time.monotonic() + seconds
    path = Path(f"fuzz-findings/now.{suffix}")
    path.parent.mkdir(exist_ok=True)
    while time.monotonic() < until:
        data = _mutated(chance, seeds)
        started = time.monotonic()
        lines, error = _run(suffix, data, path)
        took = time.monotonic() - started
        if took > SLOW_SECONDS:  # Following each line takes most of the time; without it, is it slow as well?
            started = time.monotonic()
            _run(suffix, data, path, follow=False)
            took = time.monotonic() - started
        slowest, runs = max(slowest, took), runs + 1
        if error or took > SLOW_SECONDS:
            name = error or f"took more than {SLOW_SECONDS:.0f} s"
            if not found[name]:
                digest = hashlib.sha256(data).hexdigest()[:12]
                path.with_name(f"{digest}.{suffix}").write_bytes(data)
                print(f"{suffix}: {name} ({digest})")
            found[name] += 1
        if lines - seen and len(seeds) < MOST_SEEDS:
            seen |= lines
            seeds.append(data)
    path.unlink(missing_ok=True)
    print(
        f"{suffix}: {runs} files, {len(seen)} lines reached, slowest {slowest:.2f} s, {len(found)} findings", flush=True
    )
    return len(found)


def _run(suffix: str, data: bytes, path: Path, *, follow: bool = True) -> tuple[set[tuple[str, int]], str | None]:
    """Read and parse the bytes; return the lines of our code that ran, and the error that is none of ours."""
    lines: set[tuple[str, int]] = set()

    sys.settrace(_tracer(lines) if follow else None)
    try:
        path.write_bytes(data)
        for read in (_by_name, _by_reader):
            try:
                read(suffix, data, path)
            except YuanhuaError:
                continue
    except Exception as error:  # noqa: BLE001 - this is what is looked for.
        where = traceback.extract_tb(error.__traceback__)[-1]
        return lines, f"{type(error).__name__}: {str(error)[:80]} at {Path(where.filename).name}:{where.lineno}"
    finally:
        sys.settrace(None)
    return lines, None


def _by_name(_suffix: str, _data: bytes, path: Path) -> None:
    parse_transcript(read_source(path))


def _by_reader(suffix: str, data: bytes, path: Path) -> None:
    content = READERS[suffix](data, str(path))
    parse_transcript(Source(str(path), suffix, hashlib.sha256(data).hexdigest(), content))


def _tracer(lines: set[tuple[str, int]]):  # noqa: ANN202 - a trace function returns itself.
    ours = str(ROOT / "indexer" / "sources")

    def trace(frame, event, _argument):  # noqa: ANN001, ANN202
        if not frame.f_code.co_filename.startswith(ours):
            return None
        if event == "line":
            lines.add((frame.f_code.co_filename, frame.f_lineno))
        return trace

    return trace


def _mutated(chance: random.Random, seeds: list[bytes]) -> bytes:
    data = bytearray(chance.choice(seeds)) if chance.random() > 0.02 else bytearray(chance.randbytes(400))
    for _ in range(chance.choice((1, 1, 2, 4, 16))):
        at, length = chance.randrange(len(data) + 1), chance.choice((1, 2, 4, 16, 64, 1024))
        match chance.randrange(6):
            case 0:
                data[at : at + 1] = bytes([chance.randrange(256)])
            case 1:
                del data[at : at + length]
            case 2:
                data[at:at] = data[at : at + length] * chance.choice((1, 2, 50))
            case 3:
                other = chance.choice(seeds)
                start = chance.randrange(len(other) + 1)
                data[at:at] = other[start : start + length]
            case 4:
                data[at:at] = chance.choice(
                    (b"\0", b"\xff", b"<", b">", b"\r\n\r\n", b"&", b'"', b"9" * 20, b"\xe4\xb8")
                )
            case _:
                del data[at:]
    return bytes(data[:MOST_BYTES])


if __name__ == "__main__":
    sys.exit(main())
