"""Questions and answers without names: "1、问：… 答：…", "Q1：… A1：…", questions by number alone."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from indexer.model import Role
from indexer.transcripts.cues import Cue, Form, opening_of
from indexer.transcripts.script import is_cjk

if TYPE_CHECKING:
    from collections.abc import Sequence

    from indexer.transcripts.layout import Paragraph

_NUMBER = r"\s*[-.]?\s*(?:\d{1,3}|[一二三四五六七八九十]{1,3})?"
_QUESTION = (
    rf"(?:(?:\d{{1,3}}\s*[、.．)）]|[（(]\d{{1,3}}[)）])\s*)?(?:【\s*(?:问|問|提问|Q){_NUMBER}\s*】\s*[:：]?"
    rf"|(?:问题|問題|提问|提問|问|問|Question|Q){_NUMBER}\s*[:：])"
)
_ANSWER = (
    rf"(?:【\s*(?:答|回答|回复|A){_NUMBER}\s*】\s*[:：]?"
    rf"|(?:(?:公司|管理层|董秘)?(?:回答|回复|回覆|答复|答覆)|答|Answer|A){_NUMBER}\s*[:：])"
)
_LABEL = re.compile(rf"(?:(?<=[。！？?!；;.…\s）)】])|^)(?:{_QUESTION}|{_ANSWER})")
_OPENS_WITH_QUESTION = re.compile(_QUESTION)
_ANSWERS = re.compile(_ANSWER)
_NUMBERED = re.compile(
    r"(?:\d{1,3}\s*[、.．)）]|[（(](?:\d{1,3}|[一二三四五六七八九十]{1,3})[)）]|[一二三四五六七八九十]{1,3}、)\s*(?=\S)"
)
_ASKS = re.compile(r"[?？]|请问|請問|吗|嗎|如何|怎么|什么|\b(?:what|how|why|when|could you|can you)\b", re.IGNORECASE)


def split_questions(paragraphs: Sequence[Paragraph]) -> tuple[Paragraph, ...]:
    """Part paragraphs that hold a question and its answer, each with its label, into one paragraph for each."""
    parted: list[Paragraph] = []
    for paragraph in paragraphs:
        parted.extend(_split(paragraph) if _OPENS_WITH_QUESTION.match(paragraph.text) else (paragraph,))
    return tuple(parted)


def _split(paragraph: Paragraph) -> list[Paragraph]:
    text = paragraph.text
    starts = [match.start() for match in _LABEL.finditer(text)]
    if len(starts) < 2 or not any(_ANSWERS.match(text, start) for start in starts):  # noqa: PLR2004 - both
        return [paragraph]
    ends = [*starts[1:], len(text)]
    pieces = [paragraph.part(start, end) for start, end in zip(starts, ends, strict=True)]
    return [replace(piece, raw=piece.text, short=False) for piece in pieces]


def asks(text: str) -> bool:
    """Whether the words are those of a question."""
    return bool(_ASKS.search(text))


def is_answer(paragraph: Paragraph) -> bool:
    """Whether a paragraph opens with the label of an answer."""
    found = opening_of(paragraph.text)
    return found is not None and found.cue is not None and found.cue.asks is False and found.form is not Form.LINE


def numbered_question(paragraphs: Sequence[Paragraph], index: int) -> tuple[Cue, int] | None:
    """Read "3、公司今年的产能如何？" above an answer that has a label: a question of somebody unnamed.

    Return the cue and where the words begin.
    """
    text = paragraphs[index].text
    match = _NUMBERED.match(text)
    if match is None or index + 1 >= len(paragraphs) or not is_answer(paragraphs[index + 1]):
        return None
    return unnamed(text, asks=True), match.end()


def unnamed(text: str, *, asks: bool) -> Cue:
    """Return the cue of somebody unnamed who asks or answers, named in the language of the text."""
    chinese = any(map(is_cjk, text))
    name = ("提问者" if chinese else "Questioner") if asks else ("回答者" if chinese else "Answerer")
    return Cue(name, role=Role.ANALYST if asks else Role.MANAGEMENT, nameless=True, asks=asks)
