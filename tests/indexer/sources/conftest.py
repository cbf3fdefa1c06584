"""How tests in this folder turn the bytes of a file into the transcript that a user sees."""

from __future__ import annotations

import hashlib
from typing import Protocol

import pytest

from indexer.model import Source, Transcript
from indexer.sources import READERS
from indexer.transcripts import parse_transcript


class ReadBytes(Protocol):
    """Reads bytes or text as a file of that name."""

    def __call__(self, data: bytes | str, name: str) -> Transcript: ...


def _read(data: bytes | str, name: str) -> Transcript:
    raw = data.encode() if isinstance(data, str) else data
    suffix = name.rsplit(".", 1)[-1]
    return parse_transcript(Source(name, suffix, hashlib.sha256(raw).hexdigest(), READERS[suffix](raw, name)))


@pytest.fixture(scope="session")
def read() -> ReadBytes:
    return _read
