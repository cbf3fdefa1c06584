"""Each page speaks one language, the reader's, and the catalogue has all that the pages say."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from babel.messages.pofile import read_po

from search_web.web.catalogues import TRANSLATIONS, compile_catalogues, extracted
from search_web.web.translating import LOCALES

if TYPE_CHECKING:
    from pathlib import Path

    from flask.testing import FlaskClient

CATALOGUE = TRANSLATIONS / "zh" / "LC_MESSAGES" / "messages.po"
PREFERS_CHINESE = {"Accept-Language": "zh-CN,zh;q=0.9,en;q=0.8"}


def spoken(page: str) -> str:
    found = re.search(r'<html lang="([^"]+)"', page)
    assert found
    return found[1]


def test_the_catalogue_has_exactly_what_the_pages_say() -> None:
    """`make catalogues` makes it so."""
    with CATALOGUE.open("rb") as file:
        catalogue = read_po(file, locale="zh")
    said = {(message.context, message.id) for message in extracted()}
    assert {(message.context, message.id) for message in catalogue} - said == set()
    assert said - {(message.context, message.id) for message in catalogue} == set()


def test_every_message_is_translated_with_the_same_placeholders() -> None:
    with CATALOGUE.open("rb") as file:
        catalogue = read_po(file, locale="zh")
    translations = {message.id: message.string for message in catalogue if message.id}
    assert [said for said, translated in translations.items() if not translated or not all(translated)] == []
    for message in catalogue:
        assert list(message.check(catalogue)) == [], message.id
        sources = message.id if isinstance(message.id, tuple) else (message.id,)
        translated = message.string if isinstance(message.string, tuple) else (message.string,)
        wanted = set(re.findall(r"%\(\w+\)s", sources[-1]))
        assert all(set(re.findall(r"%\(\w+\)s", each)) == wanted for each in translated if message.id), message.id
    assert not any(message.fuzzy for message in catalogue if message.id)


def test_a_catalogue_is_compiled_when_it_is_missing_or_older(tmp_path: Path) -> None:
    source = tmp_path / "zh" / "LC_MESSAGES" / "messages.po"
    source.parent.mkdir(parents=True)
    source.write_text('msgid "Search"\nmsgstr "搜索"\n', encoding="utf-8")
    (compiled,) = compile_catalogues(tmp_path)
    first = compiled.read_bytes()
    assert "搜索".encode() in first
    source.write_text('msgid "Search"\nmsgstr "查找"\n', encoding="utf-8")
    compile_catalogues(tmp_path)
    assert "查找".encode() in compiled.read_bytes()
    assert [path.suffix for path in sorted(source.parent.iterdir())] == [".mo", ".po"]


@pytest.mark.parametrize("address", ["/", "/?q=AI", "/?q=AI&mode=keyword&role=analyst", "/?q=qqqq&mode=keyword"])
def test_a_page_speaks_the_language_that_the_browser_prefers(client: FlaskClient, address: str) -> None:
    english, chinese = client.get(address), client.get(address, headers=PREFERS_CHINESE)
    assert (spoken(english.text), spoken(chinese.text)) == ("en", "zh")
    assert ">Search<" in english.text
    assert ">搜索<" in chinese.text
    assert chinese.headers["Content-Language"] == "zh"
    assert {"Accept-Language", "Cookie"} <= set(chinese.vary)


def test_a_language_that_no_page_speaks_is_answered_in_english(client: FlaskClient) -> None:
    assert spoken(client.get("/", headers={"Accept-Language": "de"}).text) == "en"
    assert spoken(client.get("/?locale=xx").text) == "en"


def test_the_switch_keeps_the_search_and_the_choice(index: Path) -> None:
    from search_web.web.app import create_app  # noqa: PLC0415 - A client of its own, with its own cookies.

    client = create_app(index).test_client()
    page = client.get("/?q=AI&role=analyst&lang=zh").text
    switch = re.search(r'href="([^"]+)" lang="zh" hreflang="zh" data-plain>中文<', page)
    assert switch
    chosen = client.get(switch[1].replace("&amp;", "&")).text
    assert spoken(chosen) == "zh"
    assert 'value="AI"' in chosen
    assert chosen.count('class="chip"') == 2
    assert spoken(client.get("/transcripts").text) == "zh"
    assert spoken(client.get("/transcripts?locale=en", headers=PREFERS_CHINESE).text) == "en"
    assert spoken(client.get("/transcripts", headers=PREFERS_CHINESE).text) == "en"


def test_errors_speak_to_people_in_their_language_and_to_programs_in_english(client: FlaskClient) -> None:
    assert spoken(client.get("/nowhere", headers=PREFERS_CHINESE).text) == "zh"
    problem = client.get("/api/v1/search?q=", headers=PREFERS_CHINESE)
    assert problem.json
    assert problem.json["detail"].isascii()


def test_each_language_names_itself() -> None:
    assert LOCALES == {"en": "English", "zh": "中文"}
