"""Web pages to blocks: what a page says, block by block, and what its head says of it.

This module and `html_walk` own lxml. A block is what a browser sets on lines of its own. Nothing that a reader of
the page sees is left out; scripts, styles and what stands there for browsers without scripts are no text of it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lxml import etree, html

from indexer.sources.html_walk import walk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from indexer.sources.html_boxes import Block, Box, Place

_INLINE_TAG = re.compile(
    r"</?(?:span|font|b|i|u|em|strong|a|small|big|tt|code|label|abbr|sub|sup)\b[^>]{0,2000}>", re.IGNORECASE
)
_ANY_TAG = re.compile(r"</?(?!script|style|noscript|template|svg|head|title)[a-z][^>]{0,2000}>", re.IGNORECASE)
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Tree:
    """A page: its elements by their number, its blocks in order, where its table cells belong, and its head.

    `titles` are what the head gives as its title, the most telling first, `records` its JSON-LD. `flattened` tells
    that it was nested too deep to keep its structure.
    """

    boxes: tuple[Box, ...]
    blocks: tuple[Block, ...]
    cells: tuple[Place, ...]
    titles: tuple[str, ...]
    records: tuple[str, ...]
    language: str | None
    flattened: bool = False


def parse_page(text: str) -> Tree:
    """Return the blocks of a web page, however broken its markup is. A page without any text has no blocks."""
    if re.match(r"\s*<\?xml", text):
        text = _without_cdata(text)
    root, is_whole = _parsed(text)
    if not is_whole:
        root, flat = _parsed(_INLINE_TAG.sub("", text))
        if not flat:
            root, _ = _parsed(_ANY_TAG.sub("<br>", text))
    if root is None:
        return Tree((), (), (), (), (), None)
    walked = walk(root)
    titles, records = tuple(_titles(root)), tuple(_records(root))
    return Tree(walked.boxes, walked.blocks, walked.cells, titles, records, _language(root), not is_whole)


def _without_cdata(text: str) -> str:
    """Return XHTML with its CDATA sections as plain text, which a parser of HTML would take for remarks."""
    first, *sections = text.split("<![CDATA[")
    parted = [section.partition("]]>") for section in sections]
    return first + "".join(inside.replace("&", "&amp;").replace("<", "&lt;") + rest for inside, _, rest in parted)


def _parsed(text: str) -> tuple[html.HtmlElement | None, bool]:
    """Return the tree of a page, and whether it is whole: elements more than 2048 deep are cut off."""
    parser = html.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True)
    try:
        root = html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError, AssertionError):
        return None, True
    return root, not any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log)


def _titles(root: html.HtmlElement) -> Iterator[str]:
    """Yield what the head gives as the title of the page, the most telling first."""
    for name in ("og:title", "twitter:title"):
        for meta in root.iter("meta"):
            if name in {meta.get("property"), meta.get("name")} and (meta.get("content") or "").strip():
                yield _SPACE.sub(" ", meta.get("content", "")).strip()
    for title in root.iter("title"):
        if (title.text or "").strip():
            yield _SPACE.sub(" ", title.text or "").strip()


def _records(root: html.HtmlElement) -> Iterator[str]:
    """Yield the JSON-LD records of the page."""
    for script in root.iter("script"):
        if (script.get("type") or "").lower() == "application/ld+json" and script.text:
            yield script.text


def _language(root: html.HtmlElement) -> str | None:
    return (root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang") or "").strip() or None
