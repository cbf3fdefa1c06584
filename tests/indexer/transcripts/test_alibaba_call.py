"""The real call that this project is measured on: read right to the last character."""

from __future__ import annotations

from collections import Counter
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from indexer.model import Delivery, NonSpeechKind, Role, Section
from indexer.sources import read_source

if TYPE_CHECKING:
    from indexer.model import Transcript

FILE = Path(__file__).parents[3] / "../shared/corpus/alibaba-june-quarter-2023-call-zh.txt"
pytestmark = pytest.mark.skipif(not FILE.exists(), reason="the real transcript is not beside this checkout")


@pytest.fixture(scope="module")
def call(parse) -> Transcript:
    return parse(FILE.read_text(encoding="utf-8"), FILE.name)


def test_says_which_call_it_is(call: Transcript) -> None:
    assert call.title == "阿里巴巴集团 2023年 6 月份季度业绩发布电话会"
    assert (call.company, call.period, call.date, call.language) == ("阿里巴巴集团", "2023Q2", "2023-08-10", "zh")
    assert call.ticker is None
    assert call.warnings == ()


def test_knows_everybody_with_title_firm_and_role(call: Transcript) -> None:
    ours = "阿里巴巴集团"
    assert [(s.name, s.other_names, s.affiliation, s.role) for s in call.speakers] == [
        ("Rob Lin", ("林建达",), ours, Role.MANAGEMENT),
        ("张勇", ("Daniel",), ours, Role.MANAGEMENT),
        ("戴珊", ("Trudy",), "淘天集团", Role.MANAGEMENT),
        ("徐宏", ("Toby",), ours, Role.MANAGEMENT),
        ("Ronald Keung", (), "Goldman Sachs", Role.ANALYST),
        ("Alicia Yap", (), "Citigroup", Role.ANALYST),
        ("Gary Yu", (), "Morgan Stanley", Role.ANALYST),
        ("Jiong Shao", (), "Barclays", Role.ANALYST),
        ("Thomas Chong", (), "Jefferies", Role.ANALYST),
        ("James Lee", (), "Mizuho", Role.ANALYST),
        ("Jialong Shi", (), "Nomura", Role.ANALYST),
    ]
    assert call.speakers[2].title == "淘天集团董事兼首席执行官"


def test_gives_each_paragraph_to_its_speaker(call: Transcript) -> None:
    runs = [(name, len(list(group))) for name, group in groupby(p.speaker.name for p in call.passages)]
    assert runs == [
        ("Rob Lin", 4), ("张勇", 2), ("戴珊", 12), ("张勇", 13), ("徐宏", 29), ("Rob Lin", 1),
        ("Ronald Keung", 1), ("戴珊", 3), ("Alicia Yap", 4), ("戴珊", 8), ("Gary Yu", 1), ("张勇", 5),
        ("Jiong Shao", 1), ("张勇", 5), ("Thomas Chong", 1), ("张勇", 7), ("James Lee", 1), ("张勇", 4),
        ("Jialong Shi", 1), ("戴珊", 7), ("Rob Lin", 1),
    ]  # fmt: skip


def test_ties_seven_questions_to_their_answers(call: Transcript) -> None:
    found = [(e.id, e.asker.name, [a.speaker.name for a in e.answers]) for e in call.exchanges]
    assert found == [
        ("q1", "Ronald Keung", ["戴珊"]),
        ("q2", "Alicia Yap", ["戴珊"]),
        ("q3", "Gary Yu", ["张勇"]),
        ("q4", "Jiong Shao", ["张勇"]),
        ("q5", "Thomas Chong", ["张勇"]),
        ("q6", "James Lee", ["张勇"]),
        ("q7", "Jialong Shi", ["戴珊"]),
    ]
    assert call.passages[-1].exchange_id is None, "the closing words answer nobody"


def test_sections_follow_the_headings(call: Transcript) -> None:
    starts = [
        (p.section, p.position)
        for p in call.passages
        if p.position == 0 or call.passages[p.position - 1].section != p.section
    ]
    assert starts == [(Section.INTRO, 0), (Section.PREPARED, 4), (Section.QA, 60)]
    assert [name for name, _ in groupby(p.heading for p in call.passages)] == [
        "介绍", "集团概览", "淘天集团业务进展", "集团概览", "财务业绩", "问答",
    ]  # fmt: skip


def test_a_mark_holds_until_the_next_one(call: Transcript) -> None:
    assert Counter(p.delivery for p in call.passages) == {Delivery.TRANSLATED: 70, Delivery.ORIGINAL: 41}
    alicia = [p.delivery for p in call.passages if p.speaker.name == "Alicia Yap"]
    assert alicia == [Delivery.TRANSLATED, Delivery.ORIGINAL, Delivery.ORIGINAL, Delivery.ORIGINAL]


def test_paragraphs_read_as_they_were_printed(call: Transcript) -> None:
    text = {p.lines.first: p.text for p in call.passages}
    assert text[11].startswith(
        "大家好，欢迎参加阿里巴巴集团 2023年 6月份季度业绩电话会议。参加本次电话会议的有：阿里巴巴集团董事会主席"
    )
    assert "首席财务官徐宏" in text[11]
    assert "经调整EBITA同比增长了 32%" in text[56]
    assert "大的消费品类" in text[532]
    assert "比较大的big ticket item（高单价商品）, 大的" in text[532]
    assert "互联网公司 -- 尤其是" in text[786]
    assert text[225].endswith("带来的增量机会刚刚开始。"), "a paragraph goes on over a page break"
    assert [p.lines.first for p in call.passages if len(p.text) > 700] == []


def test_pages_are_those_of_the_printed_record(call: Transcript) -> None:
    page = {p.lines.first: p.page for p in call.passages}
    assert (page[11], page[54], page[325], page[377], page[434], page[866]) == (2, 3, 9, 10, 11, 19)


def test_heads_and_numbers_are_kept_apart(call: Transcript) -> None:
    kinds = {n.kind: n.text for n in call.non_speech}
    assert kinds[NonSpeechKind.PAGE_NUMBER] == "10"
    assert kinds[NonSpeechKind.END_MARK] == "【记录稿结束】"
    assert call.non_speech[0].text == "介  绍", "what is no speech is kept verbatim"


def test_ids_hold_when_other_parts_of_the_file_change(call: Transcript, parse) -> None:
    text = FILE.read_text(encoding="utf-8")
    cut = parse(text[text.index(" 集团概览") :], FILE.name)
    kept = {p.text: p.id for p in call.passages}
    assert sum(kept.get(p.text) == p.id for p in cut.passages) == len(cut.passages) == 107
    assert len({p.id for p in call.passages}) == len(call.passages)


@pytest.mark.parametrize(
    "change",
    [
        lambda text: "\n".join(line.rstrip() for line in text.split("\n")),
        lambda text: text.replace("\n", "\r\n"),
        lambda text: text.replace("（翻译）", "").replace("（原话）", "").replace("(翻译)", ""),
    ],
    ids=["no trailing blanks", "carriage returns", "no marks"],
)
def test_speakers_do_not_hang_on_one_sign(call: Transcript, parse, change) -> None:
    changed = parse(change(FILE.read_text(encoding="utf-8")), FILE.name)
    assert [t.speaker.name for t in changed.turns] == [t.speaker.name for t in call.turns]
    assert [e.asker.name for e in changed.exchanges] == [e.asker.name for e in call.exchanges]


def test_the_file_reads_through_the_front_door(call: Transcript) -> None:
    assert read_source(FILE).sha256 == call.source.sha256
