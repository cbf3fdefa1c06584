"""An archive of paragraphs made to any size: it is read again and again, each time with other words changed for others.

    python benchmarks/growing.py PARAGRAPHS.jsonl.gz FOLDER --passages 1000000

writes text files, one a transcript, until they hold so many paragraphs. See archive.py for the archive.

The words of a transcript that is written a second time are not those of the first, and yet as frequent: words of the
archive stand in a list by how often they are said, and each is changed for one that stands near it, the same one in all
of that round. The hundred most frequent stay, or nothing would read like speech.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from functools import cache
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

import rjieba
from archive import LAYOUTS, read_archive

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from archive import Record

_KEPT = 100
_WORD = re.compile(r"[a-zA-Z]{2,}|[\u4e00-\u9fff]+")


@cache
def _words(run: str) -> tuple[str, ...]:
    return tuple(rjieba.cut(run)) if run[0] >= "\u4e00" else (run,)


def _counted(archive: Path) -> Mapping[str, int]:
    """Return the place of each word of the archive that is said more than once, the most frequent first."""
    counts = Counter(
        word
        for records in read_archive(archive)
        for record in records
        for run in _WORD.findall(record["text"])
        for word in _words(run)
    )
    return {word: place for place, (word, times) in enumerate(counts.most_common()) if times > 1}


def _changing(places: Mapping[str, int], turn: int) -> Mapping[str, str]:
    """Return which word stands for which in a round: none in round 0, in others one of the same script nearby."""
    if turn == 0:
        return {}
    changed = {}
    for is_han in (True, False):
        words = [word for word in places if (word[0] >= "\u4e00") == is_han][_KEPT:]
        step = 2 * turn
        for start in range(0, len(words) - step + 1, step):
            block = words[start : start + step]
            changed.update(zip(block, block[turn:] + block[:turn], strict=True))
    return changed


def _with_changed_words(record: Record, changed: Mapping[str, str]) -> Record:
    def other(run: re.Match[str]) -> str:
        return "".join(changed.get(word, word) for word in _words(run.group()))

    return {**record, "text": _WORD.sub(other, record["text"])}


def grown(archive: Path, passages: int) -> Iterator[tuple[int, Sequence[Record]]]:
    """Yield transcripts, each with the round that it was read in, until they have that many paragraphs."""
    places = _counted(archive)
    left = passages
    for turn in count():
        changed = _changing(places, turn)
        _words.cache_clear()
        for records in read_archive(archive):
            taken = records[:left]
            yield turn, [_with_changed_words(record, changed) for record in taken] if changed else taken
            left -= len(taken)
            if left == 0:
                return


def write_grown(archive: Path, folder: Path, passages: int) -> int:
    """Write transcripts of that many paragraphs as text files and return how many files there are."""
    folder.mkdir(parents=True, exist_ok=True)
    written = 0
    for written, (turn, records) in enumerate(grown(archive, passages), 1):
        suffix, render = LAYOUTS[(written + turn) % len(LAYOUTS)]
        name = f"{written:05d}-{records[0]['tid']}.{suffix}"
        (folder / name).write_text("\n".join(render(records)), encoding="utf-8")
    return written


def main() -> None:
    """Write the files and say how many they are."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("archive", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--passages", type=int, default=1_000_000)
    settings = parser.parse_args()
    print(f"{write_grown(settings.archive, settings.folder, settings.passages)} files", flush=True)


if __name__ == "__main__":
    main()
