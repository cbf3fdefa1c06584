"""PDF to lines: reading order, furniture, paragraphs, characters, and a named error for what cannot be read."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from indexer.errors import (
    DamagedSourceError,
    EmptySourceError,
    OversizedSourceError,
    ProtectedSourceError,
    ScannedSourceError,
    SourceError,
)
from indexer.model import Content, NonSpeechKind
from indexer.sources import pdf_glyphs, read_source
from indexer.sources.pdf import read_pdf
from indexer.sources.pdf_characters import readable

HAN = "STSong-Light"
SPRING = (
    "The harbour office counted more boats this spring than in any spring before it, and most of them came back full. "
    "We had planned for fewer. The quay was widened in March, so that two crews can unload at the same time, which "
    "helped a good deal on busy days."
)
ICE = (
    "Costs of ice went up, since the old plant stood still for three weeks. We bought ice from the town next door "
    "and paid for the carts as well."
)
PLANT = (
    "Next year we mean to build a second plant. It will stand behind the market hall, where the ground is firm and "
    "the road is short."
)
REPORT = "第一季度渔船进港次数比去年多两成，冰的销量随之上升。码头三月完成扩建，两条船可以同时卸货，平均卸货时间从4小时降到2.5小时。"
QUESTION = "请问公司对ESG投入有什么计划？新的制冰机每吨用电下降12%，是不是会在明年全部换完，费用大概是多少？"


def paragraphs(content: Content) -> list[str]:
    """Join the lines that a reader takes for one paragraph, as a typist would."""
    joined: list[str] = []
    for page in content.pages:
        for line in page.lines:
            if line.kind is not None or not line.text:
                continue
            if line.continues:
                tight = joined[-1][-1] == "-" or line.text[0] > "\u2e80" or joined[-1][-1] > "\u2e80"
                joined[-1] += ("" if tight else " ") + line.text
            else:
                joined.append(line.text)
    return joined


def texts(content: Content, kind: NonSpeechKind) -> list[str]:
    return [line.text for page in content.pages for line in page.lines if line.kind is kind]


def read(data: bytes) -> Content:
    return read_pdf(data, "call.pdf")


# Reading order


def test_columns_of_prose_are_read_one_after_the_other_whichever_way_they_are_drawn(sheet) -> None:
    left, right = [SPRING, ICE, PLANT], [PLANT + " " + ICE, SPRING]
    by_column = sheet()
    by_column.at(60, 760, "A good spring for the boats of the harbour, and what it cost", "Helvetica-Bold", 16)
    for x, column in ((60, left), (310, right)):
        y = 720
        for text in column:
            y = by_column.paragraph(x, y, 225, text, "Times-Roman") - 6
    y = by_column.paragraph(60, 450, 475, "Below the columns " + SPRING)
    assert paragraphs(read(by_column.done()))[1:] == [*left, *right, "Below the columns " + SPRING]
    by_row = sheet()
    rows = zip(by_row.wrap(SPRING + " " + ICE, 225), by_row.wrap(ICE + " " + SPRING, 225), strict=True)
    for number, (a, b) in enumerate(rows):
        by_row.at(60, 720 - 12 * number, a)
        by_row.at(310, 720 - 12 * number, b)
    assert paragraphs(read(by_row.done())) == [SPRING + " " + ICE, ICE + " " + SPRING]


def test_a_table_of_names_and_roles_is_read_row_by_row(sheet) -> None:
    pdf = sheet()
    table = [("Name", "Role"), ("Ada Pell", "Harbour master"), ("Bo Lind", "Treasurer"), ("Cy Marsh", "Ice warden")]
    for number, (name, role) in enumerate(table):
        pdf.at(60, 700 - 14 * number, name)
        pdf.at(310, 700 - 14 * number, role)
    pdf.paragraph(60, 600, 475, SPRING)
    assert paragraphs(read(pdf.done())) == [*(f"{name} {role}" for name, role in table), SPRING]


def test_a_list_of_people_in_columns_keeps_each_title_below_its_name(sheet) -> None:
    pdf = sheet()
    people = [("Ada Pell", "Chief Executive Officer"), ("Bo Lind", "Treasurer")]
    others = [("Cy Marsh", "Quay Securities LLC"), ("Di Oaks", "Pier & Co.")]
    for x, column in ((60, people), (310, others)):
        for number, (name, title) in enumerate(column):
            pdf.at(x, 700 - 40 * number, name, "Helvetica-Bold")
            pdf.at(x, 689 - 40 * number, title, "Helvetica-Oblique")
    assert paragraphs(read(pdf.done())) == [text for person in people + others for text in person]


def test_a_form_keeps_its_label_out_of_the_text_beside_it(sheet) -> None:
    pdf = sheet()
    pdf.at(60, 760, "活动时间", HAN)
    pdf.at(180, 760, "2024年5月6日", HAN)
    pdf.at(60, 690, "主要内容", HAN)  # In the middle of a tall row.
    y = 740.0
    for text in ("问：" + QUESTION, "答：" + REPORT, "问：" + REPORT, "答：" + QUESTION):
        y = pdf.paragraph(180, y, 350, text, HAN, leading=15)
    found = paragraphs(read(pdf.done()))
    assert found == [
        "活动时间 2024年5月6日", "主要内容", "问：" + QUESTION, "答：" + REPORT, "问：" + REPORT, "答：" + QUESTION,
    ]  # fmt: skip


def test_a_name_beside_the_line_below_a_paragraph_is_no_second_line_of_the_one_above(sheet) -> None:
    pdf = sheet()
    y = 740.0
    turns = (
        ("Ada Winters", SPRING),
        ("Bo Klein", "And costs?"),
        ("Ada Winters", SPRING),
        ("Operator", "Thank you all."),
    )
    for name, text in turns:
        pdf.at(60, y, name, "Helvetica-Bold")
        y = pdf.paragraph(180, y, 350, text)
    found = paragraphs(read(pdf.done()))
    assert found == [piece for turn in turns for piece in turn]


def test_a_letter_at_the_margin_is_a_line_of_its_own(sheet) -> None:
    pdf = sheet()
    pdf.at(60, 700, "Cy Marsh", "Helvetica-Bold")
    pdf.right(535, 700, "Q", "Helvetica-Bold", 14)
    pdf.paragraph(60, 680, 475, SPRING)
    assert paragraphs(read(pdf.done())) == ["Cy Marsh", "Q", SPRING]


def test_a_bold_name_and_the_italic_title_beside_it_are_two_lines(sheet) -> None:
    pdf = sheet()
    pdf.at(60, 700, "Ada Pell", "Helvetica-Bold")
    pdf.at(104, 700, "Harbour Ice Corp. - Chief Executive Officer", "Helvetica-Oblique")
    (page,) = read(pdf.done()).pages
    assert [(line.text, line.bold) for line in page.lines] == [
        ("Ada Pell", True), ("Harbour Ice Corp. - Chief Executive Officer", False),
    ]  # fmt: skip


@pytest.mark.parametrize("rotation", [90, 180, 270])
def test_a_page_that_lies_on_its_side_is_read_like_any_other(sheet, rotation: int) -> None:
    lying = sheet()
    lying.canvas.setPageRotation(rotation)
    lying.paragraph(60, 500, 475, SPRING)
    assert paragraphs(read(lying.done())) == [SPRING]
    turned = sheet()
    turned.canvas.translate(300, 400)
    turned.canvas.rotate(rotation)
    turned.paragraph(-200, 50, 475, SPRING)
    assert paragraphs(read(turned.done())) == [SPRING]


def test_chinese_in_columns_from_the_right_is_read_down_them(sheet) -> None:
    pdf = sheet()
    for column, start in enumerate(range(0, len(REPORT), 18)):
        for row, character in enumerate(REPORT[start : start + 18]):
            pdf.at(500 - 22 * column, 750 - 12.5 * row, character, HAN, 12)
    assert "".join(paragraphs(read(pdf.done()))).replace(" ", "") == REPORT


def test_a_watermark_does_not_stand_in_the_text(sheet) -> None:
    pdf = sheet()
    pdf.paragraph(60, 700, 475, SPRING)
    pdf.canvas.translate(150, 600)
    pdf.canvas.rotate(40)
    pdf.at(0, 0, "CONFIDENTIAL DRAFT", size=40)
    content = read(pdf.done())
    assert paragraphs(content) == [SPRING]
    assert texts(content, NonSpeechKind.RUNNING_HEAD) == ["CONFIDENTIAL DRAFT"]


# Running heads and feet


@pytest.fixture
def long_call(sheet) -> bytes:
    """Six pages whose heads change with section and page; the same name stands on top of two of them."""
    pdf = sheet()
    for number in range(1, 7):
        if number % 2:
            pdf.at(60, 805, "Harbour Ice Corp. Q1 2024 Earnings Call", size=8)
            pdf.right(535, 805, "May 4, 2024", size=8)
        else:
            pdf.at(60, 805, "Presentation" if number < 4 else "Questions", size=8)
        pdf.at(60, 40, "© 2024 Transcribers of the Coast", size=7)
        pdf.right(535, 40, f"{number}", size=8)
        top = 770
        if number in {2, 3}:
            pdf.at(60, top, "Operator", "Helvetica-Bold")
            top -= 18
        pdf.paragraph(60, top, 475, f"Page {number} begins. " + SPRING)
        pdf.paragraph(60, 90, 475, f"Page {number} ends here. " + ICE)
        pdf.page()
    return pdf.done()


def test_heads_feet_and_numbers_are_told_from_text_and_kept(long_call: bytes) -> None:
    content = read(long_call)
    heads = texts(content, NonSpeechKind.RUNNING_HEAD)
    assert heads.count("Harbour Ice Corp. Q1 2024 Earnings Call") == heads.count("May 4, 2024") == 3
    assert heads.count("© 2024 Transcribers of the Coast") == 6
    assert {"Presentation", "Questions"} <= set(heads)
    assert texts(content, NonSpeechKind.PAGE_NUMBER) == list("123456")
    assert [page.number for page in content.pages] == [1, 2, 3, 4, 5, 6, 7], "the last page is empty"
    assert paragraphs(content).count("Operator") == 2
    assert sum(f"Page {n} begins. {SPRING}" in paragraphs(content) for n in range(1, 7)) == 6


def test_lines_are_numbered_on_through_the_file(long_call: bytes) -> None:
    numbers = [line.number for page in read(long_call).pages for line in page.lines]
    assert numbers == list(range(1, len(numbers) + 1))


@pytest.mark.parametrize("form", ["Page {} of 3", "- {} -", "第{}页 共3页", "{}/3"])
def test_page_numbers_in_many_forms(sheet, form: str) -> None:
    pdf = sheet()
    for number in range(1, 4):
        pdf.at(280, 40, form.format(number), HAN, 8)
        y = pdf.paragraph(60, 780, 475, f"{number * 7} boats. " + SPRING)
        pdf.paragraph(60, y - 8, 475, f"{number * 5} carts. " + ICE)
        if number < 3:
            pdf.page()
    content = read(pdf.done())
    assert texts(content, NonSpeechKind.PAGE_NUMBER) == [form.format(n) for n in range(1, 4)]
    assert len(paragraphs(content)) == 6


def test_text_that_comes_again_in_the_middle_of_paragraphs_is_no_running_head(sheet) -> None:
    pdf = sheet()
    for number in range(1, 5):
        pdf.paragraph(60, 800, 475, SPRING + f" That was report {number}.")
        pdf.page()
    pdf.paragraph(60, 800, 475, ICE)
    assert paragraphs(read(pdf.done())) == [*(SPRING + f" That was report {n}." for n in range(1, 5)), ICE]


# Paragraphs


@pytest.mark.parametrize(("gap", "indent"), [(6, 0), (0, 20), (9, 20), (0, 0)])
def test_paragraphs_are_told_by_gap_indent_or_short_last_lines(sheet, gap: float, indent: float) -> None:
    pdf = sheet()
    said = [SPRING, ICE, PLANT, ICE + " " + PLANT, SPRING + " " + ICE, PLANT]
    y = 760.0
    for text in said:
        y = pdf.paragraph(60, y, 420, text, indent=indent) - gap
    assert paragraphs(read(pdf.done())) == said


@pytest.mark.parametrize(("gap", "indent"), [(6, 0), (0, 20)])
def test_a_paragraph_goes_on_over_a_page_break_with_a_foot_in_between(sheet, gap: float, indent: float) -> None:
    pdf = sheet()
    said = [SPRING, ICE, PLANT, ICE + " " + PLANT, SPRING + " " + ICE] * 4
    y, page = 300.0, 1
    for text in said:
        for number, line in enumerate(pdf.wrap(text, 420, indent=indent)):
            if y < 70:
                pdf.at(300, 40, str(page), size=8)
                pdf.page()
                y, page = 300.0, page + 1
            pdf.at(60 + (indent if number == 0 else 0), y, line)
            y -= 12
        y -= gap
    content = read(pdf.done())
    assert len(content.pages) > 2
    assert paragraphs(content) == said


def test_bold_names_titles_and_headings_stand_alone(sheet) -> None:
    pdf = sheet()
    pdf.at(60, 780, "Questions and Answers", "Helvetica-Bold", 16)
    y = 750.0
    for name, title in (("Ada Pell", "Chief Executive Officer"), ("Cy Marsh", "Quay Securities LLC")):
        pdf.at(60, y, name, "Helvetica-Bold")
        pdf.at(60, y - 12, title, "Helvetica-Oblique")
        y = pdf.paragraph(60, y - 30, 475, SPRING) - 8
        y = pdf.paragraph(60, y, 475, ICE) - 8
    content = read(pdf.done())
    assert paragraphs(content) == [
        "Questions and Answers", "Ada Pell", "Chief Executive Officer", SPRING, ICE,
        "Cy Marsh", "Quay Securities LLC", SPRING, ICE,
    ]  # fmt: skip
    lines = [line for page in content.pages for line in page.lines]
    assert [line.text for line in lines if line.bold] == ["Questions and Answers", "Ada Pell", "Cy Marsh"]
    assert [line.text for line in lines if line.heading] == ["Questions and Answers"]


def test_items_of_lists_hang_together(sheet) -> None:
    pdf = sheet()
    y = 760.0
    for number in (1, 2, 3):
        lines = pdf.wrap(SPRING, 440)
        pdf.at(60, y, f"{number}.")
        for line in lines:
            pdf.at(80, y, line)
            y -= 12
    assert paragraphs(read(pdf.done())) == [f"{number}. {SPRING}" for number in (1, 2, 3)]


def test_a_chinese_document_with_two_blanks_of_indent(sheet) -> None:
    pdf = sheet()
    said = [f"主持人：{REPORT}", f"陆海生：{QUESTION}{REPORT}", f"何淑云：{REPORT}{REPORT}"] * 2
    y = 760.0
    for text in said:
        y = pdf.paragraph(60, y, 475, text, HAN, 10.5, 20, 21)
    assert paragraphs(read(pdf.done())) == said


# Characters


def test_blanks_are_put_where_the_text_layer_has_gaps_only(sheet) -> None:
    pdf = sheet()
    x = 60.0
    for word in ICE.split():
        pdf.at(x, 700, word, size=6)
        x += pdf.canvas.stringWidth(word, "Helvetica", 6) + 1.7
    pdf.canvas.saveState()
    spaced = pdf.canvas.beginText(60, 640)
    spaced.setFont("Helvetica", 10)
    spaced.setCharSpace(2.2)
    spaced.textOut("Letters are spaced here and nobody minds")
    pdf.canvas.drawText(spaced)
    pdf.canvas.restoreState()
    pdf.at(60, 600, "P R E S E N T A T I O N   B Y   U S", "Helvetica-Bold")
    assert paragraphs(read(pdf.done())) == [ICE, "Letters are spaced here and nobody minds", "PRESENTATION BY US"]


def test_han_is_set_without_blanks_but_keeps_those_that_were_typed(sheet) -> None:
    pdf = sheet()
    x = 60.0
    for piece, font in (("预计", HAN), ("2021", "Helvetica"), ("年收入增长", HAN), ("18.5%", "Helvetica"), ("。", HAN)):
        pdf.at(x, 700, piece, font, 10)
        x += pdf.canvas.stringWidth(piece, font, 10) + 2.5  # What layout programs put between the two scripts.
    pdf.at(60, 660, "参会人员：王小明 李大同，使用 AI 工具", HAN)
    pdf.at(60, 620, " ".join("识别出来的每个字之间都有空格"), HAN)
    assert paragraphs(read(pdf.done())) == [
        "预计2021年收入增长18.5%。", "参会人员：王小明 李大同，使用 AI 工具", "识别出来的每个字之间都有空格",
    ]  # fmt: skip


def test_raised_type_belongs_to_its_line(sheet) -> None:
    pdf = sheet()
    width = pdf.canvas.stringWidth
    pdf.paragraph(60, 720, 475, SPRING)
    pdf.at(60, 640, "In the 1")
    x = 60 + width("In the 1", "Helvetica", 10)
    pdf.at(x, 644, "st", size=6)
    pdf.at(x + width("st", "Helvetica", 6), 640, " quarter the fleet grew.")
    assert paragraphs(read(pdf.done()))[1] == "In the 1st quarter the fleet grew."


def test_words_that_line_ends_broke_are_made_whole(sheet) -> None:
    pdf = sheet()
    lines = [
        "All of the long-term plans are kept, and we publish infor-",
        "mation on what the harbour does every day, with a long-",
        "term plan for ice. We counted the ships on the North-",
        "South line, among them a 25-year ship and 30-",
        "year ships, and the prices of the fish were mark-to-",
        "market. The harbour is, we are told, one of the best har-",
        "bours of the coast, where the re-use of ice is the best.",
    ]
    for number, line in enumerate(lines):
        pdf.at(60, 700 - 12 * number, line)
    (said,) = paragraphs(read(pdf.done()))
    assert said == (
        "All of the long-term plans are kept, and we publish information on what the harbour does every day, with a "
        "long-term plan for ice. We counted the ships on the North-South line, among them a 25-year ship and 30-year "
        "ships, and the prices of the fish were mark-to-market. The harbour is, we are told, one of the best harbours "
        "of the coast, where the re-use of ice is the best."
    )


@pytest.fixture
def drawn_in_dejavu(sheet):
    fonts = list(Path("/usr/share/fonts").rglob("DejaVuSans.ttf"))
    if not fonts:
        pytest.skip("the DejaVu fonts are not installed")
    pdfmetrics.registerFont(TTFont("DejaVu", str(fonts[0])))

    def draw(text: str) -> bytes:
        pdf = sheet(pageCompression=0)
        pdf.paragraph(60, 700, 475, text, "DejaVu")
        return pdf.done()

    return draw


def test_ligatures_are_the_letters_they_stand_for_and_controls_are_nothing(drawn_in_dejavu) -> None:
    content = read(drawn_in_dejavu("The oﬃcers ﬁnd it eﬀective, the ﬂeet is ﬁne."))
    assert paragraphs(content) == ["The officers find it effective, the fleet is fine."]
    assert content.warnings == ()


def test_letters_of_a_ligature_that_the_file_spells_out_stay_together(drawn_in_dejavu) -> None:
    drawn = drawn_in_dejavu("The oﬃcers found it.")
    spelled = drawn.replace(b"<FB03>", b"<006600660069>")
    assert spelled != drawn
    assert paragraphs(read(spelled)) == ["The officers found it."]


@pytest.mark.parametrize(
    ("code", "text"),
    [
        (0x2F00, "一"), (0x2ED3, "长"), (0xFB03, "ffi"), (0xF900, "豈"), (0xA0, " "), (0x3000, " "), (0x0C, " "),
        (0x07, ""), (0x200B, ""), (0xFEFF, ""), (0xFFFE, ""), (0xD800, ""), (0xF0B7, ""),
        (0, "\ufffd"), (0xE123, "\ufffd"), (0x02, "-"), (0xFF0C, "，"), (0x201C, "“"), (0x1F600, "😀"),
    ],
)  # fmt: skip
def test_what_the_codes_of_text_layers_stand_for(code: int, text: str) -> None:
    assert readable(code) == text


def test_letters_that_the_file_does_not_name_are_seen_to_be_missing(drawn_in_dejavu) -> None:
    content = read(drawn_in_dejavu("The o\ue000cers \ue001nd it \ue002ne. " + SPRING))
    assert paragraphs(content) == ["The o\ufffdcers \ufffdnd it \ufffdne. " + SPRING]
    assert content.warnings[0].startswith("page 1 has letters that its fonts do not name")


def test_every_line_is_clean_text(long_call: bytes, drawn_in_dejavu) -> None:
    for data in (long_call, drawn_in_dejavu(SPRING)):
        for page in read(data).pages:
            for line in page.lines:
                assert line.text.isprintable()
                assert line.text == line.text.strip()
                assert "  " not in line.text


# What a PDF says of itself


def test_a_stated_title_is_believed_when_the_pages_show_it(sheet) -> None:
    def titled(title: str) -> Content:
        pdf = sheet()
        pdf.canvas.setTitle(title)
        pdf.at(60, 780, "Harbour Ice Corp. Q1 2024 Earnings Call", "Helvetica-Bold", 16)
        pdf.paragraph(60, 740, 475, SPRING)
        return read(pdf.done())

    assert titled("Harbour Ice Corp. - Earnings Call Q1 2024").fields == {
        "title": "Harbour Ice Corp. - Earnings Call Q1 2024"
    }
    for junk in ("Microsoft Word - call_final.docx", "untitled", "Harbour Ice Corp. Q3 2019 Shareholder Meeting", "x"):
        assert titled(junk).fields == {}


# What cannot be read


def _picture() -> object:
    return ImageReader(Image.new("L", (40, 60), 200))


def test_pages_that_are_pictures_ask_for_text_recognition(sheet) -> None:
    pdf = sheet()
    for number in range(3):
        pdf.canvas.drawImage(_picture(), 0, 0, 595, 842)
        pdf.right(535, 30, f"{number + 1}", size=8)  # A stamped number is no text layer.
        if number < 2:
            pdf.page()
    with pytest.raises(ScannedSourceError, match=r"call\.pdf.*OCR"):
        read(pdf.done())


def test_a_page_without_text_among_others_is_named(sheet) -> None:
    pdf = sheet()
    pdf.paragraph(60, 700, 475, SPRING)
    pdf.page()
    pdf.canvas.drawImage(_picture(), 0, 0, 595, 842)
    pdf.page()
    pdf.page()
    pdf.paragraph(60, 700, 475, ICE)
    content = read(pdf.done())
    assert len(content.warnings) == 1, "an empty page is no loss"
    assert content.warnings[0].startswith("page 2 has no text")
    assert paragraphs(content) == [SPRING, ICE]


def test_fonts_that_do_not_say_their_letters_are_no_text_layer(drawn_in_dejavu) -> None:
    data = drawn_in_dejavu("Мы видели больше лодок этой весной, чем когда либо прежде, и причал был расширен. " * 4)
    assert paragraphs(read(data))
    with pytest.raises(ScannedSourceError, match="fonts"):
        read(data.replace(b"/ToUnicode", b"/Unknowable"[:10].ljust(10)))


def test_an_empty_pdf_is_said_to_be_empty(sheet) -> None:
    for data in (sheet().done(), b"", b"\0" * 100):
        with pytest.raises(EmptySourceError, match=r"call\.pdf"):
            read(data)


def test_a_password_is_asked_for_by_name_but_only_where_one_is_needed(sheet) -> None:
    locked = sheet(encrypt="secret")
    locked.at(60, 700, ICE)
    with pytest.raises(ProtectedSourceError, match=r"call\.pdf.*password"):
        read(locked.done())
    only_restricted = sheet(encrypt=StandardEncryption("", ownerPassword="owner", canCopy=0))
    only_restricted.paragraph(60, 700, 475, ICE)
    assert paragraphs(read(only_restricted.done())) == [ICE]


def test_a_file_that_is_cut_off_is_damaged_wherever_it_is_cut(sheet) -> None:
    pdf = sheet()
    for _ in range(6):
        pdf.paragraph(60, 700, 475, SPRING)
        pdf.page()
    whole = pdf.done()
    for share in (0.05, 0.3, 0.6, 0.9, 0.99):
        with pytest.raises(DamagedSourceError, match=r"call\.pdf"):
            read(whole[: int(len(whole) * share)])
    for other in (b"hello there", b"%PDF-1.7\n" + bytes(range(256)), b"<html>%PDF</html>"):
        with pytest.raises(DamagedSourceError, match=r"call\.pdf"):
            read(other)


def test_more_pages_or_letters_than_a_transcript_can_have(sheet, monkeypatch: pytest.MonkeyPatch) -> None:
    pdf = sheet()
    for _ in range(4):
        pdf.paragraph(60, 700, 475, SPRING)
        pdf.page()
    data = pdf.done()
    for limit, value in (("MOST_PAGES", 3), ("MOST_CHARACTERS", 500), ("MOST_CHARACTERS_OF_A_PAGE", 100)):
        with monkeypatch.context() as patch:
            patch.setattr(pdf_glyphs, limit, value)
            with pytest.raises(OversizedSourceError, match=r"call\.pdf"):
                read(data)


def test_the_suffix_pdf_in_any_case_is_read(sheet, tmp_path: Path) -> None:
    pdf = sheet()
    pdf.paragraph(60, 700, 475, SPRING)
    path = tmp_path / "CALL.PDF"
    path.write_bytes(pdf.done())
    source = read_source(path)
    assert source.format == "pdf"
    assert paragraphs(source.content) == [SPRING]


@given(
    st.lists(st.tuples(st.integers(0, 5000), st.binary(min_size=1, max_size=6)), max_size=12), st.integers(0, 10_000)
)
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
def test_no_bytes_raise_anything_but_errors_of_ours(small_file: bytes, changes, cut: int) -> None:
    data = bytearray(small_file)
    for place, new in changes:
        at = place % len(data)
        data[at : at + len(new)] = new
    for variant in (bytes(data), bytes(data[: cut % len(data)])):
        try:
            content = read(variant)
        except SourceError:
            continue
        assert all(line.text.isprintable() for page in content.pages for line in page.lines)


@pytest.fixture(scope="module")
def small_file(sheet) -> bytes:
    pdf = sheet(pageCompression=0)
    y = pdf.paragraph(60, 700, 475, SPRING)
    pdf.paragraph(60, y - 10, 475, REPORT, HAN)
    return pdf.done()


@given(st.lists(st.sampled_from([SPRING, ICE, PLANT, REPORT, QUESTION]), min_size=1, max_size=9), st.integers(0, 8))
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
def test_no_letter_is_lost_or_moved(sheet, said: list[str], gap: int) -> None:
    pdf = sheet()
    y = 780.0
    for text in said:
        if y < 200:
            pdf.page()
            y = 780.0
        y = pdf.paragraph(60, y, 475, text, HAN if text in {REPORT, QUESTION} else "Helvetica") - gap
    found = "".join(line.text for page in read(pdf.done()).pages for line in page.lines)
    assert "".join(found.split()) == "".join("".join(said).split())


@pytest.mark.parametrize("drawn", ["by turn", "by row"])
def test_names_in_the_margin_stand_above_the_speech_beside_them(sheet, drawn: str) -> None:
    said = [
        ("Ada Pell", SPRING),
        ("Cy Marsh (Quay)", ICE),
        ("Ada Pell", PLANT + " " + SPRING),
        ("Di Oaks", "Thank you."),
    ]
    placed: list[tuple[float, float, str]] = []
    pdf = sheet()
    y = 760.0
    for name, text in said:
        placed += [(60, y - 14 * n, part) for n, part in enumerate(name.replace(" (", "\n(").split("\n"))]
        for line in pdf.wrap(text, 300):
            placed.append((220, y, line))
            y -= 14
        y -= 10
    for x, height, text in sorted(placed, key=lambda place: (-place[1], place[0])) if drawn == "by row" else placed:
        pdf.at(x, height, text)
    content = read(pdf.done())
    assert paragraphs(content) == [part for turn in said for part in turn]
    assert [line.text for page in content.pages for line in page.lines if line.heading] == [name for name, _ in said]


def test_a_page_with_one_name_in_the_margin_learns_from_the_others(sheet) -> None:
    pdf = sheet()
    turns = [[("Ada Pell", SPRING), ("Bo Lind", ICE)], [("Cy Marsh", SPRING + " " + PLANT)]]
    for page in turns:
        y = 700.0
        for name, text in page:
            pdf.at(60, y, name)
            y = pdf.paragraph(220, y, 300, text, leading=14) - 10
        pdf.page()
    assert paragraphs(read(pdf.done())) == [part for page in turns for turn in page for part in turn]


def test_a_line_that_is_a_picture_in_the_midst_of_text_is_warned_of(sheet) -> None:
    pdf = sheet()
    y = pdf.paragraph(60, 700, 475, SPRING)
    pdf.at(60, y, "In Asia,")
    pdf.canvas.drawImage(_picture(), 100, y - 2, 430, 11)
    pdf.paragraph(60, y - 12, 475, ICE)
    assert "page 1 has lines that are pictures" in read(pdf.done()).warnings[0]
    logo = sheet()
    logo.canvas.drawImage(_picture(), 60, 780, 200, 14)
    logo.paragraph(60, 700, 475, SPRING)
    assert read(logo.done()).warnings == ()
