"""The query language: what binds, what only ranks, and what is refused with its position."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.errors import QuerySyntaxError
from search_web.search.query_fields import DateRange, date_range, period_value
from search_web.search.query_language import parse_query
from search_web.search.query_tree import Both, Either, Fielded, Near, Not, Prefix, Quoted, Word


def told(query: str) -> tuple[list[str], list[str], list[str]]:
    """Return what is required, excluded and optional, each written short."""
    parsed = parse_query(query)
    return (
        [short(node) for node in parsed.required],
        [short(node) for node in parsed.excluded],
        [word.text for word in parsed.optional],
    )


def short(node: object) -> str:  # noqa: PLR0911 - one for each kind of node.
    match node:
        case Word(text):
            return text
        case Quoted(text):
            return f'"{text}"'
        case Prefix(text):
            return f"{text}*"
        case Near(first, second, distance):
            return f"({short(first)} ~{distance} {short(second)})"
        case Fielded(field, value):
            return f"{field}={value}"
        case Both(parts):
            return f"({' & '.join(map(short, parts))})"
        case Either(parts):
            return f"({' | '.join(map(short, parts))})"
        case Not(part):
            return f"!{short(part)}"
    return repr(node)


@pytest.mark.parametrize(
    "query",
    [
        "菜鸟 EBITA", "AI monetization", "What is the long-term outlook?", "自由现金流（FCF）是多少", "-26.95% 利润",
        "https://example.org/a?b=c", "12:30 (see note", 'a 12" wafer', "1) revenue 2) margin", "Q&A: and or not",
        "3-5 年", "a - b", "a * b", "公司如何看待 AI？", "foo:bar",
    ],
)  # fmt: skip
def test_plain_words_stay_plain(query: str) -> None:
    parsed = parse_query(query)
    assert parsed.is_plain
    assert "".join(word.text for word in parsed.optional) == "".join(
        query.translate(str.maketrans("（）()", "    ")).split()
    )


@pytest.mark.parametrize(
    ("query", "required", "excluded", "optional"),
    [
        ('"自由 现金流" 增长', ['"自由 现金流"'], [], ["增长"]),
        ("“淘宝 DAU”", ['"淘宝 DAU"'], [], []),
        ("「變現」", ['"變現"'], [], []),
        ("AI AND 变现", ["AI", "变现"], [], []),
        ("ＡＩ　ＡＮＤ　变现", ["ＡＩ", "变现"], [], []),
        ("AI OR 变现 云", ["(AI | 变现)"], [], ["云"]),
        ("a AND b OR c", ["((a & b) | c)"], [], []),
        ("a AND (b OR c)", ["a", "(b | c)"], [], []),
        ("（a OR b） AND c", ["(a | b)", "c"], [], []),
        ("AI -云", [], ["云"], ["AI"]),
        ("AI －“公共云”", [], ['"公共云"'], ["AI"]),
        ("NOT AI", [], ["AI"], []),
        ("a AND NOT b", ["a"], ["b"], []),
        ("a OR NOT b", ["(a | !b)"], [], []),
        ("-role:analyst AI", [], ["role=analyst"], ["AI"]),
        ("菜鸟 NEAR/5 扭亏", ["(菜鸟 ~5 扭亏)"], [], []),
        ("菜鸟 NEAR “扭亏 为盈”", ['(菜鸟 ~10 "扭亏 为盈")'], [], []),
        ("monet* 变*", ["monet*", "变*"], [], []),
        ("speaker:张勇 AI", ["speaker=张勇"], [], ["AI"]),
        ("发言人：“Joey Wat”，AI", ["speaker=Joey Wat"], [], ["，AI"]),
        ("role:分析师 section:Q&A lang:中文 delivery:原话", ["role=analyst", "section=qa", "language=zh", "delivery=original"], [], []),
        ("period:2023q2 date:2023-01..2023-06", ["period=2023Q2", "date=2023-01..2023-06"], [], []),
        ("company:阿里巴巴 firm:“Morgan Stanley”", ["company=阿里巴巴", "firm=Morgan Stanley"], [], []),
    ],
)  # fmt: skip
def test_operators_bind(query: str, required: list[str], excluded: list[str], optional: list[str]) -> None:
    assert told(query) == (required, excluded, optional)


@pytest.mark.parametrize(
    ("query", "position", "expected"),
    [
        ("a AND", 5, "a word"),
        ("OR a", 0, "a word"),
        ("a AND OR b", 6, "a word"),
        ("(a OR b", 0, ")"),
        ("a OR b)", 6, "( before it"),
        ("a AND ()", 6, "words"),
        ('菜鸟 "EBITA', 3, '" at the end'),
        ("菜鸟 “EBITA", 3, "”"),
        ('""', 0, "words"),
        ("role:boss", 5, "management, analyst, operator, other"),
        ("speaker: 张勇", 8, "a name"),
        ("date:2023-13", 5, "a range such as"),
        ("date:2023-06..x", 5, "a range such as"),
        ("period:Q9", 7, "2023Q2"),
        ("w*rd", 1, "at the end of a word"),
        ("*word", 0, "at the end of a word"),
        ("a*", 0, "two letters"),
        ("date:>9999", 5, "a range such as"),
        ("date:<0001-01-01", 5, "a range such as"),
        ("date:2023-06..2023-01", 5, "the earlier day before"),
        ("a NEAR/0 b", 2, "NEAR/1 to NEAR/50"),
        ("a NEAR/five b", 2, "NEAR/1 to NEAR/50"),
        ("a NEAR/ b", 2, "NEAR/1 to NEAR/50"),
        ("a NEAR b NEAR c", 9, "AND"),
        ("(a OR b) NEAR c", 9, "a word or a phrase"),
    ],
)
def test_a_mistake_is_named_with_its_position_and_what_was_expected(query: str, position: int, expected: str) -> None:
    with pytest.raises(QuerySyntaxError) as caught:
        parse_query(query)
    assert caught.value.position == position
    assert expected in caught.value.expected
    assert f"character {position + 1}" in str(caught.value)


@pytest.mark.parametrize(
    "value", ["2023Q2", "2Q23", "Q2 2023", "23Q2", "q2'23", "2023年二季度", "２０２３年第2季度", "23年第二季度"]
)
def test_a_period_is_read_however_people_write_it(value: str) -> None:
    assert period_value(value) == "2023Q2"


@pytest.mark.parametrize(
    ("value", "first", "last"),
    [
        ("2023年8月", "2023-08-01", "2023-08-31"),
        ("2023年8月10日", "2023-08-10", "2023-08-10"),
        ("2023.08..2023.09", "2023-08-01", "2023-09-30"),
        ("2023年1月至2023年6月", "2023-01-01", "2023-06-30"),
        ("2023-01--2023-06", "2023-01-01", "2023-06-30"),
        ("..2023年", None, "2023-12-31"),
    ],
)
def test_days_are_read_however_people_write_them(value: str, first: str | None, last: str | None) -> None:
    assert date_range(value) == DateRange(first, last)


@given(
    st.lists(
        st.sampled_from(
            ["AI", "变现", "AND", "OR", "NOT", "-", "(", ")", '"', "“", "”", "*", "NEAR/3", "speaker:", "date:2023", " ", "：", "\u3000"]
        ),
        max_size=30,
    ).map("".join)
    | st.text(max_size=40)
)  # fmt: skip
def test_any_text_is_read_or_refused_with_a_position_in_it(query: str) -> None:
    try:
        parsed = parse_query(query)
    except QuerySyntaxError as error:
        places = [error.position]
    else:
        places = [place for leaf in parsed.leaves() for place in leaf.span]
        assert all(query[word.span[0] : word.span[1]] == word.text for word in parsed.optional)
    assert all(0 <= place <= len(query) for place in places)


def test_deep_nesting_is_refused_and_does_no_harm() -> None:
    for query in ("(" * 3000 + "a OR b" + ")" * 3000, "NOT " * 3000 + "a", "-(" * 3000 + "a" + ")" * 3000):
        with pytest.raises(QuerySyntaxError, match="nested too deeply"):
            parse_query(query)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2023", "2023-01-01", "2023-12-31"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2023-08-10", "2023-08-10", "2023-08-10"),
        ("2023/8/1", "2023-08-01", "2023-08-01"),
        ("2023-01..2023-06", "2023-01-01", "2023-06-30"),
        ("2023-01..", "2023-01-01", None),
        ("..2023-06-15", None, "2023-06-15"),
        ("2022～2023", "2022-01-01", "2023-12-31"),
        (">=2023-08", "2023-08-01", None),
        (">2023-08", "2023-09-01", None),
        ("<2023", None, "2022-12-31"),
    ],
)
def test_dates_months_years_and_ranges(text: str, first: str | None, last: str | None) -> None:
    days = date_range(text)
    assert days is not None
    assert (days.first, days.last) == (first, last)


@pytest.mark.parametrize("text", ["", "..", "yesterday", "2023-00", "2023-02-30", "20230", "1..2..3"])
def test_what_is_no_date_has_no_days(text: str) -> None:
    assert date_range(text) is None


@pytest.mark.parametrize(
    ("text", "value"),
    [("2023Q2", "2023Q2"), ("2023 q2", "2023Q2"), ("Q2 2023", "2023Q2"), ("FY2023Q2", "2023Q2"), ("2023H1", "2023H1"),
     ("2023", "2023"), ("２０２３Q２", "2023Q2"), ("2023H3", None), ("Q2", None), ("2023Q5", None)],
)  # fmt: skip
def test_periods_are_written_as_the_index_has_them(text: str, value: str | None) -> None:
    assert period_value(text) == value


@given(text=st.text("云收入々aq07，。？！、；? ", max_size=12))
def test_words_without_signs_are_the_same_words_beside_one_with_capitals(text: str) -> None:
    alone, beside = parse_query(text), parse_query(f"{text} Cloud")
    assert alone.is_plain
    assert (*alone.optional, Word("Cloud", (len(text) + 1, len(text) + 6))) == beside.optional
