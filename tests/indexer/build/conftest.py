"""Calls to index, and ways to ask what an index holds."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from indexer.embedding.bundled import BundledEmbedder
from indexer.stores.filters import Filters
from indexer.stores.index import IndexReader
from indexer.stores.keyword import AnyOf, Term
from indexer.stores.vector_cache import FILE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from indexer.build import BuildReport
    from indexer.stores.index import Generation

CALL = """\
远汀集团 2024年12月份季度业绩发布电话会

主持人：
各位好，欢迎参加远汀集团的业绩电话会。

张勇：
{figure}云业务收入同比增长百分之四。

Ronald Keung (Goldman Sachs)：
请问 AI 如何变现？

张勇：
AI 的变现会先从云开始，我们会继续投入算力。
"""


@pytest.fixture
def write_call() -> Callable[..., Path]:
    """Return a function that writes a call in which one figure can be chosen."""

    def writing(path: Path, figure: str = "菜鸟 EBITA 为 8.77 亿元。") -> Path:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(CALL.format(figure=figure), encoding="utf-8")
        return path

    return writing


@pytest.fixture
def calls(tmp_path: Path, write_call: Callable[..., Path]) -> Path:
    """Return a folder with three calls."""
    for number in range(3):
        write_call(tmp_path / "calls" / f"call-{number}.txt", f"第{number}项 EBITA 为 {number}.5 亿元。")
    return tmp_path / "calls"


@pytest.fixture
def index(tmp_path: Path) -> Path:
    """Return the folder of an index that does not exist yet."""
    return tmp_path / "index"


@pytest.fixture
def opened(index: Path) -> Iterator[Callable[[], Generation]]:
    """Return a function that opens the current generation."""
    readers: list[IndexReader] = []

    def opening() -> Generation:
        readers.append(IndexReader(index))
        return readers[-1].current()

    yield opening
    for reader in readers:
        reader.close()


@pytest.fixture
def embedded(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return a list that fills with the texts that the bundled model really embeds."""
    texts: list[str] = []
    embed = BundledEmbedder.embed_passages

    def noting(self: BundledEmbedder, batch: Sequence[str]) -> NDArray[np.float32]:
        texts.extend(batch)
        return embed(self, batch)

    monkeypatch.setattr(BundledEmbedder, "embed_passages", noting)
    return texts


@pytest.fixture
def counts() -> Callable[[BuildReport], tuple[int, int, int, int]]:
    """Return a function that tells how many were added, updated, removed and unchanged."""

    def counting(report: BuildReport) -> tuple[int, int, int, int]:
        return len(report.added), len(report.updated), len(report.removed), len(report.unchanged)

    return counting


@pytest.fixture
def hits() -> Callable[[Generation, str], list[str]]:
    """Return a function that gives the texts that have a term."""

    def searching(generation: Generation, term: str) -> list[str]:
        ranking = generation.keyword.search(AnyOf((Term(term),)), limit=100, filters=Filters())
        return [item.passage.text for item in generation.passages.get(ranking.rows)]

    return searching


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Let builds keep vectors, and return the file in which they do."""
    monkeypatch.setenv("YUANHUA_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("YUANHUA_VECTOR_CACHE", "64")
    return tmp_path / "cache" / FILE


@pytest.fixture
def write_paragraphs(tmp_path: Path) -> Callable[[int], Path]:
    """Return a function that writes a call of so many paragraphs, no two alike, and returns its folder."""

    def written(paragraphs: int) -> Path:
        folder = tmp_path / "spoken"
        folder.mkdir()
        spoken = "\n\n".join(
            f"张勇：\n第{n}项业务收入增长百分之{n % 90 + 1}。我们在第{n}个地区继续投入。" for n in range(paragraphs)
        )
        text = f"远汀集团 2024年12月份季度业绩发布电话会\n\n{spoken}\n"
        (folder / "call.txt").write_text(text, encoding="utf-8")
        return folder

    return written
