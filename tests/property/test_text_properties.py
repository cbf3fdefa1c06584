"""What holds for the text stage whatever text comes in."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

from hypothesis import example, given
from hypothesis import strategies as st

from indexer.text.analyser import Analyser
from indexer.text.language import dominant_language
from indexer.text.normalise import fold, normalise
from indexer.text.sentences import sentence_spans
from search_web.search.patterns import RunPattern, Words, find

ANALYSER = Analyser()
ANALYSER.analyse("词")  # The dictionary is read before Hypothesis takes the time.
PIECES = st.sampled_from(
    (
        *"菜鸟團㍿々𠀀é½ﬁ😀ßİ²Ⅱ％。！？；…”）.,-−+&’' \n",
        *("e\u0301", "EBITA", "2,342", "6.5", "U.S.", "Inc.", "\u00ad", "ｶﾞ", "\0"),
    )
)
UNUSUAL = st.text(st.characters(categories=["Cs", "Mn", "Lo", "Nd"]))
TEXTS = st.text() | st.lists(PIECES).map("".join) | UNUSUAL


@given(TEXTS)
@example("\u0345\u0301a")
def test_folding_is_stable_and_keeps_whole_clusters_in_order(text: str) -> None:
    normalised = normalise(text)
    assert fold(normalised.text) == normalised.text
    spans = [normalised.span(place, place + 1) for place in range(len(normalised.text))]
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(first == second or first[1] <= second[0] for first, second in pairwise(spans))
    assert all(fold(text[start:end]) for start, end in spans)


COMMON = (
    "".join(map(chr, range(128)))
    + "，。、；：？！（）％“”‘’《》「」『』【】–—·•€£¥\xa0"
    + "".join(map(chr, range(0x4E00, 0xA000)))
)


@given(st.text(COMMON) | st.just(COMMON))
def test_what_most_texts_are_made_of_is_folded_as_it_is_beside_a_rarer_character(text: str) -> None:
    assert normalise(text).text == normalise(f"{text}é").text[:-1]
    assert fold(text) == normalise(text).text


@given(TEXTS)
def test_tokens_rise_lie_in_the_text_and_have_terms(text: str) -> None:
    for tokens in (ANALYSER.analyse(text), ANALYSER.exact(text)):
        assert all(token.term.strip() and 0 <= token.start < token.end <= len(text) for token in tokens)
        assert [token.start for token in tokens] == sorted(token.start for token in tokens)


@given(TEXTS)
@example("云收入 8.77亿元，即 RMB 877 million，同比增长4%。")
@example("Revenue of $2.5 billion… up 4.5 per cent")
@example("从一到三亿，２，３４５人，一个百分点…五至六成")
def test_terms_without_places_are_those_of_the_tokens(text: str) -> None:
    terms, exact = ANALYSER.terms(text)
    assert Counter(terms) == Counter(token.term for token in ANALYSER.analyse(text))
    assert exact == [token.term for token in ANALYSER.exact(text)]


@given(TEXTS)
def test_sentences_hold_every_visible_character_once(text: str) -> None:
    spans = sentence_spans(text)
    inside = {place for start, end in spans for place in range(start, end)}
    assert sum(end - start for start, end in spans) == len(inside)
    assert list(spans) == sorted(spans)
    assert all(char.isspace() for place, char in enumerate(text) if place not in inside)
    assert all(text[start:end] == text[start:end].strip() for start, end in spans)


@given(TEXTS)
def test_every_text_has_one_of_two_languages(text: str) -> None:
    assert dominant_language(text) in {"zh", "en"}


@given(TEXTS)
@example("Moody's-rated companies' e-commerce, 2,342 亿元 or 3.5 per cent")
@example("菜鸟首次扭亏，菜鸟的 10 亿美元")
def test_each_term_occurs_where_its_tokens_stand(text: str) -> None:
    spans: dict[str, list[tuple[int, int]]] = {}
    for token in ANALYSER.analyse(text):
        spans.setdefault(token.term, []).append((token.start, token.end))
    for term, expected in spans.items():
        assert list(ANALYSER.occurrences(text).of(term)) == expected
        beginning = {span for other, found in spans.items() if other.startswith(term[:2]) for span in found}
        assert set(ANALYSER.occurrences(text).beginning(term[:2])) == beginning
    for absent in ("菜", "zebra", "#1e8"):
        assert list(ANALYSER.occurrences(text).of(absent)) == spans.get(absent, [])


@given(TEXTS)
@example("Moody's-rated e\u0301tude, 2,342 亿元 and 云 计算")
@example("\U0002ebe1股")
def test_each_run_of_exact_terms_is_found_where_it_stands(text: str) -> None:
    exact = ANALYSER.exact(text)
    for place, token in enumerate(exact):
        for length in (1, 2, 3):
            run = tuple(one.term for one in exact[place : place + length])
            spans = list(find(RunPattern(run), Words.of(text, ANALYSER)))
            assert (token.start, exact[place + len(run) - 1].end) in spans
