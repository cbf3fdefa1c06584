"""However files come, change and go, the index ends up as one that is made from them afresh."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.build import BuildSettings, index_paths
from indexer.stores.filters import Filters
from indexer.stores.index import IndexReader, check_index
from indexer.stores.keyword import AnyOf, Term

WORDS = BuildSettings(embedders=())

# What happens to the folder before each build: a file gets a new content, or None deletes it.
steps = st.lists(
    st.dictionaries(st.sampled_from(("a.txt", "b.txt", "sub/c.txt")), st.none() | st.integers(0, 3), max_size=3),
    min_size=1,
    max_size=3,
)


def apply(folder: Path, changes: dict[str, int | None]) -> None:
    """Change the files."""
    for name, content in changes.items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        if content is None:
            path.unlink(missing_ok=True)
        else:
            path.write_text(f"张勇：\n{name} 的第 {content} 版，菜鸟 EBITA 增长。\n" * (content + 1), encoding="utf-8")


def content(index: Path) -> object:
    """Return what a reader of the index can tell."""
    assert check_index(index) == ()
    reader = IndexReader(index)
    generation = reader.current()
    infos = generation.passages.transcripts()
    ranking = generation.keyword.search(AnyOf((Term("ebita"),)), limit=100, filters=Filters())
    found = (infos, [generation.passages.transcript(info.id) for info in infos], ranking)
    reader.close()
    return found


@settings(deadline=None, max_examples=12)
@given(steps)
def test_an_updated_index_equals_a_fresh_one(changes: list[dict[str, int | None]]) -> None:
    with tempfile.TemporaryDirectory() as place:
        folder, kept, fresh = (Path(place) / name for name in ("calls", "kept", "fresh"))
        folder.mkdir()
        for change in changes:
            apply(folder, change)
            report = index_paths(kept, [folder], WORDS)
            assert report.failed == ()
        again = index_paths(kept, [folder], WORDS)
        assert (again.added, again.updated, again.removed) == ((), (), ())
        assert again.generation == report.generation
        if index_paths(fresh, [folder], WORDS).generation is not None:
            assert content(kept) == content(fresh)
