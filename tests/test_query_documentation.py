"""docs/query-syntax.md says what the parser does: its examples are read, its mistakes are refused in these words."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from indexer.errors import QuerySyntaxError
from search_web.search.query_fields import FIELD_OF_NAME
from search_web.search.query_language import parse_query

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "query-syntax.md").read_text(encoding="utf-8")
ROWS = [line.strip("| \n").split(" | ") for line in PAGE.splitlines() if line.startswith("| `")]
EXAMPLES = [span for row in ROWS for span in re.findall(r"`([^`]+)`", row[-1])]
ASIDE = [
    span
    for line in re.findall(r"^- (.*?)(?=\n(?:- |\n|#))", PAGE, re.DOTALL | re.MULTILINE)
    for span in re.findall(r"`([^`]+)`", line)
    if re.search(r"[ :\-]", span)
]
REFUSED = re.findall(r"^    (\S.*?)  +(character \d+: .*)$", PAGE, re.MULTILINE)


def test_there_are_examples_in_both_languages() -> None:
    assert len(EXAMPLES) > 25
    assert len(ASIDE) > 5
    assert sum(bool(re.search("[一-鿿]", example)) for example in EXAMPLES) > 10
    assert sum(example.isascii() for example in EXAMPLES) > 10


@pytest.mark.parametrize("example", EXAMPLES)
def test_every_example_of_the_tables_is_read_as_more_than_words(example: str) -> None:
    assert not parse_query(example).is_plain


@pytest.mark.parametrize("example", ASIDE)
def test_every_other_example_is_read(example: str) -> None:
    assert not parse_query(example).is_plain


@pytest.mark.parametrize(("query", "message"), REFUSED)
def test_every_mistake_is_refused_in_the_words_of_the_page(query: str, message: str) -> None:
    with pytest.raises(QuerySyntaxError) as caught:
        parse_query(query)
    assert message in str(caught.value)


def test_there_are_mistakes() -> None:
    assert len(REFUSED) == 4


def test_every_field_is_described() -> None:
    described = {row[0].strip("`") for row in ROWS if row[0].strip("`") in FIELD_OF_NAME}
    assert {FIELD_OF_NAME[name] for name in described} == set(FIELD_OF_NAME.values())


def test_the_names_of_fields_that_are_given_exist() -> None:
    named = [name for row in ROWS if len(row) == 4 for name in re.findall(r"`([^`]+)`", row[1])]
    assert named
    assert all(name in FIELD_OF_NAME for name in named)


def test_the_readme_leads_here() -> None:
    assert "(docs/query-syntax.md)" in (ROOT / "README.md").read_text(encoding="utf-8")
