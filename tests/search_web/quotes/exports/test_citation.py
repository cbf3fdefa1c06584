"""Citation lines: templates with missing fields, the built-in styles, and what they say of translations."""

from __future__ import annotations

import re
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parent))
from quote_samples import plain_quote

from indexer.errors import CitationTemplateError
from indexer.model import Delivery, Kind, Role
from search_web.quotes.citation import FIELDS, STYLES, citation_style, cite
from search_web.quotes.model import Quote, Voice


def english(**others) -> Quote:
    quote = plain_quote("We grew 12%.", language="en", voice=Voice("Jane Roe", (), "CFO", None, Role.MANAGEMENT))
    return replace(quote, occasion=replace(quote.occasion, title="Acorn Q1 call", company="Acorn"), **others)


def lacking(quote: Quote, **occasion) -> Quote:
    return replace(quote, occasion=replace(quote.occasion, **occasion))


def test_the_plain_style_speaks_the_language_of_the_quote() -> None:
    style = citation_style()
    assert cite(english(), style) == "Jane Roe, CFO, Acorn, Acorn Q1 call, 2024-05-01, p. 3"
    chinese = "陈立（橡果科技 首席财务官），《橡果科技2024年第一季度业绩电话会》，2024-05-01，第3页"
    assert cite(plain_quote(), style) == chinese


def test_a_firm_that_stands_in_the_title_is_not_said_twice() -> None:
    chief = replace(plain_quote(), voice=Voice("陈立", (), "橡果科技首席财务官", "橡果科技", Role.MANAGEMENT))
    assert cite(chief, citation_style()).startswith("陈立（橡果科技首席财务官），")
    assert cite(chief, citation_style("{speaker}（{firm}）")) == "陈立（橡果科技）"
    asking = english(voice=Voice("Lee Wu", (), "Harborline -- Analyst", "Harborline", Role.ANALYST))
    assert cite(asking, citation_style()) == "Lee Wu, Harborline -- Analyst, Acorn Q1 call, 2024-05-01, p. 3"


def test_whose_call_it_was_is_always_said() -> None:
    asking = english(voice=Voice("Lee Wu", (), None, "Harborline", Role.ANALYST))
    asking = lacking(asking, title="Q1 2024 Earnings Call", page=None)
    assert cite(asking, citation_style()) == "Lee Wu, Harborline, Acorn Q1 2024 Earnings Call, 2024-05-01"
    answering = lacking(english(), title="Q1 2024 Earnings Call", page=None)
    assert cite(answering, citation_style()) == "Jane Roe, CFO, Acorn, Q1 2024 Earnings Call, 2024-05-01"
    notice = lacking(
        plain_quote(voice=Voice("文件", (), None, None, Role.OTHER)),
        kind=Kind.DOCUMENT,
        title="2024年业绩预告",
        page=None,
    )
    assert cite(notice, citation_style()) == "橡果科技《2024年业绩预告》，2024-05-01"


def test_a_language_can_be_chosen_for_all_quotes() -> None:
    assert (
        cite(english(), citation_style("plain", language="zh"))
        == "Jane Roe（Acorn CFO），《Acorn Q1 call》，2024-05-01，第3页"
    )


@pytest.mark.parametrize(
    ("template", "line"),
    [
        ("{speaker}, {title}, {company}, {occasion}, {date}, p. {page}", "Jane Roe, Acorn Q1 call"),
        ("{speaker} ({title}, {company})", "Jane Roe"),
        ("{speaker} ({title}, {role})", "Jane Roe (management)"),
        ("{speaker}（{title}）：《{occasion}》，第{page}页", "Jane Roe：《Acorn Q1 call》"),
        ("p. {page}: {speaker}.", "Jane Roe."),
        ("— {speaker}; {date}", "— Jane Roe"),
        ("{date} · {speaker} - {page}", "Jane Roe"),
        ("{speaker} {title} {role}", "Jane Roe management"),
        ("{occasion}[EB/OL]. {company}, {year}: {page}. {speaker}", "Acorn Q1 call[EB/OL]. Jane Roe"),
        ("{{x}} {speaker} ((", "{x} Jane Roe (("),
        ("{title}", ""),
    ],
)
def test_what_is_missing_takes_its_separators_along(template: str, line: str) -> None:
    quote = lacking(english(), company=None, date=None, page=None)
    assert cite(replace(quote, voice=replace(quote.voice, title=None)), citation_style(template)) == line


def test_no_full_stop_is_doubled() -> None:
    assert cite(lacking(english(), title="Acorn Inc."), citation_style("{occasion}. {date}")) == "Acorn Inc. 2024-05-01"


def test_braces_in_values_are_not_read_again() -> None:
    assert cite(lacking(english(), title="{speaker}"), citation_style("{occasion}")) == "{speaker}"


def test_a_translation_is_always_said_to_be_one() -> None:
    translated = english(delivery=Delivery.TRANSLATED)
    for style in STYLES:
        assert "translated" in cite(translated, citation_style(style))
        assert "translated" not in cite(english(), citation_style(style))
    assert cite(replace(translated, language="zh"), citation_style("{speaker}")) == "Jane Roe（译）"
    assert cite(translated, citation_style("{speaker} [{translated}], {date}")) == "Jane Roe [translated], 2024-05-01"


def test_a_document_has_no_speaker() -> None:
    assert cite(lacking(english(), kind=Kind.DOCUMENT), citation_style("{speaker}, {occasion}")) == "Acorn Q1 call"


def test_an_unknown_field_is_an_error_that_lists_the_known_ones() -> None:
    with pytest.raises(CitationTemplateError, match=r"no field \{speakr\}") as caught:
        citation_style("{speakr}, {date}")
    assert all(f"{{{name}}}" in str(caught.value) for name in FIELDS)


@pytest.mark.parametrize(
    "wrong",
    [
        "{",
        "}",
        "{}",
        "{speaker!r}",
        "{speaker:>9}",
        "{speaker.name}",
        "{speaker[0]}",
        "nope",
        "{{x}}",
        "{speaker}" * 200,
    ],
)
def test_what_is_no_template_is_a_named_error(wrong: str) -> None:
    with pytest.raises(CitationTemplateError):
        citation_style(wrong)


@given(
    st.sampled_from(sorted(STYLES)),
    st.sampled_from(["zh", "en"]),
    st.sets(st.sampled_from(["company", "ticker", "period", "date", "page"])),
    st.sampled_from(["CFO", None]),
)
def test_whatever_is_missing_no_separator_is_left_over(
    style: str, language: str, missing: set[str], title: str | None
) -> None:
    quote = lacking(english(), **dict.fromkeys(missing))
    quote = replace(quote, voice=replace(quote.voice, title=title))
    line = cite(quote, citation_style(style, language=language), url="")
    assert not re.search(
        r"^\W|[,，:：《(（]\s*$|[(（《\[]\s*[)）》\]]|[,，.:：]\s*[,，.:：]|  |[(（] | [)）]|第页|p\.(?! \d)", line
    )
    assert line.startswith("Jane Roe")


def test_line_breaks_in_names_do_not_break_the_line() -> None:
    assert cite(lacking(english(), title="Acorn\r\n Q1\u2028call"), citation_style("{occasion}")) == "Acorn Q1 call"
