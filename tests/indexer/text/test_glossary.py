"""The glossary is sound, its concepts are found in queries, and users can change it."""

from __future__ import annotations

import time
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.errors import GlossaryError
from indexer.text.analyser import Analyser
from indexer.text.expansion import Expansion, Relation, Strength
from indexer.text.glossary import Glossary, load_glossary
from indexer.text.glossary_file import Direction, built_in_glossary, parse_glossary
from indexer.text.inflection import bases, forms
from indexer.text.normalise import fold
from indexer.text.stemmer import stem
from indexer.text.stopwords import is_stopword

ANALYSER = Analyser()
GLOSSARY = load_glossary(ANALYSER)


def made_of(*texts: str) -> Glossary:
    return Glossary([parse_glossary(text, f"file {number}") for number, text in enumerate(texts, 1)], ANALYSER)


def added(expansions: tuple[Expansion, ...], query: str, source: str) -> set[str]:
    return {expansion.term for expansion in expansions if query[expansion.start : expansion.end] == source}


def key(text: str) -> str:
    return " ".join(stem(token.term) for token in ANALYSER.exact(text))


def test_the_glossary_is_as_large_as_it_says() -> None:
    assert len(built_in_glossary().concepts) >= 2_500
    assert len({concept.file for concept in built_in_glossary().concepts}) >= 8


def test_no_concept_says_the_same_twice() -> None:
    """Case, width, plural and traditional characters make no other term."""
    for concept in built_in_glossary().concepts:
        for one, other in combinations(concept.terms, 2):
            assert key(one.text) != key(other.text), f"{concept.file}, line {concept.line}: {one.text}, {other.text}"


def test_the_quick_way_to_cut_terms_gives_what_the_analyser_gives() -> None:
    for concept in built_in_glossary().concepts:
        for term in concept.terms:
            for writing in term.writings:
                assert GLOSSARY._keys(writing) == key(writing)  # noqa: SLF001


def test_every_concept_stands_under_a_heading_and_relates_terms() -> None:
    for concept in built_in_glossary().concepts:
        where = f"{concept.file}, line {concept.line}"
        assert concept.domain, where
        assert concept.chinese, where
        assert concept.english, where
        assert any(term.produced for term in concept.terms), where
        assert any(term.recognised for term in concept.terms), where


def test_no_function_word_calls_up_a_concept() -> None:
    for concept in built_in_glossary().concepts:
        for term in concept.terms:
            if term.recognised and not term.cased and concept.direction is Direction.BOTH:
                assert not is_stopword(fold(term.text)), f"{concept.file}, line {concept.line}: {term.text}"


def test_every_recognised_term_calls_up_its_own_concept() -> None:
    """Each term of a two-way concept is found as a query of its own, and what it adds is what stands beside it."""
    for concept in built_in_glossary().concepts:
        if concept.direction is not Direction.BOTH:
            continue
        for term in concept.terms:
            if term.recognised and any(other.produced and other is not term for other in concept.terms):
                expansions = GLOSSARY.expand(term.text)
                assert concept.name in {expansion.concept for expansion in expansions}, term.text
                assert fold(term.text) not in {fold(expansion.term) for expansion in expansions}


@pytest.mark.parametrize(
    ("query", "source", "expected"),
    [
        ("free cash flow this year", "free cash flow", {"自由现金流", "FCF"}),
        ("自由現金流同比", "自由現金流", {"free cash flow"}),
        ("monetizing AI", "monetizing", {"变现", "商业化", "monetization"}),
        ("they monetised it", "monetised", {"变现", "monetization"}),
        ("monetizing AI", "AI", {"人工智能"}),
        ("Share Repurchases", "Share Repurchases", {"回购", "buyback"}),
        ("bought back stock", "bought back", {"回购"}),
        ("ＥＢＩＴＤＡ　margin", "ＥＢＩＴＤＡ", {"息税折旧摊销前利润"}),
        ("year on year", "year on year", {"同比", "year-over-year"}),
        ("YoY", "YoY", {"同比"}),
        ("e-commerce ecommerce", "e-commerce", {"电商"}),
        ("ecommerce growth", "ecommerce", {"电商"}),
        ("去年同一季度", "去年同一季度", {"year-ago quarter"}),
        ("labour costs", "labour costs", {"人工成本"}),
        ("菜鸟的 GMV", "菜鸟", {"Cainiao"}),
        ("盒马何时盈利", "盒马", {"Freshippo", "Hema"}),
        ("饿了么", "饿了么", {"Ele.me"}),
        ("ele.me", "ele.me", {"饿了么"}),
        ("大摩怎么看", "大摩", {"Morgan Stanley", "摩根士丹利"}),
        ("人工智慧", "人工智慧", {"AI", "人工智能"}),
        ("軟體業務", "軟體", {"software", "软件"}),
        ("R&D spending", "R&D spending", {"研发费用"}),
        ("P/E", "P/E", {"市盈率"}),
    ],
)
def test_terms_are_found_however_they_are_written(query: str, source: str, expected: set[str]) -> None:
    assert expected <= added(GLOSSARY.expand(query), query, source)


def test_the_longest_concept_is_taken_unless_the_parts_are_asked_for() -> None:
    query = "free cash flow"
    assert {e.concept.split(" = ")[0] for e in GLOSSARY.expand(query)} == {"自由现金流"}
    strengths = {e.term: e.strength for e in GLOSSARY.expand(query, parts=True)}
    assert strengths["自由现金流"] is Strength.STRONG
    assert strengths["现金流"] is Strength.PART
    assert "cash flow" in {e.term for e in GLOSSARY.expand("自由现金流", parts=True)}
    assert "interest rate" not in {e.term for e in GLOSSARY.expand("毛利率", parts=True)}


def test_chinese_is_found_whatever_the_segmenter_does_but_not_inside_another_word() -> None:
    glossary = made_of("商业化 = commercialization\n云智能集团 = Cloud Intelligence Group")
    assert glossary.expand("商业化的进展")
    assert not glossary.expand("商业化妆品")
    assert glossary.expand("阿里云智能集团")


def test_a_term_does_not_reach_over_punctuation() -> None:
    assert "free cash flow" in {e.term for e in GLOSSARY.expand("自由现金流")}
    assert not added(GLOSSARY.expand("free. Cash flow"), "free. Cash flow", "free. Cash flow")


def test_what_the_query_says_already_is_not_added() -> None:
    assert not {"AI", "人工智能"} & {e.term for e in GLOSSARY.expand("AI 人工智能")}


def test_a_word_that_needs_its_capitals() -> None:
    assert "塔吉特" in {e.term for e in GLOSSARY.expand("sales at Target")}
    assert "塔吉特" not in {e.term for e in GLOSSARY.expand("our target for sales")}
    assert "Target" not in {e.term for e in GLOSSARY.expand("塔吉特")}


def test_relations_and_strengths() -> None:
    glossary = made_of("变现, 商业化 = monetization\n应用 <= application\n利润率 = ~margin, profit margin")
    relations = {e.term: (e.relation, e.strength, e.language) for e in glossary.expand("变现")}
    assert relations == {
        "商业化": (Relation.SYNONYM, Strength.STRONG, "zh"),
        "monetization": (Relation.TRANSLATION, Strength.STRONG, "en"),
    }
    assert [(e.term, e.strength) for e in glossary.expand("application")] == [("应用", Strength.WEAK)]
    assert glossary.expand("应用") == ()
    assert {e.term: e.strength for e in glossary.expand("利润率")} == {
        "margin": Strength.WEAK,
        "profit margin": Strength.STRONG,
    }
    assert glossary.expand("margin") == ()


def test_a_verb_is_looked_for_in_all_its_forms() -> None:
    (expansion,) = made_of("剥离 = to spin off").expand("剥离")
    assert expansion.term == "spin off"
    assert expansion.writings == ("spin off", "spins off", "spinning off", "spun off")


def test_a_user_adds_to_the_glossary_and_takes_out_of_it(tmp_path: Path) -> None:
    path = tmp_path / "ours.txt"
    path.write_text("\ufeff# ours\n[our words]\n变现 = cashing in\n-商业化\n- free cash flow\n", encoding="utf-8")
    glossary = load_glossary(ANALYSER, [path])
    terms = {e.term for e in glossary.expand("变现")}
    assert {"monetization", "cashing in", "货币化"} <= terms
    assert "商业化" not in terms
    assert "自由现金流" not in {e.term for e in glossary.expand("free cash flow")}
    assert "free cash flow" not in {e.term for e in glossary.expand("自由现金流")}
    assert "FCF" in {e.term for e in glossary.expand("自由现金流")}
    assert "monetization" not in {e.term for e in glossary.expand("商业化")}


def test_the_digest_stands_for_the_content() -> None:
    same, other = made_of("变现 = monetization"), made_of("# note\n变现=monetization".replace("=", " = "))
    assert same.digest == other.digest
    assert made_of("变现 => monetization").digest != same.digest
    assert made_of("变现 = monetization", "-变现").digest != same.digest


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("变现 monetization", "no ="),
        ("变现 = a = b", "more than one ="),
        ("monetization = 变现", "wrong side"),
        ("变现 = 商业化", "wrong side"),
        ("变现 =", "one term"),
        ("变现, 商业化 =>", "empty"),
        ("变现 = !", "no word"),
        ("变现 = a\n变现, 商业化 = b", "line 2"),
        ("变现 = monetization\n商业化 = Monetizations", "line 2"),
    ],
)
def test_a_mistake_is_named_with_its_file_and_line_and_what_to_do(line: str, says: str) -> None:
    with pytest.raises(GlossaryError) as caught:
        Glossary([parse_glossary("# first\n" + line, "ours.txt")], ANALYSER)
    assert "ours.txt, line" in caught.value.where
    assert says in str(caught.value)
    assert caught.value.mend


def test_the_example_of_the_documentation_is_a_glossary() -> None:
    page = (Path(__file__).parents[3] / "docs" / "glossary.md").read_text(encoding="utf-8")
    example = [line.strip() for line in page.splitlines() if line.startswith("    ")]
    glossary = parse_glossary("\n".join(example), "docs/glossary.md")
    assert len(glossary.concepts) == 5
    assert glossary.removed == ("商业化",)
    assert {concept.domain for concept in glossary.concepts} == {"our words"}


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "gbk.txt").write_bytes("变现 = monetization".encode("gbk"))
    for name in ("missing.txt", "gbk.txt"):
        with pytest.raises(GlossaryError, match=name):
            load_glossary(ANALYSER, [tmp_path / name])


def test_one_language_alone_may_have_synonyms() -> None:
    assert [e.term for e in made_of("= buyback, repurchase").expand("buybacks")] == ["repurchase"]


@settings(deadline=None)
@given(st.text(st.sampled_from("变现商业化AI free cash flow 自由現金流，.-’&/Ｓ🙂e\u0301"), max_size=40))
def test_any_query_gives_sound_spans_and_the_same_answer_twice(query: str) -> None:
    expansions = GLOSSARY.expand(query)
    assert expansions == GLOSSARY.expand(query)
    for expansion in expansions:
        assert 0 <= expansion.start < expansion.end <= len(query)
        assert expansion.term == expansion.writings[0]
    assert len({expansion.term for expansion in expansions}) == len(expansions)


@settings(deadline=None)
@given(st.text(max_size=80))
def test_any_text_is_a_glossary_or_a_named_error(text: str) -> None:
    try:
        Glossary([parse_glossary(text, "ours.txt")], ANALYSER)
    except GlossaryError as error:
        assert error.where.startswith("ours.txt")  # noqa: PT017


def test_a_query_is_expanded_in_well_under_a_millisecond() -> None:
    query = "How does management plan to monetize AI and 云业务 while free cash flow is under pressure?"
    GLOSSARY.expand(query)
    rounds = []
    for _ in range(5):
        started = time.thread_time()
        for _ in range(40):
            GLOSSARY.expand(query)
        rounds.append((time.thread_time() - started) / 40)
    # A fifth of a millisecond; traced for coverage, with other tests on the core's other half, three to five times that.
    assert min(rounds) < 0.004


@pytest.mark.parametrize(
    ("term", "expected"),
    [
        ("to monetize", {"monetize", "monetizing", "monetized", "monetise", "monetising"}),
        ("to cut prices", {"cut prices", "cutting prices"}),
        ("to cross-sell", {"cross-sell", "cross-selling", "cross-sold"}),
        ("to diversify", {"diversify", "diversified", "diversifying", "diversifies"}),
        ("monetization", {"monetization", "monetisation"}),
        ("labor cost", {"labor cost", "labour cost"}),
        ("business", {"business", "businesses"}),
        ("guidance", {"guidance"}),
    ],
)
def test_forms(term: str, expected: set[str]) -> None:
    assert expected <= set(forms(term))


@pytest.mark.parametrize(
    ("word", "base"),
    [
        ("growing", "grow"),
        ("cutting", "cut"),
        ("selling", "sell"),
        ("monetized", "monetize"),
        ("studied", "study"),
        ("bought", "buy"),
    ],
)
def test_bases(word: str, base: str) -> None:
    assert base in bases(word)
