"""Files that nobody should send, and forms that nobody should send them in."""

from __future__ import annotations

import io
import json
import zipfile
import zlib
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import random
    from collections.abc import Callable, Iterator

SPOKEN = "Operator: Welcome.\n\nJane Roe: Our invented margin rose in spring {0}.\n\n王芳：现金流在第{0}期改善。\n"
_WORD = "word/document.xml"
_TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.'
    'wordprocessingml.document.main+xml"/></Types>'
)
_RELATIONS = (
    '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
    'Target="word/document.xml"/></Relationships>'
)
_BODY = (
    '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>{}</w:body>'
    "</w:document>"
)
_LAUGHS = (
    "<?xml version='1.0'?><!DOCTYPE l [<!ENTITY a 'ha'>"
    + "".join(f"<!ENTITY {chr(98 + n)} '{f'&{chr(97 + n)};' * 10}'>" for n in range(9))
    + "]>"
)
_OUTSIDE = "<?xml version='1.0'?><!DOCTYPE l [<!ENTITY j SYSTEM 'file:///etc/passwd'>]>"

NAMES = (
    "call.txt",
    "季度电话会.docx",
    "../../../etc/cron.d/call.txt",
    "..\\..\\CON.txt",
    "C:\\Windows\\call.md",
    "/absolute/call.srt",
    "CON.txt",
    "aux.json",
    "NUL.html",
    "com1.pdf",
    ".txt",
    "..txt",
    "....",
    "call.txt.",
    "call.txt ",
    "call\0.exe.txt",
    "call.txt\0.exe",
    "\u202etxt.call.pdf",
    "call.\u202epdf",
    "\ufeffcall.txt",
    "ca\u200bll.t\u200bxt",
    "e\u0301" * 120 + ".txt",
    "收" * 300 + ".txt",
    "a" * 5000 + ".txt",
    "call.txt" + "." * 3000,
    "call." + "txt." * 900 + "txt",
    "README.md",
    "call.txt.yuanhua.toml",
    "CURRENT",
    "manifest.json",
    "notebook.sqlite",
    "call.tar.gz",
    "call.ＴＸＴ",
    "call.txt/",
    "~.txt",
    "-rf.txt",
    "%2e%2e%2fcall.txt",
    "call\r\nX-Evil: 1.txt",
    '"; filename="other.exe.txt',
    "<script>alert(1)</script>.txt",
    "👩‍👩‍👧‍👦.vtt",
    " .csv",
    "",
)


def _docx(document: str | bytes, **more: bytes) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", _TYPES)
        archive.writestr("_rels/.rels", _RELATIONS)
        archive.writestr(_WORD, document)
        for name, content in more.items():
            archive.writestr(name, content)
    return written.getvalue()


def _paragraphs(*texts: str) -> str:
    return _BODY.format("".join(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in texts))


def _nested(depth: int) -> bytes:
    content = b"0" * 100_000
    for _ in range(depth):
        written = io.BytesIO()
        with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("word/document.xml", content)
        content = written.getvalue()
    return content


def _pdf(stream: bytes, more: bytes = b"") -> bytes:
    packed = zlib.compress(stream)
    return (
        b"%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/Contents 4 0 R/MediaBox[0 0 612 792]>>endobj\n"
        b"4 0 obj<</Filter/FlateDecode/Length " + str(len(packed)).encode() + b">>stream\n" + packed + b"\nendstream "
        b"endobj\n" + more + b"trailer<</Root 1 0 R>>\n%%EOF\n"
    )


@cache
def _files() -> tuple[tuple[str, bytes], ...]:
    """Return suffixes with contents that are broken, or meant to break something."""
    whole = _docx(_paragraphs("Jane Roe: Our invented margin rose.", "Operator: Thank you."))
    page = _pdf(b"BT /F1 12 Tf 72 700 Td (Jane Roe: Our invented margin rose.) Tj ET")
    return (
        ("docx", whole[: len(whole) // 2]),
        ("docx", whole[:40]),
        ("docx", whole[:-20] + bytes(20)),
        ("docx", b"PK\x05\x06" + bytes(18)),
        ("docx", _docx(bytes(60_000_000))),
        ("docx", _docx(b"<a>" * 3_000_000)),
        ("docx", _docx(_BODY.format("<w:p><w:r><w:t>" + "ha " * 12_000_000 + "</w:t></w:r></w:p>"))),
        ("docx", _docx(_LAUGHS + _BODY.format("<w:p><w:r><w:t>&j;</w:t></w:r></w:p>"))),
        ("docx", _docx(_OUTSIDE + _BODY.format("<w:p><w:r><w:t>&j;</w:t></w:r></w:p>"))),
        ("docx", _docx(_paragraphs("x"), **{"../../../../tmp/evil": b"evil", "/etc/evil": b"evil"})),
        ("docx", _docx(_paragraphs("x"), **{f"word/{n}.xml": b"" for n in range(5000)})),
        ("docx", _nested(8)),
        ("xlsx", whole),
        ("xlsx", _docx(bytes(60_000_000))),
        ("pdf", page[: len(page) // 2]),
        ("pdf", page[:9]),
        ("pdf", b"%PDF-1.7\n" + bytes(50_000)),
        ("pdf", _pdf(bytes(60_000_000))),
        ("pdf", _pdf(b"q " * 200_000)),
        ("pdf", _pdf(b"BT", b"5 0 obj<</Type/Pages/Kids[5 0 R 5 0 R]/Count 99999999>>endobj\n")),
        ("pdf", _pdf(b"[" * 100_000)),
        ("pdf", page.replace(b"/Kids[3 0 R]", b"/Kids[2 0 R]")),
        ("json", b"[" * 100_000),
        ("json", b'{"a":' * 100_000),
        ("json", b'{"turns": [' + b"[" * 5_000 + b"]" * 5_000 + b"]}"),
        ("json", json.dumps({"transcript": [{"speaker": "x" * 100_000, "text": ["1e9999", None, {}]}]}).encode()),
        ("json", b'{"text": ' + b"9" * 100_000 + b"}"),
        ("json", b'{"text": 1e99999, "speaker": "\\ud800", "start": NaN}'),
        ("jsonl", b"{}\n" * 50_000),
        ("txt", b"\xff\xfe" + bytes(999)),
        ("txt", b"\xff\xfe\xfa\xfa" * 1000),
        ("txt", b"\xef\xbb\xbf"),
        ("txt", "Jane Roe: a\0b\ud800c\u202ed".encode("utf-8", "surrogatepass")),
        ("txt", b"a" * 3_000_000),
        ("txt", ("\n".join(f"Speaker {n}: Yes." for n in range(3_000))).encode()),
        ("txt", (":" * 200_000).encode()),
        ("txt", ("Q: A: " * 50_000).encode()),
        ("txt", "ﷺ".encode() * 200_000),
        ("txt", "e\u0301".encode() * 300_000),
        ("txt", b"<script>alert(1)</script>: '; DROP TABLE passages; --\n" * 500),
        ("html", b"<div>" * 100_000),
        ("html", b"<table><tr><td>" * 20_000),
        ("html", b"<!--" * 50_000),
        ("html", b"<a b='" * 50_000),
        ("html", b"&#x110000;&#0;&#xd800;&nope;" * 5_000),
        ("md", b"[" * 50_000 + b"](" * 50_000),
        ("md", b"> " * 20_000 + b"deep"),
        ("md", b"```\n" * 3_001),
        ("srt", b"1\n99:99:99,999 --> -1:00:00,000\nJane: no\n\n" * 5_000),
        ("vtt", b"WEBVTT\n\n99999999999:00:00.000 --> 00:00:00.000\n<v " + b"a" * 100_000 + b">hello\n"),
        ("csv", b'"' * 100_001),
        ("csv", b"speaker,text\n" + b"," * 500_000),
        ("tsv", b"speaker\ttext\n" + b"=cmd|' /C calc'!A0\t@SUM(1)\n" * 1_000),
        ("mht", b"Content-Type: multipart/mixed; boundary=b\n\n--b\n" * 3_000),
        ("mhtml", b"MIME-Version: 1.0\nContent-Transfer-Encoding: base64\n\n" + b"=" * 100_000),
        ("nlp", b"\0" * 1000),
    )  # fmt: skip


def file(chance: random.Random) -> tuple[str, bytes]:
    """Return a name, and a content that is sound every third time."""
    name = chance.choice(NAMES)
    if chance.random() < 0.33:
        return (f"call {chance.random()}.txt" if chance.random() < 0.5 else name), SPOKEN.format(
            chance.random()
        ).encode()
    suffix, content = chance.choice(_files())
    if chance.random() < 0.3 and len(content) < 1_000_000:
        place = chance.randrange(len(content))
        content = content[:place] + chance.randbytes(chance.randint(0, 9)) + content[place + chance.randint(0, 9) :]
    return (f"call {chance.random()}.{suffix}" if chance.random() < 0.7 else name), content


def _part(name: str, content: bytes, given: str = "file", more: str = "") -> bytes:
    head = f'--b\r\nContent-Disposition: form-data; name="{given}"; filename="{name}"\r\n{more}\r\n'
    return head.encode("utf-8", "surrogatepass") + content + b"\r\n"


def _forms(name: str, content: bytes, chance: random.Random) -> Iterator[Callable[[], tuple[str, bytes]]]:
    """Yield what makes a form with this file in it: media type and bytes."""
    kind = "multipart/form-data; boundary=b"
    small = content[:2000]
    for _ in range(6):
        yield lambda: (kind, _part(name, content) + b"--b--\r\n")
    yield lambda: (kind, _part(name, content))
    yield lambda: (kind, _part(name, content)[:-2])
    yield lambda: ("multipart/form-data", _part(name, content) + b"--b--\r\n")
    yield lambda: ("multipart/form-data; boundary=", _part(name, content) + b"--b--\r\n")
    yield lambda: (f"multipart/form-data; boundary={'b' * 60_000}", _part(name, small) + b"--b--\r\n")
    yield lambda: ("multipart/form-data; boundary=other", _part(name, content) + b"--b--\r\n")
    yield lambda: ('multipart/form-data; boundary="b\\"', _part(name, small))
    yield lambda: ("multipart/form-data; boundary=b; boundary=c; charset=utf-7", _part(name, small) + b"--c--\r\n")
    yield lambda: (kind, _part(name, small, more=f"X-Long: {'x' * 200_000}\r\n") + b"--b--\r\n")
    yield lambda: (kind, _part(name, small, more="X-Many: x\r\n" * 20_000) + b"--b--\r\n")
    yield lambda: (
        kind,
        _part(name, small, more="Content-Transfer-Encoding: base64\r\nContent-Length: -1\r\n") + b"--b--",
    )
    yield lambda: (
        kind,
        _part(name, small, more="Content-Type: text/plain; charset=nope\r\n", given="q") + b"--b--\r\n",
    )
    yield lambda: (
        kind,
        _part(name, _part(name, small), more="Content-Type: multipart/mixed; boundary=b\r\n") + b"--b--\r\n",
    )
    yield lambda: (kind, b"".join(_part(f"{n}.txt", b"x") for n in range(10_000)) + b"--b--\r\n")
    yield lambda: (
        kind,
        b"".join(_part(f"{n}.txt", SPOKEN.format(chance.random()).encode()) for n in range(60)) + b"--b--\r\n",
    )
    yield lambda: (kind, b'--b\r\nContent-Disposition: form-data; name="a"\r\n\r\nx\r\n' * 10_000 + b"--b--\r\n")
    yield lambda: (
        kind,
        b"--b\r\nContent-Disposition: form-data; filename*=utf-7''+AAA-.txt; name=file\r\n\r\nx\r\n--b--\r\n",
    )
    yield lambda: (
        kind,
        b"--b\r\nContent-Disposition: form-data; name=file; filename*=UTF-8''%ff%00.txt\r\n\r\nx\r\n--b--\r\n",
    )
    yield lambda: (kind, b"--b\r\n\r\n" + small + b"\r\n--b--\r\n")
    yield lambda: (kind, b"\r\n--b" * 50_000)
    yield lambda: (kind, b"-" * 500_000)
    yield lambda: ("application/x-www-form-urlencoded", b"file=" + small)
    yield lambda: ("application/x-www-form-urlencoded", b"a=b&" * 20_000)
    yield lambda: ("application/octet-stream", content)
    yield lambda: ("", content)


def upload(chance: random.Random) -> tuple[str, bytes, str]:
    """Return a request with a file in it: media type, bytes, and the name that goes into the address."""
    name, content = file(chance)
    kind, body = chance.choice(list(_forms(name, content, chance)))()
    return kind, body, name
