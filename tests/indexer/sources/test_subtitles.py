"""Subtitles: who says what when, nothing lost, nothing said twice."""

from __future__ import annotations

import re
from collections import Counter, defaultdict

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.errors import DamagedSourceError, EmptySourceError, YuanhuaError
from indexer.model import NonSpeechKind, TimeSpan
from indexer.sources import READERS

SRT = """1
00:00:01,000 --> 00:00:03,500
we opened two plants

2
00:00:03,500 --> 00:00:06,000
in the north, and both
are full.
"""

ZOOM = """WEBVTT

1
00:00:01.000 --> 00:00:03.000
Ada Miller: Shall we begin? Note: this is

2
00:00:03.500 --> 00:00:05.000
Ada Miller: being recorded.

3
00:00:06.000 --> 00:00:07.000
Note: nobody objects.

4
00:00:07.000 --> 00:00:09.000
Ben Okoro: Yes, please.

5
00:00:09.500 --> 00:00:11.000
Ada Miller: Good.

6
00:00:11.500 --> 00:00:12.000
Ada Miller: Then let us start.
"""


def said(transcript) -> list[tuple[str, str]]:
    return [(passage.speaker.name, passage.text) for passage in transcript.passages]


def cues(*texts: str, dot: str = ",", header: str = "") -> str:
    blocks = [
        f"{i}\n00:00:{i * 2:02d}{dot}000 --> 00:00:{i * 2 + 2:02d}{dot}000\n{text}\n" for i, text in enumerate(texts, 1)
    ]
    return header + "\n".join(blocks)


def test_cues_of_an_unknown_speaker_go_on_one_paragraph_with_its_times(read) -> None:
    talk = read(SRT, "talk.srt")
    assert said(talk) == [("Unknown speaker", "we opened two plants in the north, and both are full.")]
    assert talk.passages[0].time == TimeSpan(1.0, 6.0)
    assert (talk.passages[0].lines.first, talk.passages[0].lines.last) == (3, 8)
    assert READERS["srt"](SRT.encode(), "talk.srt").warnings == ()


def test_every_cue_keeps_its_time() -> None:
    lines = [line for page in READERS["srt"](SRT.encode(), "x.srt").pages for line in page.lines]
    spoken = [(line.text, line.time) for line in lines if line.kind is None]
    assert spoken == [
        ("we opened two plants", TimeSpan(1.0, 3.5)),
        ("in the north, and both", TimeSpan(3.5, 6.0)),
        ("are full.", TimeSpan(3.5, 6.0)),
    ]


def test_names_before_a_colon_in_every_cue_are_speakers_and_an_aside_is_not(read) -> None:
    talk = read(ZOOM, "call.vtt")
    assert said(talk) == [
        ("Ada Miller", "Shall we begin? Note: this is being recorded."),
        ("Unknown speaker", "Note: nobody objects."),
        ("Ben Okoro", "Yes, please."),
        ("Ada Miller", "Good. Then let us start."),
    ]


def test_an_aside_in_talk_without_names_stays_in_the_talk(read) -> None:
    text = cues("so much for margins.", "Note: these are not audited.", "Next page: costs.", "and that is all.")
    assert len(read(text, "x.srt").speakers) == 1
    assert "Note: these are not audited." in read(text, "x.srt").passages[0].text


def test_names_that_stand_only_where_the_speaker_changes_go_on(read) -> None:
    text = cues(
        "OPERATOR: Welcome.", "Please go ahead.", "JANE ROE: Thank you.", "We grew.", "Costs fell.", "OPERATOR: Next."
    )
    assert said(read(text, "x.srt")) == [
        ("OPERATOR", "Welcome. Please go ahead."),
        ("JANE ROE", "Thank you. We grew. Costs fell."),
        ("OPERATOR", "Next."),
    ]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("[Jane Roe] We grew.", "[Omar Haddad] By how much?"),
        ("(Jane Roe) We grew.", "(Omar Haddad) By how much?"),
        ("[Jane Roe]: We grew.", "[Omar Haddad]: By how much?"),
        (">> JANE ROE: We grew.", ">> OMAR HADDAD: By how much?"),
        ("&gt;&gt; Jane Roe: We grew.", "&gt;&gt; Omar Haddad: By how much?"),
        ("- Jane Roe: We grew.", "- Omar Haddad: By how much?"),
        ("<v Jane Roe>We grew.</v>", "<v.loud Omar Haddad>By how much?</v>"),
        ("<b>Jane Roe:</b> We grew.", "<b>Omar Haddad:</b> By how much?"),
        ("[Jane Roe]\nWe grew.", "[Omar Haddad]\nBy how much?"),
    ],
)
def test_the_ways_captions_name_speakers(read, first: str, second: str) -> None:
    talk = read(cues(first, "[Music]", second, first, second, first), "x.vtt" if "<v" in first else "x.srt")
    assert {name.casefold() for name, _ in said(talk)} - {"unknown speaker"} == {"jane roe", "omar haddad"}
    assert [text for _, text in said(talk)][-1] == "We grew."


def test_chinese_names(read) -> None:
    text = cues("张三：我们增长了。", "成本下降。", "李四：多少？", "张三：两成。", "李四：谢谢。", "张三：不客气。")
    talk = read(text, "x.srt")
    assert [name for name, _ in said(talk)] == ["张三", "李四", "张三", "李四", "张三"]
    assert talk.passages[0].text == "我们增长了。成本下降。"


def test_titles_and_times_beside_names(read) -> None:
    first, second = "Jane Roe, CFO: We grew.", "Omar Haddad, Analyst, Delta Bank: How?"
    talk = read(cues(first, "Costs fell.", second, first, second), "x.srt")
    assert [(speaker.name, speaker.title) for speaker in talk.speakers] == [
        ("Jane Roe", "CFO"), ("Omar Haddad", "Analyst, Delta Bank"),
    ]  # fmt: skip
    talk = read(cues("Jane Roe (00:01): Hello.", "Bo Li (00:03): Hi.", "Jane Roe (00:05): Bye."), "x.srt")
    assert [name for name, _ in said(talk)] == ["Jane Roe", "Bo Li", "Jane Roe"]


def test_points_that_are_numbered_are_no_speakers(read) -> None:
    talk = read(cues(*("第一：收入", "增长了", "第二：利润", "也增长", "第三：现金", "不错") * 2), "x.srt")
    assert [speaker.name for speaker in talk.speakers] == ["未署名"]


def test_sounds_in_brackets_are_no_speakers(read) -> None:
    talk = read(cues("[Music] hello", "[Applause] thank you", "[Music] so", "[Applause] well", "[Music] ok"), "x.srt")
    assert [speaker.name for speaker in talk.speakers] == ["Unknown speaker"]


def test_a_change_of_speaker_without_a_name_is_unknown_beside_named_ones(read) -> None:
    text = cues(
        ">> ANN LEE: Good day.",
        "We start now.",
        ">> Who is there? >> ANN LEE: Me.",
        ">> ANN LEE: Good.",
        ">> BO LI: Hi.",
    )
    assert said(read(text, "x.srt")) == [
        ("ANN LEE", "Good day. We start now."),
        ("Unknown speaker", "Who is there?"),
        ("ANN LEE", "Me. Good."),
        ("BO LI", "Hi."),
    ]


def test_dashes_of_a_dialogue_part_paragraphs(read) -> None:
    talk = read(cues("- Is it done?\n- Not yet.", "we wait for\nthe permit - as always."), "x.srt")
    assert [text for _, text in said(talk)] == ["Is it done?", "Not yet. we wait for the permit - as always."]


def test_voices_name_people_and_a_cue_without_one_is_unknown(read) -> None:
    text = "WEBVTT\n\n1-0\n00:01.000 --> 00:02.000\n<v Ann Lee>Hello\nall.</v>\n\n00:02.000 --> 00:03.000\nhm\n\n"
    text += "00:03.000 --> 00:04.000\n<v Ann Lee>As I said,</v>\n\n00:04.000 --> 00:05.000\n<v Bo Li>yes.</v> <v Ann Lee>Good.</v>"
    assert said(read(text, "x.vtt")) == [
        ("Ann Lee", "Hello all."), ("Unknown speaker", "hm"), ("Ann Lee", "As I said,"), ("Bo Li", "yes."),
        ("Ann Lee", "Good."),
    ]  # fmt: skip


def test_webex_names_speakers_beside_the_number_of_the_cue(read) -> None:
    times = ("00:00:01.000 --> 00:00:02.000", "00:00:02.000 --> 00:00:03.000", "00:00:03.000 --> 00:00:04.000")
    heads = ('1 "Ann Lee" (31)', '2 "Ann Lee" (31)', '3 "bo.li" (32)')
    text = "WEBVTT\n\n" + "".join(
        f"{head}\n{time}\n{words}\n\n"
        for head, time, words in zip(heads, times, ("Good: we start.", "Now.", "Fine."), strict=True)
    )
    assert said(read(text, "x.vtt")) == [("Ann Lee", "Good: we start. Now."), ("bo.li", "Fine.")]


def test_what_people_call_themselves_in_meetings_is_a_name_where_all_cues_have_one(read) -> None:
    text = cues(
        "Ann Lee: Hi.", "wang_lei: hi", "Ann Lee: So: first", "iPhone 12: ok", "Ann Lee: yes", "wang_lei: no",
        "Ann Lee: it is this: we wait", "Bo Li: The thing is: money", "iPhone 12: ok", "Ann Lee: good", "Bo Li: yes",
        "Ann Lee: bye", "Ann Lee: all", "only this: it goes on", "Bo Li: bye",
    )  # fmt: skip
    talk = read(text, "x.srt")
    assert {speaker.name for speaker in talk.speakers} == {
        "Ann Lee",
        "wang_lei",
        "iPhone 12",
        "Bo Li",
        "Unknown speaker",
    }
    assert "The thing is: money" in [text for _, text in said(talk)]


def test_header_notes_styles_tags_and_entities_of_webvtt(read) -> None:
    text = """\ufeffWEBVTT - some file
Kind: captions
Language: zh-Hans

STYLE
::cue { color: red }

NOTE Confidence: 0.9

NOTE
two lines
of notes

intro 5 of 7
00:01.000 --> 00:02.500 align:start position:0%
R&amp;D &lt;up&gt; <c.yellow>by <i>five</i></c><00:00:02.000> &nbsp;&#37; <inaudible>

00:02.500 --> 00:03.000
&nbsp;
"""
    talk = read(text, "x.vtt")
    assert [passage.text for passage in talk.passages] == ["R&D <up> by five \xa0% <inaudible>"]
    assert talk.language == "zh"
    kinds = Counter(piece.kind for piece in talk.non_speech)
    assert set(kinds) == {NonSpeechKind.SYNTAX, NonSpeechKind.TIME_MARK}
    assert kinds[NonSpeechKind.TIME_MARK] == 2


ROLLING = """WEBVTT
Kind: captions
Language: en

00:00:00.000 --> 00:00:02.000 align:start position:0%
~
we<00:00:00.400><c> will</c><00:00:00.800><c> open</c>

00:00:02.000 --> 00:00:02.010 align:start position:0%
we will open
~

00:00:02.010 --> 00:00:04.000 align:start position:0%
we will open
open<00:00:02.500><c> stores</c><00:00:02.900><c> in</c>

00:00:04.000 --> 00:00:04.010 align:start position:0%
open stores in
~

00:00:04.010 --> 00:00:06.000 align:start position:0%
open stores in
May<00:00:04.500><c> and</c><00:00:04.900><c> June</c>

00:00:06.000 --> 00:00:06.010 align:start position:0%
May and June
&nbsp;
""".replace("~", " ")


def test_rolling_captions_say_each_word_once(read) -> None:
    talk = read(ROLLING, "x.vtt")
    assert [passage.text for passage in talk.passages] == ["we will open open stores in May and June"]
    repeats = [piece.text for piece in talk.non_speech if piece.kind is NonSpeechKind.REPEAT]
    assert repeats == ["we will open", "we will open", "open stores in", "open stores in", "May and June"]
    assert talk.passages[0].time == TimeSpan(0.0, 6.0)


def test_captions_that_roll_in_two_lines_with_signs_of_a_change(read) -> None:
    text = cues(
        ">> GOOD DAY",
        "GOOD DAY\nAND WELCOME TO",
        "AND WELCOME TO\nTHE CALL.",
        "THE CALL.\n>> THANK YOU",
        ">> THANK YOU\nALL.",
    )
    assert [text for _, text in said(read(text, "x.srt"))] == ["GOOD DAY AND WELCOME TO THE CALL.", "THANK YOU ALL."]


def test_captions_that_roll_word_by_word_say_each_word_once(read) -> None:
    text = cues(
        "revenue rose by",
        "revenue rose by ten percent",
        "by ten percent while costs",
        "while costs fell for",
        "costs fell for the third quarter.",
    )
    expected = "revenue rose by ten percent while costs fell for the third quarter."
    assert read(text, "x.srt").passages[0].text == expected


def test_words_that_people_say_twice_stay(read) -> None:
    assert read(cues("Yes.", "Yes.", "Yes.", "Yes."), "x.srt").passages[0].text == "Yes. Yes. Yes. Yes."
    text = cues("we think, we think", "we think so.", "Yes.", "Yes.", "that is it", "it is all", "good bye")
    assert (
        read(text, "x.srt").passages[0].text
        == "we think, we think we think so. Yes. Yes. that is it it is all good bye"
    )


def test_chinese_captions_without_punctuation_keep_their_phrases_apart(read) -> None:
    talk = read(cues("大家好", "欢迎来到发布会", "今天讲三件事"), "x.srt")
    assert talk.passages[0].text == "大家好 欢迎来到发布会 今天讲三件事"


MESSY = (
    "\ufeff1\r\n00:00:01.000-->00:00:02\r\nno blank below\r\n2\r\n0:02,5 --> 0:04.5\r\nhours left out\r\n\r\n"
    "7\r\n00:00:09,000 --> 00:00:08,000\r\nends before it begins\r\n\r\nand goes on below a gap\r\n\r\n"
    "8\r\n00:00:05,000 --> 00:00:06,000\r\nback in time 2024\r\n\r\n--> 00:00:10,000\r\nno start\r\n"
)


def test_malformed_cues_are_read_and_what_was_odd_is_said(read) -> None:
    talk = read(MESSY, "x.srt")
    assert [passage.text for passage in talk.passages] == [
        "no blank below hours left out ends before it begins and goes on below a gap back in time 2024 no start"
    ]
    warnings = READERS["srt"](MESSY.encode(), "x.srt").warnings
    assert [re.sub(r"\d+ ", "", warning.split(",")[0]) for warning in warnings] == [
        "cues whose times cannot be made out",
        "cues that end before they begin",
        "cues that begin before the cue above them",
        "cue numbers that do not follow the one above",
        "cues without a blank line above them",
    ]
    assert all("line" in warning for warning in warnings)


def test_sbv(read) -> None:
    talk = read("0:00:01.000,0:00:02.500\nhello\n\n0:00:02.500,0:00:04.000\nworld\n", "x.sbv")
    assert (talk.passages[0].text, talk.passages[0].time) == ("hello world", TimeSpan(1.0, 4.0))


def test_a_file_without_times_or_words_is_refused() -> None:
    with pytest.raises(DamagedSourceError, match=r"x\.srt.*times"):
        READERS["srt"](b"just a letter", "x.srt")
    with pytest.raises(EmptySourceError, match=r"x\.vtt"):
        READERS["vtt"](b"WEBVTT\n\n00:01.000 --> 00:02.000\n<i></i>&nbsp;\n", "x.vtt")
    with pytest.raises(EmptySourceError):
        READERS["vtt"](b" \n", "x.vtt")


def _ink(text: str) -> str:
    return "".join(text.split())


WORDS = st.text(st.sampled_from("abAB 12,.?:-> 好的。《》[]()♪é"), min_size=1, max_size=30)
LINES = st.one_of(
    WORDS,
    WORDS.map("Ann Lee: ".__add__),
    WORDS.map("Bo Li: ".__add__),
    WORDS.map(">> ".__add__),
    WORDS.map("<v Ann Lee>".__add__),
    WORDS.map(lambda text: f"<i>{text}</i>"),
    st.just("again and again"),
    st.just(""),
)
CUES = st.lists(st.tuples(st.integers(0, 40), st.integers(-2, 9), st.lists(LINES, max_size=3)), min_size=1, max_size=12)


@settings(deadline=None)
@given(CUES, st.sampled_from(["srt", "vtt"]), st.booleans(), st.sampled_from(["\n", "\r\n"]))
def test_every_character_is_spoken_or_named_and_words_keep_their_order(read, made, suffix, numbered, end) -> None:
    dot = "," if suffix == "srt" else "."
    blocks = [
        (f"{rank}\n" if numbered else "")
        + f"00:00:{start:02d}{dot}000 --> 00:00:{max(0, start + length):02d}{dot}500\n"
        + "".join(f"{line}\n" for line in lines)
        for rank, (start, length, lines) in enumerate(made, 1)
    ]
    text = end.join((("WEBVTT\n\n" if suffix == "vtt" else "") + "\n".join(blocks)).split("\n"))
    try:
        content = READERS[suffix](text.encode(), f"x.{suffix}")
    except EmptySourceError:
        return
    rows = text.split(end)
    pieces: defaultdict[int, list] = defaultdict(list)
    for line in content.pages[0].lines:
        pieces[line.number].append(line)
    for number, row in enumerate(rows, 1):
        assert Counter(_ink(row)) == Counter(_ink("".join(line.text for line in pieces[number]))), (number, row)
        at = 0
        for line in pieces[number]:
            if line.kind is not NonSpeechKind.SYNTAX:
                at = _ink(row).index(_ink(line.text), at) + len(_ink(line.text))
    spoken = "".join(_ink(line.text) for line in content.pages[0].lines if line.kind is None)
    transcript = read(text, f"x.{suffix}")
    assert "".join(_ink(passage.text) for passage in transcript.passages) == spoken
    dropped = Counter(_ink("".join(line.text for line in content.pages[0].lines if line.kind is not None)))
    assert Counter(_ink("".join(piece.text for piece in transcript.non_speech))) == dropped


VALID = {
    "srt": [SRT, cues("张三：好。", "李四：是。", "张三：对。"), MESSY],
    "vtt": [ZOOM, ROLLING, "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Ann>Hi</v>\n"],
    "sbv": ["0:00:01.000,0:00:02.500\nhello\n"],
}


@settings(deadline=None)
@given(st.data(), st.sampled_from(sorted(VALID)))
def test_no_bytes_raise_anything_but_our_errors(read, data, suffix) -> None:
    raw = bytearray(data.draw(st.sampled_from(VALID[suffix])).encode())
    for _ in range(data.draw(st.integers(0, 6))):
        at, length = data.draw(st.integers(0, len(raw))), data.draw(st.integers(0, 12))
        raw[at : at + length] = data.draw(st.one_of(st.binary(max_size=6), st.just(b"00:00:"), st.just(b"-->\n")))
    try:
        transcript = read(bytes(raw), f"x.{suffix}")
    except YuanhuaError:
        return
    assert all(passage.text.strip() for passage in transcript.passages)


def test_captions_copied_out_of_a_player_are_talk_with_times() -> None:
    said = [f"and what we saw in month {n} was demand" for n in range(12)]
    text = "Larkspur call\n" + "".join(f"0:{3 * n:02d}\n{words}\n" for n, words in enumerate(said))
    content = READERS["txt"](text.encode(), "call.txt")
    lines = [line for page in content.pages for line in page.lines]
    spoken = [line for line in lines if line.kind is None]
    assert [line.text for line in spoken] == said
    assert [line.time for line in spoken] == [TimeSpan(3.0 * n) for n in range(12)]
    assert [line.text for line in lines if line.kind is NonSpeechKind.FRONT_MATTER] == ["Larkspur call"]
    assert all(line.continues for line in spoken[1:])


@pytest.mark.parametrize(
    "turn",
    ["{name}\n0:{n:02d}\nWe grew in every region.\n", "0:{n:02d}\n{name}\nwe grew and\n", "0:{n:02d}\nWe grew.\n"],
)
def test_turns_with_times_are_no_captions(turn: str) -> None:
    text = "".join(turn.format(name=("Ana Bell", "Tom Reed")[n % 2], n=3 * n) for n in range(12))
    content = READERS["txt"](text.encode(), "call.txt")
    assert not content.attributed
