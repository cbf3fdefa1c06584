"""The page of trends: what a reader sees, and the same figures as plot, table and JSON."""

from __future__ import annotations

import csv
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from typing import TYPE_CHECKING
from urllib.parse import unquote_plus

if TYPE_CHECKING:
    from flask.testing import FlaskClient

ROW = re.compile(r'<tr><th scope="row">(.*?)</th>(.*?)</tr>', re.DOTALL)
FIGURE = re.compile(r'<td class="figure">(?:<a href="(.*?)">)?([\d,]+)?')


def table(page: str) -> dict[str, list[tuple[str, str]]]:
    """Return the cells of each row, as the address they lead to and the number of passages."""
    return {
        row: [(url.replace("&amp;", "&"), count) for url, count in FIGURE.findall(cells)]
        for row, cells in ROW.findall(page)
    }


def test_terms_stand_one_a_line_or_one_an_argument(client: FlaskClient) -> None:
    lines = client.get("/trends", query_string={"q": "cash\nAI"}).text
    arguments = client.get("/trends?q=cash&q=AI").text
    assert table(lines) == table(arguments)
    assert 'rows="3" spellcheck="false" autocapitalize="off">cash\nAI</textarea>' in arguments


def test_a_figure_leads_to_just_its_passages(client: FlaskClient) -> None:
    for query in ("cash", "free cash flow", "自由现金流", '"free cash flow"'):
        for row, cells in table(client.get("/trends", query_string={"q": query, "by": "company"}).text).items():
            for url, count in cells:
                if url:
                    found = client.get(f"/api/v1/search{url[1:]}").json
                    assert found["total"] >= int(count), (query, row, unquote_plus(url))
                    assert found["total_relation"] == "exact"


def test_the_page_the_table_and_the_json_have_the_same_figures(client: FlaskClient) -> None:
    arguments = "q=cash&q=现金流&by=role&section=qa"
    found = client.get(f"/api/v1/trends?{arguments}").json
    saved = client.get(f"/trends.csv?{arguments}")
    rows = list(csv.DictReader(saved.data.decode("utf-8-sig").splitlines()))
    points = [
        (trend["query"], point["period"] or "", point["passages"])
        for trend in found["trends"]
        for point in trend["points"]
    ]
    assert points == [(row["query"], row["period"], int(row["passages"])) for row in rows]
    assert saved.headers["Content-Disposition"].startswith('attachment; filename="trends.csv"')
    page = table(client.get(f"/trends?{arguments}").text)
    assert set(found["periods"]) <= {*page, None}
    assert found["trends"][0]["total"]["mentions"] is None


def test_the_plot_is_an_image_whose_text_is_text(client: FlaskClient) -> None:
    answer = client.get("/trends.svg?q=自由现金流&q=AI&q=_odd$x$<b>")
    assert answer.mimetype == "image/svg+xml"
    assert "script" not in answer.headers["Content-Security-Policy"]
    root = ET.fromstring(answer.data)  # noqa: S314 - our own.
    texts = ["".join(node.itertext()).strip() for node in root.iter("{http://www.w3.org/2000/svg}text")]
    assert {"自由现金流", "AI", "\u200b_odd$x$<b>", "Passages per 1,000", "2024Q2"} <= set(texts)
    assert (
        client.get(
            "/trends.svg?q=AI", headers={"If-None-Match": client.get("/trends.svg?q=AI").headers["ETag"]}
        ).status_code
        == 304
    )
    assert client.get("/trends.svg?q=AI&theme=dark").data != client.get("/trends.svg?q=AI").data


def test_the_page_gives_the_plot_the_room_that_it_takes(client: FlaskClient) -> None:
    page = client.get("/trends?q=cash&q=AI&by=company").text
    for tag, address in re.findall(r'<(source|img) [^>]*?src(?:set)?="(.*?)"', page):
        size = re.search(rf'{re.escape(address)}" width="(\d+)" height="(\d+)"', page)
        drawn = ET.fromstring(client.get(address.replace("&amp;", "&")).data)  # noqa: S314 - our own.
        assert size is not None, tag
        assert (drawn.get("width"), drawn.get("height")) == size.groups()


def test_a_term_that_nobody_says_and_no_term_at_all(client: FlaskClient) -> None:
    assert "Nobody says that" in client.get("/trends?q=zeppelin&by=company").text
    assert "<table" not in client.get("/trends").text
    assert client.get("/api/v1/trends").status_code == 400
    assert client.get("/api/v1/trends", query_string={"q": "\n".join("abcdefghi")}).status_code == 400


def test_a_broken_term_is_shown_where_it_breaks(client: FlaskClient) -> None:
    answer = client.get("/trends", query_string={"q": 'cash\n"free cash'})
    assert answer.status_code == 400
    assert 'role="alert"' in answer.text
    assert ">cash\n&#34;free cash</textarea>" in answer.text


def test_a_translation_that_is_switched_off_counts_no_more(client: FlaskClient) -> None:
    page = client.get("/trends?q=monetization").text
    address, term = re.findall(r'href="([^"]*)" aria-label="Do not count ([^"]*)"', page)[0]
    without = client.get(address.replace("&amp;", "&")).text
    assert f'aria-label="Count {term}"' in without
    assert int(table(without)["All"][0][1]) < int(table(page)["All"][0][1])


def test_the_other_pages_do_not_wait_for_the_plots() -> None:
    code = "import sys; import search_web.web.app; sys.exit('matplotlib' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
