"""Ask every route of the application for things that nobody should ask for; nothing may break, and nothing take long.

    python benchmarks/hostile.py [--count 10000] [--seed 7] [--index FOLDER]

The routes are those of the application itself, so that one that is added is asked too: each path argument, each known
parameter, and JSON and form bodies are filled with texts by hand (huge, nested, regex-like, SQL, HTML, bidi,
surrogates, NUL) and with random ones made of their pieces; where files are taken, with those of hostile_uploads.py.
The requests go through the real WSGI application: one without accounts, and one with, on which nobody, a reader, a
writer and an admin ask. All that was uploaded is read, and indexed where it was confirmed.
It prints Markdown tables; exit code 1 when an answer had a status of 500 or more, or took more than a second of the
processor, or an upload was neither understood nor refused.
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import sys
from collections import Counter
from dataclasses import fields
from pathlib import Path
from tempfile import TemporaryDirectory
from time import process_time
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote, quote_from_bytes

from hostile_people import UNFINISHED, Site, guarded_site, open_site
from hostile_uploads import upload

from indexer.build import BuildSettings, index_paths
from search_web.search.request import MAX_QUERY_LENGTH
from search_web.web.argument_kinds import argument_kinds
from search_web.web.declaring import declared

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from werkzeug.routing import Rule

    from search_web.web.argument_kinds import Kind

LONGEST = 1.0
SERVER_ERROR = 500

TEXTS: tuple[str, ...] = (
    "",
    " ",
    "\0",
    "现金\0流",
    "\ufeff",
    "\ud800",
    "a\udfff收入",
    "\u202e流金现\u202c",
    "\u2066\u2067\u2068\u2069",
    "e\u0301" * 500,
    "\u0301" * 3000,
    "👩‍👩‍👧‍👦" * 300,
    "ﷺ" * 900,
    "İ" * 2000,
    "a" * 100_000,
    "收" * 20_000,
    "cash " * 5_000,
    "现金流 " * 3_000,
    "收入增长" * 2_000,
    '"' * 999,
    '"cash flow' * 400,
    "(" * 5_000,
    "(" * 400 + "cash" + ")" * 400,
    ")" * 400 + "(" * 400,
    "NOT " * 1_000 + "cash",
    "- " * 1_000,
    "-" * 3_000,
    "a OR " * 1_000 + "a",
    "a AND " * 1_000,
    "(a OR b) AND " * 500 + "c",
    "*" * 500,
    "a* " * 300,
    "?a?b?c*d*" * 60,
    "a~ b~2 c~9" * 60,
    "revnue~ " * 40,
    "cash NEAR/3 flow " * 60,
    "NEAR/99999999999 cash",
    '"cash flow"~99999999999999999999',
    "^" * 200,
    "cash^999999999",
    "(a+)+$" * 30,
    "((a*)*)*b" * 30,
    "^(([a-z])+.)+[A-Z]([a-z])+$",
    "[" * 300 + "\\" * 300,
    "[" * 50_000,
    '["/",[["note","\\ud800"]]]',
    "\\" * 999,
    "%00%ff%c0%af",
    "%" * 500,
    "../../../../etc/passwd",
    "..\\..\\CON",
    "file:///etc/passwd",
    "' OR '1'='1' --",
    "'; DROP TABLE passages; --",
    '" UNION SELECT document FROM transcripts --',
    "1) OR 1=1 OR (1",
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</mark></textarea><svg/onload=alert(1)>",
    "{{7*7}}{% for x in () %}${7*7}#{7*7}",
    "%s%n%x{0.__class__}",
    "\r\nSet-Cookie: a=b\r\n\r\n<html>",
    "company:",
    "speaker:" * 300,
    'company:"' + "a" * 3000,
    "date:>9999-99-99",
    "date:2024-02-30..2023-13-45",
    "period:Q9 FY99999999999",
    "role:(((",
    "0" * 3000,
    "9" * 400,
    "9" * 5000,
    "1e9999",
    "NaN",
    "-1",
    "99999999999999999999999",
    "١٢٣٤٥",
    "零一二三四五六七八九十百千万亿" * 100,
    "二〇二三年" * 300,
    "$1,234,567.89 million " * 150,
    "true",
    "null",
    "[]",
    "zhangyong " * 200,
    "zhong guo ren min yin hang " * 100,
    "xian" * 500,
    "a.b.c.d.e" * 300,
    "https://a.example/" * 200,
    "第" * 500 + "季度",
    "Q1Q2Q3Q4" * 200,
    "who said what to whom and why? " * 120,
    "为什么" * 700 + "？",
    "\t\n\v\f\r\x1b[2J\x07",
    "\u2028\u2029\x85",
    "𠀀𪛖𝒜🄰" * 300,
)

PARAMETERS = (
    "q", "mode", "fusion", "limit", "offset", "cursor", "context", "sort", "group", "group_size", "facets", "explain",
    "expand", "plain", "recognised", "without", "company", "speaker", "firm", "period", "date_from", "date_to", "role",
    "section", "language", "transcript", "kind", "scope", "by", "format", "passage", "start", "end", "page", "a", "b",
    "name", "tag", "style", "lang", "locale", "next", "collection", "text", "note", "order", "delivery", "ticker", "id",
    "password", "current", "again", "scopes", "expires_at", "lifetime", "days", "visibility", "owner", "person",
    "state", "role", "title", "language", "period", "csrf_token", "version", "arguments", "quotes", "action", "object",
    "before", "after", "since", "until", "user", "quote", "was_name", "was_description", "view",
    "into", "kept", "done", "narrow", "firm", "table", "theme", "as",
)  # fmt: skip

SOUND = (
    ("mode", "keyword"), ("mode", "vector"), ("limit", "50"), ("facets", "true"), ("explain", "true"), ("q", "现金流"),
    ("q", "cash flow"), ("q", "why did margins fall"), ("recognised", "hard"), ("group", "speaker"), ("sort", "newest"),
    ("company", "Alibaba"), ("by", "month"), ("context", "3"),
)  # fmt: skip

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
MUTATING = 0.25

SEARCHES = {
    "/", "/ask", "/trends", "/trends.svg", "/search.csv", "/compare", "/api/v1/search", "/api/v1/ask", "/api/v1/trend",
    "/api/v1/trends", "/api/v1/passages/<passage_id>/similar", "/api/v1/compare", "/speakers", "/transcripts",
}  # fmt: skip
SEARCHING = 0.5


UPLOADS = ("/uploads", "/api/v1/uploads")
UPLOADING = 0.15
DRAFTS = 1500
"""After so many requests uploads are worked on: a library takes 500 that nobody has confirmed."""


class Asked(NamedTuple):
    """One request and what became of it."""

    route: str
    person: str
    method: str
    status: int
    seconds: float
    address: str


def texts(chance: random.Random) -> Iterator[str]:
    """Yield texts for ever: those by hand, each in its turn, and mixtures of their pieces."""
    while True:
        yield from chance.sample(TEXTS, len(TEXTS))
        for _ in TEXTS:
            pieces = (chance.choice(TEXTS)[: chance.choice((1, 3, 9, 200))] for _ in range(chance.randint(1, 12)))
            yield chance.choice(("", " ", " AND ", "\0", '"', ":")).join(pieces)


def escaped(text: str, chance: random.Random) -> str:
    """Return the text as part of an address: as UTF-8, surrogates too, and now and then as bytes that are none."""
    if chance.random() < 0.02:
        return quote_from_bytes(text.encode("utf-16", "surrogatepass")[:2000])
    return quote(text, safe="", errors="surrogatepass")


def bodies(text: str, chance: random.Random, wanted: Sequence[str] = ()) -> Iterator[tuple[str, bytes]]:
    """Yield bodies with this text in them: media type and bytes. `wanted` are the fields that the route knows."""
    if wanted:
        known = {name: chance.choice((text, text, [text], [[text, text]], 1, -1, 1e300, None, {})) for name in wanted}
        for _ in range(4):
            yield "application/json", json.dumps(known | {chance.choice(wanted): text}).encode()
    given = dict.fromkeys(chance.sample(PARAMETERS, 6), text)
    given |= {
        "name": text,
        "arguments": [["q", text]],
        "scopes": [text],
        "days": text,
        "passage_id": text,
        "text": text,
        "note": text,
        "start": 0,
        "end": -1,
        "tags": [text] * 40,
    }
    yield "application/json", json.dumps(given).encode()
    yield "application/json", b"[" * 100_000
    yield "application/json", text.encode("utf-8", "surrogatepass")
    yield "application/json", json.dumps([[text]] * 3).encode()
    yield (
        "application/x-www-form-urlencoded",
        "&".join(f"{k}={escaped(str(v), chance)}" for k, v in given.items()).encode(),
    )
    yield "multipart/form-data; boundary=b", b"--b\r\n" * 2000
    yield "application/octet-stream", b"\x1f\x8b\x08\0" + bytes(2000)


def address(
    rule: Rule, given: Iterator[str], real: dict[str, str], chance: random.Random, kinds: Mapping[str, Kind]
) -> str:
    """Return an address of a rule: its arguments real or hostile, and some parameters, mostly hostile.

    `kinds` are the parameters that the route knows, where it refuses others; those here are then mostly of them.
    """
    path = rule.rule
    for name in rule.arguments:
        value = real.get(name, "x") if chance.random() < 0.5 else next(given)[:4000]
        for part in (f"<{name}>", f"<path:{name}>", f"<int:{name}>"):
            path = path.replace(part, escaped(value, chance))
    # One that is refused hides what the others would do, so that mostly one alone is hostile.
    known = tuple(kinds) if kinds and chance.random() < 0.95 else PARAMETERS
    count = min(len(known), chance.randint(2, 5)) if chance.random() < 0.2 else 1
    names = chance.sample(known, count)
    if chance.random() < 0.7 and "q" in known:
        names = ["q"]
    # What is longer than a query may be is refused at once; the longest that is not is the worst.
    values = {name: next(given)[: MAX_QUERY_LENGTH if chance.random() < 0.9 else None] for name in names}
    values = {**dict(sound(kinds, chance) if kinds else chance.sample(SOUND, 2)), **values}
    return f"{path}?{'&'.join(f'{name}={escaped(value, chance)}' for name, value in values.items())}"


def sound(kinds: Mapping[str, Kind], chance: random.Random) -> Iterator[tuple[str, str]]:
    """Yield parameters that the route takes, with values that they may have."""
    if "q" in kinds:
        yield "q", chance.choice(("cash flow", "现金流"))
    for name in chance.sample(sorted(kinds), min(2, len(kinds))):
        kind = kinds[name]
        if kind.choices:
            yield name, chance.choice(kind.choices)
        elif kind.bounds:
            yield name, str(chance.choice(kind.bounds))


def ask(
    sites: Sequence[Site], count: int, chance: random.Random, told: Callable[[int], None] = lambda _: None
) -> tuple[list[Asked], Counter[str]]:
    """Send so many requests, and have uploads worked on; return what became of them, and how many uploads were what."""
    given = texts(chance)
    asked: list[Asked] = []
    became: Counter[str] = Counter()
    while len(asked) < count:
        site = chance.choice(sites)
        rules = [rule for rule in site.app.url_map.iter_rules() if rule.endpoint != "static"]
        asked.append(one_request(site, rules, given, chance))
        told(len(asked))
        if len(asked) % DRAFTS == 0 or len(asked) == count:
            for each in sites:
                each.work(became)
                each.learn()
    return asked, became


def one_request(site: Site, rules: Sequence[Rule], given: Iterator[str], chance: random.Random) -> Asked:
    """Make up a request and send it."""
    person, headers = site.asking(chance)
    if chance.random() < UPLOADING:
        route, method = chance.choice(UPLOADS), "POST"
        kind, body, name = upload(chance)
        where = f"{route}?name={escaped(name, chance)}" if route != UPLOADS[0] else route
    else:
        asking = [rule for rule in rules if rule.rule in SEARCHES]
        rule = chance.choice(asking if chance.random() < SEARCHING else rules)
        told = declared(site.app.view_functions[rule.endpoint])
        kinds = argument_kinds(told.query) if told else {}
        wanted = [field.name for field in fields(told.body)] if told and told.body else []
        route, where = rule.rule, address(rule, given, site.real, chance, kinds)
        method, kind, body = "GET", None, b""
        if chance.random() < MUTATING or "GET" not in (rule.methods or ()):
            taken = [method for method in METHODS[1:] if method in (rule.methods or ())]
            method = chance.choice(taken or METHODS[1:])
            kind, body = chance.choice(list(bodies(next(given), chance, wanted)))
            headers |= {"If-Match": chance.choice(("*", '"x"', "\x7f"))}
    if chance.random() < 0.1:
        headers |= {"X-Request-ID": "x" * 9000, "Accept-Language": "zz;q=9," * 300}
        headers.setdefault("Cookie", "yuanhua_session=" + "%" * 500)
    client = site.app.test_client(use_cookies=False)
    started = process_time()
    response = client.open(where, method=method, data=body, content_type=kind, headers=headers)
    response.get_data()
    return Asked(
        route, person, method, response.status_code, process_time() - started, f"{person} {method} {where} {kind}"
    )


def main() -> None:
    """Ask, and print what came of it."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--index", type=Path, help="the index to ask; without it, one of the samples in corpus/")
    settings = parser.parse_args()
    chance = random.Random(settings.seed)  # noqa: S311 - no secrets.
    with TemporaryDirectory() as scratch:
        index = settings.index
        if index is not None:
            # Uploads that are confirmed get into the index that is asked.
            index = Path(shutil.copytree(index, Path(scratch, "index")))
        else:
            index = Path(scratch, "index")
            index_paths(index, [Path(__file__).parents[1] / "corpus"], BuildSettings(embedders=("bundled",)))
        sites = open_site(Path(scratch), index), guarded_site(Path(scratch), index)

        def told(number: int) -> None:
            if number % 1000 == 0:
                print(number, file=sys.stderr, flush=True)

        asked, became = ask(sites, settings.count, chance, told)
    print("| route | requests | 2xx, 3xx | 4xx | 5xx | median ms | slowest ms |\n|---|---|---|---|---|---|---|")
    for title, those in grouped(asked):
        kinds = Counter(one.status // 100 for one in those)
        times = sorted(1000 * one.seconds for one in those)
        print(
            f"| {title} | {len(those)} | {kinds[2] + kinds[3]} | {kinds[4]} | {kinds[5]} "
            f"| {times[len(times) // 2]:.1f} | {times[-1]:.0f} |"
        )
    wrong = [one for one in asked if one.status >= SERVER_ERROR or one.seconds > LONGEST]
    for one in sorted(wrong, key=lambda one: -one.seconds)[:40]:
        print(f"{one.status} {one.seconds:.2f} s {one.address[:300]}")
    print(f"Uploads that were worked on: {', '.join(f'{count} {state}' for state, count in became.most_common())}.")
    sys.exit(bool(wrong or any(became[state] for state in UNFINISHED)))


def grouped(asked: Sequence[Asked]) -> Iterator[tuple[str, list[Asked]]]:
    """Yield the requests by route, then by who asked."""
    for route in sorted({one.route for one in asked}):
        yield route, [one for one in asked if one.route == route]
    for person in sorted({one.person for one in asked}):
        yield f"all by: {person}", [one for one in asked if one.person == person]
    yield "all", list(asked)


if __name__ == "__main__":
    main()
