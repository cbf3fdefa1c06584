"""A passage as text to paste."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask.testing import FlaskClient

CALL = """Acorn Lanterns Q1 2024 Earnings Call
May 2, 2024

Operator: Good morning, and welcome to the call of Acorn Lanterns.

陈立 (Chief Financial Officer): 本季度毛利率达到４５.３％，比去年提高。我们在𠮷野的新工厂已经投产🏮，产能会上升。

Mara Velt (Chief Executive Officer): Orders for lanterns grew 18% in the quarter. They grew again in April.
"""


@pytest.fixture
def client(client_of: Callable[[str], FlaskClient]) -> FlaskClient:
    return client_of(CALL)


def passage(client: FlaskClient, words: str) -> tuple[str, str]:
    (call,) = client.get("/api/v1/transcripts").get_json()["transcripts"]
    found = client.get(f"/api/v1/transcripts/{call['id']}").get_json()["passages"]
    return next((one["id"], one["text"]) for one in found if words in one["text"])


def test_a_passage_is_copied_verbatim_with_its_citation_and_a_link_that_leads_to_it(client: FlaskClient) -> None:
    id_, text = passage(client, "grew 18%")
    answer = client.get("/quote", query_string={"passage": id_})
    assert answer.content_type == "text/plain; charset=utf-8"
    words, citation, link, end = answer.text.split("\n")
    assert (words, end) == (text, "")
    assert citation.startswith("— Mara Velt, Chief Executive Officer, Acorn Lanterns, ")
    assert citation.endswith(", 2024-05-02")
    place = urlsplit(link)
    assert (place.scheme, place.netloc, place.fragment) == ("http", "localhost", id_)
    assert f'id="{id_}"' in client.get(place.path).text


def test_a_part_is_copied_to_the_code_point(client: FlaskClient) -> None:
    id_, text = passage(client, "𠮷野")
    start = text.index("𠮷野")
    asked = {"passage": id_, "start": start, "end": text.index("🏮") + 1}
    assert client.get("/quote", query_string=asked).text.split("\n")[0] == "𠮷野的新工厂已经投产🏮"


@pytest.mark.parametrize(
    ("asked", "status", "told"),
    [
        ({"passage": "nowhere.0"}, 404, "nowhere.0"),
        ({"start": "-1"}, 400, "start"),
        ({"start": "2", "end": "2"}, 400, "no characters 2 to 2"),
        ({"start": "٣"}, 400, "start"),
    ],
)
def test_what_cannot_be_copied_is_told(client: FlaskClient, asked: dict[str, str], status: int, told: str) -> None:
    id_, _ = passage(client, "grew 18%")
    answer = client.get("/quote", query_string={"passage": id_} | asked)
    assert answer.status_code == status
    assert told in answer.text


def test_every_passage_of_a_page_offers_it(client: FlaskClient) -> None:
    id_, _ = passage(client, "grew 18%")
    address = f'href="/quote?passage={id_}"'
    for page in ("/?q=lanterns", f"/transcripts/{id_.rpartition('.')[0]}"):
        assert address in client.get(page).text, page


def test_a_table_is_saved_under_what_was_looked_for(client: FlaskClient) -> None:
    """A header is ASCII; a browser reads the real name from the second one (RFC 6266)."""
    named = client.get("/search.csv", query_string={"q": '毛利率 "a/b"'}).headers["Content-Disposition"]
    assert named == "attachment; filename=\"search.csv\"; filename*=UTF-8''%E6%AF%9B%E5%88%A9%E7%8E%87%20a%20b.csv"
