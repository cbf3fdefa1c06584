"""Quantities are the same however they are written, and stand where they say."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from indexer.text.numerals import parse_numeral, write_numeral
from indexer.text.quantities import Quantity, parse_quantities, quantity_terms, quantity_tokens, writings
from indexer.text.quantity_units import Unit


def read(text: str) -> list[tuple[Decimal, Unit, str]]:
    return [(quantity.value, quantity.unit, text[quantity.start : quantity.end]) for quantity in parse_quantities(text)]


def one(text: str) -> tuple[Decimal, Unit]:
    (quantity,) = parse_quantities(text)
    return quantity.value, quantity.unit


@pytest.mark.parametrize(
    "writing",
    [
        *("RMB 877 million", "RMB877 million", "rmb877m", "RMB 877mn", "877 million yuan", "0.877 billion yuan"),
        *("8.77亿元", "8.77 亿元", "８．７７億元", "人民币8.77亿元", "877百万元", "8亿7700万元", "人民幣 877,000,000"),
        *("¥877 million", "八亿七千七百万元", "八点七七亿元人民币", "877-million-yuan", "CNY 0.877bn"),
    ],
)
def test_an_amount_is_the_same_in_every_writing(writing: str) -> None:
    assert one(f"profit of {writing}, up a lot") == (Decimal(877_000_000), Unit.CNY)
    assert one(f"利润为{writing}。") == (Decimal(877_000_000), Unit.CNY)


@pytest.mark.parametrize(
    ("writing", "value", "unit"),
    [
        ("US$5.3bn", 5_300_000_000, Unit.USD),
        ("$5.3B", 5_300_000_000, Unit.USD),
        ("53亿美元", 5_300_000_000, Unit.USD),
        ("5.3 billion U.S. dollars", 5_300_000_000, Unit.USD),
        ("HK$5m", 5_000_000, Unit.HKD),
        ("500万港元", 5_000_000, Unit.HKD),
        ("新台幣3兆元", 3_000_000_000_000, Unit.TWD),
        ("¥3000亿日元", 300_000_000_000, Unit.JPY),
        ("€12 million", 12_000_000, Unit.EUR),
        ("5.3 billion", 5_300_000_000, Unit.COUNT),
        ("1.5万亿", 1_500_000_000_000, Unit.COUNT),
        ("两千三百四十二亿", 234_200_000_000, Unit.COUNT),
        ("1,200", 1_200, Unit.COUNT),
        ("三百", 300, Unit.COUNT),
    ],
)
def test_units_and_scales(writing: str, value: int, unit: Unit) -> None:
    assert one(writing) == (Decimal(value), unit)


@pytest.mark.parametrize(
    ("writing", "value", "unit"),
    [
        *(
            (writing, "34", Unit.PERCENT)
            for writing in ("34%", "３４％", "34 percent", "34 per cent", "百分之三十四", "百分之34")
        ),
        *((writing, "30", Unit.PERCENT) for writing in ("三成", "3成", "30%")),
        ("三成五", "35", Unit.PERCENT),
        ("百分之百", "100", Unit.PERCENT),
        ("百分之三点五", "3.5", Unit.PERCENT),
        ("5‰", "0.5", Unit.PERCENT),
        ("千分之五", "0.5", Unit.PERCENT),
        *(
            (writing, "3400", Unit.BASIS_POINTS)
            for writing in ("34个百分点", "34 percentage points", "3400 bps", "34pp")
        ),
        *((writing, "50", Unit.BASIS_POINTS) for writing in ("50 basis points", "50个基点", "0.5个百分点")),
    ],
)
def test_percentages_are_no_percentage_points(writing: str, value: str, unit: Unit) -> None:
    assert one(f"毛利率{writing}") == (Decimal(value), unit)


@pytest.mark.parametrize("writing", ["-5%", "−5%", "－5％", "负5%", "minus 5%", "负百分之五", "-5 percent"])
def test_a_minus_is_kept_in_the_value_and_not_in_the_terms(writing: str) -> None:
    (quantity,) = parse_quantities(f"growth was {writing}")
    assert quantity.value == -5
    assert quantity_terms(quantity) == ("#5%",)


def test_a_range_gives_both_ends_with_what_they_share() -> None:
    assert read("收入5-6亿元") == [(Decimal(500_000_000), Unit.CNY, "5"), (Decimal(600_000_000), Unit.CNY, "6亿元")]
    assert read("RMB 5 to 6 billion") == [
        (Decimal(5_000_000_000), Unit.CNY, "RMB 5"),
        (Decimal(6_000_000_000), Unit.CNY, "6 billion"),
    ]
    assert read("增长10%至15%") == [(Decimal(10), Unit.PERCENT, "10%"), (Decimal(15), Unit.PERCENT, "15%")]
    assert [value for value, _, _ in read("2-3个百分点")] == [200, 300]
    assert [value for value, _, _ in read("五到六亿元")] == [500_000_000, 600_000_000]


@pytest.mark.parametrize(
    "text",
    [
        *("2023年", "FY2023", "2021-2022", "Q3 2023", "1H23", "20-F", "88VIP", "3.5x", "5G", "GPT-4", "第300期", "B2B"),
        *(
            "几亿",
            "十几亿",
            "100多亿",
            "三百余家",
            "二三十亿",
            "千万不要",
            "万一",
            "一成不变",
            "三成本",
            "3点5亿",
            "亿元",
        ),
        *("三分之一", "5千瓦", "10月10日", "十一五", "二〇二三", "the 5 of us", "", "…"),
    ],
)
def test_what_is_no_exact_quantity_gives_none(text: str) -> None:
    assert parse_quantities(text) == ()


def test_a_full_width_comma_ends_a_clause() -> None:
    assert read("增长20%，100亿元") == [
        (Decimal(20), Unit.PERCENT, "20%"),
        (Decimal(10_000_000_000), Unit.CNY, "100亿元"),
    ]
    assert [written for _, _, written in read("共300，100亿元")] == ["300", "100亿元"]
    assert one("１２３，４５６") == (Decimal(123_456), Unit.COUNT)


def test_offsets_count_code_points_of_the_verbatim_text() -> None:
    text = "🙂ﬁｒｓｔ ８．７７億元e\u0301 and US$ 5.3 billion"
    assert [written for _, _, written in read(text)] == ["８．７７億元", "US$ 5.3 billion"]


def test_a_bare_amount_and_one_with_a_currency_find_each_other() -> None:
    bare, yuan, dollars = (
        {token.term for token in quantity_tokens(text)} for text in ("8.77亿", "RMB 877 million", "US$877m")
    )
    assert bare == {"#8.77e8"}
    assert yuan == {"#8.77e8", "#8.77e8cny"}
    assert len(yuan & dollars) == 1


def test_a_rounded_figure_is_another_figure() -> None:
    terms = [{token.term for token in quantity_tokens(text)} for text in ("8.77亿", "877.3 million", "8.8亿")]
    assert not terms[0] & terms[1]
    assert not terms[0] & terms[2]


_decimals = st.decimals(min_value=0, max_value=10**13, places=2, allow_nan=False, allow_infinity=False)
_units = st.sampled_from(Unit)


@settings(deadline=None)
@given(_decimals, _units, st.booleans())
@example(Decimal("8.77e8"), Unit.CNY, False)  # noqa: FBT003
@example(Decimal("1e12"), Unit.TWD, True)  # noqa: FBT003
def test_every_writing_reads_as_the_quantity(value: Decimal, unit: Unit, negative: bool) -> None:  # noqa: FBT001
    value = -value if negative else value
    for text in writings(Quantity(value, unit, 0, 0)):
        (quantity,) = parse_quantities(f"约 {text}，")
        assert (quantity.value, quantity.unit) == (value, unit), text
        assert quantity_terms(quantity) == quantity_terms(Quantity(value, unit, 0, 0))


@settings(deadline=None)
@given(st.integers(0, 10**16), st.integers(0, 4))
def test_numerals_read_as_what_was_written(digits: int, places: int) -> None:
    number = Decimal(digits).scaleb(-places)
    assert parse_numeral(write_numeral(number)) == number


@pytest.mark.parametrize(
    ("numeral", "number"),
    [
        *(("十五", 15), ("一百零一", 101), ("一百五", 150), ("三万五", 35_000), ("一亿二", 120_000_000)),
        *(("一亿零五百万", 105_000_000), ("三万亿", 3 * 10**12), ("叁佰万", 3_000_000), ("两万三千亿", 23 * 10**11)),
    ],
)
def test_numerals_as_they_are_spoken(numeral: str, number: int) -> None:
    assert parse_numeral(numeral) == number


@pytest.mark.parametrize("text", ["万", "千万", "二三", "二〇二三", "十一五", "五点", "三点五十", "百百", ""])
def test_what_is_no_numeral(text: str) -> None:
    assert parse_numeral(text) is None


@settings(deadline=None)
@given(
    st.text(
        alphabet=st.sampled_from(
            "0123456789０１.,，-−%％元亿万億千百十三五两零点分之成 RMBUS$¥€kmbn个基点至到tox第年\u0301🙂"
        )
    )
)
def test_any_text_gives_sound_offsets(text: str) -> None:
    end = 0
    for quantity in parse_quantities(text):
        assert end <= quantity.start < quantity.end <= len(text)
        end = quantity.end
        assert all(term.startswith("#") for term in quantity_terms(quantity))


@pytest.mark.parametrize("text", ["万点百", "点百", "亿点", "三点点二亿", "百点五万"])
def test_a_point_out_of_place_makes_no_number_and_no_trouble(text: str) -> None:
    assert parse_numeral(text) is None
