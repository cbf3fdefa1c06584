"""Dates, quarters, companies: read where they are written, None where they are not."""

from __future__ import annotations

import pytest

from indexer.model import NonSpeechKind, Role
from indexer.transcripts.cues import label_cue, line_cue
from indexer.transcripts.dates import find_compact_date, find_date, is_date_line
from indexer.transcripts.ids import transcript_id
from indexer.transcripts.offices import firm_of_title


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2023 年 8 月 10 日（星期四）", "2023-08-10"),
        ("Aug 1, 2024, 5:00 p.m. ET", "2024-08-01"),
        ("held on 3rd September 2021 in London", "2021-09-03"),
        ("2024/5/6", "2024-05-06"),
        ("2024.05.06", "2024-05-06"),
        ("2023-02-30", None),
        ("2024 was a good year", None),
    ],
)
def test_dates(text: str, date: str | None) -> None:
    assert find_date(text) == date


def test_a_date_line_holds_little_else() -> None:
    assert is_date_line("2023 年 8 月 10 日（星期四）")
    assert is_date_line("Thursday, Aug 1, 2024, 5:00 p.m. ET")
    assert not is_date_line("2024-04-28 19:15:34栏目：默认栏目")
    assert not is_date_line("no date")
    assert find_compact_date("call_20260311") == "2026-03-11"
    assert find_compact_date("call_20261399") is None


@pytest.mark.parametrize(
    ("title", "firm"),
    [
        ("阿里巴巴集团董事会主席兼首席执行官、云智能集团董事长", "阿里巴巴集团"),
        ("阿里国际数字商业集团联席董事长", "阿里国际数字商业集团"),
        ("腾讯首席战略官", "腾讯"),
        ("公司首席财务官", None),
        ("首席财务官", None),
        ("Goldman Sachs -- Analyst", "Goldman Sachs"),
        ("Vice President, Investor Relations", None),
    ],
)
def test_firms_in_titles(title: str, firm: str | None) -> None:
    assert firm_of_title(title) == firm


@pytest.mark.parametrize(
    ("line", "name", "affiliation", "role"),
    [
        ("Ronald Keung (Goldman Sachs):", "Ronald Keung", "Goldman Sachs", Role.ANALYST),
        ("首席财务官徐宏：谢谢", "徐宏", None, Role.MANAGEMENT),
        ("徐宏 首席财务官：谢谢", "徐宏", None, Role.MANAGEMENT),
        ("徐宏（首席财务官）：谢谢", "徐宏", None, Role.MANAGEMENT),
        ("Joe Tsai（蔡崇信）：谢谢", "Joe Tsai", None, None),
        ("Tim Cook, CEO: hello", "Tim Cook", None, Role.MANAGEMENT),
        ("高盛分析师 Ronald Keung：你好", "Ronald Keung", "高盛", Role.ANALYST),
        ("At 9:30 Ann Lee: hello", None, None, None),
        ("具体而言：", None, None, None),
        ("谢谢：", None, None, None),
    ],
)
def test_labels(line: str, name: str | None, affiliation: str | None, role: Role | None) -> None:
    found = label_cue(line)
    assert (found[0].name, found[0].affiliation, found[0].role) == (name, affiliation, role) if name else found is None


def test_sentences_are_no_speaker_lines() -> None:
    assert line_cue("We think so -- yes.") is None
    assert line_cue("Revenue - Total") is None
    assert line_cue("") is None


def test_ids_are_plain_ascii_and_tell_files_apart() -> None:
    assert transcript_id("a/新浪.txt").startswith("transcript-")
    assert transcript_id("a/Call Q2.txt").startswith("call-q2-")
    assert transcript_id("a/Call Q2.txt") != transcript_id("a/Call Q2.md")
    assert transcript_id("a/x.txt") == transcript_id("b/x.txt")


def test_the_caller_may_name_the_transcript(parse) -> None:
    assert all(p.id.startswith(parse("Words are here.").id) for p in parse("Words are here.").passages)


def test_running_heads_and_page_numbers_of_every_page(parse) -> None:
    pages = [
        f"远山集团 2024年 3 月份季度业绩发布电话会\n2024 年 5 月 14 日\n\n第 {n} 页\n\n张勇：第{n}页的话在这里结束。\n"
        for n in range(3, 7)
    ]
    call = parse("\f".join(pages))
    assert [p.page for p in call.passages] == [3, 4, 5, 6]
    assert (call.company, call.period, call.date) == ("远山集团", "2024Q1", "2024-05-14")
    numbers = [n.text for n in call.non_speech if n.kind is NonSpeechKind.PAGE_NUMBER]
    assert numbers == ["第 3 页", "第 4 页", "第 5 页", "第 6 页"]


def test_participants_on_one_line(parse) -> None:
    call = parse(
        "参会人员：徐宏（首席财务官）、戴珊（淘天集团首席执行官）\n\n徐宏：收入增长了两成。\n\n戴珊：用户也在增长。\n\n徐宏：谢谢。\n"
    )
    assert {s.name: (s.title, s.affiliation) for s in call.speakers} == {
        "徐宏": ("首席财务官", None),
        "戴珊": ("淘天集团首席执行官", "淘天集团"),
    }
