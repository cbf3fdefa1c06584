"""A search that names a company finds what is said on its calls, and not who welcomes to them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from indexer.build import BuildSettings, index_paths
from indexer.stores.index import IndexReader
from search_web.search.request import Mode, SearchRequest
from search_web.search.searcher import Searcher

if TYPE_CHECKING:
    from pathlib import Path

    from search_web.search.explanation import HitExplained

QUILL = """---
company: Quillback Mills
date: 2025-02-11
title: Quillback Mills fourth quarter guidance call
---

Operator: Good morning, and welcome to the Quillback Mills fourth quarter guidance call. All lines are muted.

Ilse Thorn: Flour volumes rose, and we keep our guidance for the year as it was.

Ilse Thorn: The mill at Sandwick runs on two shifts again, and freight is cheaper.
"""
OTHER = """---
company: Harrow Seeds
date: 2025-02-12
---

Ned Orrin: Our guidance for the year is lower, because seed prices fell.

Ned Orrin: We sold the silo in the harbour.
"""


@pytest.fixture(scope="module")
def searcher(tmp_path_factory: pytest.TempPathFactory) -> Searcher:
    folder: Path = tmp_path_factory.mktemp("welcomes")
    for name, text in (("quill", QUILL), ("other", OTHER)):
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    index_paths(folder / "index", sorted(folder.glob("*.txt")), BuildSettings(embedders=("bundled",)))
    return Searcher(IndexReader(folder / "index"))


@pytest.mark.parametrize("mode", [Mode.HYBRID, Mode.KEYWORD])
def test_the_operator_is_not_raised_by_the_name_of_the_company(searcher: Searcher, mode: Mode) -> None:
    response = searcher.search(SearchRequest("Quillback Mills guidance", mode=mode, explain=True))
    assert response.hits[0].speaker.name == "Ilse Thorn"
    raised = {hit.speaker.name: _is_raised(hit.explained) for hit in response.hits if hit.explained}
    assert raised["Ilse Thorn"]
    assert not raised["Operator"]


def _is_raised(why: HitExplained) -> bool:
    return any(part.leg == "names" for part in why.parts) or any(term.source == "names" for term in why.terms)
