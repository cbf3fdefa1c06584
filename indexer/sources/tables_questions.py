"""Tables that hold a question and its answer in each row, as exchanges and companies publish them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from indexer.model import Line, NonSpeechKind, Person, Role

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_QUESTION_HEAD = re.compile(
    r"(?:(?:投资者|投資者|股东|股東|机构|分析师|媒体)?(?:提问|提問|问题|問題|问|問|咨询)(?:内容|內容)?|questions?|q)",
    re.IGNORECASE,
)
_ANSWER_HEAD = re.compile(
    r"(?:(?:公司|管理层|管理層|董秘)?(?:回复|回覆|回答|答复|答覆|解答|答)(?:内容|內容)?|answers?|repl(?:y|ies)|responses?|a)",
    re.IGNORECASE,
)
_ASKER_HEAD = re.compile(
    r"(?:提问|提問)[人者]|投资者(?:名称|姓名)?|投資者|asked by|asker|questioner|investor", re.IGNORECASE
)
_ANSWERER_HEAD = re.compile(
    r"(?:回答|答复|答覆|回复|回覆|解答)[人者]|answered by|answerer|respondent|responder", re.IGNORECASE
)
_FEWEST_ROWS = 2


def question_lines(rows: Sequence[Sequence[tuple[str, ...]]]) -> tuple[Line, ...] | None:
    """Return the lines of a table whose head names a column of questions and one of answers; None for any other table.

    Above each question and each answer stands a line that says who speaks: the one whom a column before it names, or
    else an empty line for somebody unnamed.
    """
    if len(rows) < _FEWEST_ROWS:
        return None
    head = [" ".join(cell).strip(" :：*") for cell in rows[0]]
    asked, answered, asker, answerer = (
        next((at for at, text in enumerate(head) if pattern.fullmatch(text)), None)
        for pattern in (_QUESTION_HEAD, _ANSWER_HEAD, _ASKER_HEAD, _ANSWERER_HEAD)
    )
    if asked is None or answered is None or asked > answered:
        return None
    named = {asker: asked, answerer: answered}
    lines = [Line(0, "\t".join(text for text in head if text), kind=NonSpeechKind.HEADING, continues=False)]
    for row in rows[1:]:
        for at, cell in enumerate(row):
            column = named.get(at)
            if column is not None and column > at and len(cell) == 1 and column < len(row) and row[column]:
                lines.append(_named(cell[0], asks=column == asked))
                continue
            if at in {asked, answered} and cell and not _is_named(row, at, named):
                lines.append(_somebody(cell, asks=at == asked))
            kind = None if at in {asked, answered} else NonSpeechKind.SYNTAX
            lines += [Line(0, text, kind, continues=False) for text in cell]
    return tuple(lines)


def _is_named(row: Sequence[tuple[str, ...]], column: int, named: Mapping[int | None, int]) -> bool:
    """Whether a column before this one says who speaks in it."""
    return any(words == column and at is not None and at < words and len(row[at]) == 1 for at, words in named.items())


def _named(name: str, *, asks: bool) -> Line:
    return Line(0, name, continues=False, person=Person(name, role=Role.ANALYST if asks else Role.MANAGEMENT))


def _somebody(cell: Sequence[str], *, asks: bool) -> Line:
    chinese = any("\u4e00" <= sign <= "\u9fff" for text in cell for sign in text)
    name = ("提问者" if chinese else "Questioner") if asks else ("回答者" if chinese else "Answerer")
    role = Role.ANALYST if asks else Role.MANAGEMENT
    return Line(0, "", continues=False, person=Person(name, role=role))
