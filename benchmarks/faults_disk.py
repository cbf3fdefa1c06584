"""Disks that are full or read-only: small file systems in memory, which takes the right to mount."""

from __future__ import annotations

import gc
import shutil
import subprocess
from contextlib import contextmanager
from typing import TYPE_CHECKING

from faults_outcome import ROOT, Outcome, one_named_line, yuanhua

from indexer.stores.generations import current_name
from indexer.stores.index import check_index
from search_web.web.app import create_app

if TYPE_CHECKING:
    import argparse
    import random
    from collections.abc import Iterator
    from pathlib import Path

LEFT = (0, 4, 40, 300, 700, 1000, 1400)
"""Kilobytes that are left on the disk; the samples make an index of about two megabytes."""


@contextmanager
def small_disk(place: Path, megabytes: int) -> Iterator[bool]:
    """Mount a file system of so many megabytes; yield whether that is allowed here."""
    place.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", str(place)], capture_output=True, check=False
    )
    try:
        yield mounted.returncode == 0
    finally:
        if mounted.returncode == 0:
            subprocess.run(["umount", "-l", str(place)], check=False)


def fill(place: Path, left: int) -> Path:
    """Fill the disk but for so many kilobytes."""
    free = shutil.disk_usage(place).free
    filling = place / "filling"
    filling.write_bytes(bytes(max(0, free - left * 1024)))
    return filling


def full_and_read_only(scratch: Path, _settings: argparse.Namespace, _chance: random.Random) -> Iterator[Outcome]:
    """Index, collect and back up on a full disk; read, index and collect on one that is read-only."""
    with small_disk(scratch / "disk", 9) as allowed:
        if not allowed:
            yield Outcome("full or read-only disk", "not tried: mounting is not allowed here")
            return
        disk = scratch / "disk"
        index, calls = disk / "index", scratch / "calls"
        calls.mkdir()
        shutil.copy(ROOT / "corpus" / "fenwick-harbor-q2-2024-call-en.txt", calls)
        yuanhua("index", calls, "--index", index, "--embedder", "bundled")
        shutil.copytree(ROOT / "corpus", calls, dirs_exist_ok=True)
        for engine in ("tantivy", "whoosh"):
            for left in LEFT:
                yield _indexing(disk, index, calls, engine, left)
        yield from _collecting(disk, index)
        yield from _read_only(disk, index, calls)


def _indexing(disk: Path, index: Path, calls: Path, engine: str, left: int) -> Outcome:
    before = current_name(index)
    filling = fill(disk, left)
    done = yuanhua("index", calls, "--index", index, "--rebuild", "--keyword-engine", engine)
    filling.unlink()
    wrong = one_named_line(done, "No space left", "has room") if "disk is full" not in done.stderr else []
    if current_name(index) != before or check_index(index) or len(list((index / "generations").iterdir())) > 2:
        wrong.append("the index is not what it was")
    return Outcome(f"disk full while indexing ({engine})", "named error, the published index stays", tuple(wrong))


def _collecting(disk: Path, index: Path) -> Iterator[Outcome]:
    client = create_app(index).test_client()
    hit = client.get("/api/v1/search?q=cash").get_json()["hits"][0]
    address = client.post("/api/v1/collections", json={"name": "kept"}).headers["Location"]
    quote = {"passage_id": hit["id"], "note": "n" * 3000}
    kept = 0
    for left in (0, 4, 16, 40):
        kept += client.post(f"{address}/quotes", json=quote).status_code == 201
        filling = fill(disk, left)
        wrong = []
        for _ in range(60):
            answer = client.post(f"{address}/quotes", json=quote)
            if answer.status_code != 201:
                break
            kept += 1
        if answer.status_code != 503 or "full" not in answer.get_json()["detail"]:
            wrong.append(f"status {answer.status_code}: {answer.get_json()}")
        if client.get(address).get_json()["quote_count"] != kept:
            wrong.append("a quote that was acknowledged is gone, or one that was refused is there")
        yield Outcome("disk full while collecting", "503 that names it; what was acknowledged stays", tuple(wrong))
        done = yuanhua("backup", disk / "backup.tar", "--index", index)
        wrong = one_named_line(done, "has room", str(disk))
        if list(disk.glob("*backup*")):
            wrong.append("half a backup was left")
        filling.unlink()
        yield Outcome("disk full while backing up", "named error, no file", tuple(wrong))


def _read_only(disk: Path, index: Path, calls: Path) -> Iterator[Outcome]:
    gc.collect()  # A notebook that is open to be written keeps its disk from becoming read-only.
    subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True, capture_output=True)
    client = create_app(index).test_client()
    wrong = [
        f"{address} {answer.status_code}"
        for address in ("/", "/?q=cash", "/api/v1/search?q=cash", "/readyz", "/collections")
        if (answer := client.get(address)).status_code != 200
    ]
    wrong += ["check"] if yuanhua("check", "--index", index).returncode else []
    yield Outcome("read-only disk: searching and reading collections", "as ever", tuple(wrong))
    answer = client.post("/api/v1/collections", json={"name": "more"})
    wrong = [] if answer.status_code == 503 else [f"status {answer.status_code}"]
    yield Outcome("read-only disk: collecting", "503 that names the notebook", tuple(wrong))
    wrong = one_named_line(yuanhua("index", calls, "--index", index), "Read-only file system")
    yield Outcome("read-only disk: indexing", "named error", tuple(wrong))
