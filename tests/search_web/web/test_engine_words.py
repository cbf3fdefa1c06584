"""Whatever the search tells people, the Chinese page tells them in Chinese."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from flask import Flask

import indexer.errors
from indexer.errors import (
    CollectionFileError,
    IndexStoreError,
    ModelError,
    NotebookError,
    RequestError,
    UploadError,
)
from search_web.web.engine_words import said
from search_web.web.translating import translate_pages

if TYPE_CHECKING:
    from collections.abc import Iterator

PACKAGE = Path(__file__).parents[3] / "search_web"
FOLDERS = ("search", "saved", "uploads", "web")
QUOTES = (
    "citation",
    "citation_template",
    "collect",
    "changing",
    "editing",
    "guard",
    "links",
    "quote_changes",
    "records",
    "store",
    "wording",
)
"""What of the quotes speaks to readers of pages; files that are taken in are spoken of in English."""
UNSEEN = {
    "hosts.py",
    "limiting.py",
    "listing.py",
    "metrics.py",
    "openapi.py",
    "openapi_words.py",
    "tokens_api.py",
    "unknown_parameters.py",
}
"""What speaks to programs alone, in English."""
VALUE = "7"
"""What stands for a value that is put into a sentence."""

ABSTRACT = {"Request", "Index store", "Model", "Notebook", "Upload"}
"""Kinds of which only a narrower one is ever raised."""

FOR_PROGRAMS = {"Unknown parameter"}
"""Kinds that no page raises."""

TOLD = {"what", "mend", "expected"}
SENTENCE = re.compile(r"[A-Z7]\S*(?: \S+){2,}\.", re.DOTALL)


def sentences() -> list[tuple[str, str]]:
    """Return the module and the text of every sentence that the code can say, found in its syntax trees."""
    paths = sorted(path for folder in FOLDERS for path in (PACKAGE / folder).rglob("*.py") if path.name not in UNSEEN)
    paths += [PACKAGE / "quotes" / f"{name}.py" for name in QUOTES]
    paths += sorted((PACKAGE.parent / "indexer" / "sources").glob("*.py"))  # What is said of files that were uploaded.
    return sorted({(path.name, text) for path in paths for text in told(ast.parse(path.read_text(encoding="utf-8")))})


def told(tree: ast.Module) -> Iterator[str]:
    skipped = {id(node) for each in ast.walk(tree) if isinstance(each, ast.JoinedStr) for node in each.values}
    skipped |= {id(each.value) for each in ast.walk(tree) if isinstance(each, ast.Expr)}  # Docstrings
    skipped |= {
        id(arg) for call in ast.walk(tree) if isinstance(call, ast.Call) and translated(call) for arg in call.args
    }
    for node in ast.walk(tree):
        text = "" if id(node) in skipped else literal(node)
        if SENTENCE.fullmatch(text.removesuffix(f" {VALUE}")):
            yield text.removesuffix(f" {VALUE}")
        if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call):
            yield from (text for text in map(literal, node.exc.args[:1]) if " " in text)
            yield from filter(None, (literal(one.value) for one in node.exc.keywords if one.arg in TOLD))
        if isinstance(node, ast.Assign) and {one.id for one in node.targets if isinstance(one, ast.Name)} & TOLD:
            yield from filter(None, [literal(node.value)])


def literal(node: ast.AST) -> str:
    """Return the text of a string as it is written, with VALUE for what is put in; "" for anything else."""
    match node:
        case ast.Constant(value=str(text)):
            return text
        case ast.JoinedStr():
            return "".join(literal(part) or VALUE for part in node.values)
    return ""


def name_of(call: ast.Call) -> str:
    return getattr(call.func, "id", getattr(call.func, "attr", ""))


def translated(call: ast.Call) -> bool:
    """Whether this is a call of gettext, or makes a form of a sentence."""
    return name_of(call) in {"_", "gettext", "ngettext", "pgettext", "lazy_gettext", "lazy_pgettext", "_form"}


@pytest.fixture
def in_chinese() -> Iterator[None]:
    app = Flask("search_web.web")
    translate_pages(app)
    with app.test_request_context("/?locale=zh"):
        yield


@pytest.mark.usefixtures("in_chinese")
def test_every_sentence_that_can_be_told_has_a_form() -> None:
    """A new one goes into `engine_forms`, and its Chinese into the catalogue."""
    found = sentences()
    assert len(found) > 100, "the sentences are found where they are written"
    assert [(module, text) for module, text in found if said(text).language != "zh"] == []


@pytest.mark.usefixtures("in_chinese")
def test_every_kind_of_error_is_named() -> None:
    shown = (RequestError, IndexStoreError, ModelError, NotebookError, UploadError, CollectionFileError)
    kinds = [kind for kind in vars(indexer.errors).values() if isinstance(kind, type) and issubclass(kind, shown)]
    names = [" ".join(re.findall("[A-Z][a-z]*", kind.__name__.removesuffix("Error"))).capitalize() for kind in kinds]
    assert [name for name in names if name not in ABSTRACT | FOR_PROGRAMS and said(name).language != "zh"] == []


@pytest.mark.usefixtures("in_chinese")
@pytest.mark.parametrize(
    ("english", "chinese"),
    [
        ("q: the query is empty", "q：查询为空"),
        (
            "Nobody said zebra, 斑马, in any writing. What follows is only nearest in meaning.",
            "没有人说过 zebra, 斑马，任何写法都没有。以下内容仅是语义最接近的。",
        ),
        ("this is no PDF", "这不是 PDF 文件"),
        ('no reader takes files that end in "png"', '不支持扩展名为 "png" 的文件'),
        ("it is a picture (PNG) and no text", "它是图片（PNG），不是文本"),
        ("The words have no say: no passage has any of them.", "关键词不计分：没有段落包含其中任何一个。"),
    ],
)
def test_what_is_told_is_said_whole(english: str, chinese: str) -> None:
    assert said(english).text == chinese


@pytest.mark.usefixtures("in_chinese")
@pytest.mark.parametrize(
    "odd", ["Something else happened.", "q: something else", "the query is empty. Something else."]
)
def test_what_has_no_form_stays_as_it_is(odd: str) -> None:
    assert (said(odd).text, said(odd).language) == (odd, "en")
