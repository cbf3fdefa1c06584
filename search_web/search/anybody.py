"""Queries for whoever spoke of something: "who asked about buybacks" looks for buybacks, and not for asking."""

from __future__ import annotations

import re

_WHO = re.compile(
    r"\s*(?:(?:who(?:\s+else)?|(?:which|what)\s+(?:analysts?|speakers?|executives?|people|companies))"
    r"(?:\s+(?:has|have|had|did|ever|also))?"
    r"|(?:did|has|have|had)\s+(?:any(?:one|body)|some(?:one|body)|any\s+(?:analysts?|speakers?))(?:\s+ever)?)\s+"
    r"(?:(?:ask|question|mention|discuss|rais|address)(?:ed|es|e|s)?(?:\s+(?:about|on|regarding))?"
    r"|(?:talk(?:ed|s)?|spoke|speaks?|spoken|comment(?:ed|s)?)\s+(?:about|of|on)"
    r"|(?:said|says|say)\s+(?:anything|something)\s+(?:about|of|on))\b"
    r"|\s*(?:都?有?(?:谁|哪位|哪个|哪些|哪几位)(?:分析师|高管|管理层|发言人|嘉宾|人|公司)?|(?:有没有|是否有|有)(?:分析师|高管|人))"
    r"(?:曾经?|都|还|也|具体)?(?:提问|询问|问|提|谈论|谈|说|讲|聊|讨论)(?:起|了|过|到|及){0,2}(?:关于|有关)?",
    re.IGNORECASE,
)


def whoever_said(text: str) -> tuple[tuple[int, int], ...]:
    """Return where a text asks who spoke, as spans of code points; nothing where it asks for nothing beside."""
    found = _WHO.match(text)
    return (found.span(),) if found and any(map(str.isalnum, text[found.end() :])) else ()
