"""Rev's token files: words, punctuation, speakers and times come together again."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.errors import EmptySourceError, MalformedRecordsError, YuanhuaError
from indexer.model import TimeSpan
from indexer.sources import READERS

HEADER = "token|speaker|ts|endTs|punctuation|prepunctuation|case|tags"
TOKENS = f"""{HEADER}
We|1|0.5|0.7|||UC|[]
grew|1|0.7|1.0|.||LC|[]
Costs|1|1.2|1.5|||UC|[]
<inaudible>|1|||,||LC|[]
fell|1|1.9|2.0|!|(|LC|['1:X']
a|b|2||||||
Really|3|2.5|3.0|?||UC|[]
"""


def said(transcript) -> list[tuple[str, str]]:
    return [(passage.speaker.name, passage.text) for passage in transcript.passages]


def test_tokens_become_turns_with_their_times(read) -> None:
    call = read(TOKENS.replace("\n", "\r\n"), "x.nlp")
    assert said(call) == [
        ("Speaker 1", "We grew. Costs <inaudible>, (fell!"), ("Speaker 2", "a|b"), ("Speaker 3", "Really?"),
    ]  # fmt: skip
    assert [passage.time for passage in call.passages] == [TimeSpan(0.5, 2.0), None, TimeSpan(2.5, 3.0)]


def test_every_sentence_keeps_its_time() -> None:
    lines = [line for line in READERS["nlp"](TOKENS.encode(), "x.nlp").pages[0].lines if line.kind is None]
    assert [(line.number, line.text, line.continues) for line in lines[:2]] == [
        (2, "We grew.", False), (4, "Costs <inaudible>, (fell!", True),
    ]  # fmt: skip
    assert lines[0].time == TimeSpan(0.5, 1.0)


def test_a_header_without_speakers_or_a_file_without_tokens_is_refused() -> None:
    with pytest.raises(MalformedRecordsError, match=r"x\.nlp.*column speaker"):
        READERS["nlp"](b"token|ts\nWe|1\n", "x.nlp")
    with pytest.raises(EmptySourceError):
        READERS["nlp"](HEADER.encode(), "x.nlp")


def test_short_lines_are_read_and_counted(read) -> None:
    call = read(f"{HEADER}\nWe|1\ngrew|1|0|1|.||LC|[]\n", "x.nlp")
    assert said(call) == [("Speaker 1", "We grew.")]
    assert "1 lines with fewer columns than the header, first in line 2" in call.warnings


WORDS = st.text(st.sampled_from("abAB'-%$|é好<>"), min_size=1, max_size=8).filter(lambda word: word.strip("|"))
MARKS = st.sampled_from(["", "", "", ",", ".", "?", "…"])


@settings(deadline=None)
@given(st.lists(st.tuples(WORDS, st.integers(0, 2), MARKS, st.sampled_from(["", "", "("])), min_size=1, max_size=30))
def test_every_token_is_in_a_passage_in_order(read, tokens) -> None:
    text = HEADER + "\n" + "".join(f"{word}|{who}|||{after}|{before}|LC|[]\n" for word, who, after, before in tokens)
    call = read(text, "x.nlp")
    spoken = "".join("".join(passage.text.split()) for passage in call.passages)
    assert spoken == "".join(before + word + after for word, _, after, before in tokens)


@settings(deadline=None)
@given(st.data())
def test_no_bytes_raise_anything_but_our_errors(read, data) -> None:
    raw = bytearray(TOKENS.encode())
    for _ in range(data.draw(st.integers(0, 6))):
        at, length = data.draw(st.integers(0, len(raw))), data.draw(st.integers(0, 10))
        raw[at : at + length] = data.draw(st.binary(max_size=4) | st.sampled_from([b"|", b"\n", b"1e9"]))
    try:
        read(bytes(raw), "x.nlp")
    except YuanhuaError:
        return
