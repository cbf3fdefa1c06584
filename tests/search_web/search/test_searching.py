"""What a search finds in the project's own samples, and how it behaves."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from indexer.build import BuildSettings, index_paths
from indexer.errors import GlossaryError, IndexMismatchError, InvalidRequestError, UnknownPassageError
from indexer.stores.filters import Filters
from indexer.stores.index import IndexReader
from search_web.search.json_view import response_json
from search_web.search.request import MAX_LIMIT, Fusion, Mode, SearchRequest
from search_web.search.response import Hit
from search_web.search.searcher import Searcher

FIELDS = [
    "id", "score", "legs", "text", "highlights", "best_sentence", "speaker", "transcript", "section", "heading",
    "delivery", "language", "page", "time", "position", "exchange", "context", "url",
    "duplicates", "duplicate_ids", "same_call",
]  # fmt: skip


def find(searcher: Searcher, query: str, **options: object) -> tuple[Hit, ...]:
    return searcher.search(replace(SearchRequest(query), **options)).hits


def test_a_mixed_query_finds_the_figure_with_exact_highlights(searcher: Searcher) -> None:
    hit = find(searcher, "菜鸟 EBITA")[0]
    assert "8.77" in hit.text
    assert {hit.text[start:end] for start, end in hit.highlights} == {"菜鸟", "EBITA"}


def test_an_english_query_finds_chinese_passages_about_the_same(searcher: Searcher) -> None:
    hits = find(searcher, "How will the company make money with AI?", filters=Filters(language=("zh",)))
    assert any("AI" in hit.text and ("变现" in hit.text or "收费" in hit.text) for hit in hits[:5])


def test_every_hit_says_who_spoke_where_and_in_which_call(searcher: Searcher) -> None:
    for hit in find(searcher, "自由现金流", limit=50):
        assert hit.speaker.name
        assert hit.transcript.title
        assert hit.url == f"/transcripts/{hit.transcript.id}#{hit.id}"


def test_an_answer_comes_with_its_question(searcher: Searcher) -> None:
    hits = find(searcher, "free cash flow", filters=Filters(section=("qa",), role=("management",)), limit=50)
    answers = [hit for hit in hits if hit.exchange]
    assert answers
    for hit in answers:
        assert hit.exchange is not None
        assert hit.exchange.question.speaker.role == "analyst"
        question = searcher.passage(hit.exchange.question.id)
        assert question.transcript.id == hit.transcript.id
        assert question.position < hit.position


def test_the_question_shown_is_the_one_that_asks_not_its_greeting(tmp_path: Path) -> None:
    file = tmp_path / "call.txt"
    file.write_text(
        "Acme (ACME) Q2 2024 Earnings Call Transcript\nAug 1, 2024\n\nQuestions and Answers:\n\n"
        "Ines Vale -- Northway -- Analyst\n\nGood evening and congratulations on the quarter.\n\n"
        "How do you see the take rate next year?\n\nPaul Ark -- Chief Executive Officer\n\n"
        "We expect a higher take rate from payments.\n",
        encoding="utf-8",
    )
    index_paths(tmp_path / "index", [file], BuildSettings(embedders=()))
    hits = find(Searcher(IndexReader(tmp_path / "index")), "payments", mode=Mode.KEYWORD)
    assert hits[0].speaker.name == "Paul Ark"
    assert hits[0].exchange is not None
    assert hits[0].exchange.question.text == "How do you see the take rate next year?"


@pytest.mark.parametrize("mode", list(Mode))
@pytest.mark.parametrize("fusion", list(Fusion))
def test_pages_continue_one_another_without_repeats_or_gaps(searcher: Searcher, mode: Mode, fusion: Fusion) -> None:
    whole = find(searcher, "增长 growth", mode=mode, fusion=fusion, limit=30)
    pages = [find(searcher, "增长 growth", mode=mode, fusion=fusion, limit=7, offset=at) for at in range(0, 30, 7)]
    paged = [hit.id for page in pages for hit in page][: len(whole)]
    assert paged == [hit.id for hit in whole]
    assert len(set(paged)) == len(paged)


@pytest.mark.parametrize("mode", list(Mode))
@pytest.mark.parametrize(
    "filters",
    [
        Filters(role=("analyst",)),
        Filters(section=("qa",), language=("en",)),
        Filters(company=("远汀集团",)),
        Filters(company=("fwhb",), date_from="2024-10-01"),
        Filters(delivery=("translated",)),
        Filters(speaker=("Oyelaran",)),
    ],
)
def test_filters_act_inside_both_legs(searcher: Searcher, mode: Mode, filters: Filters) -> None:
    response = searcher.search(
        SearchRequest("AI 增长 revenue 现金流 cash", mode=mode, filters=filters, limit=MAX_LIMIT)
    )
    allowed = {item.passage.id for item in _kept(searcher, filters)}
    found = {hit.id for hit in response.hits}
    assert found
    assert found <= allowed
    if mode is not Mode.KEYWORD:
        assert len(found) == min(len(allowed), MAX_LIMIT)


def _kept(searcher: Searcher, filters: Filters) -> list:
    passages = searcher.reader.current().passages
    kept = []
    for item in passages.get(range(passages.count)):
        passage, call = item.passage, item.transcript
        names = {
            name.casefold()
            for full in (passage.speaker.name, *passage.speaker.other_names)
            for name in (full, *full.split())
        }
        keeps = (
            (not filters.role or passage.speaker.role in filters.role)
            and (not filters.section or passage.section in filters.section)
            and (not filters.language or passage.language in filters.language)
            and (not filters.delivery or passage.delivery in filters.delivery)
            and (not filters.speaker or names & {name.casefold() for name in filters.speaker})
            and (
                not filters.company
                or {str(call.company).casefold(), str(call.ticker).casefold()} & set(filters.company)
            )
            and (not filters.date_from or (call.date or "") >= filters.date_from)
        )
        if keeps:
            kept.append(item)
    return kept


def test_each_mode_says_what_its_legs_found(searcher: Searcher) -> None:
    by_word = find(searcher, "EBITA", mode=Mode.KEYWORD)
    by_meaning = find(searcher, "EBITA", mode=Mode.VECTOR)
    assert [hit.legs.keyword.rank for hit in by_word if hit.legs.keyword] == list(range(1, len(by_word) + 1))
    assert all(hit.legs.vector is None for hit in by_word)
    assert [hit.legs.vector.rank for hit in by_meaning if hit.legs.vector] == list(range(1, len(by_meaning) + 1))
    assert all(hit.legs.keyword is None for hit in by_meaning)


def test_the_total_of_a_word_search_counts_every_match(searcher: Searcher) -> None:
    response = searcher.search(SearchRequest("EBITA", mode=Mode.KEYWORD, limit=1))
    passages = searcher.reader.current().passages
    assert response.total == sum("EBITA" in text.upper() for text in passages.texts())
    assert len(response.hits) == 1


def test_the_best_sentence_lies_in_the_text(searcher: Searcher) -> None:
    for hit in find(searcher, "国际物流的成本为什么下降", limit=30):
        assert hit.best_sentence is not None
        start, end = hit.best_sentence
        assert 0 <= start < end <= len(hit.text)
        assert hit.text[start:end] == hit.text[start:end].strip()


def test_neighbours_stay_in_the_call_and_in_order(searcher: Searcher) -> None:
    for hit in find(searcher, "谢谢 thank you", limit=MAX_LIMIT, context=3):
        around = [*hit.context.before, None, *hit.context.after]
        positions = [hit.position if one is None else searcher.passage(one.id).position for one in around]
        assert positions == list(range(positions[0], positions[0] + len(positions)))
        assert all(searcher.passage(one.id).transcript.id == hit.transcript.id for one in around if one)


def test_the_json_has_the_promised_fields_in_order(searcher: Searcher) -> None:
    body = response_json(searcher.search(SearchRequest("菜鸟 EBITA")))
    assert list(body) == [
        *("query", "mode", "fusion", "took_ms", "total", "generation", "notes", "expansions", "chips", "suggestions"),
        *("left_out", "unsaid", "filter_suggestions"),
        *("hits", "total_relation", "word_total", "collapsed", "repeated", "next_cursor", "facets", "facets_more"),
    ]
    assert list(body["hits"][0]) == FIELDS
    assert list(body["hits"][0]["legs"]["keyword"]) == ["rank", "score"]
    assert list(body["hits"][0]["speaker"])[:4] == ["name", "title", "affiliation", "role"]


@pytest.mark.parametrize(
    ("request_", "names"),
    [
        (SearchRequest("   "), "query is empty"),
        (SearchRequest("字" * 8001), "8001 characters"),
        (SearchRequest("AI", limit=0), "limit: 0"),
        (SearchRequest("AI", limit=MAX_LIMIT + 1), "limit: 101"),
        (SearchRequest("AI", offset=-1), "offset: -1"),
        (SearchRequest("AI", context=11), "context: 11"),
        (SearchRequest("AI", filters=Filters(date_from="2023-13-01")), "date_from: '2023-13-01' is not a value"),
        (SearchRequest("AI", filters=Filters(date_to="soon")), "date_to: 'soon' is not a value of date_"),
        (SearchRequest("AI", filters=Filters(date_from="2024-02-01", date_to="2024-01-01")), "later than date_to"),
        (SearchRequest("AI", embedders=("e5",)), "embedder: this index has no vectors of 'e5'"),
    ],
)
def test_what_cannot_be_searched_is_said(searcher: Searcher, request_: SearchRequest, names: str) -> None:
    with pytest.raises(InvalidRequestError, match=names):
        searcher.search(request_)


def test_an_index_without_vectors_says_so(tmp_path: Path) -> None:
    file = tmp_path / "call.txt"
    file.write_text("张勇：收入增长百分之十。\n\n徐宏：成本下降。\n\n张勇：谢谢。\n", encoding="utf-8")
    index_paths(tmp_path / "index", [file], BuildSettings(embedders=()))
    searcher = Searcher(IndexReader(tmp_path / "index"))
    response = searcher.search(SearchRequest("收入"))
    assert [hit.text for hit in response.hits] == ["收入增长百分之十。"]
    assert "no vectors" in response.notes[0]
    with pytest.raises(InvalidRequestError, match="no vectors"):
        searcher.search(SearchRequest("收入", mode=Mode.VECTOR))


def test_a_query_of_function_words_is_still_searched(searcher: Searcher) -> None:
    assert find(searcher, "的", mode=Mode.KEYWORD)


def test_an_unknown_passage_is_said(searcher: Searcher) -> None:
    with pytest.raises(UnknownPassageError, match="nowhere"):
        searcher.passage("nowhere")


def test_the_searcher_moves_to_what_was_indexed_since(tmp_path: Path) -> None:
    file = tmp_path / "call.txt"
    file.write_text("张勇：收入增长百分之十。\n\n徐宏：成本下降。\n\n张勇：谢谢。\n", encoding="utf-8")
    index_paths(tmp_path / "index", [file], BuildSettings(embedders=()))
    searcher = Searcher(IndexReader(tmp_path / "index"))
    before = searcher.search(SearchRequest("回购")).generation
    file.write_text("张勇：我们回购了股份。\n\n徐宏：成本下降。\n\n张勇：谢谢。\n", encoding="utf-8")
    index_paths(tmp_path / "index", [file], BuildSettings(embedders=()))
    after = searcher.search(SearchRequest("回购"))
    assert after.generation != before
    assert [hit.text for hit in after.hits] == ["我们回购了股份。"]


def test_vectors_of_another_model_version_are_refused(sample_index: Path, tmp_path: Path) -> None:
    folder = tmp_path / "index"
    shutil.copytree(sample_index, folder)
    reader = IndexReader(folder)
    digest = reader.current().spaces["bundled"].info.digest
    reader.close()
    manifest = next(folder.glob("generations/*/manifest.json"))
    content = json.loads(manifest.read_text(encoding="utf-8").replace(digest, "0" * len(digest)))
    del content["seal"]
    manifest.write_text(json.dumps(content), encoding="utf-8")
    with pytest.raises(IndexMismatchError, match="yuanhua embed --embedder bundled"):
        Searcher(IndexReader(folder)).search(SearchRequest("收入"))


def test_the_sentence_shown_first_has_the_figure_that_was_asked_for(searcher: Searcher) -> None:
    hit = next(hit for hit in find(searcher, "菜鸟 8.77亿元") if "8.77" in hit.text)
    assert hit.best_sentence is not None
    assert "8.77" in hit.text[slice(*hit.best_sentence)]


def test_who_asks_is_not_shown_as_answering_herself(searcher: Searcher) -> None:
    for hit in find(searcher, "AI 回购 cash flow", filters=Filters(section=("qa",)), limit=MAX_LIMIT):
        if hit.speaker.role == "analyst":
            assert hit.answered is None
        elif hit.answered:
            assert hit.answered.speaker.role == "analyst"


def test_a_glossary_of_the_users_own_adds_terms_and_takes_them_away(sample_index: Path, tmp_path: Path) -> None:
    own = tmp_path / "own.txt"
    own.write_text("-变现\n变现 = coinage of ideas\n", encoding="utf-8")
    searcher = Searcher(IndexReader(sample_index), (own,))
    added = {one.term for one in searcher.search(SearchRequest("coinage of ideas")).expansions}
    assert "变现" in added
    assert "变现" not in {one.term for one in searcher.search(SearchRequest("monetization")).expansions}


def test_a_glossary_with_a_mistake_is_named_with_its_line(sample_index: Path, tmp_path: Path) -> None:
    own = tmp_path / "own.txt"
    own.write_text("# mine\n变现 monetization\n", encoding="utf-8")
    with pytest.raises(GlossaryError, match=r"own\.txt.*line 2"):
        Searcher(IndexReader(sample_index), (own,)).search(SearchRequest("AI"))


def test_a_quoted_phrase_is_meant_to_the_letter(searcher: Searcher) -> None:
    response = searcher.search(SearchRequest('"free cash flow"', limit=MAX_LIMIT))
    assert response.hits
    assert response.expansions == ()
    for hit in response.hits:
        marked = [hit.text[start:end].lower() for start, end in hit.highlights]
        assert marked
        assert set(marked) == {"free cash flow"}
