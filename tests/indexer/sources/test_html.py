"""Saved web pages: what the page is about as lines of text, and all else that it shows as navigation."""

from __future__ import annotations

import contextlib
import quopri
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.errors import DamagedSourceError, EmptySourceError, SourceError
from indexer.model import Line, NonSpeechKind
from indexer.sources import read_source
from indexer.sources.html import read_html
from indexer.sources.mhtml import read_mhtml
from indexer.transcripts import parse_transcript

TALK = (
    ("Operator", "", "Good day, and welcome to the third quarter call of Larkspur Kilns."),
    (
        "Ines Varga",
        "Chief Executive Officer",
        "Thank you. We fired more bricks than in any quarter before, and sold them.",
    ),
    (
        "Tom Oyelaran",
        "Chief Financial Officer",
        "Sales rose by nine percent. Gas was dearer; we hedged two thirds of it.",
    ),
    ("Operator", "", "The first question comes from the line of Priya Nair."),
    ("Priya Nair", "Hollow Bank -- Analyst", "How long do the hedges run, and what comes after them?"),
    ("Tom Oyelaran", "Chief Financial Officer", "They run to June. After that we buy by the month."),
    ("Priya Nair", "Hollow Bank -- Analyst", "Thanks."),
    ("Operator", "", "This ends the call."),
)
MENU = '<nav class="top-nav"><ul><li><a href="/">Home</a></li><li><a href="/m">Markets</a></li></ul></nav>'


def talk() -> str:
    rows = []
    for name, title, words in TALK:
        label = f"<strong>{name}</strong> -- <em>{title}</em>" if title else f"<strong>{name}</strong>"
        rows.append(f"<p>{label}</p>\n<p>{words}</p>")
    return "\n".join(rows)


def page(body: str, head: str = "<title>Kilns | A Site</title>") -> str:
    return f'<!DOCTYPE html><html lang="en"><head>{head}</head><body>{body}</body></html>'


def lines(text: str | bytes) -> list[Line]:
    data = text.encode() if isinstance(text, str) else text
    return [line for page in read_html(data, "call.html").pages for line in page.lines]


def content(text: str | bytes) -> list[str]:
    return [line.text for line in lines(text) if line.kind is None and line.text]


def navigation(text: str | bytes) -> list[str]:
    return [line.text for line in lines(text) if line.kind is NonSpeechKind.NAVIGATION]


def test_the_talk_is_content_and_all_around_it_is_navigation() -> None:
    text = page(
        f'{MENU}<div class="wrap"><h1>Larkspur Kilns (LKN) Q3 2024 Earnings Call Transcript</h1>'
        f'<div class="body">{talk()}</div></div>'
        "<aside><h3>Related</h3><p>Another maker of bricks said today that it will close a kiln. Read on.</p></aside>"
        "<footer><p>All rights reserved. Nothing here is advice.</p></footer>"
    )
    found = content(text)
    assert found[0] == "Larkspur Kilns (LKN) Q3 2024 Earnings Call Transcript"
    assert found[1:5] == ["Operator", TALK[0][2], "Ines Varga -- Chief Executive Officer", TALK[1][2]]
    assert found[-2:] == ["Operator", TALK[-1][2]]
    assert len(found) == 1 + 2 * len(TALK)
    assert navigation(text) == [
        "Home", "Markets", "Related",
        "Another maker of bricks said today that it will close a kiln. Read on.",
        "All rights reserved. Nothing here is advice.",
    ]  # fmt: skip


def test_a_page_without_telling_classes_is_parted_as_well() -> None:
    menu = '<div class="a1"><ul><li><a href=a>Home</a><li><a href=b>Tools</a><li><a href=c>Log in</a></ul></div>'
    text = page(f'{menu}<div class="b7">{talk()}</div><div class="c9"><a href=x>Imprint</a></div>')
    assert len(content(text)) == 2 * len(TALK)
    assert navigation(text) == ["Home", "Tools", "Log in", "Imprint"]


def test_names_repeated_lines_and_very_short_ones_are_never_dropped() -> None:
    rows = [("Ada", "Yes."), ("Bo", "No."), ("Ada", "Yes."), ("Bo", "No."), ("Ada", "Hm.")] * 6
    body = "".join(f"<dt>{name}</dt><dd>{words}</dd>" for name, words in rows)
    assert content(page(f"{MENU}<main><dl>{body}</dl></main>")) == [text for row in rows for text in row]


def test_the_two_halves_of_a_talk_stay_together_around_an_advertisement() -> None:
    text = page(
        f'<div id="all"><div class="part">{talk()}</div>'
        '<div class="dfp-ads"><p>Buy the letter that beats the market. It is cheap.</p></div>'
        f'<div class="part">{talk()}</div></div>'
    )
    assert len(content(text)) == 4 * len(TALK)
    assert navigation(text) == ["Buy the letter that beats the market. It is cheap."]


def test_a_class_that_sits_on_the_whole_page_hides_nothing() -> None:
    text = page(f'<div class="page-with-sidebar no-ads modal-open">{MENU}<article>{talk()}</article></div>')
    assert len(content(text)) == 2 * len(TALK)
    asides = "".join(f"<aside>{name}</aside><p>{words}</p>" for name, _, words in TALK * 2)
    assert content(page(f"<article>{asides}</article>"))[:2] == ["Operator", TALK[0][2]]


def test_text_that_unfolds_at_a_click_is_read() -> None:
    text = page(f'<p>Read the whole call.</p><div style="display: none">{talk()}</div>')
    assert TALK[2][2] in content(text)


def test_an_article_that_is_hidden_until_scripts_run_is_read() -> None:
    text = page(
        f'<h1>瓦窑公司三季度电话会</h1><div id="js_content" style="visibility: hidden; opacity: 0">{CHINESE}</div>'
    )
    assert len(content(text)) == 5


def test_the_heading_of_the_page_is_kept_also_where_it_stands_in_a_banner() -> None:
    logo = '<header class="site-banner"><h1><a href="/">A Site</a></h1></header>'
    text = page(f'{logo}<div class="banner"><h1>Larkspur Kilns Q3 2024 Earnings Call</h1></div><div>{talk()}</div>')
    assert content(text)[0] == "Larkspur Kilns Q3 2024 Earnings Call"
    assert navigation(text) == ["A Site"]


def test_hints_of_bold_headings_and_paragraphs() -> None:
    text = page(
        f"<h2>Prepared Remarks:</h2>{talk()}<p>One line that is as long as lines are when somebody breaks them by hand<br>goes on here.<br>Next. <br><br>Last.</p>"
    )
    found = {line.text: line for line in lines(text)}
    assert found["Prepared Remarks:"].heading
    assert found["Operator"].bold
    assert not found["Ines Varga -- Chief Executive Officer"].bold
    assert found["goes on here."].continues
    assert [found[words].continues for words in ("Next.", "Last.", TALK[1][2])] == [False, False, False]
    numbers = [line.number for line in lines(text)]
    assert numbers == list(range(1, len(numbers) + 1))


def test_a_page_of_line_breaks_leaves_its_paragraphs_to_be_measured() -> None:
    words = "<br>\n".join(f"<b>{name.upper()}:</b> {words}<br>" for name, _, words in TALK)
    for body in (f"<font>{words}</font>", "<pre>" + "\n\n".join(f"{n.upper()}: {w}" for n, _, w in TALK) + "</pre>"):
        found = [line for line in lines(page(body)) if line.kind is None]
        assert all(line.continues is None for line in found)
        assert [line.text for line in found if line.text] == [f"{n.upper()}: {w}" for n, _, w in TALK]
        assert sum(not line.text for line in found) >= len(TALK) - 1


def test_preformatted_lines_keep_their_blanks() -> None:
    assert content("<pre>A:  one\n     two\n\nB:  three and four</pre>") == [
        "A:  one",
        "     two",
        "B:  three and four",
    ]


def test_what_no_reader_sees_is_no_text() -> None:
    text = page(
        f"<script>var a = '<p>scripted</p>';</script><style>p {{}}</style><noscript>Turn scripts on.</noscript>"
        f"<template><p>mould</p></template><!-- remark -->{talk()}<p hidden>Hidden line.</p>"
    )
    whole = " ".join(line.text for line in lines(text))
    assert not any(word in whole for word in ("scripted", "Turn scripts", "mould", "remark"))
    assert navigation(text) == ["Hidden line."]


def test_entities_and_blanks_are_read_as_a_browser_shows_them() -> None:
    text = page("<p>A &amp; B  &lt;5&gt;\n at 3&nbsp;%: &#20013;&#x6587; caf&eacute; &bogus; 1 < 2</p>")
    assert content(text) == ["A & B <5> at 3\u00a0%: 中文 café &bogus; 1 < 2"]
    assert content("<p>今天的收入\n    增长了百分之九。</p>") == ["今天的收入增长了百分之九。"]


def test_a_table_of_turns_gives_speakers_and_any_other_table_its_rows() -> None:
    turns = "".join(
        f"<tr><td>0:0{n}</td><td>{name}</td><td>{words}</td></tr>" for n, (name, _, words) in enumerate(TALK)
    )
    found = lines(page(f"<table><tr><th>Time</th><th>Speaker</th><th>Text</th></tr>{turns}</table>"))
    assert [line.person.name for line in found if line.person] == [name for name, _, _ in TALK]
    assert [line.text for line in found if line.kind is None and not line.person] == [words for _, _, words in TALK]
    assert found[-1].time is not None
    assert found[-1].time.start == 7
    figures = "<table><tr><td>Sales</td><td>9</td><td></td></tr><tr><td>Costs</td><td>7</td><td>x</td></tr></table>"
    assert content(page(figures)) == ["Sales\t9", "Costs\t7\tx"]


def test_an_element_of_the_class_speaker_is_a_line_of_its_own() -> None:
    body = "".join(f'<div><span class="speaker">{n}</span><span class="t">{w}</span></div>' for n, _, w in TALK)
    assert content(page(body))[:2] == ["Operator", TALK[0][2]]
    body = "".join(f'<div><span class="speaker">{n}:</span> <span>{w}</span></div>' for n, _, w in TALK)
    assert content(page(body))[0] == f"Operator: {TALK[0][2]}"


CHINESE = "".join(
    f"<p>{name}：{words}</p>"
    for name, words in (
        ("主持人", "各位好，欢迎参加瓦窑公司三季度的电话会。"),
        ("林晓", "谢谢。我们这个季度卖出的砖比去年同期多了百分之九。"),
        ("周远", "天然气的成本什么时候会下来？"),
        ("林晓", "六月以后按月买，看市场。"),
    )
)
TRADITIONAL = "<p>主持人：各位好，歡迎參加瓦窯公司三季度的電話會議。</p><p>林曉：謝謝，我們賣得比去年同期多。</p>"


@pytest.mark.parametrize(
    ("body", "encoding", "declared"),
    [
        (CHINESE, "gbk", "gb2312"),
        (CHINESE, "gb18030", ""),
        (CHINESE, "utf-8", "gbk"),  # A browser that saves a page may leave what it declared.
        (CHINESE, "utf-16", ""),
        (TRADITIONAL, "big5", "big5"),
        (TRADITIONAL, "big5", "utf-8"),
    ],
)
def test_pages_in_chinese_encodings(body: str, encoding: str, declared: str) -> None:
    head = f'<meta http-equiv="Content-Type" content="text/html; charset={declared}">' if declared else ""
    data = f'<html lang="zh-CN"><head>{head}<title>电话会</title></head><body>{body}</body></html>'
    if encoding == "big5":
        data = data.replace("电话会", "電話會")
    found = read_html(data.encode(encoding), "call.html")
    assert content(data.encode(encoding))[0].startswith("主持人：各位好")
    assert found.fields["title"] in {"电话会", "電話會"}
    assert found.fields["language"] == "zh-CN"


def test_a_template_that_says_english_above_chinese_is_not_believed() -> None:
    assert "language" not in read_html(page(CHINESE).encode(), "x").fields


def test_the_title_comes_from_the_record_of_the_article_first() -> None:
    record = (
        '<script type="application/ld+json">{"@graph": [{"@type": "NewsArticle", "headline": "Kilns call"}]}</script>'
    )
    meta = '<meta property="og:title" content="Kilns call | A Site">'
    assert read_html(page(talk(), record + meta).encode(), "x").fields["title"] == "Kilns call"
    assert read_html(page(talk(), meta).encode(), "x").fields["title"] == "Kilns call | A Site"
    broken = '<script type="application/ld+json">{"headline": </script>'
    assert read_html(page(talk(), broken + "<title>T</title>").encode(), "x").fields["title"] == "T"
    assert "title" not in read_html(talk().encode(), "x").fields


@pytest.mark.parametrize("element", ["div", "span", "b", "blockquote", "table><tr><td"])
def test_nesting_without_end_loses_nothing(element: str) -> None:
    text = f"<p>before.</p>{f'<{element}>x' * 6000}deep words.<p>after.</p>"
    whole = " ".join(line.text for line in lines(text))
    assert all(word in whole for word in ("before.", "deep words.", "after."))
    assert "".join(whole.split()).count("x") == 6000


def test_a_large_page_on_one_line_is_read_in_fair_time() -> None:
    words = "Somebody said this much on the call. " * 10
    data = page("".join(f"<p>{n} {words}</p>" for n in range(15_000))).encode()
    assert len(data) > 5_000_000
    assert len(content(data)) == 15_000


@pytest.mark.parametrize(
    "text",
    ["<html></html>", "<!-- only -->", "<script>x</script>", "<p>&nbsp;</p>", "<frameset><frame src=a></frameset>"],
)
def test_a_page_that_shows_no_text_is_said_to_be_empty(text: str) -> None:
    with pytest.raises(EmptySourceError, match=r"call\.html.*browser"):
        lines(text)


def test_xhtml_with_cdata(tmp_path: Path) -> None:
    path = tmp_path / "call.xhtml"
    path.write_text(
        f'<?xml version="1.0" encoding="utf-8"?>\n<html xmlns="http://www.w3.org/1999/xhtml"><body>{talk()}<p><![CDATA[5 < 6 & so on.]]></p></body></html>'
    )
    found = [line.text for page in read_source(path).pages for line in page.lines]
    assert found[-1] == "5 < 6 & so on."


def saved_as_one_file(body: str) -> bytes:
    packed = quopri.encodestring(body.encode()).decode()
    return (
        'From: <Saved by a browser>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\tboundary="--edge"\r\n\r\n'
        "----edge\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
        f"{packed}\r\n----edge\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\nAAAA\r\n----edge--\r\n"
    ).encode()


def test_a_page_saved_as_one_file(tmp_path: Path) -> None:
    path = tmp_path / "call.mhtml"
    path.write_bytes(saved_as_one_file(page(talk() + "<p>café 中文。</p>")))
    found = [line.text for page in read_source(path).pages for line in page.lines]
    assert found[:2] == ["Operator", TALK[0][2]]
    assert found[-1] == "café 中文。"
    with pytest.raises(DamagedSourceError, match="no web page in it"):
        read_mhtml(
            b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=a\n\n--a\n\nplain\n--a--\n", "x.mhtml"
        )


def test_a_whole_call_from_page_to_exchange(tmp_path: Path) -> None:
    path = tmp_path / "call.html"
    path.write_text(
        page(
            f"{MENU}<article><h1>Larkspur Kilns Q3 2024 Earnings Call</h1><h2>Questions and Answers:</h2>{talk()}</article>"
        )
    )
    call = parse_transcript(read_source(path))
    assert [turn.speaker.name for turn in call.turns] == [name for name, _, _ in TALK]
    assert [exchange.asker.name for exchange in call.exchanges] == ["Priya Nair"]
    assert {piece.text for piece in call.non_speech if piece.kind is NonSpeechKind.NAVIGATION} == {"Home", "Markets"}


TAGS = (
    "<p>", "</p>", "<div class='ad'>", "<div>", "</div>", "<table>", "<tr>", "<td>", "<th>", "</table>", "<br>", "<hr>",
    "<b>", "</b>", "<a href=x>", "</a>", "<nav>", "</nav>", "<pre>", "</pre>", "<h1>", "</h1>", "<li>", "<aside>",
    "<span hidden>", "<button>", "<!-- remark -->", "<script>var x;</script>", "&nbsp;", "\n", " ",
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(TAGS) | st.text(st.characters(categories=("L", "N")), max_size=12), max_size=60))
def test_every_letter_that_the_page_shows_is_in_a_line_in_its_order(pieces: list[str]) -> None:
    shown = "".join(piece for piece in pieces if piece not in TAGS)
    found = lines("<html><body>" + "".join(pieces) + "<p>end")
    assert "".join("".join(line.text.split()) for line in found) == "".join((shown + "end").split())


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.sampled_from((*TAGS, "<", "<!", "<?", "&", "&#0;", "&#x110000;", "]]>", "<a b='")) | st.text(max_size=9)
    )
)
def test_no_markup_raises_anything_but_our_errors(pieces: list[str]) -> None:
    with contextlib.suppress(SourceError):
        assert lines("".join(pieces))


def test_names_that_only_a_style_sheet_sets_apart_from_titles_and_times() -> None:
    turn = '<div><div class="who"><span class="name">{}</span><span class="{}">{}</span></div><p>{}</p></div>'
    turns = (
        turn.format("Walt Jensen", "role", "President and CEO", "Shipments were 1.2 million tons in the quarter."),
        turn.format(
            "Mina Okoro", "speaker-title", "CFO", "EBITDA was 143 million dollars, a little more than planned."
        ),
        turn.format("Walt Jensen", "timestamp", "00:41", "Thank you, Mina; that is all that we had prepared for you."),
    )
    lines = [line.text for page in read_html(f"<html><body>{''.join(turns)}</body></html>".encode(), "a.html").pages
             for line in page.lines]  # fmt: skip
    assert lines[:2] == ["Walt Jensen", "President and CEO"]
    assert lines[3:5] == ["Mina Okoro", "CFO"]
    assert lines[6] == "Walt Jensen 00:41"
    whole = read_html(
        b'<html><body><p><span class="c1">Rev</span><span class="c2">enue rose.</span></p></body></html>', "a.html"
    )
    assert [line.text for page in whole.pages for line in page.lines] == ["Revenue rose."]
