"""How a browser sets the elements of a page: which it shows, which stand on lines of their own, where blanks collapse.

Kept apart from the walk, which only follows these rules.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml import html

_UNSEEN_TAGS = (
    "head script style noscript template svg canvas object embed applet video audio iframe noframes map area datalist"
    " title meta link base source track param"
)
UNSEEN = frozenset(_UNSEEN_TAGS.split())
CONTROLS = frozenset({"button", "select", "option", "optgroup", "textarea"})
_BLOCK_TAGS = (
    "address article aside blockquote body center dd details dialog dir div dl dt fieldset figcaption figure footer"
    " form frameset h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav ol p pre search section summary"
    " table caption tbody thead tfoot tr td th ul"
)
_BLOCKS = CONTROLS | frozenset(_BLOCK_TAGS.split())
HEADINGS = {f"h{level}": level for level in range(1, 7)}
BOLD = frozenset({"b", "strong", "th"})
BOLD_STYLE = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)
HIDDEN_STYLE = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
_BLOCK_STYLE = re.compile(r"display\s*:\s*(?:block|flex|grid|table|list-item)", re.IGNORECASE)
_TO_BLANKS = str.maketrans("\t\r\n\f", "    ")
_WIDE = "\u2e80-\u303f\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uff60"
_BREAK_IN_HAN = re.compile(f"(?<=[{_WIDE}])[ \\t]*[\\r\\n][ \\t\\r\\n]*(?=[{_WIDE}])")


def is_block(element: html.HtmlElement) -> bool:
    """Whether the element is set on lines of its own."""
    return element.tag in _BLOCKS or bool(_BLOCK_STYLE.search(element.get("style") or ""))


def collapsed(text: str) -> str:
    """Return the text with white space as a browser sets it, and no blank where a line of Han characters was broken."""
    if "\n" in text or "\r" in text:
        text = _BREAK_IN_HAN.sub("", text)
    text = text.translate(_TO_BLANKS)
    while "  " in text:
        text = text.replace("  ", " ")
    return text
