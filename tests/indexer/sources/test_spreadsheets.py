"""Tables: the columns of speakers and texts are found by their header, and nothing is evaluated or lost."""

from __future__ import annotations

import csv
import datetime as dt
import io
import zipfile

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.errors import (
    DamagedSourceError,
    EmptySourceError,
    MalformedRecordsError,
    OversizedSourceError,
    ProtectedSourceError,
    YuanhuaError,
)
from indexer.model import Role, Section, TimeSpan
from indexer.sources import READERS

ROWS = [
    ["会议名称", "某公司业绩说明会"],
    ["日期", dt.date(2024, 5, 1)],
    [],
    ["序号", "发言人", "职务", "环节", "时间", "发言内容"],
    [1, "张三", "首席财务官", "管理层发言", dt.time(0, 1, 5), "收入增长了20%。\n成本下降。"],
    [2, "李四", "某某证券 分析师", "问答", dt.timedelta(minutes=2), "毛利率如何？"],
    [3, "张三", "首席财务官", "问答", None, "=SUM(1,2)"],
    [4, None, None, "问答", None, "（杂音）"],
]


def workbook(*sheets: list[list[object]]) -> bytes:
    book = openpyxl.Workbook()
    for index, rows in enumerate(sheets):
        sheet = book.active if index == 0 else book.create_sheet(f"more{index}")
        for row in rows:
            sheet.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def said(transcript) -> list[tuple[str, str]]:
    return [(passage.speaker.name, passage.text) for passage in transcript.passages]


def test_a_sheet_with_a_header_below_its_metadata(read) -> None:
    call = read(workbook(ROWS), "x.xlsx")
    assert said(call) == [
        ("张三", "收入增长了20%。"), ("张三", "成本下降。"), ("李四", "毛利率如何？"), ("未署名", "（杂音）"),
    ]  # fmt: skip
    assert (call.title, call.date) == ("某公司业绩说明会", "2024-05-01")
    assert [passage.time for passage in call.passages][1:3] == [TimeSpan(65.0), TimeSpan(120.0)]
    assert [passage.lines.first for passage in call.passages] == [5, 5, 6, 8]
    assert [passage.section for passage in call.passages][1:3] == [Section.PREPARED, Section.QA]
    assert [(s.title, s.role) for s in call.speakers[:2]] == [
        ("首席财务官", Role.MANAGEMENT), ("某某证券 分析师", Role.ANALYST),
    ]  # fmt: skip


def test_the_sheet_with_the_columns_is_read_and_others_are_named(read) -> None:
    table = [["Speaker", "Text"], ["Ann Lee", "We grew."]]
    call = read(workbook([["a", "b"]], table, table), "x.xlsx")
    assert said(call) == [("Ann Lee", "We grew.")]
    assert "only the sheet more1 was read, and not more2" in call.warnings


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16"])
def test_delimiters_and_encodings(read, delimiter: str, encoding: str) -> None:
    stream = io.StringIO()
    rows = [["编号", "姓名", "内容"], ["1", "王五", "各位好，\n请看, 第三页; 谢谢。"], ["2", "赵六", "我说“好的”|是的"]]
    csv.writer(stream, delimiter=delimiter).writerows(rows)
    call = read(stream.getvalue().encode(encoding), "x.csv")
    assert said(call) == [
        ("王五", "各位好，"), ("王五", "请看, 第三页; 谢谢。"), ("赵六", "我说“好的”|是的"),
    ]  # fmt: skip
    assert call.passages[-1].lines.first == 4


def test_quotes_that_are_no_quoting_stay(read) -> None:
    call = read('speaker\ttext\nAnn Lee\t"Hello there" she said\nBo Li\tit is 5" wide\n', "x.tsv")
    assert said(call) == [("Ann Lee", '"Hello there" she said'), ("Bo Li", 'it is 5" wide')]


def test_english_columns_with_a_company_for_all(read) -> None:
    text = "company,date,speaker,title,firm,section,text\n" + "".join(
        f"Acorn,2024-05-01,{row}\n"
        for row in ("Jane Roe,CFO,Acorn,Prepared Remarks,We grew.", "Omar Haddad,Analyst,Delta Bank,Q&A,By how much?")
    )
    call = read(text, "x.csv")
    assert (call.company, call.date) == ("Acorn", "2024-05-01")
    assert [(s.name, s.affiliation) for s in call.speakers] == [("Jane Roe", "Acorn"), ("Omar Haddad", "Delta Bank")]


def test_timed_segments_without_speakers_are_of_somebody_unknown(read) -> None:
    talk = read("start\tend\ttext\n0\t2400\tWe grew by\n2400\t3000\t10\n", "x.tsv")
    assert said(talk) == [("Unknown speaker", "We grew by 10")]
    assert talk.passages[0].time == TimeSpan(0.0, 3.0)


def test_a_number_in_the_column_of_texts_is_text(read) -> None:
    assert said(read(workbook([["speaker", "text"], ["Ann Lee", 2024]]), "x.xlsx")) == [("Ann Lee", "2024")]


def test_a_table_without_the_columns_names_those_it_has() -> None:
    for suffix, data in (("csv", b"region,sales\nnorth,5\n"), ("xlsx", workbook([["region", "sales"], ["north", 5]]))):
        with pytest.raises(MalformedRecordsError, match=rf"x\.{suffix}: no row.*region, sales.*first row"):
            READERS[suffix](data, f"x.{suffix}")
    with pytest.raises(EmptySourceError):
        READERS["csv"](b"speaker,text\n", "x.csv")
    with pytest.raises(EmptySourceError):
        READERS["xlsx"](workbook([]), "x.xlsx")


def test_archives_that_are_no_workbooks_are_refused() -> None:
    def packed(**members: bytes) -> bytes:
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, data in members.items():
                archive.writestr(name, data)
        return stream.getvalue()

    with pytest.raises(DamagedSourceError, match=r"x\.xlsx"):
        READERS["xlsx"](packed(a=b"b"), "x.xlsx")
    with pytest.raises(DamagedSourceError):
        READERS["xlsx"](workbook(ROWS)[:-300], "x.xlsx")
    with pytest.raises(OversizedSourceError):
        READERS["xlsx"](packed(a=b"\0" * 50_000_000), "x.xlsx")
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le")
    with pytest.raises(ProtectedSourceError):
        READERS["xlsx"](ole, "x.xlsx")


CELLS = st.text(st.sampled_from("abAB 12,;|\t.?\n\"'=- 好的。《》"), min_size=1, max_size=25).filter(str.strip)


@settings(deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from(["Ann Lee", "张三", "Bo Li", ""]), CELLS), min_size=1, max_size=9),
    st.sampled_from(",;\t|"),
)
def test_every_word_of_every_row_is_in_a_passage_in_order(read, rows, delimiter) -> None:
    stream = io.StringIO()
    csv.writer(stream, delimiter=delimiter).writerows([("speaker", "text"), *rows])
    call = read(stream.getvalue(), "x.csv")
    spoken = "".join("".join(passage.text.split()) for passage in call.passages)
    assert spoken == "".join("".join(text.split()) for _, text in rows)


@settings(deadline=None)
@given(st.data())
def test_no_bytes_raise_anything_but_our_errors(read, data) -> None:
    suffix = data.draw(st.sampled_from(["csv", "tsv", "xlsx"]))
    valid = (
        WORKBOOK
        if suffix == "xlsx"
        else 'speaker,text\nAnn,"a, b"\nBo,c\n'.replace(",", "\t" if suffix == "tsv" else ",")
    )
    raw = bytearray(valid if isinstance(valid, bytes) else valid.encode())
    for _ in range(data.draw(st.integers(0, 5))):
        at, length = data.draw(st.integers(0, len(raw))), data.draw(st.integers(0, 10))
        raw[at : at + length] = data.draw(st.binary(max_size=4) | st.sampled_from([b'"', b"\n", b",", b"\t"]))
    try:
        read(bytes(raw), f"x.{suffix}")
    except YuanhuaError:
        return


PARTS = ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "[Content_Types].xml", "xl/_rels/workbook.xml.rels"]


@settings(deadline=None)
@given(st.data())
def test_no_broken_part_of_a_workbook_raises_anything_but_our_errors(read, data) -> None:
    part = data.draw(st.sampled_from(PARTS))
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(WORKBOOK)) as whole, zipfile.ZipFile(stream, "w") as archive:
        for name in whole.namelist():
            raw = bytearray(whole.read(name))
            for _ in range(data.draw(st.integers(1, 3)) if name == part else 0):
                at, length = data.draw(st.integers(0, len(raw))), data.draw(st.integers(0, 12))
                raw[at : at + length] = data.draw(
                    st.sampled_from([b"", b"9", b"<a/>", b"</c>", b'"', b't="s"', b"A1", b"ZZZ99"])
                )
            archive.writestr(name, bytes(raw))
    try:
        read(stream.getvalue(), "x.xlsx")
    except YuanhuaError:
        return


WORKBOOK = workbook(ROWS)
