"""Where metadata was found, what wins when two places disagree, and what a user states above all of it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.codec import transcript_from_json, transcript_to_json
from indexer.model import Content, Line, NonSpeechKind, Origin, Page, Person, Role, Source, Stated
from indexer.sources.text import read_text
from indexer.transcripts import parse_transcript

CALL = """\
Larkspur Foods (LKSP) Q1 2024 Earnings Call
May 2, 2024

Tom Reed -- Chief Executive Officer
We grew by a tenth, and we are glad of it.

Ann Lee -- Oak Bank -- Analyst
How do margins look?

T. Reed -- Chief Executive Officer
They look fine.
"""


def source(text: str = CALL, name: str = "call.txt", **content: object) -> Source:
    return Source(name, Path(name).suffix[1:], "0" * 64, replace(read_text(text.encode(), name), **content))


def believed(call, field: str) -> tuple[str, Origin, str, int | None]:
    found = next(evidence for evidence in call.evidence if evidence.field == field)
    return found.value, found.origin, found.text, found.line


def test_each_field_has_its_line(parse) -> None:
    call = parse(CALL)
    title = "Larkspur Foods (LKSP) Q1 2024 Earnings Call"
    assert believed(call, "title") == (title, Origin.TITLE, title, 1)
    assert believed(call, "company") == ("Larkspur Foods", Origin.TITLE, title, 1)
    assert believed(call, "ticker") == ("LKSP", Origin.TITLE, title, 1)
    assert believed(call, "period") == ("2024Q1", Origin.TITLE, title, 1)
    assert believed(call, "date") == ("2024-05-02", Origin.TITLE, "May 2, 2024", 2)
    assert call.warnings == ()
    assert transcript_from_json(transcript_to_json(call)) == call


def test_what_disagrees_stands_behind_and_is_warned_of(parse) -> None:
    call = parse(CALL, "Oakhurst_Q3_2023_call_2023-11-01.txt")
    assert (call.company, call.period, call.date) == ("Larkspur Foods", "2024Q1", "2024-05-02")
    found = [(evidence.field, evidence.value) for evidence in call.evidence if evidence.origin is Origin.FILE_NAME]
    assert {("company", "Oakhurst"), ("period", "2023Q3"), ("date", "2023-11-01")} <= set(found)
    assert len(call.warnings) == 3
    assert "the date is 2024-05-02 by the title, but 2023-11-01 by the file name" in call.warnings[2]


def test_the_date_of_a_page_is_believed_only_where_there_is_no_other(parse) -> None:
    page = "远岭2024Q1业绩会实录\n2024-04-28 19:15:34栏目：默认栏目\n{more}\n张明：谢谢大家，收入增长了两成。\n\n李华：请问下半年怎么看？\n\n张明：我们保持乐观。\n"
    call = parse(page.format(more=""))
    assert call.date == "2024-04-28"
    assert "the date that the page gives" in call.warnings[0]
    call = parse(page.format(more="会议时间：2024年4月26日"))
    assert (call.date, call.warnings) == ("2024-04-26", ())


def test_a_quarter_that_had_not_ended_is_of_the_fiscal_year(parse) -> None:
    call = parse(CALL.replace("Q1", "Q3"))
    assert (call.period, call.fiscal) == ("2024Q3", True)
    assert "2024Q3 had not ended on 2024-05-02" in call.warnings[0]
    call = parse(CALL.replace("Q1", "Q3").replace("glad of it", "glad of it. Welcome to our fiscal third quarter call"))
    assert (call.period, call.fiscal, call.warnings) == ("2024Q3", True, ())


def test_the_month_wins_over_the_fiscal_number(parse) -> None:
    call = parse(CALL.replace("Q1 2024", "June Quarter 2023 and First Quarter Fiscal 2024"))
    assert (call.period, call.fiscal) == ("2023Q2", False)
    assert not any("period" in warning for warning in call.warnings)


def test_front_matter_is_read_whatever_way_it_writes(parse) -> None:
    call = parse(
        '---\ntitle: "The call"\ncompany_name: Larkspur\nsymbol: NYSE:LKS\nquarter: Q1 FY2024\ndate: May 2, 2024\nlang: en-US\n---\nTom Reed: We grew.\n'
    )
    assert (call.title, call.company, call.ticker, call.date) == ("The call", "Larkspur", "LKS", "2024-05-02")
    assert (call.period, call.fiscal, call.language) == ("2024Q1", True, "en")
    assert believed(call, "date") == ("2024-05-02", Origin.FRONT_MATTER, "May 2, 2024", 6)
    call = parse("---\ndate: soon\nperiod: some time\n---\nTom Reed: We grew.\n")
    assert (call.date, call.period) == (None, None)
    assert [warning.split(":")[0] for warning in call.warnings] == ["front matter", "front matter"]


def test_fields_of_the_format_come_before_the_text() -> None:
    fields = {"company": "Larkspur PLC", "period": "Q2 2020", "period_end": "2020-04-30", "date": "2020-07-07 08:30:00"}
    call = parse_transcript(source(fields=fields))
    assert (call.company, call.period, call.fiscal, call.date) == ("Larkspur PLC", "2020Q2", True, "2020-07-07")
    assert believed(call, "date")[1] is Origin.FORMAT


def test_the_date_of_a_saved_page_is_that_of_its_publication() -> None:
    fields = {"date": "2024-05-03", "title": "Larkspur Foods Q1 2024 Earnings Call | The Larch Times"}
    page = Page(None, (Line(1, "x", person=Person("Tom Reed")), Line(2, "We grew by a tenth.")))
    call = parse_transcript(Source("call.html", "html", "0" * 64, Content((page,), fields=fields, attributed=True)))
    assert (call.title, call.date) == ("Larkspur Foods Q1 2024 Earnings Call", "2024-05-03")
    assert "the date that the page gives" in call.warnings[0]
    assert parse_transcript(source(name="call.html", fields=fields)).date == "2024-05-02"


@pytest.mark.parametrize("attributed", [True, False])
def test_what_is_stated_stands_above_all_else(*, attributed: bool) -> None:
    sidecar = Stated(
        Origin.SIDECAR,
        "call.toml",
        {"company": "Oak", "period": "2024Q3", "fiscal": "true", "language": "zh"},
        (Person("Tom Reed", ("T. Reed",), "Chair", "Oak", Role.OTHER), Person("Nobody Else")),
        {"company": 1},
    )
    command = Stated(Origin.COMMAND, "the command", {"period": "2023Q4"})
    given = source(fields={"company": "Larkspur PLC"})
    if attributed:
        lines = [line for page in given.pages for line in page.lines if line.text]
        people = [
            replace(line, person=Person(line.text.split(" -- ")[0])) if "--" in line.text else line
            for line in lines[2:]
        ]
        given = replace(given, content=replace(given.content, pages=(Page(None, tuple(people)),), attributed=True))
    call = parse_transcript(replace(given, stated=(command, sidecar)))
    assert (call.company, call.period, call.fiscal, call.language) == ("Oak", "2023Q4", True, "zh")
    assert believed(call, "company") == ("Oak", Origin.SIDECAR, "Oak", 1)
    assert believed(call, "period") == ("2023Q4", Origin.COMMAND, "2023Q4", None)
    assert "Larkspur PLC" in {evidence.value for evidence in call.evidence if evidence.field == "company"}
    reed = next(speaker for speaker in call.speakers if speaker.name == "Tom Reed")
    assert (reed.other_names, reed.title, reed.affiliation, reed.role) == (("T. Reed",), "Chair", "Oak", Role.OTHER)
    assert [passage.speaker.name for passage in call.passages] == ["Tom Reed", "Ann Lee", "Tom Reed"]
    assert call.warnings == ("the sidecar names Nobody Else, and nobody of that name speaks in the file",)


def test_a_summary_tells_only_what_it_announces_first() -> None:
    summary = NonSpeechKind.SUMMARY
    lines = (
        Line(1, "远岭Q3业绩会实录：把投入变成收入"),
        Line(2, "首页的话：远岭在 2022 年第四季度的业绩创下新高。", summary),
        Line(3, "远岭(406.32, 7.28, 1.82%)发布了2024财年第三财季财报，对2024财年第四财季给出指引。", summary),
        Line(4, "公司在 2023 年第四季度发布了业绩。", summary),
        Line(5, "张明：谢谢大家，收入增长了两成。"),
        Line(6, "李华：请问下半年怎么看？"),
        Line(7, "张明：我们保持乐观。"),
    )
    call = parse_transcript(Source("call.txt", "txt", "0" * 64, Content((Page(None, lines),))))
    assert (call.company, call.period, call.fiscal) == ("远岭", "2024Q3", True)
    assert believed(call, "period")[3] == 3
    assert [evidence.value for evidence in call.evidence if evidence.field == "period"] == ["2024Q3"]


LINES = [
    "Larkspur Foods, Inc. NYSE:LKSP",
    "Larkspur Foods",
    "(",
    "LKSP",
    ")",
    "（股份代号：0888.HK）",
    "Q1 2024 Earnings Call",
    "for the period ending April 30, 2024",
    "May 2, 2024, 5:00 p.m. ET",
    "02/05/2024",
    "远岭科技2024财年第三财季业绩会实录",
    "2024-04-28 19:15:34 来源：北岭财经",
    "证券代码：300999 证券简称：远岭科技",
    "远岭(406.32, 7.28, 1.82%)发布了2024财年第三财季财报。",
    "LARKSPUR FOODS FQ1 2024 EARNINGS CALL | MAY 02, 2024",
    "---",
    "date: 2024-05-02",
    "Operator",
    "Tom Reed -- Chief Executive Officer",
    "张明：大家好，欢迎参加远岭科技2024年第一季度业绩会，今天是2024年5月2日。",
    "Good day, and welcome to the Larkspur Foods, Inc. first quarter 2024 earnings call. Today is May 2nd, 2024.",
    "We grew by a tenth.",
    "",
]


@given(
    st.lists(st.sampled_from(LINES), max_size=25),
    st.sampled_from(["call.txt", "远岭_0888_20240502.txt", "A_Q1_2024.md"]),
)
def test_evidence_is_verbatim_and_each_value_has_some(lines: list[str], name: str) -> None:
    text = "\n".join([*lines, "The end."])
    call = parse_transcript(source(text, name))
    ink = "".join(text.split())
    # Running heads stand in the middle of what they part.
    apart = {NonSpeechKind.RUNNING_HEAD, NonSpeechKind.PAGE_NUMBER}
    heads = {piece.lines.first for piece in call.non_speech if piece.kind in apart}
    kept = "".join("".join(line.split()) for number, line in enumerate(text.split("\n"), 1) if number not in heads)
    for evidence in call.evidence:
        if evidence.origin is Origin.FILE_NAME:
            assert evidence.text == Path(name).stem
        elif evidence.line is not None:
            assert any("".join(evidence.text.split()) in words for words in (ink, kept))
            assert 1 <= evidence.line <= len(lines) + 1
    for field in ("title", "company", "ticker", "period", "date"):
        value = getattr(call, field)
        found = [evidence.value for evidence in call.evidence if evidence.field == field]
        assert found[:1] == ([] if value is None else [value])
    assert call.fiscal == any(evidence.field == "fiscal" and evidence.value == "true" for evidence in call.evidence)
    assert call.period or not call.fiscal
