"""How tests in this folder read a text, and how they check that none of it was lost."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from itertools import groupby
from typing import TYPE_CHECKING, Protocol

import pytest

from indexer.model import NonSpeechKind, Source
from indexer.sources.text import read_text
from indexer.transcripts import parse_transcript

if TYPE_CHECKING:
    from indexer.model import Transcript


class Parse(Protocol):
    """Reads a text as the file of that name."""

    def __call__(self, text: str, name: str = "call.txt") -> Transcript: ...


def _ink(text: str) -> str:
    return "".join(text.split())


def _parse(text: str, name: str = "call.txt") -> Transcript:
    data = text.encode()
    content = read_text(data, name)
    transcript = parse_transcript(Source(name, name.rsplit(".", 1)[-1], hashlib.sha256(data).hexdigest(), content))
    _assert_all_is_kept(content.pages, transcript)
    return transcript


def _assert_all_is_kept(pages: tuple, transcript: Transcript) -> None:
    """Hold passages and the rest against the file: every character that is not blank, once, in its order.

    Running heads and page numbers stand in the middle of paragraphs, so they are held against their own lines.
    """
    lines: defaultdict[int, str] = defaultdict(str)
    for page in pages:
        for line in page.lines:
            lines[line.number] += line.text
    apart = {NonSpeechKind.RUNNING_HEAD, NonSpeechKind.PAGE_NUMBER}
    heads = [piece for piece in transcript.non_speech if piece.kind in apart]
    for number, group in groupby(heads, key=lambda piece: piece.lines.first):
        assert "".join(_ink(piece.text) for piece in group) == _ink(lines.pop(number))
    rest = [piece for piece in transcript.non_speech if piece.kind not in apart]
    pieces: dict[int, list[str]] = {}
    for piece in (*rest, *transcript.passages):
        pieces.setdefault(piece.lines.first, []).append(_ink(piece.text))
    whole = _ink("".join(lines.values()))
    at = 0
    for first in sorted(pieces):
        waiting = pieces[first]
        while waiting:
            found = next((text for text in waiting if whole.startswith(text, at)), None)
            assert found is not None, f"line {first}: {waiting} is not what follows {whole[max(0, at - 30) : at]!r}"
            waiting.remove(found)
            at += len(found)
    assert at == len(whole), f"lost: {whole[at : at + 60]!r}"


@pytest.fixture(scope="session")
def parse() -> Parse:
    """Read a text; every use checks as well that no character of it is lost, doubled or moved."""
    return _parse
