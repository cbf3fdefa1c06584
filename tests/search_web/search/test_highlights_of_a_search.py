"""Every highlight of a whole search is what was looked for, in whatever writing the text has it.

The passages are generated: full-width letters, traditional characters, combining marks, emoji, blanks between scripts.
"""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.build import BuildSettings, index_paths
from indexer.stores.index import IndexReader
from indexer.text.analyser import Analyser
from search_web.search.patterns import NearPattern, TermPattern, Words, find
from search_web.search.request import MAX_LIMIT, Mode, SearchRequest
from search_web.search.response import SearchResponse
from search_web.search.searcher import Searcher

ANALYSER = Analyser()
PIECES = [
    "菜鸟", "菜鳥集團", "經調整", "经调整", "ＥＢＩＴＡ", "EBITA", "利潤", "8.77亿元", "８.77 億元", "变现", "變現", "商業化",
    "monetization", "Monetize", "ｃａｓｈ flow", "free cash flow", "自由現金流", "自由 现金流", "café", "cafe\u0301", "naïve",
    "回購", "buyback", "👍🏽", "👩‍💻", "🇨🇳", "e\u0301\u0323", "\u200d", "\u3000", " ", "，", "。", "－26.95%", "-26.95%", "Ａ", "①", "㎡",
    "ﬁnance", "AI", "ＡＩ", "云", "雲業務", "DAU", "淘宝DAU", "淘寶 ＤＡＵ", "non-GAAP", "non‑GAAP", "RMB 877 million", "ß", "İ", "ǅ",
]  # fmt: skip
QUERIES = [
    "菜鸟 EBITA", "经调整利润", "变现", "monetization", '"自由现金流"', '"free cash flow"', "“淘宝 DAU”", "monet*", "变*", "商*",
    "cash NEAR/2 flow", "菜鸟 NEAR/5 利润", "AI AND 云", "AI OR 云", "AI -云", "（变现 OR 回购） AND AI", "8.77亿元", "877 million",
    "-26.95%", "cafe", '"café"', "finance", "non-GAAP", "回购 buyback", "m²", "naive", "NOT 云", "speaker:甲方 AI", "👍🏽 AI",
]  # fmt: skip


@pytest.fixture(scope="module")
def generated(tmp_path_factory: pytest.TempPathFactory) -> Searcher:
    chance = random.Random(4)  # noqa: S311 - passages, not secrets.
    folder = tmp_path_factory.mktemp("generated")
    turns = []
    for number in range(160):
        pieces = chance.choices(PIECES, k=chance.randint(4, 14))
        blank = chance.choice(["", " "])
        turns.append(f"{'甲乙丙'[number % 3]}方：我们说{blank}{blank.join(pieces)}。")
    (folder / "call.txt").write_text("\n\n".join(turns), encoding="utf-8")
    index_paths(folder / "index", [folder / "call.txt"], BuildSettings(embedders=()))
    return Searcher(IndexReader(folder / "index"))


def checked(searcher: Searcher, query: str) -> int:
    """Check every highlight of a search and return how many there were."""
    request = SearchRequest(query, mode=Mode.KEYWORD, limit=MAX_LIMIT)
    response = searcher.search(request)
    plan = searcher.planner.plan(request, query.strip(), searcher.reader.current())
    patterns = [pattern for sought in plan.sought for pattern in sought.patterns]
    patterns += [pattern for added in plan.added if added.active for pattern in added.patterns]
    for hit in response.hits:
        words = Words.of(hit.text, ANALYSER)
        spans = {span for pattern in patterns for span in find(pattern, words)}
        edges = [edge for span in hit.highlights for edge in span]
        assert edges == sorted(set(edges)), "sorted, apart, not empty"
        assert all(0 <= start < end <= len(hit.text) for start, end in hit.highlights)
        covered = {place for start, end in hit.highlights for place in range(start, end)}
        assert covered == {place for start, end in spans for place in range(start, end)}
        for start, end in spans:
            shown = hit.text[start:end]
            assert shown == shown.strip(), "no blanks at the edges"
            alone = Words.of(shown, ANALYSER)
            assert any((0, len(shown)) in set(find(pattern, alone)) for pattern in patterns) or _is_part(
                shown, patterns
            ), f"{shown!r} is nothing that {query!r} looks for"
    return sum(len(hit.highlights) for hit in response.hits)


def _is_part(shown: str, patterns: list) -> bool:
    """Whether a text is one of the two sides of a NEAR, or a word inside a longer one, which alone is cut otherwise."""
    terms = tuple(token.term for token in ANALYSER.exact(shown))
    return any(
        terms in (pattern.first, pattern.second)
        if isinstance(pattern, NearPattern)
        else isinstance(pattern, TermPattern) and terms == tuple(token.term for token in ANALYSER.exact(pattern.term))
        for pattern in patterns
    )


@pytest.mark.parametrize("query", QUERIES)
def test_each_highlight_is_what_was_looked_for(generated: Searcher, query: str) -> None:
    assert checked(generated, query) or query == "NOT 云"


def _response(searcher: Searcher, query: str) -> SearchResponse:
    return searcher.search(SearchRequest(query, mode=Mode.KEYWORD, limit=MAX_LIMIT))


@pytest.mark.parametrize("query", ["monetization", "回购", "变现"])
def test_what_was_added_is_marked_too(generated: Searcher, query: str) -> None:
    response = _response(generated, query)
    added = {expansion.term for expansion in response.expansions}
    marked = {hit.text[start:end] for hit in response.hits for start, end in hit.highlights}
    assert added
    assert any(ANALYSER.exact(text)[0].term != ANALYSER.exact(query)[0].term for text in marked if ANALYSER.exact(text))


@settings(max_examples=80, deadline=None)
@given(
    words=st.lists(st.sampled_from([piece for piece in PIECES if piece.isalnum()]), min_size=1, max_size=3),
    way=st.sampled_from(["{0}", '"{0}"', "{0} AND {1}", "{0} OR {1}", "{0} NEAR/3 {1}", "{0} {1} {2}", '{0} -"{1}"']),
)
def test_any_query_over_the_pieces_marks_what_it_looks_for(generated: Searcher, words: list[str], way: str) -> None:
    first, *rest = [*words, *words, *words]
    checked(generated, way.format(first, *rest))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=8).map("".join))
def test_a_piece_of_a_text_that_is_quoted_is_marked_where_it_stands(generated: Searcher, text: str) -> None:
    terms = [token.term for token in ANALYSER.exact(text)]
    if not any(map(str.isalnum, text)) or not terms:
        return
    for hit in _response(generated, f'"{text}"').hits:
        found = [tuple(token.term for token in ANALYSER.exact(hit.text[slice(*span)])) for span in hit.highlights]
        assert any(set(terms) <= set(one) for one in found)
