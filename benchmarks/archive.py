"""Transcripts as text files, written out of an archive of paragraphs: what the benchmarks of indexing read.

A line of the archive is an object with "tid", the transcript, "speaker", "text", and if known "date". Paragraphs of one
transcript stand side by side.
"""

from __future__ import annotations

import gzip
import json
from itertools import groupby, islice
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

Record = dict[str, Any]


def _on_one_line(records: Sequence[Record]) -> Iterator[str]:
    """Put name and words on one line, as minutes are typed."""
    for record in records:
        colon = "：" if record["lang"].startswith("zh") else ": "
        yield f"{record['speaker']}{colon}{record['text']}\n"


def _name_above(records: Sequence[Record]) -> Iterator[str]:
    """Put the name on a line of its own above a turn."""
    for speaker, spoken in groupby(records, key=lambda record: record["speaker"]):
        words = "\n\n".join(record["text"] for record in spoken)
        yield f"{speaker}：\n\n{words}\n"


def _markdown(records: Sequence[Record]) -> Iterator[str]:
    """Put front matter on top, and names as headings."""
    first = records[0]
    yield f"---\ntitle: {first['tid']}\ndate: {first['date']}\n---\n"
    for speaker, spoken in groupby(records, key=lambda record: record["speaker"]):
        words = "\n\n".join(record["text"] for record in spoken)
        yield f"### {speaker}：\n\n{words}\n"


LAYOUTS: Sequence[tuple[str, Callable[[Sequence[Record]], Iterator[str]]]] = (
    ("txt", _on_one_line),
    ("txt", _name_above),
    ("md", _markdown),
)


def read_archive(path: Path) -> Iterator[list[Record]]:
    """Yield the paragraphs of one transcript after the other."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for _, records in groupby(map(json.loads, lines), key=lambda record: record["tid"]):
            yield list(records)


def write_files(archive: Path, folder: Path, count: int) -> int:
    """Write `count` transcripts in turn in each layout and return how many bytes they have.

    When the archive has fewer, it is read again, and each transcript written in the next layout.
    """
    folder.mkdir(parents=True, exist_ok=True)
    written = size = 0
    for turn in range(count):
        before = written
        for place, records in enumerate(islice(read_archive(archive), count - written)):
            suffix, render = LAYOUTS[(place + turn) % len(LAYOUTS)]
            content = "\n".join(render(records)).encode()
            (folder / f"{written:05d}-{records[0]['tid']}.{suffix}").write_bytes(content)
            size += len(content)
            written += 1
        if written in {before, count}:
            break
    return size
