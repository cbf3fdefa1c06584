"""A small judged set and an index of it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from indexer.text.cedict import cache_file_name, open_cedict

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

CORPUS = (
    {
        "id": "a/1 ü",
        "text": "自由现金流达到391亿元人民币。",
        "speaker": "徐宏",
        "role": "CFO",
        "company": "阿里",
    },
    {
        "id": "a2",
        "text": "我们回购了价值31亿美元的股份。",
        "speaker": "徐宏",
        "role": "CFO",
        "company": "阿里",
    },
    {"id": "a3", "text": "谢谢。", "speaker": "张勇", "role": "management", "company": "阿里"},
    {
        "id": "b1",
        "text": "Free cash flow doubled.",
        "speaker": "Ann",
        "ticker": "XY",
        "quarter": "Q3",
        "year": 2023,
    },
    {
        "id": "b2",
        "text": "We bought back shares.",
        "speaker": "Bob",
        "ticker": "XY",
        "quarter": "Q3",
        "year": 2023,
    },
)
QUERIES = (
    {"id": "q1", "text": "自由现金流", "lang": "zh", "kind": "keyword"},
    {"id": "q2", "text": "cash flow doubled", "lang": "en", "kind": "keyword"},
    {"id": "q3", "text": "nobody judged this", "lang": "en"},
)
QRELS = "q1\ta/1 ü\t2\nq2\tb1\t1\nq2\ta3\t0\n"


def write_jsonl(path: Path, records: Iterable[Mapping[str, object]]) -> Path:
    """Write one object a line."""
    path.write_text("".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records), "utf-8")
    return path


@pytest.fixture(scope="session")
def dictionary_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the file of the dictionary of general words, which takes seconds to make."""
    folder = tmp_path_factory.mktemp("dictionary")
    open_cedict(folder).close()
    return folder / cache_file_name()


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, dictionary_file: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Keep what evaluations cache to each test."""
    folder = tmp_path / "cache"
    folder.mkdir()
    (folder / dictionary_file.name).symlink_to(dictionary_file)
    monkeypatch.setenv("YUANHUA_CACHE", str(folder))
    return folder


@pytest.fixture
def judged_folder(tmp_path: Path) -> Path:
    """Return a folder of corpus.jsonl, queries.jsonl and qrels.tsv."""
    folder = tmp_path / "calls"
    folder.mkdir()
    write_jsonl(folder / "corpus.jsonl", CORPUS)
    write_jsonl(folder / "queries.jsonl", QUERIES)
    (folder / "qrels.tsv").write_text(QRELS, "utf-8")
    return folder
