"""Long speech becomes passages: nothing lost, nothing moved, of a length that can be read and quoted."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.model import Content as SourceContent
from indexer.model import Line, NonSpeechKind, Page, Person, Source, TimeSpan
from indexer.transcripts import parse_transcript
from indexer.transcripts.line_starts import LineStart
from indexer.transcripts.splitting import length_of, passage_spans

ZH = "我们认为今年的需求会逐步回升，同时成本也会下降。"
EN = "We think that demand will come back in the second half of the year, and that cost will fall."
LONGEST = 1.2


def pieces(text: str, starts: tuple[LineStart, ...] = ()) -> list[str]:
    return [text[begin:end] for begin, end in passage_spans(text, starts)]


@pytest.mark.parametrize("text", [ZH * 15, " ".join([EN] * 13), "好。", "", ZH * 8 + EN * 5])
def test_a_paragraph_of_usual_length_stays_whole(text: str) -> None:
    assert passage_spans(text) == ((0, len(text)),)


@pytest.mark.parametrize(("sentence", "joint", "count"), [(ZH, "", 25), (EN, " ", 20), (ZH, "", 40), (EN, " ", 35)])
def test_a_longer_one_is_divided_evenly_at_sentence_ends(sentence: str, joint: str, count: int) -> None:
    found = pieces(joint.join([sentence] * count))
    assert len(found) > 1
    assert all(piece.endswith(sentence[-3:]) for piece in found)
    lengths = [length_of(piece) for piece in found]
    assert max(lengths) <= 1
    assert max(lengths) < 1.5 * min(lengths)


def test_a_few_words_over_the_length_are_no_passage_of_their_own() -> None:
    text = ZH * 17 + "谢谢大家。"
    assert pieces(text) == [text]


def test_numbers_and_names_are_never_cut() -> None:
    words = "revenue was $1,234,567.89 at U.S. units of J. P. Lund & Co. which is 3.5x of 2,000 and "
    found = pieces(words * 60)
    assert len(found) > 3
    assert {word for piece in found for word in piece.split()} == set(words.split())


def topic(words: str, number: int) -> str:
    """Return sentences that share words, so that they are about one thing."""
    return "".join(f"关于{words}，第{at}点是{words}的变化，{words}还会继续。" for at in range(number))


def test_text_without_paragraphs_is_divided_where_the_topic_changes() -> None:
    topics = [topic(words, 8) for words in ("机器人产能", "海外仓储", "股息派发", "门店租金", "研发团队", "电池回收")]
    text = "".join(topics)
    ends = {sum(map(len, topics[:count])) for count in range(1, len(topics) + 1)}
    found = passage_spans(text)
    assert {end for _, end in found} >= ends
    assert all(0.3 <= length_of(text[begin:end]) <= LONGEST for begin, end in found)


def test_lines_without_punctuation_are_cut_between_lines_at_pauses_and_new_thoughts() -> None:
    thoughts = [
        ["so let us talk about robots", *["robots weld and robots paint in the plant"] * 14],
        ["okay now let us turn to stores", *["stores open in the north and stores close"] * 14],
        ["next let us look at freight", *["freight by rail and freight by sea"] * 14],
        ["finally the dividend", *["dividend paid in june and dividend paid in may"] * 14],
        ["so what comes next year", *["plans for the coming year and plans after it"] * 14],
        ["another thing is hiring", *["hiring in the field and hiring abroad"] * 14],
        ["now a word on patents", *["patents filed and patents granted in spring"] * 14],
        ["okay let me close with tax", *["tax at home and tax in other countries"] * 14],
    ]
    text, starts, clock = "", [], 0.0
    for thought in thoughts:
        clock += 3
        for line in thought:
            text += " " if text else ""
            starts.append(LineStart(len(text), len(starts) + 1, None, TimeSpan(clock, clock + 2)))
            text += line
            clock += 2
    found = passage_spans(text, tuple(starts))
    openings = {text.index(thought[0]) for thought in thoughts}
    begun = [begin for begin, _ in found]
    assert {start.offset for start in starts} >= set(begun)
    assert len(openings & set(begun)) >= len(found) - 2
    assert all(length_of(text[begin:end]) <= LONGEST for begin, end in found)


LINES = st.lists(
    st.one_of(
        st.sampled_from(
            [ZH, EN, "好。", "“对吗？”他问。", "so we go on and on", "那么接下来", "3.5%", "—", "　", "1,234,567 units"]
        ),
        st.text(max_size=30).filter(lambda text: "\n" not in text),
        st.integers(1, 400).map(lambda count: "字" * count),
        st.integers(1, 300).map(lambda count: "word " * count),
    ),
    min_size=1,
    max_size=40,
)


@settings(max_examples=150, deadline=None)
@given(LINES, st.sampled_from(["", " "]))
def test_no_character_is_lost_and_no_piece_is_too_long(lines: list[str], joint: str) -> None:
    text, starts = "", []
    for number, line in enumerate(lines, 1):
        text += joint if text else ""
        starts.append(LineStart(len(text), number))
        text += line
    for told in ((), tuple(starts)):
        spans = passage_spans(text, told)
        assert all(before[1] <= after[0] for before, after in pairwise(spans))
        assert "".join("".join(text[begin:end].split()) for begin, end in spans) == "".join(text.split())
        if len(spans) > 1:
            assert all(text[begin:end] == text[begin:end].strip() != "" for begin, end in spans)
            assert all(length_of(text[begin:end]) <= LONGEST for begin, end in spans)


def read_captions(cues: list[tuple[float, float, str]]):
    """Return the transcript of cues that one person speaks without a break."""
    lines = [Line(1, "Ada Byron", kind=NonSpeechKind.SPEAKER_LINE, person=Person("Ada Byron"))]
    lines += [
        Line(3 * number, words, continues=number > 1, time=TimeSpan(start, end))
        for number, (start, end, words) in enumerate(cues, 1)
    ]
    content = SourceContent((Page(None, tuple(lines)),), attributed=True)
    return parse_transcript(Source("talk.srt", "srt", "0" * 64, content))


def test_each_piece_has_the_lines_and_the_time_of_its_words() -> None:
    cues = [
        (number * 4.0, number * 4.0 + 3.5, f"cue number {number} says that we build robots") for number in range(90)
    ]
    talk = read_captions(cues)
    assert len(talk.passages) > 2
    said = iter(enumerate(cues, 1))
    for passage in talk.passages:
        inside = [next(said) for _ in range(passage.text.count("cue number"))]
        assert passage.text == " ".join(words for _, (_, _, words) in inside)
        assert (passage.lines.first, passage.lines.last) == (3 * inside[0][0], 3 * inside[-1][0])
        assert passage.time == TimeSpan(inside[0][1][0], inside[-1][1][1])
    assert next(said, None) is None


def test_a_piece_in_the_middle_of_a_line_has_only_a_time_that_is_known() -> None:
    long = " ".join([EN] * 30)
    with_end = read_captions([(60.0, 240.0, long)])
    assert {passage.time for passage in with_end.passages} == {TimeSpan(60.0, 240.0)}
    lines = [
        Line(1, "Ada Byron", kind=NonSpeechKind.SPEAKER_LINE, person=Person("Ada Byron")),
        Line(2, long, continues=False, time=TimeSpan(60.0)),
    ]
    talk = parse_transcript(
        Source("t.txt", "txt", "0" * 64, SourceContent((Page(None, tuple(lines)),), attributed=True))
    )
    assert [passage.time for passage in talk.passages] == [TimeSpan(60.0), *[None] * (len(talk.passages) - 1)]


def test_pieces_of_a_paragraph_keep_its_turn_exchange_and_pages(parse) -> None:
    answer = [f"我们在第{number}个地区会继续投入，需求在回升，成本在下降。" for number in range(40)]
    call = parse(f"问答\n\n周然 (北岭银行):\n怎么看需求？\n\n沈望川：\n{''.join(answer)}\n")
    (exchange,) = call.exchanges
    assert len(exchange.answers[0].passage_ids) == len(call.passages) - 1 > 1
    assert len(call.turns) == 2
    assert {passage.lines.first for passage in call.passages[1:]} == {call.passages[1].lines.first}
