"""Facts of real and invented files, read off them by eye: who speaks from which line on, where parts begin, who is who."""

from __future__ import annotations

import json
from itertools import groupby
from pathlib import Path

import pytest

from indexer.sources import read_source
from indexer.transcripts import parse_transcript

ROOT = Path(__file__).parents[3]
GOLDEN = sorted(Path(__file__).parent.joinpath("golden").glob("*.json"))


@pytest.mark.parametrize("golden", GOLDEN, ids=[path.stem for path in GOLDEN])
def test_a_file_is_read_as_it_says(golden: Path) -> None:
    facts = json.loads(golden.read_text(encoding="utf-8"))
    found = next(iter(ROOT.glob(facts["file"])), None) if not facts["file"].startswith("..") else _beside(facts["file"])
    if found is None:
        pytest.skip(f"{facts['file']} is not beside this checkout")
    read = parse_transcript(read_source(found))
    assert (read.kind, read.company, read.date) == (facts["kind"], facts["company"], facts["date"])
    assert [[s.name, list(s.other_names), s.title, s.affiliation, s.role] for s in read.speakers] == facts["speakers"]
    runs = [[name, next(group).lines.first] for name, group in groupby(read.passages, lambda p: p.speaker.name)]
    assert runs == facts["turns"]
    for section, line in facts["sections"].items():
        assert next(p.lines.first for p in read.passages if p.section == section) == line
    if "exchanges" in facts:
        assert len(read.exchanges) == facts["exchanges"]


def _beside(pattern: str) -> Path | None:
    folder, name = pattern.rsplit("/", 1)
    return next(iter((ROOT / folder).glob(name)), None)
