"""Word files: paragraphs and tables in their order, as Word shows them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from indexer.errors import DamagedSourceError, EmptySourceError, UnsupportedFormatError
from indexer.model import Line, NonSpeechKind
from indexer.sources import read_source
from indexer.sources.word import read_docx
from indexer.transcripts import parse_transcript


def saved(document: Document) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def written(write: Callable[[Document], object]) -> list[Line]:
    document = docx.Document()
    write(document)
    return [line for page in read_docx(saved(document), "call.docx").pages for line in page.lines]


def paragraph(xml: str) -> Callable[[Document], object]:
    def write(document: Document) -> None:
        spaces = nsdecls("w", "r") + ' xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
        spaces += ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
        document.element.body.insert(0, parse_xml(f"<w:p {spaces}>{xml}</w:p>"))

    return write


def run(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def test_paragraphs_headings_and_bold() -> None:
    def write(document: Document) -> None:
        document.add_heading("Larkspur Kilns, third quarter", 0)
        document.add_heading("Questions", 2)
        document.add_paragraph().add_run("Ines Varga").bold = True
        mixed = document.add_paragraph()
        mixed.add_run("Sales ").bold = True
        mixed.add_run("rose.")
        document.add_paragraph()

    lines = written(write)
    assert [line.text for line in lines] == ["Larkspur Kilns, third quarter", "Questions", "Ines Varga", "Sales rose."]
    assert [line.heading for line in lines] == [True, True, False, False]
    assert [line.bold for line in lines][2:] == [True, False]
    assert [line.number for line in lines] == [1, 2, 3, 4]
    assert [line.continues for line in lines] == [False] * 4


def test_breaks_within_a_paragraph_begin_lines_and_tabs_are_blanks() -> None:
    lines = written(
        paragraph(
            "<w:r><w:t>Ines Varga</w:t><w:tab/><w:t>0:03</w:t><w:br/><w:t>good day</w:t><w:br/><w:t>From where we stand the quarter that has just ended went as well</w:t><w:br/><w:t>as it could.</w:t></w:r>"
        )
    )
    assert [(line.text, line.continues) for line in lines] == [
        ("Ines Varga 0:03", False), ("good day", False),
        ("From where we stand the quarter that has just ended went as well", False), ("as it could.", True),
    ]  # fmt: skip


def test_tracked_changes_are_accepted() -> None:
    inserted = f'<w:ins w:id="1" w:author="a">{run("eleven ")}</w:ins>'
    deleted = '<w:del w:id="2" w:author="a"><w:r><w:delText>nine </w:delText></w:r></w:del>'
    moved = f'<w:moveFrom w:id="3" w:author="a">{run("gone ")}</w:moveFrom>'
    (line,) = written(paragraph(run("Sales rose ") + deleted + inserted + moved + run("percent.")))
    assert line.text == "Sales rose eleven percent."


def test_links_fields_controls_and_hyphens_are_text() -> None:
    link = f'<w:hyperlink w:anchor="x">{run("our site")}</w:hyperlink>'
    field = f'<w:fldSimple w:instr=" PAGE ">{run("7")}</w:fldSimple>'
    code = "<w:r><w:instrText>HYPERLINK secret</w:instrText></w:r>"
    control = f"<w:sdt><w:sdtContent>{run(' and more')}</w:sdtContent></w:sdt>"
    odd = "<w:r><w:noBreakHyphen/><w:t>x</w:t></w:r><m:oMath><m:r><m:t>y=2</m:t></m:r></m:oMath>"
    (line,) = written(paragraph(run("See ") + link + run(", page ") + field + code + control + odd))
    assert line.text == "See our site, page 7 and more\u2011xy=2"


def test_a_text_box_is_read_once() -> None:
    box = f"<w:txbxContent><w:p>{run('In the box.')}</w:p></w:txbxContent>"
    both = f"<mc:AlternateContent><mc:Choice Requires='wps'>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent>"
    lines = written(paragraph(run("Beside the box.") + f"<w:r>{both}</w:r>"))
    assert [line.text for line in lines] == ["Beside the box.", "In the box."]


def test_headers_and_footers_stand_once_as_running_heads() -> None:
    def write(document: Document) -> None:
        document.sections[0].header.paragraphs[0].text = "Larkspur Kilns   3 May 2024"
        document.sections[0].footer.paragraphs[0].text = "Confidential"
        document.add_paragraph("Ines Varga: Good day.")
        document.add_section()
        document.add_paragraph("Tom Oyelaran: Good day to you.")

    lines = written(write)
    heads = [line.text for line in lines if line.kind is NonSpeechKind.RUNNING_HEAD]
    assert heads == ["Larkspur Kilns   3 May 2024", "Confidential"]
    assert [line.text for line in lines if line.kind is None] == [
        "Ines Varga: Good day.",
        "Tom Oyelaran: Good day to you.",
    ]


def test_a_footnote_stands_below_its_paragraph_and_nobody_spoke_it() -> None:
    document = docx.Document()
    document.add_paragraph("Sales rose.").paragraph_format.element.append(
        parse_xml(f'<w:r {nsdecls("w")}><w:footnoteReference w:id="2"/></w:r>')
    )
    document.add_paragraph("Costs fell.")
    notes = (
        f'<w:footnotes {nsdecls("w")}><w:footnote w:id="2"><w:p>{run("Before tax.")}</w:p></w:footnote></w:footnotes>'
    )
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
    part = docx.opc.part.Part(
        docx.opc.packuri.PackURI("/word/footnotes.xml"), "application/xml", notes.encode(), document.part.package
    )
    document.part.relate_to(part, kind)
    lines = [line for page in read_docx(saved(document), "x").pages for line in page.lines]
    assert [(line.text, line.kind) for line in lines] == [
        ("Sales rose.", None), ("Before tax.", NonSpeechKind.NAVIGATION), ("Costs fell.", None),
    ]  # fmt: skip


TURNS = (
    ("0:03", "Ines Varga", "Good day, and welcome. We had a fine quarter."),
    ("0:11", "Tom Oyelaran", "Sales rose by nine percent, and costs fell."),
    ("1:02:09", "Ines Varga", "Thank you, Tom."),
)


def table(document: Document, rows: list[tuple[str, ...]]) -> None:
    grid = document.add_table(0, len(rows[0]))
    for row in rows:
        for cell, text in zip(grid.add_row().cells, row, strict=True):
            cell.text = text


@pytest.mark.parametrize("head", [("Time", "Speaker", "Text"), ("时间", "发言人", "内容"), None])
def test_a_table_of_times_speakers_and_words_names_its_speakers(head: tuple[str, ...] | None) -> None:
    lines = written(lambda document: table(document, [*([head] if head else []), *TURNS]))
    assert [(line.person.name, line.time.start) for line in lines if line.person and line.time] == [
        ("Ines Varga", 3), ("Tom Oyelaran", 11), ("Ines Varga", 3729),
    ]  # fmt: skip
    assert [line.text for line in lines if line.kind is None and not line.person] == [words for _, _, words in TURNS]
    assert [line.text for line in lines if line.kind is NonSpeechKind.TIME_MARK] == [time for time, _, _ in TURNS]


def test_names_beside_words_are_speakers_also_when_each_turn_is_a_table(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("Minutes of the meeting")
    for _, name, words in TURNS:
        table(document, [(name, words)])
        document.add_paragraph()
    path = tmp_path / "minutes.docx"
    path.write_bytes(saved(document))
    call = parse_transcript(read_source(path))
    assert [turn.speaker.name for turn in call.turns] == ["Ines Varga", "Tom Oyelaran", "Ines Varga"]
    assert [passage.text for passage in call.passages] == [words for _, _, words in TURNS]


def test_a_chinese_table_of_turns() -> None:
    rows = [("林晓", "各位好，我们这个季度卖得很好。"), ("周远", "成本什么时候会下来？"), ("林晓", "六月以后。")]
    lines = written(lambda document: table(document, rows))
    assert [line.person.name for line in lines if line.person] == ["林晓", "周远", "林晓"]


@pytest.mark.parametrize(
    "rows",
    [
        [("Item", "Owner", "Due"), ("Kiln two", "Ines", "May"), ("Hedge", "Tom", "June")],
        [("Date", "3 May 2024"), ("Company", "Larkspur Kilns"), ("Ticker", "LKN")],
        [("Key Points", "Sales rose by nine percent."), ("Next Steps", "We will light the second kiln in May.")],
        [("Decision", "The kiln is lit in May."), ("Action", "Ines orders the clay."), ("Decision", "Gas is hedged.")],
        [("Sales", "9.1", "8.3"), ("Costs", "7.0", "7.2")],
    ],
)
def test_any_other_table_is_read_row_by_row(rows: list[tuple[str, ...]]) -> None:
    lines = written(lambda document: table(document, rows))
    assert [line.text for line in lines] == ["\t".join(row) for row in rows]
    assert not any(line.person for line in lines)


def test_paragraphs_and_tables_keep_their_order() -> None:
    def write(document: Document) -> None:
        document.add_paragraph("One.")
        table(document, [("a", "b"), ("c", "d")])
        document.add_paragraph("Two.")

    assert [line.text for line in written(write)] == ["One.", "a\tb", "c\td", "Two."]


def test_a_deleted_row_and_a_nested_table() -> None:
    def write(document: Document) -> None:
        outer = document.add_table(2, 1)
        outer.cell(0, 0).text = "Gone."
        document.element.body.xpath(".//w:tr")[0].get_or_add_trPr().append(
            parse_xml(f'<w:del {nsdecls("w")} w:id="1" w:author="a"/>')
        )
        inner = outer.cell(1, 0).add_table(1, 2)
        inner.cell(0, 0).text, inner.cell(0, 1).text = "x", "y"

    assert [line.text for line in written(write)] == ["x\ty"]


@pytest.mark.parametrize(
    "shape", ["{name}   {time}\n{words}", "[00:00:{n:02}] {name}:\n{words}", "{name}({time}): {words}"]
)
def test_exports_of_meeting_tools_name_their_speakers(tmp_path: Path, shape: str) -> None:
    document = docx.Document()
    for n, (time, name, words) in enumerate(TURNS * 2):
        for text in shape.format(name=name, time=time, words=words, n=n).split("\n"):
            document.add_paragraph(text)
    path = tmp_path / "meeting.docx"
    path.write_bytes(saved(document))
    call = parse_transcript(read_source(path))
    assert [turn.speaker.name for turn in call.turns][:2] == ["Ines Varga", "Tom Oyelaran"]
    assert [passage.text for passage in call.passages][:2] == [words for _, _, words in TURNS][:2]


def test_a_file_without_text_is_said_to_be_empty() -> None:
    with pytest.raises(EmptySourceError, match=r"blank\.docx"):
        read_docx(saved(docx.Document()), "blank.docx")


def test_damaged_files_are_damaged() -> None:
    document = docx.Document()
    document.add_paragraph("text " * 500)
    whole = saved(document)
    for end in (100, len(whole) // 2, len(whole) - 30):
        with pytest.raises(DamagedSourceError, match=r"cut\.docx"):
            read_docx(whole[:end], "cut.docx")


def repacked(data: bytes, change: Callable[[str, bytes], bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w") as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
    return buffer.getvalue()


def test_xml_that_grows_without_end_is_not_expanded() -> None:
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 9))
    head = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e0 "boom">{entities}]>'
    document = docx.Document()
    document.add_paragraph("MARK")

    def change(name: str, data: bytes) -> bytes:
        if name != "word/document.xml":
            return data
        return head.encode() + data[data.index(b"<w:document") :].replace(b"MARK", b"Plain words. &e8;")

    try:
        content = read_docx(repacked(saved(document), change), "bomb.docx")
    except DamagedSourceError:
        return
    assert sum(len(line.text) for page in content.pages for line in page.lines) < 100


def test_a_package_that_is_no_word_document_is_damaged() -> None:
    document = docx.Document()
    document.add_paragraph("text")
    broken = repacked(saved(document), lambda name, data: b"<" if name == "word/document.xml" else data)
    with pytest.raises(DamagedSourceError, match="no whole Word file"):
        read_docx(broken, "x.docx")


def test_an_old_word_file_says_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "call.doc"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + "WordDocument".encode("utf-16-le") + bytes(900))
    with pytest.raises(UnsupportedFormatError, match=r"old Word file.*save it as docx"):
        read_source(path)


def test_a_line_that_is_bold_above_one_that_is_not() -> None:
    def write(document: Document) -> None:
        added = document.add_paragraph()
        added.add_run("Sabine Roth\n").bold = True
        added.add_run("CEO").italic = True
        document.add_paragraph("Sales were EUR 812 million.")

    assert [(line.text, line.bold) for line in written(write)] == [
        ("Sabine Roth", True),
        ("CEO", False),
        ("Sales were EUR 812 million.", False),
    ]
