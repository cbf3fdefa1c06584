"""`yuanhua quotes`: what is collected on the command line stays as it was said, whatever becomes of the index."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any

import docx
import pytest
from typer.testing import CliRunner

from indexer.build import BuildSettings, index_paths
from indexer.errors import UnknownLinkError
from indexer.stores.index import IndexReader
from search_web.access.accounts import Accounts
from search_web.access.model import AccountRole
from search_web.cli import app
from search_web.notebook.database import Notebook
from search_web.quotes.links_store import CollectionLinks
from search_web.quotes.store import QuoteStore
from search_web.settings import notebook_file

CORPUS = Path(__file__).parents[2] / "corpus"
FILE = "fenwick-harbor-q2-2024-call-en.txt"
WORDS = "we generated $118 million of free cash flow"


@pytest.fixture
def index(tmp_path: Path) -> Path:
    """Index a copy of corpus/, by words only."""
    shutil.copytree(CORPUS, tmp_path / "calls")
    index_paths(tmp_path / "index", [tmp_path / "calls"], BuildSettings(embedders=()))
    return tmp_path / "index"


def run(index: Path, *arguments: str, code: int = 0) -> str:
    result = CliRunner().invoke(app, ["quotes", *arguments, "--index", str(index)])
    assert result.exit_code == code, result.output
    return result.output


def run_json(index: Path, *arguments: str, code: int = 0) -> Any:
    return json.loads(run(index, *arguments, "--json", code=code))


def passage_with(index: Path, words: str) -> str:
    passages = IndexReader(index).current().passages
    (row,) = [row for row, text in enumerate(passages.texts()) if words in text]
    return passages.get([row])[0].passage.id


def test_a_selection_survives_a_new_index_another_engine_and_a_touched_file(index: Path) -> None:
    taken = run_json(index, "add", "Cash flow", passage_with(index, WORDS), "--text", WORDS, "--tag", "fcf")
    whole = run_json(index, "add", "Cash flow", passage_with(index, "8.77亿元"), "--note", "check page")
    assert taken["text"] == WORDS
    calls = index.parent / "calls"
    file = calls / FILE
    file.write_text(file.read_text(encoding="utf-8").replace("Good afternoon", "Good evening"), encoding="utf-8")
    index_paths(index, [calls], BuildSettings(embedders=()))
    index_paths(index, [calls], BuildSettings(embedders=(), keyword_engine="whoosh", rebuild=True))
    assert IndexReader(index).current().manifest.keyword_engine == "whoosh"
    assert run_json(index, "list", "Cash flow")["quotes"] == [taken, whole]
    verified = run_json(index, "verify", "Cash flow")
    assert [one["state"] for one in verified["quotes"]] == ["unchanged", "unchanged"]
    assert verified["quotes"][0]["text"] == WORDS
    assert verified["quotes"][0]["place"]["passage_id"] == taken["place"]["passage_id"]


def test_verify_ends_with_1_when_a_figure_or_a_name_is_no_longer_the_same(index: Path) -> None:
    run(index, "add", "Cash flow", passage_with(index, WORDS), "--text", WORDS)
    assert "1 quote: 1 unchanged" in run(index, "verify")
    file = index.parent / "calls" / FILE
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("generated $118 million", "generated $181 million"), encoding="utf-8")
    index_paths(index, [file.parent], BuildSettings(embedders=()))
    printed = run(index, "verify", code=1)
    assert "changed: The words are no longer there" in printed
    assert "$[-118-]{+181+} million" in printed
    file.write_text(text.replace("Marcus Oyelaran --", "Marcus Oyelan --"), encoding="utf-8")
    index_paths(index, [file.parent], BuildSettings(embedders=()))
    assert "speaker “Marcus Oyelan”, not “Marcus Oyelaran”" in " ".join(run(index, "verify", code=1).split())


def test_quotes_are_listed_edited_ordered_removed_and_taken_back(index: Path) -> None:
    passage = passage_with(index, WORDS)
    ids = [run_json(index, "add", "Cash", passage, "--note", note)["id"] for note in ("one", "two")]

    def notes() -> list[str]:
        return [quote["note"] for quote in run_json(index, "list", "Cash")["quotes"]]

    run(index, "move", ids[1], "--before", ids[0])
    assert notes() == ["two", "one"]
    run(index, "edit", ids[0], "--note", "一", "--tag", "a", "--tag", "b")
    assert run_json(index, "show", ids[0])["tags"] == ["a", "b"]
    assert "restore" in run(index, "remove", ids[1])
    assert notes() == ["一"]
    run(index, "restore", ids[1])
    assert notes() == ["two", "一"]
    run(index, "edit", "Cash", "--name", "Cash flow")
    collection = run_json(index, "remove", "Cash flow")["removed"]
    assert run_json(index, "list")["total"] == 0
    assert "restore" in run(index, "list", collection, code=2)
    run(index, "restore", collection)
    told = run(index, "history", "Cash flow")
    assert f"moved quote {ids[1]}: position “2” → “1”" in told
    assert "edited the collection: name “Cash” → “Cash flow”" in told


@pytest.mark.parametrize("suffix", ["json", "csv"])
def test_an_exported_collection_is_read_back_into_another_notebook(index: Path, suffix: str) -> None:
    run(index, "add", "Cash flow", passage_with(index, WORDS), "--text", WORDS, "--tag", "a;b", "--note", "=1+1\n二")
    run(index, "add", "Cash flow", passage_with(index, "8.77亿元"))
    file, other = index.parent / f"quotes.{suffix}", str(index.parent / "other.sqlite")
    run(index, "export", "Cash flow", "--output", str(file))
    told = run_json(index, "import", str(file), "--notebook", other)
    assert (told["name"], told["added"], told["held_already"]) == ("Cash flow", 2, 0)
    here, there = (run_json(index, "list", "Cash flow", *more)["quotes"] for more in ((), ("--notebook", other)))
    for quote in (*here, *there):
        del quote["collection_id"], quote["version"]
    assert here == there
    again = run_json(index, "import", str(file), "--notebook", other)
    assert (again["added"], again["held_already"]) == (0, 2)
    assert run_json(index, "import", str(file), "--into", "Copy", "--notebook", other)["added"] == 2
    assert [one["state"] for one in run_json(index, "verify", "--notebook", other)["quotes"]] == ["unchanged"] * 4


def test_an_export_marks_what_is_no_longer_sound(index: Path) -> None:
    run(index, "add", "Cash flow", passage_with(index, WORDS), "--text", WORDS)
    file = index.parent / "calls" / FILE
    file.write_text(file.read_text(encoding="utf-8").replace("$118 million", "$181 million"), encoding="utf-8")
    index_paths(index, [file.parent], BuildSettings(embedders=()))
    printed = run(index, "export", "Cash flow", "--citation", "{speaker} @ {date}")
    assert "Marcus Oyelaran @ 2024-07-31" in printed
    assert "Changed in the source since it was collected" in printed
    assert "1 of 1 quotes are no longer sound" in printed
    target = index.parent / "quotes.docx"
    assert run_json(index, "export", "Cash flow", "-o", str(target))["unsound"] == 1
    assert WORDS in "\n".join(paragraph.text for paragraph in docx.Document(str(target)).paragraphs)
    assert "tells no format" in run(index, "export", "Cash flow", "-o", str(index.parent / "quotes.xyz"), code=2)
    broken = index.parent / "broken.json"
    broken.write_text("[]", encoding="utf-8")
    assert "no JSON of quotes" in run(index, "import", str(broken), code=2)


def test_what_cannot_be_collected_is_said_with_what_to_do(index: Path) -> None:
    passage = passage_with(index, WORDS)
    assert "Copy the words" in run(index, "add", "Cash", passage, "--text", "never said", code=2)
    assert "characters" in run(index, "add", "Cash", passage, "--start", "5", "--end", "5", code=2)
    assert "no passage has this id" in run(index, "add", "Cash", "nowhere", code=2)
    assert run_json(index, "list")["total"] == 0
    named = index.parent / "mine.sqlite"
    run(index, "create", "Elsewhere", "--notebook", str(named))
    assert [one["name"] for one in run_json(index, "list", "--notebook", str(named))["collections"]] == ["Elsewhere"]


def test_a_collection_is_shared_handed_over_and_read_by_link(index: Path) -> None:
    run(index, "add", "Cash flow", passage_with(index, WORDS), "--text", WORDS)
    notebook = Notebook(notebook_file(index))
    Accounts(notebook).add("Ann", "a very long password", AccountRole.WRITER)
    assert "nobody owns" in run(index, "share", "Cash flow", "--visibility", "private", code=2)
    assert "no account" in run(index, "share", "Cash flow", "--owner", "Ben", code=2)
    told = run_json(index, "share", "Cash flow", "--owner", "ann", "--visibility", "private")
    assert (told["owner_name"], told["visibility"], told["total"]) == ("Ann", "private", 0)
    printed = run(index, "share", "Cash flow", "--link", "--days", "7", "--base-url", "https://quotes.example")
    (secret,) = re.findall(r"https://quotes\.example/shared/([\w-]+)", printed.replace("\n", ""))
    assert CollectionLinks(notebook).opened(secret).name == "Cash flow"
    (link,) = run_json(index, "share", "Cash flow")["links"]
    assert secret.endswith(link["hint"])
    assert run_json(index, "share", "Cash flow", "--revoke", link["id"])["links"] == []
    with pytest.raises(UnknownLinkError):
        CollectionLinks(notebook).opened(secret)
    assert "--link" in run(index, "share", "Cash flow", "--days", "7", code=2)
    assert "Ann (private)" in run(index, "list")
    ann = Accounts(notebook).get("Ann").person
    QuoteStore(notebook).as_seen_by(ann).edit(told["id"], description="mine")
    assert "Ann edited the collection" in run(index, "history", "Cash flow")
