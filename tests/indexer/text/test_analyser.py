"""The terms that text is cut into."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from indexer.errors import EngineUnavailableError, InvalidRequestError
from indexer.text.analyser import Analyser
from indexer.text.normalise import fold
from indexer.text.scanner import split_figure
from indexer.text.segmenters import create_segmenter
from indexer.text.stemmer import stem
from indexer.text.stopwords import is_stopword

SURVIVORS = (
    *("EBITA", "DAU", "88VIP", "618", "GMV", "Q3", "To-B", "20-F", "6.5%", "non-GAAP", "-26.95%"),
    *("SK-II", "1+6+N", "B2B", "PaaS", "SaaS", "NASDAQ", "R&D", "U.S"),
)


@pytest.fixture(scope="module", params=["rjieba", "jieba"])
def analyser(request: pytest.FixtureRequest) -> Analyser:
    return Analyser(request.param)


def terms(analyser: Analyser, text: str) -> set[str]:
    return {token.term for token in analyser.analyse(text)}


@pytest.mark.parametrize("word", SURVIVORS)
@pytest.mark.parametrize("around", ["{}", "本季度{}增长", "the {} grew", "（{}）"])
def test_mixed_tokens_survive_whole(analyser: Analyser, word: str, around: str) -> None:
    text = around.format(word)
    found = {(token.term, text[token.start : token.end]) for token in analyser.analyse(text)}
    assert (fold(word), word) in found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("non-GAAP", {"non-gaap", "nongaap", "non", "gaap"}),
        ("2,342 亿元", {"2342", "2342亿", "2342亿元", "亿元", "#2.342e11", "#2.342e11cny"}),
        ("-26.95%", {"-26.95%", "26.95%", "26.95", "#26.95%"}),
        ("下降−3.5％", {"下降", "-3.5%", "3.5%", "3.5", "#3.5%"}),
        ("6.5 %", {"6.5%", "6.5", "#6.5%"}),
        ("6.5 percent", {"6.5%", "6.5", "#6.5%"}),
        ("5‰", {"5‰", "5", "#0.5%"}),
        ("RMB 877 million", {"rmb", "877", "million", "#8.77e8", "#8.77e8cny"}),
        ("2021-2022", {"2021", "2022"}),
        ("models Alibaba’s earnings", {"model", "alibaba", "earning"}),
        ("we're don't O’Brien", {"we", "don't", "o'brien"}),
        ("café Й", {"cafe", "й"}),
        ("GPT-3.5 Qwen2.5 5,000mAh", {"gpt-3.5", "gpt3.5", "gpt", "3.5", "qwen2.5", "5000mah"}),
        ("U.S.", {"u.s", "us"}),
        ("year-over-year", {"year-over-year", "year", "over"}),
        ("SK‐Ⅱ", {"sk-ii", "skii", "sk", "ii"}),
        ("淘天集團", {"淘天集团", "集团"}),
        ("", set()),
        ("，。 —— 😀 \ud800\0", set()),
    ],
)
def test_compounds_and_figures_give_their_parts(analyser: Analyser, text: str, expected: set[str]) -> None:
    assert terms(analyser, text) == expected


def test_latin_words_are_never_cut_by_the_segmenter(analyser: Analyser) -> None:
    assert terms(analyser, "淘宝app用户DAU增速") >= {"淘宝", "app", "用户", "dau", "增速"}


def test_a_user_word_is_kept_whole_and_its_parts_are_found(analyser: Analyser) -> None:
    assert terms(analyser, "客户管理收入同比增长") >= {"客户管理收入", "客户", "管理", "收入", "同比增长"}
    mine = Analyser(analyser._name, ("玄铁芯片", "AI玲珑塔"))  # noqa: SLF001
    assert terms(mine, "玄鐵芯片和玲珑塔") >= {"玄铁芯片", "玲珑塔"}
    assert "玄铁芯片" not in terms(analyser, "玄铁芯片")
    assert mine.digest != analyser.digest


def test_tokens_rise_and_point_to_the_verbatim_text(analyser: Analyser) -> None:
    text = "經調整　ＥＢＩＴＡ 增長了½，達 2,342 億元；e\u0301te\u0301"
    tokens = analyser.analyse(text)
    assert list(tokens) == sorted(tokens, key=lambda token: (token.start, token.end))
    slices = {token.term: text[token.start : token.end] for token in tokens}
    assert slices["ebita"] == "ＥＢＩＴＡ"
    assert slices["2342亿元"] == "2,342 億元"
    assert slices["2"] == "½"
    assert slices["ete"] == "e\u0301te\u0301"


@pytest.mark.parametrize("text", ["经调整EBITA", "经调整 EBITA", "经调整　ＥＢＩＴＡ", "經調整 EBITA"])
def test_exact_terms_do_not_depend_on_blanks_or_width(analyser: Analyser, text: str) -> None:
    assert [token.term for token in analyser.exact(text)] == ["经", "调", "整", "ebita"]


def test_exact_terms_are_one_for_each_character_word_part_and_number(analyser: Analyser) -> None:
    found = [token.term for token in analyser.exact("达-26.95%，2,342 亿元 non-GAAP models")]
    assert found == ["达", "-", "26.95%", "2342", "亿", "元", "non", "gaap", "models"]


def test_the_digest_names_segmenter_and_words() -> None:
    assert Analyser().digest == Analyser("rjieba").digest
    assert len({Analyser().digest, Analyser("jieba").digest, Analyser(user_words=("玄铁芯片",)).digest}) == 3


def test_one_analyser_serves_many_threads() -> None:
    analyser = Analyser()
    texts = [f"第{number}季度客户管理收入增长 {number}%" for number in range(200)]
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(analyser.analyse, texts))
    assert together == [analyser.analyse(text) for text in texts]


def test_an_unknown_segmenter_is_named_with_those_there_are() -> None:
    with pytest.raises(InvalidRequestError, match="rjieba, jieba"):
        Analyser("thulac").analyse("中文")


def test_a_missing_segmenter_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "jieba", None)
    with pytest.raises(EngineUnavailableError, match="pip install jieba"):
        create_segmenter("jieba", ())


def test_jieba_says_nothing_and_keeps_no_cache() -> None:
    program = (
        "import jieba, os, tempfile; from indexer.text.analyser import Analyser;"
        "assert Analyser('jieba').analyse('收入增长'); assert not jieba.dt.initialized"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_segmenters_agree_on_ordinary_text() -> None:
    text = "我们用一个强劲的季度业绩开启了新财年"
    first, second = (list(create_segmenter(name, ()).words(text)) for name in ("rjieba", "jieba"))
    assert [tuple(word) for word in first] == [tuple(word) for word in second]


@pytest.mark.parametrize(
    ("word", "stemmed"),
    [
        ("models", "model"),
        ("companies", "company"),
        ("earnings", "earning"),
        ("business", "business"),
        ("analysis", "analysis"),
        ("saas", "saas"),
        ("status", "status"),
        ("news", "news"),
        ("eps", "eps"),
        ("ebitda", "ebitda"),
        ("zombeies", "zombeies"),
        ("q3s", "q3s"),
        ("don's", "don's"),
    ],
)
def test_only_plurals_are_stemmed(word: str, stemmed: str) -> None:
    assert stem(word) == stemmed


def test_function_words_are_stopwords_and_others_are_not() -> None:
    assert all(map(is_stopword, ("的", "我们", "the", "what", "don't")))
    assert not any(map(is_stopword, ("收入", "ebita", "cloud", "618", "")))


def test_a_figure_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match="none"):
        split_figure("none")
