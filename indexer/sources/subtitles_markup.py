"""Markup within cues: tags that nobody speaks, voices, and the characters that entities stand for."""

from __future__ import annotations

import html
import re
import unicodedata
from dataclasses import dataclass

_TAG = re.compile(
    r"</?(?P<name>v|c|i|b|u|s|em|strong|lang|ruby|rt|rb|font|span|br)(?P<rest>(?:[.\s][^<>]*)?)/?>"
    r"|<\d{1,4}:\d{1,2}(?::\d{1,2})?(?:[.,]\d{1,6})?>"
    r"|\{\\[^{}]*\}",
    re.IGNORECASE,
)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")


@dataclass(frozen=True, slots=True)
class Words:
    """A run of words in a line of a cue.

    `text` is what is spoken, `syntax` the tags that stood within it. `voice` is the tag that names who speaks from
    here on, `name` the name in it.
    """

    text: str
    syntax: str = ""
    voice: str = ""
    name: str = ""


def read_markup(line: str) -> tuple[Words, ...]:
    """Return the runs of words of a line: one, or more where voices change within it.

    Tags that are not known are words: "<inaudible>" is what a transcriber wrote.
    """
    runs: list[Words] = []
    text, syntax, voice, name = "", "", "", ""
    at = 0
    for tag in _TAG.finditer(line):
        text += line[at : tag.start()]
        at = tag.end()
        is_voice = (tag["name"] or "").lower() == "v"
        if is_voice and not tag.group().startswith("</"):
            if text.strip() or syntax or voice:
                runs.append(Words(decoded(text), syntax, voice, name))
            _, _, said = tag["rest"].partition(" ")
            text, syntax, voice, name = "", "", tag.group(), " ".join(decoded(said).split())
            continue
        syntax += tag.group()
        if (tag["name"] or "").lower() == "br":
            text += " "
    text += line[at:]
    runs.append(_filler(Words(decoded(text), syntax, voice, name), text))
    return tuple(runs)


def decoded(text: str) -> str:
    """Return the text with the characters that its entities stand for. An ampersand of its own stays."""
    return _ENTITY.sub(lambda entity: html.unescape(entity.group()), text)


def _filler(words: Words, raw: str) -> Words:
    """Tell a run that shows nothing, such as a lone "&nbsp;", as syntax."""
    if any(unicodedata.category(character)[0] not in "CZ" for character in words.text):
        return words
    return Words("", words.syntax + raw.strip(), words.voice, words.name)
