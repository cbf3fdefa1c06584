"""Any bytes under any suffix: a transcript or one of our errors, never anything else.

`benchmarks/fuzz_sources.py` does the same for as long as one likes.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import quopri
import time
import zipfile
from pathlib import Path

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reportlab.pdfgen.canvas import Canvas

from indexer.errors import YuanhuaError
from indexer.model import Source
from indexer.sources import READERS, read_source
from indexer.transcripts import parse_transcript

TALK = (
    "Operator: Good day, and welcome to the call of Larkspur Kilns.\n"
    "Ines Varga -- Chief Executive Officer\n\nThank you. Sales rose by 9 percent.\n"
    "林晓：谢谢，我们这个季度卖得很好。\n[00:01:02] Tom Oyelaran: Costs fell — “a little”.\n"
)
PAGE = (
    "<!DOCTYPE html><html lang=en><head><meta charset=utf-8><title>Call</title>"
    '<script type="application/ld+json">{"headline": "Call"}</script></head><body><nav><a href=x>Home</a></nav>'
    f"<h1>Call</h1>{''.join(f'<p><b>Ines</b> -- <em>CEO</em><br>{line}</p>' for line in TALK.splitlines())}"
    "<table><tr><td>0:01</td><td>Ines</td><td>Good day.</td></tr></table></body></html>"
)
SECONDS_A_FORMAT = 20 / max(1, len(READERS))


def _word() -> bytes:
    document = docx.Document()
    document.add_heading("Call", 0)
    for line in TALK.splitlines():
        document.add_paragraph(line)
    document.add_table(2, 2).cell(0, 0).text = "Ines Varga"
    document.sections[0].header.paragraphs[0].text = "Larkspur Kilns"
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _stored(data: bytes) -> bytes:
    """Return the archive without packing, so that changed bytes reach the XML; its checksums are those of the change."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as new:
        for name in old.namelist():
            if not name.startswith("docProps/"):
                new.writestr(name, old.read(name))
    return buffer.getvalue()


def _mhtml() -> bytes:
    packed = quopri.encodestring(PAGE.encode()).decode()
    head = "MIME-Version: 1.0\nContent-Type: multipart/related; boundary=edge\n\n--edge\nContent-Type: text/html\n"
    return f"{head}Content-Transfer-Encoding: quoted-printable\n\n{packed}\n--edge--\n".encode()


def _pdf() -> bytes:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pageCompression=0, invariant=1)
    for page in (1, 2):
        for number, line in enumerate(TALK.splitlines()):
            canvas.drawString(60, 700 - 14 * number, line)
        canvas.drawString(300, 30, str(page))
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


SEEDS = [
    _pdf(),
    TALK.encode(),
    TALK.encode("utf-16"),
    TALK.encode("gb18030"),
    PAGE.encode(),
    _mhtml(),
    _word(),
    _stored(_word()),
    b"1\n00:00:01,000 --> 00:00:02,500\nInes: Good day.\n\n2\n00:00:03,000 --> 00:00:04,000\nTom: Hello.\n",
    b"WEBVTT\n\n00:01.000 --> 00:02.000\n<v Ines>Good day.</v>\n",
    b'{"call_transcript": [{"speaker": "Ines", "text": "Good day.", "role": null}], "title": "Call", "date": "2024-05-03"}',
    b'{"speaker": "Ines", "text": "Good day."}\n{"speaker": "Tom", "text": "Hello.", "start": 1.5}\n',
    "speaker,text,start\nInes,Good day.,0:01\n林晓,谢谢。,0:02\n".encode(),
    b"token|speaker|ts|endTs|punctuation|case|tags\nGood|0|1.0|1.1||UC|[]\nday|0|1.1|1.2|.|LC|[]\n",
    (
        "<!-- yuanhua transcript 1 -->\n\n# Call\n\n- **Company:** Larkspur\n- **Date:** 2024-05-03\n\n## Questions and answers"
        "\n\n#### Question 1: Tom\n\n**Tom** (林晓) — *CEO*, Larkspur [analyst]\n\n*p. 2 · 0:01:02 · question*\n\nWhy\\?\n"
    ).encode(),
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n",
]


@st.composite
def mutated(draw: st.DrawFn) -> bytes:
    """Draw a valid file with some bytes changed, cut out, doubled or put in."""
    data = bytearray(draw(st.sampled_from(SEEDS)))
    for _ in range(draw(st.integers(0, 6))):
        at = draw(st.integers(0, max(0, len(data) - 1)))
        match draw(st.sampled_from(("change", "cut", "double", "insert", "end"))):
            case "change":
                data[at : at + 1] = draw(st.binary(min_size=1, max_size=1))
            case "cut":
                del data[at : at + draw(st.integers(1, 40))]
            case "double":
                data[at:at] = data[at : at + draw(st.integers(1, 200))]
            case "insert":
                data[at:at] = draw(st.binary(max_size=20))
            case _:
                del data[at:]
    return bytes(data)


@pytest.mark.parametrize("suffix", sorted(READERS))
def test_any_bytes_are_a_transcript_or_an_error_of_ours(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"call.{suffix}"
    until = time.monotonic() + SECONDS_A_FORMAT

    @settings(max_examples=150, deadline=None, database=None)
    @given(st.binary(max_size=300) | mutated())
    def hold(data: bytes) -> None:
        if time.monotonic() > until:
            return
        path.write_bytes(data)
        with contextlib.suppress(YuanhuaError):
            parse_transcript(read_source(path))
        with contextlib.suppress(YuanhuaError):  # The reader itself, whatever the bytes look like.
            content = READERS[suffix](data, "call")
            parse_transcript(Source("call", suffix, hashlib.sha256(data).hexdigest(), content))

    hold()
