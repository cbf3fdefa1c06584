"""docs/quotes.md says what exports write: its example is read back, its styles, fields and columns are those there are."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from search_web.quotes.citation import FIELDS, STYLES
from search_web.quotes.exporting import ExportFormat
from search_web.quotes.exports.csv_table import COLUMNS
from search_web.quotes.importing import MAX_BYTES, MAX_QUOTES, read_collection

PAGE = (Path(__file__).parents[4] / "docs" / "quotes.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("fmt", ExportFormat)
def test_every_format_stands_in_the_table(fmt: ExportFormat) -> None:
    assert f"| `{fmt}` | `{fmt.suffix}` |" in PAGE


@pytest.mark.parametrize("style", STYLES.values(), ids=lambda style: style.name)
def test_every_citation_style_is_written_out(style) -> None:
    assert f"| `{style.name}` | `{style.en}` | `{style.zh}` |" in PAGE


def test_the_fields_of_templates_are_those_there_are() -> None:
    assert dict(re.findall(r"^\| `\{(\w+)\}` \| (.*) \|$", PAGE, re.MULTILINE)) == FIELDS


def test_the_columns_are_those_there_are() -> None:
    table = PAGE.split("| columns |")[1].split("\n\n")[0]
    assert sorted(re.findall(r"`(\w+)`", table)) == sorted(COLUMNS)


def test_the_example_is_read_back() -> None:
    (example,) = re.findall(r"```json\n(.*?)```", PAGE, re.DOTALL)
    (quote,) = read_collection(example.encode(), "docs/quotes.md").quotes
    assert quote.text == "毛利率达到 45.3%。"


def test_the_limits_are_those_there_are() -> None:
    assert f"{MAX_BYTES // 2**20} MB and {MAX_QUOTES:,} quotes" in PAGE
