"""Whatever the search tells people, the Chinese page tells them in Chinese."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from flask import Flask

from search_web.web.engine_words import said
from search_web.web.translating import translate_pages

if TYPE_CHECKING:
    from collections.abc import Iterator

PACKAGE = Path(__file__).parents[3] / "search_web"
FOLDERS = ("search", "saved", "quotes", "web")
VALUE = "7"
"""What stands for a value that is put into a sentence."""

TOLD = {"what", "mend", "expected"}
SENTENCE = re.compile(r"[A-Z7]\S*(?: \S+){2,}\.", re.DOTALL)


def sentences() -> list[tuple[str, str]]:
    """Return the module and the text of every sentence that the code can say, found in its syntax trees."""
    paths = sorted(path for folder in FOLDERS for path in (PACKAGE / folder).rglob("*.py"))
    return sorted({(path.name, text) for path in paths for text in told(ast.parse(path.read_text(encoding="utf-8")))})


def told(tree: ast.Module) -> Iterator[str]:
    skipped = {id(node) for each in ast.walk(tree) if isinstance(each, ast.JoinedStr) for node in each.values}
    skipped |= {id(each.value) for each in ast.walk(tree) if isinstance(each, ast.Expr)}  # Docstrings
    skipped |= {id(arg) for call in ast.walk(tree) if isinstance(call, ast.Call) and translated(call) for arg in call.args}
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
