"""Calls as data vendors and companies set them in PDF: who said what, with title and firm, in which section."""

from __future__ import annotations

import hashlib
from collections import Counter
from typing import TYPE_CHECKING

import pytest

from indexer.model import NonSpeechKind, Role, Section, Source
from indexer.sources.pdf import read_pdf
from indexer.transcripts import parse_transcript

if TYPE_CHECKING:
    from indexer.model import Transcript

HAN = "STSong-Light"
BOLD, ITALIC = "Helvetica-Bold", "Helvetica-Oblique"
WELCOME = "Good morning, and welcome to the first quarter call of the harbour. I now hand over to Ada Pell."
SPRING = (
    "Thank you. The harbour office counted more boats this spring than in any spring before it, and most of them came "
    "back full. The quay was widened in March, so that two crews can unload at the same time."
)
ICE = (
    "Costs of ice went up, since the old plant stood still for three weeks. We bought ice from the town next door "
    "and paid for the carts as well."
)
FIRST = "Our first question comes from Cy Marsh of Quay Securities."
ASKED = "Thank you. How much did the ice cost in the end, and will the old plant stand still again this year?"
SECOND = "The next question comes from Di Oaks of Pier and Company."
ASKED_TOO = "How many crews can unload at the same time once the second quay is ready, and who pays for it?"
CLOSING = "There are no further questions. You may now disconnect."
SAID = [WELCOME, SPRING, ICE, FIRST, ASKED, ICE, SECOND, ASKED_TOO, SPRING, CLOSING]
SEQUENCE = [
    "Operator", "Ada Pell", "Bo Lind", "Operator", "Cy Marsh", "Bo Lind", "Operator", "Di Oaks", "Ada Pell", "Operator",
]  # fmt: skip
EXECUTIVES = {"Ada Pell": "President, CEO & Director", "Bo Lind": "Chief Financial Officer"}
ANALYSTS = {"Cy Marsh": "Quay Securities LLC, Research Division", "Di Oaks": "Pier & Company, Inc., Research Division"}


def parse(data: bytes, name: str = "call.pdf") -> Transcript:
    """Read a PDF; every use checks that no character of its lines is lost or doubled."""
    content = read_pdf(data, name)
    transcript = parse_transcript(Source(name, "pdf", hashlib.sha256(data).hexdigest(), content))
    ink = Counter("".join(line.text for page in content.pages for line in page.lines).replace(" ", ""))
    kept = "".join(piece.text for piece in (*transcript.non_speech, *transcript.passages))
    assert Counter("".join(kept.split())) == ink
    return transcript


def turns(transcript: Transcript) -> list[str]:
    return [turn.speaker.name for turn in transcript.turns]


def check_the_call(call: Transcript) -> None:
    assert turns(call) == SEQUENCE
    assert [passage.text for passage in call.passages] == SAID
    assert [exchange.asker.name for exchange in call.exchanges] == ["Cy Marsh", "Di Oaks"]
    assert [[answer.speaker.name for answer in e.answers] for e in call.exchanges] == [["Bo Lind"], ["Ada Pell"]]
    roles = {speaker.name: speaker.role for speaker in call.speakers}
    assert {name for name, role in roles.items() if role is Role.MANAGEMENT} == set(EXECUTIVES)
    assert {name for name, role in roles.items() if role is Role.ANALYST} == set(ANALYSTS)
    questions = next(i for i, passage in enumerate(call.passages) if passage.section is Section.QA)
    assert call.passages[questions].text == FIRST


class Vendor:
    """Sets turns below each other and breaks pages where they are full."""

    def __init__(self, sheet, head: str, date: str, foot: str) -> None:
        self.pdf = sheet()
        self._head, self._date, self._foot = head, date, foot
        self._number = 0
        self.y = 0.0
        self.page()

    def page(self) -> None:
        if self._number:
            self.pdf.page()
        self._number += 1
        self.pdf.at(60, 805, self._head, size=8)
        self.pdf.right(535, 805, self._date, size=8)
        self.pdf.at(60, 40, self._foot, size=7)
        self.pdf.right(535, 40, str(self._number), size=8)
        self.y = 770.0

    def line(self, text: str, font: str = "Helvetica", size: float = 10, below: float = 14) -> None:
        self.pdf.at(60, self.y, text, font, size)
        self.y -= below

    def said(self, text: str) -> None:
        for line in self.pdf.wrap(text, 475):
            if self.y < 70:
                self.page()
            self.line(line, below=12)
        self.y -= 8

    def done(self) -> bytes:
        return self.pdf.done()


@pytest.fixture
def vendor(sheet) -> Vendor:
    head, foot = "HARBOUR ICE CORP. FQ1 2024 EARNINGS CALL", "Copyright © 2024 Transcribers of the Coast, Inc."
    return Vendor(sheet, head, "MAY 04, 2024", foot)


@pytest.mark.parametrize("marks", [{}, {"Cy Marsh": "Question", "Di Oaks": "Question", "Bo Lind": "Answer"}])
def test_names_in_bold_with_title_or_firm_below_and_columns_of_participants(vendor: Vendor, marks) -> None:
    vendor.line("Harbour Ice Corp. NYSE:HICE", BOLD, 23, 30)
    vendor.line("FQ1 2024 Earnings Call Transcripts", BOLD, 25, 30)
    vendor.line("Saturday, May 04, 2024 2:00 PM GMT", BOLD, 18, 30)
    vendor.line("Currency: USD (2.41 %)", size=8)
    vendor.page()
    vendor.line("Table of Contents", BOLD, 24, 40)
    for entry, number in (("Call Participants", 3), ("Presentation", 4), ("Question and Answer", 4)):
        vendor.line(f"{entry} {'.' * 60} {number}", BOLD, 9)
    vendor.page()
    vendor.line("Call Participants", BOLD, 24, 40)
    top = vendor.y
    for x, heading, people in ((60, "EXECUTIVES", EXECUTIVES), (310, "ANALYSTS", ANALYSTS)):
        vendor.pdf.at(x, top, heading, BOLD)
        for number, (name, description) in enumerate(people.items(), 1):
            vendor.pdf.at(x, top - 60 * number, name, BOLD)
            for line, part in enumerate(vendor.pdf.wrap(description, 130, ITALIC), 1):
                vendor.pdf.at(x, top - 60 * number - 11 * line, part, ITALIC)
    vendor.page()
    vendor.line("Presentation", BOLD, 24, 30)
    for position, (name, text) in enumerate(zip(SEQUENCE, SAID, strict=True)):
        if position == 3:
            vendor.line("Question and Answer", BOLD, 24, 30)
        if position > 2 and name in marks:
            vendor.line(marks[name], ITALIC)
        vendor.line(name, BOLD, below=12)
        if description := (EXECUTIVES | ANALYSTS).get(name):
            vendor.line(description, ITALIC)
        vendor.y -= 4
        vendor.said(text)
    vendor.page()
    vendor.line("Copyright © 2024 by Transcribers of the Coast, Inc. All rights reserved.", size=8)
    vendor.said("These pages are for information only. No part of them may be copied without our leave.")
    call = parse(vendor.done())
    check_the_call(call)
    assert {s.name: s.title for s in call.speakers if s.role is Role.MANAGEMENT} == EXECUTIVES
    assert {s.name: s.affiliation for s in call.speakers if s.role is Role.ANALYST} == ANALYSTS
    assert call.date == "2024-05-04"
    assert [piece.text for piece in call.non_speech if piece.kind is NonSpeechKind.QUESTION_MARK] == [
        marks[name] for name in SEQUENCE[3:] if name in marks
    ]
    assert {passage.page for passage in call.passages} == {4}


def test_dotted_rules_and_letters_at_the_margin(vendor: Vendor) -> None:
    titles = {name: f"{title}, Harbour Ice Corp." for name, title in EXECUTIVES.items()}
    firms = {"Cy Marsh": "Analyst, Quay Securities LLC", "Di Oaks": "Analyst, Pier & Company, Inc."}
    for heading, people in (("CORPORATE PARTICIPANTS", titles), ("OTHER PARTICIPANTS", firms)):
        vendor.line(heading, BOLD, 12, 20)
        for x, (name, description) in zip((60, 310), people.items(), strict=True):
            vendor.pdf.at(x, vendor.y, name, BOLD, 9)
            vendor.pdf.at(x, vendor.y - 11, description, size=9)
        vendor.y -= 40
    vendor.line("MANAGEMENT DISCUSSION SECTION", BOLD, 12, 20)
    for position, (name, text) in enumerate(zip(SEQUENCE, SAID, strict=True)):
        if position == 3:
            vendor.page()
            vendor.line("QUESTION AND ANSWER SECTION", BOLD, 12, 20)
        vendor.line("." * 160, size=8)
        if position > 3 and name != "Operator":
            vendor.pdf.right(535, vendor.y - 6, "Q" if name in firms else "A", BOLD, 16)
        vendor.line(name, BOLD, below=12)
        if description := (titles | firms).get(name):
            vendor.line(description, ITALIC, 9, 18)
        vendor.said(text)
    call = parse(vendor.done())
    check_the_call(call)
    assert {s.name: s.affiliation for s in call.speakers if s.role is Role.ANALYST} == {
        "Cy Marsh": "Quay Securities LLC", "Di Oaks": "Pier & Company, Inc.",
    }  # fmt: skip
    marks = [piece.text for piece in call.non_speech if piece.kind is NonSpeechKind.QUESTION_MARK]
    assert marks == ["Q", "A", "Q", "A"]


def test_names_with_firm_and_title_on_one_line(vendor: Vendor) -> None:
    titles = {name: f"Harbour Ice Corp. - {title}" for name, title in EXECUTIVES.items()}
    firms = {"Cy Marsh": "Quay Securities LLC - Analyst", "Di Oaks": "Pier & Company, Inc. - MD & Analyst"}
    width = vendor.pdf.canvas.stringWidth

    def named(name: str, description: str | None) -> None:
        if description:
            vendor.pdf.at(60 + width(name + " ", BOLD, 9), vendor.y, description, ITALIC, 9)
        vendor.line(name, BOLD, 9)

    for heading, people in (("CORPORATE PARTICIPANTS", titles), ("CONFERENCE CALL PARTICIPANTS", firms)):
        vendor.line(heading, BOLD, 11, 18)
        for name, description in people.items():
            named(name, description)
        vendor.y -= 10
    vendor.line("P R E S E N T A T I O N", BOLD, 11, 20)
    for position, (name, text) in enumerate(zip(SEQUENCE, SAID, strict=True)):
        if position == 3:
            vendor.line("Q U E S T I O N S   A N D   A N S W E R S", BOLD, 11, 20)
        description = (titles | firms).get(name)
        named(name, f"- {description}" if description else None)
        vendor.y -= 4
        vendor.said(text)
    vendor.page()
    vendor.line("DISCLAIMER", BOLD, 9)
    vendor.said("Transcribers of the Coast reserves the right to change what it publishes without telling anybody.")
    call = parse(vendor.done())
    check_the_call(call)
    assert {s.name: s.affiliation for s in call.speakers if s.role is Role.ANALYST} == {
        "Cy Marsh": "Quay Securities LLC", "Di Oaks": "Pier & Company, Inc.",
    }  # fmt: skip


def test_a_company_page_with_names_and_titles_before_a_colon(vendor: Vendor) -> None:
    for name, text in zip(SEQUENCE, SAID, strict=True):
        title = EXECUTIVES.get(name) or ANALYSTS.get(name)
        vendor.said(f"{name} – {title}: {text}" if title else f"{name}: {text}")
    call = parse(vendor.done())
    assert turns(call) == SEQUENCE
    assert [passage.text for passage in call.passages] == SAID


def test_bold_names_alone_and_words_in_bold_that_are_no_names(vendor: Vendor) -> None:
    for position, (name, text) in enumerate(zip(SEQUENCE, SAID, strict=True)):
        vendor.line(name, BOLD)
        if position == 1:
            vendor.line("More Boats Than Ever", BOLD)
        vendor.said(text)
    call = parse(vendor.done())
    assert [name for name in turns(call) if name not in SEQUENCE] == []
    assert {s.name for s in call.speakers} == set(SEQUENCE)
    assert [p.text for p in call.passages if p.text in SAID] == SAID


def test_a_short_remark_below_a_bold_name_is_no_title(vendor: Vendor) -> None:
    said = [("Ada Pell", SPRING), ("Cy Marsh", "And the ice"), ("Ada Pell", "Yes, the ice too"), ("Cy Marsh", ICE)] * 2
    for name, text in said:
        vendor.line(name, BOLD)
        vendor.said(text)
        vendor.said(ICE)
    call = parse(vendor.done())
    spoken = [passage.text for passage in call.passages]
    assert spoken.count("And the ice") == spoken.count("Yes, the ice too") == 2
    assert all(speaker.title is None for speaker in call.speakers)


def test_a_chinese_record_in_a_form(sheet) -> None:
    asked, answered = (
        "请介绍一下今年第一季度的渔获情况，以及码头扩建对卸货时间的影响？",
        (
            "第一季度渔获比去年同期多两成，主要来自北边的渔场。码头三月完成扩建，两条船可以同时卸货，"
            "平均卸货时间从四小时降到两个半小时，旺季的排队明显减少。"
        ),
    )
    pdf = sheet()
    pdf.at(200, 780, "投资者关系活动记录表", HAN, 16)
    for y, label, value in ((740, "活动时间", "2024年5月6日"), (720, "活动地点", "港口会议室")):
        pdf.at(60, y, label, HAN)
        pdf.at(180, y, value, HAN)
    pdf.at(60, 600, "主要内容", HAN)
    y = 700.0
    for text in (f"问：{asked}", f"答：{answered}") * 3:
        y = pdf.paragraph(180, y, 350, text, HAN, leading=16)
    call = parse(pdf.done(), "记录表.pdf")
    assert turns(call) == ["问", "答"] * 3
    assert [passage.text for passage in call.passages] == [asked, answered] * 3
    assert call.date == "2024-05-06"
    assert {passage.page for passage in call.passages} == {1}


def test_names_in_larger_type_with_the_title_in_smaller_type_below(vendor: Vendor) -> None:
    titles = {name: f"{title}, Harbour Ice Corp." for name, title in EXECUTIVES.items()}
    firms = {"Cy Marsh": "Analyst, Quay Securities LLC", "Di Oaks": "Analyst, Pier & Company, Inc."}
    for position, (name, text) in enumerate(zip(SEQUENCE, SAID, strict=True)):
        if name == "Operator":
            vendor.said(f"Operator: {text}")
            continue
        if position > 3:
            vendor.pdf.right(535, vendor.y - 6, "Q" if name in firms else "A", BOLD, 26)
        vendor.line(name, size=14)
        vendor.line((titles | firms)[name], size=11.5, below=16)
        vendor.said(text)
    call = parse(vendor.done())
    assert turns(call) == SEQUENCE
    assert [passage.text for passage in call.passages] == SAID
    assert {s.name: s.title for s in call.speakers if s.role is Role.MANAGEMENT} == titles
    assert {s.name: s.affiliation for s in call.speakers if s.role is Role.ANALYST} == {
        "Cy Marsh": "Quay Securities LLC", "Di Oaks": "Pier & Company, Inc.",
    }  # fmt: skip


@pytest.mark.parametrize("form", ["{}, {}", "{} ({})"])
def test_names_in_bold_with_the_firm_beside_them(vendor: Vendor, form: str) -> None:
    beside = {"Cy Marsh": "Quay Securities", "Di Oaks": "Pier & Company", **EXECUTIVES}
    for name, text in zip(SEQUENCE, SAID, strict=True):
        vendor.line(form.format(name, beside[name]) if name in beside else name, BOLD)
        vendor.said(text)
    vendor.line("Important Notice", BOLD)
    vendor.said("These pages are for information only. No part of them may be copied without our leave.")
    call = parse(vendor.done())
    assert turns(call) == SEQUENCE
    assert [passage.text for passage in call.passages] == SAID
    assert {s.name: s.affiliation for s in call.speakers if s.role is Role.ANALYST} == {
        "Cy Marsh": "Quay Securities", "Di Oaks": "Pier & Company",
    }  # fmt: skip


def test_names_in_the_margin_with_the_firm_below(sheet) -> None:
    pdf = sheet()
    y = 780.0
    beside = {"Cy Marsh": "(Quay Securities)", "Di Oaks": "(Pier & Company)"}
    for name, text in zip(SEQUENCE, SAID, strict=True):
        pdf.at(60, y, name)
        if name in beside:
            pdf.at(60, y - 14, beside[name], size=8)
        y = pdf.paragraph(220, y, 300, text, leading=14) - 10
    call = parse(pdf.done())
    assert turns(call) == SEQUENCE
    assert [passage.text for passage in call.passages] == SAID
    assert {s.name for s in call.speakers if s.role is Role.ANALYST} == set(beside)


def test_bold_headings_of_a_report_introduce_nobody(vendor: Vendor) -> None:
    for heading, text in (("Net Sales", SPRING), ("Gross Margin", ICE), ("Second Plant", ASKED), ("Ice Prices", ICE)):
        vendor.line(heading, BOLD)
        vendor.said(text)
    report = parse(vendor.done())
    assert {speaker.name for speaker in report.speakers} <= {"Unknown speaker"}
    assert [p.text for p in report.passages if len(p.text) > 40] == [SPRING, ICE, ASKED, ICE]
