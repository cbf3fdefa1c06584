"""One call against another: what is new, what was dropped, who came and went."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.build import BuildSettings, index_paths
from indexer.errors import InvalidRequestError, UnknownTranscriptError
from indexer.stores.index import IndexReader
from search_web.search.comparison import compare_calls, previous_call
from search_web.search.comparison_json import comparison_json
from search_web.search.searcher import Searcher

CORPUS = Path(__file__).parents[3] / "corpus"


def ids(searcher: Searcher, *beginnings: str) -> list[str]:
    infos = searcher.reader.current().passages.transcripts()
    return [next(info.id for info in infos if info.id.startswith(beginning)) for beginning in beginnings]


@pytest.fixture(scope="module")
def by_words(tmp_path_factory: pytest.TempPathFactory) -> Searcher:
    folder = tmp_path_factory.mktemp("words") / "index"
    index_paths(folder, [CORPUS], BuildSettings(embedders=()))
    return Searcher(IndexReader(folder))


@pytest.mark.parametrize("fixture", ["searcher", "by_words"])
def test_what_is_new_and_what_was_dropped(fixture: str, request: pytest.FixtureRequest) -> None:
    searcher = request.getfixturevalue(fixture)
    newer, older = ids(searcher, "fenwick-harbor-q3", "fenwick-harbor-q2")
    found = compare_calls(searcher, newer, older)
    assert (found.newer.id, found.older.id) == (newer, older)
    assert found.by == ("words" if fixture == "by_words" else "meaning and words")
    new, dropped = ([one.hit.text for one in side] for side in (found.new, found.dropped))
    assert any("an agent that handles returns" in text for text in new)
    assert any("de minimis" in text for text in new)
    assert any("same-hour grocery pilot" in text for text in dropped)
    assert not any("Gross margin" in text for text in dropped) or fixture == "by_words"
    assert all(one.nearness < 1 for one in (*found.new, *found.dropped))
    assert {one.hit.transcript.id for one in found.new} == {newer}
    assert {one.nearest.transcript.id for one in found.new} == {older}
    assert all(one.hit.speaker.role != "operator" for one in found.new)


def test_terms_and_speakers_tell_the_calls_apart(searcher: Searcher) -> None:
    newer, older = ids(searcher, "fenwick-harbor-q3", "fenwick-harbor-q2")
    found = comparison_json(compare_calls(searcher, older, newer))
    terms = {term["text"]: (term["here"], term["there"]) for term in found["terms"]["newer"]}
    assert terms["returns"] == (8, 2)
    assert [one["name"] for one in found["speakers"]["new"]] == ["Sofia Lindqvist"]
    assert found["speakers"]["gone"] == []
    assert "Helena Brandt" in {one["name"] for one in found["speakers"]["both"]}
    assert found["compared"]["newer"] >= len(found["new"]) > 0


def test_the_same_said_again_is_neither_new_nor_dropped(tmp_path: Path) -> None:
    text = (CORPUS / "fenwick-harbor-q2-2024-call-en.txt").read_text(encoding="utf-8")
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    (tmp_path / "b.txt").write_text(f"{text}\n\n", encoding="utf-8")
    index_paths(tmp_path / "index", [tmp_path], BuildSettings(embedders=()))
    searcher = Searcher(IndexReader(tmp_path / "index"))
    found = compare_calls(searcher, *(info.id for info in searcher.reader.current().passages.transcripts()))
    assert (found.new, found.dropped, found.came, found.gone) == ((), (), (), ())
    assert len(found.both) == 10


def test_the_call_before_is_of_the_same_company(searcher: Searcher) -> None:
    q3, q2, march, december = ids(
        searcher, "fenwick-harbor-q3", "fenwick-harbor-q2", "yuanting-march", "yuanting-december"
    )
    assert (previous_call(searcher, q3), previous_call(searcher, march)) == (q2, december)
    assert (previous_call(searcher, q2), previous_call(searcher, december)) == (None, None)


def test_what_cannot_be_compared_is_said(searcher: Searcher) -> None:
    (one,) = ids(searcher, "fenwick-harbor-q3")
    with pytest.raises(InvalidRequestError, match="with itself"):
        compare_calls(searcher, one, one)
    with pytest.raises(UnknownTranscriptError):
        compare_calls(searcher, one, "nowhere")
    with pytest.raises(UnknownTranscriptError):
        previous_call(searcher, "nowhere")
