"""Encodings: the same text comes back from each one that transcripts come in, down to a few words."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from indexer.errors import UndecodableTextError
from indexer.sources.decode import decode, decoded

SIMPLIFIED = (
    "各位投资者晚上好，欢迎参加本公司的季度业绩电话会议。下面请首席财务官介绍收入和利润的情况。",
    "我们在这个季度看到客户的需求还在增长，成本比去年同期下降了百分之三。",
    "谢谢主持人，我想问一下海外市场的进展，另外管理层怎么看明年的毛利率？",
    "这个问题很好。从数据上看，用户更愿意在晚上下单，所以我们把人手也放到了晚上。",
)
TRADITIONAL = (
    "各位投資人晚安，歡迎參加本公司的季度業績電話會議。下面請財務長介紹營收與獲利的情況。",
    "我們在這個季度看到客戶的需求還在成長，成本比去年同期下降了百分之三。",
    "謝謝主持人，我想請問海外市場的進展，另外管理層怎麼看明年的毛利率？",
)
ENGLISH = (
    "Good evening and thank you for joining us today. ",
    "Revenue grew 12% to $3.4 billion, and we’re pleased with the mix — margins held. ",
    "I’ll take the first one… On costs: it’s “early days”, as our café partners say. ",
    "Could you walk us through the bridge from gross to net, please? ",
)
JAPANESE = "本日はお忙しい中、決算説明会にご参加いただき、ありがとうございます。売上は前年を上回りました。"


def some_of(sentences: tuple[str, ...]) -> st.SearchStrategy[str]:
    return st.lists(st.sampled_from(sentences), min_size=1, max_size=8).map("\n".join)


@given(some_of(SIMPLIFIED), st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-32", "gb18030", "gbk"]))
def test_simplified_text_comes_back(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding), "x") == text


@given(some_of(TRADITIONAL), st.sampled_from(["utf-8", "utf-16", "gb18030", "big5", "big5hkscs", "cp950"]))
def test_traditional_text_comes_back(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding), "x") == text


@given(some_of(ENGLISH), st.sampled_from(["utf-8", "utf-16", "utf-32", "cp1252"]))
def test_english_text_comes_back(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding), "x") == text


@given(
    some_of((*SIMPLIFIED, *ENGLISH)).filter(lambda text: len(text) > 40),
    st.sampled_from(["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"]),
)
def test_wide_encodings_come_back_without_a_mark(text: str, encoding: str) -> None:
    assert decode((text + "\n").encode(encoding), "x") == text + "\n"


@given(st.data(), st.sampled_from(["gb18030", "big5"]))
def test_a_piece_of_ten_characters_is_enough_to_tell_a_chinese_encoding(data: st.DataObject, encoding: str) -> None:
    whole = "".join(TRADITIONAL if encoding == "big5" else SIMPLIFIED)
    start = data.draw(st.integers(0, len(whole) - 10))
    piece = whole[start : start + 10]
    assert decode(piece.encode(encoding), "x") == piece


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("谢谢。", "gbk"),
        ("你好", "gbk"),
        ("联通", "gbk"),  # Its bytes are nearly UTF-8.
        ("吴泳铭：大家好", "gbk"),
        ("謝謝。", "big5"),
        ("吳泳銘：大家好", "big5"),
        ("主持人：好的", "utf-8"),
    ],
)
def test_a_word_or_two_is_read_right(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding), "x") == text


@given(some_of(tuple(sentence for sentence in ENGLISH if sentence.isascii())), st.integers(0, 40))
def test_one_chinese_name_in_english_text_is_enough(english: str, at: int) -> None:
    text = f"{english[:at]} 陈晓文女士 {english[at:]}"
    assert decode(text.encode("gb18030"), "x") == text


@pytest.mark.parametrize("encoding", ["cp932", "euc_jp"])
def test_japanese_is_not_taken_for_chinese(encoding: str) -> None:
    assert decode(JAPANESE.encode(encoding), "x") == JAPANESE


def test_western_accents_are_not_taken_for_chinese() -> None:
    text = "Le résultat de l’exercice — en hausse de 3 % — a été créé à l’étranger. Größe und Übermaß: «schön». "
    assert decode(text.encode("cp1252"), "x") == text
    assert decode(("a" * 5000 + " naïve").encode("cp1252"), "x").endswith("naïve")


def test_one_bad_byte_in_a_large_utf8_file_costs_that_byte_alone() -> None:
    lines = [SIMPLIFIED[n % 4] for n in range(4000)]
    data = "\n".join(lines).encode()
    at = len("\n".join(lines[:1000]).encode()) + 1  # The first byte of line 1001.
    found = decoded(data[:at] + b"\xff" + data[at:], "call.txt")
    assert found.text.split("\n")[1000] == "\ufffd" + lines[1000]
    assert found.text.replace("\ufffd", "") == "\n".join(lines)
    (warning,) = found.warnings
    assert warning == "line 1001: a byte is not UTF-8; U+FFFD stands for it"


def test_a_bad_byte_in_text_of_another_encoding_is_named_too() -> None:
    data = "\n".join(SIMPLIFIED * 50).encode("gb18030")
    cut = data[:-1]
    found = decoded(cut, "call.txt")
    assert found.encoding == "gb18030"
    assert found.text.startswith(SIMPLIFIED[0])
    assert found.warnings == ("line 200: a byte is not GB18030; U+FFFD stands for it",)


@pytest.mark.parametrize("missing", [1, 2])
def test_utf8_cut_in_the_middle_of_a_character_stays_utf8(missing: int) -> None:
    data = (SIMPLIFIED[0] + "收").encode()[:-missing]
    assert decode(data, "x").rstrip("\ufffd") == SIMPLIFIED[0]
    assert decode("Growth was strong…".encode()[:-1], "x").rstrip("\ufffd") == "Growth was strong"


def test_many_bad_bytes_are_no_text_rather_than_many_marks() -> None:
    data = bytearray("\n".join(SIMPLIFIED * 20).encode("utf-16"))
    for index in range(2, len(data), 5):
        data[index] = 0xD8
    with pytest.raises(UndecodableTextError, match=r"call\.txt"):
        decode(bytes(data), "call.txt")


def test_an_encoding_that_the_file_declares_decides_where_it_fits_and_only_there() -> None:
    name = "Weiß–Grün"
    assert decoded(name.encode("cp1252"), "x", declared="ISO-8859-1").text == name
    text = "".join(TRADITIONAL)
    assert decoded(text.encode("big5"), "x", declared="gb2312").text == text
    assert decoded(text.encode(), "x", declared="big5").text == text
    assert decoded(text.encode("gbk"), "x", declared="no-such-charset").text == text


def test_utf8_letters_of_other_scripts_are_not_taken_for_chinese() -> None:
    for text in (
        "Спасибо за вопрос, выручка выросла на 5 процентов.",
        "Ευχαριστώ πολύ για την ερώτηση",
        "naïve\u00a0é",
    ):
        assert decode(text.encode(), "x") == text


@settings(deadline=None)
@given(st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\0"), min_size=1))
def test_any_utf8_text_comes_back_unless_it_could_be_chinese_by_chance(text: str) -> None:
    assume(not text.startswith("\ufeff"))
    assume(not any("\x7f" < character < "\xa0" for character in text))  # No writing has these control characters.
    assume(not all(character.isascii() or "\u0250" <= character < "\u0800" for character in text))
    assert decode(text.encode(), "x") == text


@settings(deadline=None)
@given(st.binary(max_size=400))
def test_no_bytes_raise_anything_but_our_error(data: bytes) -> None:
    with contextlib.suppress(UndecodableTextError):
        decoded(data, "x").text.encode()
