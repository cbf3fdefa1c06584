"""The page on which a transcript is read: its parts and speakers, the search inside, and files to take away."""

from __future__ import annotations

import html
import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import brotli
import pytest
from werkzeug.test import EnvironBuilder

from indexer.codec import transcript_from_json
from indexer.text.normalise import fold
from indexer.transcript_markdown import transcript_markdown, transcript_text
from search_web.web.reader import reading_parts, speaker_entries

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask.testing import FlaskClient

    from indexer.model import Transcript

PASSAGE = re.compile(
    r'<div class="passage( match)?(?: own)?" id="([^"]+)"[^>]*><p class="text"[^>]*>(.*?)</p>(.*?)</div>', re.DOTALL
)
MARK = re.compile(r"<mark>(.*?)</mark>", re.DOTALL)

CALL = """\
Fenwick Harbor Ltd (NYSE: FWHB) Q2 2024 Earnings Call Transcript

Questions and Answers:

Ronald Keung -- Goldman Sachs -- Analyst

How do you think about the berths that you have not let so far, and will they be let next year?

Jane Doe -- Chief Executive Officer

We start with the 🏗 NORTH pier, which is the larger. It will be let before the summer; the south pier follows it.

Ronald Keung -- Goldman Sachs -- Analyst

And what will the new berths cost you before the first ship is moored at them?

Jane Doe -- Chief Executive Officer

{answer}

Ronald Keung -- Goldman Sachs -- Analyst

Thank you.
"""


def seen(markup: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", markup)).split())


def ids(client: FlaskClient) -> list[str]:
    return [info["id"] for info in json.loads(client.get("/api/v1/transcripts").text)["transcripts"]]


def whole(client: FlaskClient, transcript_id: str) -> Transcript:
    return transcript_from_json(client.get(f"/api/v1/transcripts/{transcript_id}").text)


def show(client: FlaskClient, transcript_id: str, **arguments: str) -> str:
    answer = client.get(f"/transcripts/{transcript_id}", query_string=arguments)
    assert answer.status_code == 200
    return answer.text


def matching(page: str) -> dict[str, list[str]]:
    """Return the marked words of each passage that is shown as found, by its id, in the order of the page."""
    return {
        passage_id: [html.unescape(mark) for mark in MARK.findall(text)]
        for match, passage_id, text, _ in PASSAGE.findall(page)
        if match
    }


def call(client: FlaskClient, name: str) -> str:
    return next(key for key in ids(client) if key.startswith(name))


@pytest.mark.parametrize("find", ["菜鸟", "capital OR cash", "云 -利润", "role:analyst"])
def test_what_is_found_inside_is_what_the_search_finds_in_reading_order(client: FlaskClient, find: str) -> None:
    for transcript_id in ids(client):
        arguments = {"q": find, "mode": "keyword", "transcript": transcript_id, "collapse": "0", "limit": "100"}
        hits: list[dict[str, Any]] = json.loads(client.get("/api/v1/search", query_string=arguments).text)["hits"]
        hits = [hit for hit in sorted(hits, key=lambda hit: hit["position"]) if hit["highlights"] or ":" in find]
        page = show(client, transcript_id, find=find)
        assert list(matching(page)) == [hit["id"] for hit in hits]
        spans = {hit["id"]: [hit["text"][start:end] for start, end in hit["highlights"]] for hit in hits}
        assert matching(page) == spans
        counted = re.search(r"<output[^>]*>(.*?)</output>", page)
        assert counted
        assert counted[1] == (f"{len(hits)} passage{'s' if len(hits) > 1 else ''}" if hits else "Not found here")


def test_marks_leave_the_text_as_it_is(client: FlaskClient) -> None:
    for transcript_id in ids(client):
        shown = {
            key: html.unescape(MARK.sub(r"\1", text))
            for _, key, text, _ in PASSAGE.findall(show(client, transcript_id, find="AI 的 the"))
        }
        assert shown == {passage.id: passage.text for passage in whole(client, transcript_id).passages}


def test_one_steps_from_each_passage_found_to_the_next_and_back(client: FlaskClient) -> None:
    page = show(client, call(client, "yuanting-march"), find="收入")
    found = list(matching(page))
    assert len(found) > 3
    for place, (_, _, _, tools) in enumerate(filter(lambda each: each[0], PASSAGE.findall(page))):
        steps = re.findall(r'href="#([^"]+)" aria-label="(Back|On)"', tools)
        expected = [(found[place - 1], "Back")] if place else []
        assert steps == [*expected, *([(found[place + 1], "On")] if place + 1 < len(found) else [])]
        assert f"{place + 1} of {len(found)}" in seen(tools)


def test_the_hits_of_the_search_one_comes_from_are_marked(client: FlaskClient) -> None:
    transcript_id = call(client, "alibaba")
    assert matching(show(client, transcript_id, q="菜鸟")) == matching(show(client, transcript_id, find="菜鸟"))
    other = show(client, transcript_id, q="菜鸟", find="云")
    assert matching(other) == matching(show(client, transcript_id, find="云"))
    assert 'href="/?q=%E8%8F%9C%E9%B8%9F"' in other, "the way back to the results stays"
    analysts = show(client, call(client, "fenwick-harbor-q2"), q="cash", role="analyst")
    assert set(matching(analysts)) < set(matching(show(client, call(client, "fenwick-harbor-q2"), q="cash")))


def test_passages_with_every_word_can_be_asked_for(client: FlaskClient) -> None:
    transcript_id = call(client, "alibaba")
    page = show(client, transcript_id, find="菜鸟 EBITA")
    link = re.search(r'<a href="([^"]+)"[^>]*>every word: (\d+)</a>', page)
    assert link
    narrowed = client.get(html.unescape(link[1])).text
    both = [key for key, marks in matching(page).items() if {"菜鸟", "EBITA"} <= set(marks)]
    assert list(matching(narrowed)) == both
    assert len(both) == int(link[2])


def test_added_terms_are_named_and_can_be_left_out(client: FlaskClient) -> None:
    transcript_id = call(client, "yuanting-march")
    page = show(client, transcript_id, find="free cash flow")
    assert "Marked too: 自由现金流" in seen(page)
    link = re.search(r'<a href="([^"]+)"[^>]*>only my words</a>', page)
    assert link
    assert not matching(client.get(html.unescape(link[1])).text)


def test_a_broken_query_is_explained_above_the_whole_transcript(client: FlaskClient) -> None:
    transcript_id = ids(client)[0]
    answer = client.get(f"/transcripts/{transcript_id}", query_string={"find": '"cloud'})
    assert answer.status_code == 400
    assert 'value="&#34;cloud"' in answer.text
    assert "never closed" in answer.text
    assert len(PASSAGE.findall(answer.text)) == len(whole(client, transcript_id).passages)


def test_who_speaks_how_much_adds_up_and_leads_to_their_words(client: FlaskClient) -> None:
    for transcript_id in ids(client):
        transcript = whole(client, transcript_id)
        entries = speaker_entries(transcript)
        page = show(client, transcript_id)
        if transcript.speakers:
            assert sum(entry.share for entry in entries) == pytest.approx(100)
            assert [entry.share for entry in entries] == sorted((entry.share for entry in entries), reverse=True)
        for entry in entries:
            own = {passage.id for passage in transcript.passages if passage.speaker == entry.speaker}
            heard = show(client, transcript_id, focus=entry.speaker.id)
            turns = re.findall(r'<div class="turn ([^"]*)">(.*?)(?=<div class="turn |</section>)', heard, re.DOTALL)
            bright = {key for kinds, turn in turns if "dimmed" not in kinds for _, key, _, _ in PASSAGE.findall(turn)}
            assert bright == own
            assert f"focus={entry.speaker.id}#{entry.first}" in page


def test_an_exchange_has_an_anchor_that_is_its_own(client: FlaskClient) -> None:
    for transcript_id in ids(client):
        transcript, page = whole(client, transcript_id), show(client, transcript_id)
        for exchange in transcript.exchanges:
            section = re.search(rf'<section class="part exchange" id="{exchange.id}".*?</section>', page, re.DOTALL)
            assert section
            assert f'id="{exchange.question_ids[0]}"' in section[0]
            assert f'href="#{exchange.id}"' in page
        anchors = re.findall(r' id="([^"]+)"', page)
        assert len(anchors) == len(set(anchors))


def test_the_question_is_repeated_beside_a_long_answer_and_a_courtesy_is_quiet(
    client_of: Callable[[str], FlaskClient],
) -> None:
    client = client_of(CALL.format(answer="They cost what cranes and quays cost in our ports. " * 30))
    (transcript_id,) = ids(client)
    page = show(client, transcript_id)
    (reminder,) = re.findall(r'<p class="asked">.*?</p>', page, re.DOTALL)
    assert "Ronald Keung Goldman Sachs And what will the new berths cost you" in seen(reminder)
    quiet = re.findall(r'<div class="turn [^"]*quiet">.*?</div>', page, re.DOTALL)
    assert [seen(turn).split("¶")[0].split("as indexed")[0].strip() for turn in quiet] == [
        "Ronald Keung Goldman Sachs -- Analyst Thank you."
    ]
    rounds = [part for part in reading_parts(whole(client, transcript_id)) if part.exchange]
    assert [len(part.rounds) for part in rounds] == [2]


def test_what_is_indexed_is_never_text_to_select(client_of: Callable[[str], FlaskClient]) -> None:
    client = client_of("張勇：雲業務的 EBITA 增長了１０％，我們對這個結果很滿意。\n\n徐宏：利润也增长了百分之五。\n")
    (transcript_id,) = ids(client)
    first, second = whole(client, transcript_id).passages
    folded = show(client, transcript_id, view="indexed")
    assert first.text not in html.unescape(folded)
    assert "As indexed, not as said." in seen(folded)
    assert "data-passage" not in folded, "there is nothing to collect"
    for passage in (first, second):
        assert f'data-folded="{fold(passage.text)}"></p>' in html.unescape(folded)
        assert fold(passage.text) not in seen(folded), (
            "it stands in an attribute alone, which is drawn and not selected"
        )
    one = show(client, transcript_id, indexed=first.id.split(".")[-1])
    assert {key: text for _, key, text, _ in PASSAGE.findall(one)} == {first.id: first.text, second.id: second.text}
    assert one.count("data-folded=") == 1
    assert f'data-folded="{fold(first.text)}"' in one


@pytest.mark.parametrize(
    ("form", "written", "kind"), [("md", transcript_markdown, "text/markdown"), ("txt", transcript_text, "text/plain")]
)
def test_a_transcript_is_taken_away(
    client: FlaskClient, form: str, written: Callable[[Transcript], str], kind: str
) -> None:
    for transcript_id in ids(client):
        link = re.search(rf'<a href="([^"]+\.{form})"', show(client, transcript_id))
        assert link
        answer = client.get(link[1])
        assert answer.content_type == f"{kind}; charset=utf-8"
        assert answer.headers["Content-Disposition"].startswith(
            f'attachment; filename="{transcript_id}.{form}"; filename*='
        )
        assert answer.text == written(whole(client, transcript_id))
        assert client.get(f"/api/v1/transcripts/{transcript_id}?format={form}").text == answer.text


def test_an_unknown_format_is_named(client: FlaskClient) -> None:
    answer = client.get(f"/api/v1/transcripts/{ids(client)[0]}?format=docx")
    assert answer.status_code == 400
    assert "json, md or txt" in answer.text


@pytest.mark.parametrize("headers", [{}, {"Accept-Encoding": "br"}, {"Range": "bytes=0-9"}])
@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize("name", ["yuanhua.css", "seal.svg"])
def test_a_style_is_sent_by_a_server_that_never_closes_it(
    client: FlaskClient, name: str, method: str, headers: dict[str, str]
) -> None:
    """A file that is left open is a warning, and so a failure of the test."""
    app = client.application
    whole = (Path(app.static_folder or "") / name).read_bytes()
    environ = EnvironBuilder(f"/static/{name}", method=method, headers=headers).get_environ()
    started: list[str] = []
    body = b"".join(app.wsgi_app(environ, lambda status, *_: started.append(status)))
    assert started[0].startswith("206" if "Range" in headers else "200")
    if method == "GET":
        sent = brotli.decompress(body) if "Accept-Encoding" in headers and len(whole) > 1024 else body
        assert sent == (whole[:10] if "Range" in headers else whole)


@pytest.mark.parametrize("suffix", ["", ".md", ".txt", "/reading"])
def test_an_unknown_transcript_is_not_found(client: FlaskClient, suffix: str) -> None:
    assert client.get(f"/transcripts/none{suffix}").status_code == 404


def test_a_long_page_is_packed_for_who_unpacks(client: FlaskClient) -> None:
    url = f"/transcripts/{ids(client)[0]}"
    plain, small = client.get(url), client.get(url, headers={"Accept-Encoding": "gzip"})
    assert small.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in small.headers["Vary"]
    assert len(small.data) < len(plain.data) / 3
    assert "Content-Encoding" not in client.get(url, headers={"Accept-Encoding": "gzip;q=0"}).headers
    either = client.get(url, headers={"Accept-Encoding": "gzip, deflate, br"})
    assert either.headers["Content-Encoding"] == "br"
    assert brotli.decompress(either.data) == plain.data
    assert len(either.data) < len(small.data)
    rather = client.get(url, headers={"Accept-Encoding": "gzip, br;q=0.5"})
    assert rather.headers["Content-Encoding"] == "gzip"
