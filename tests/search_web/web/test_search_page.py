"""What stands around the hits: facets, the timeline, menus, groups, and ways on where nothing was found."""

from __future__ import annotations

import html
import json
import re
from typing import TYPE_CHECKING, Any

import pytest

from indexer.build import BuildSettings, index_paths
from search_web.search.request import Fusion, Mode
from search_web.web.app import create_app
from search_web.web.engine_words import said

if TYPE_CHECKING:
    from pathlib import Path

    from flask.testing import FlaskClient

CHINESE = {"Accept-Language": "zh"}
LINK = re.compile(r'<a href="([^"]+)" data-focus="([^"]+)"( class="on")?>(.*?)</a>', re.DOTALL)
BAR = re.compile(r'<a href="([^"]+)" title="(\S+): (\d+) passages? of (\d+)" data-focus="bar=[^"]+"( class="on")?>')


def show(client: FlaskClient, url: str = "/", **arguments: object) -> str:
    answer = client.get(html.unescape(url), query_string=arguments or None)
    assert answer.status_code == 200, answer.text
    return answer.text


def api(client: FlaskClient, path: str = "search", **arguments: object) -> Any:
    return json.loads(client.get(f"/api/v1/{path}", query_string=arguments).text)


def seen(markup: str) -> str:
    """Return the text of a piece of a page, as it is read."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", markup)).split())


def facet(page: str) -> dict[str, dict[str, tuple[str, int | None, bool]]]:
    """Return the address, the count and whether it is active of each value, by field."""
    found: dict[str, dict[str, tuple[str, int | None, bool]]] = {}
    for address, key, on, shown in LINK.findall(page):
        field, _, value = html.unescape(key).partition("=")
        if field != "bar":
            count = re.search(r'<span class="of">([\d,]+)', shown)
            found.setdefault(field, {})[value] = (address, int(count[1]) if count else None, bool(on))
    return found


def test_facets_count_what_was_found_and_each_leads_to_as_many(client: FlaskClient) -> None:
    page = facet(show(client, q="现金流", mode="keyword"))
    counted = api(client, q="现金流", mode="keyword", facets=1, collapse=0)["facets"]
    for field, values in page.items():
        assert {value: count for value, (_, count, _) in values.items()} == {
            one["value"]: one["count"] for one in counted[field]
        }
    address, count, _ = page["role"]["management"]
    assert f"{count} passages" in seen(show(client, address))


def test_a_filtered_field_still_offers_its_other_values_with_their_counts(client: FlaskClient) -> None:
    free = facet(show(client, q="现金流", mode="keyword"))["role"]
    address, _, _ = free["analyst"]
    filtered = facet(show(client, address))["role"]
    assert {value: count for value, (_, count, _) in filtered.items()} == {
        value: count for value, (_, count, _) in free.items()
    }
    assert [value for value, (_, _, active) in filtered.items() if active] == ["analyst"]
    both = show(client, filtered["management"][0])
    assert both.count('class="chip"') == 2
    assert facet(show(client, filtered["analyst"][0]))["role"] == free


def test_a_filter_of_a_value_that_no_facet_lists_can_be_left(client: FlaskClient) -> None:
    page = facet(show(client, q="AI", company="Nobody Inc"))
    address, count, active = page["company"]["Nobody Inc"]
    assert (count, active) == (None, True)
    assert "Nobody" not in address


def test_a_value_with_the_fold_of_a_filter_is_that_filter(client: FlaskClient) -> None:
    page = facet(show(client, q="AI", company="fenwick harbor"))
    address, _, active = page["company"]["Fenwick Harbor"]
    assert active
    assert "company=" not in address


@pytest.mark.parametrize("query", ["AI", "现金流"])
def test_the_timeline_counts_as_the_trend_does_and_filters_when_clicked(client: FlaskClient, query: str) -> None:
    bars = BAR.findall(show(client, q=query))
    points = {point["period"]: point for point in api(client, "trend", q=query)["points"] if point["period"]}
    assert [(when, int(number), int(of)) for _, when, number, of, _ in bars] == [
        (when, point["passages"], point["of_passages"]) for when, point in points.items()
    ]
    address, when, number, _, _ = max(bars, key=lambda bar: int(bar[2]))
    kept = show(client, address)
    assert f'name="period" value="{when}"' in kept
    (active,) = [bar for bar in BAR.findall(kept) if bar[4]]
    assert (active[1], active[2]) == (when, number), "the other periods stay in sight"
    assert "period=" not in active[0], "and the one that holds leads back to all"


def test_there_is_no_timeline_of_what_nobody_said(client: FlaskClient) -> None:
    assert "timeline" not in show(client, q="zzzqqq")


def test_hits_are_grouped_by_call_with_a_way_to_the_rest(client: FlaskClient) -> None:
    page, answer = show(client, q="AI", group="transcript"), api(client, q="AI", group="transcript")
    groups = re.findall(r'<section class="group".*?</section>', page, re.DOTALL)
    assert len(groups) == len(answer["groups"]) > 1
    for shown, group in zip(groups, answer["groups"], strict=True):
        assert group["transcript"]["title"] in seen(shown)
        assert shown.count('<article class="hit"') == len(group["hits"])
        more = group["total"] - len(group["hits"])
        assert (f"{more} more in this call" in shown) == (more > 0)
    rest = re.search(r'<a href="([^"]+)">\d+ more in this call', page)
    assert rest
    assert "group=" not in rest[1]
    assert 'class="chip"' in show(client, rest[1])


def test_hits_are_grouped_by_the_question_that_they_answer(client: FlaskClient) -> None:
    page = show(client, q="cash flow", group="exchange", role="management", section="qa", limit=5)
    answer = api(client, q="cash flow", group="exchange", role="management", section="qa", limit=5)
    groups = re.findall(r'<section class="group".*?</section>', page, re.DOTALL)
    asked = [group for group in answer["groups"] if group["exchange"]]
    assert len(groups) == len(asked) > 0
    for shown, group in zip(groups, asked, strict=True):
        question = group["exchange"]["question"]
        assert question["text"].split("\n")[0][:40] in html.unescape(shown)
        assert f"{question['speaker']['name']}" in seen(shown)
        assert "In answer to" not in shown, "the question stands once, above its answers"
    last = -(-answer["group_total"] // 5)
    assert f'aria-label="Page {last}"' in page
    assert f'aria-label="Page {last + 1}"' not in page


@pytest.mark.parametrize(
    ("name", "value"), [("mode", "keyword"), ("sort", "date"), ("group", "exchange"), ("group", "transcript")]
)
def test_each_choice_of_a_menu_is_an_address_and_keeps_the_others(client: FlaskClient, name: str, value: str) -> None:
    page = show(client, q="AI", role="analyst", page=2)
    choice = re.compile(rf"{name}={value}(?![a-z_])")
    (address,) = [link for link in re.findall(r'<li><a href="([^"]+)"', page) if choice.search(link)]
    assert "role=analyst" in address
    assert "page=" not in address
    chosen = show(client, address)
    current = re.findall(r'<a href="([^"]+)" aria-current="true"', chosen)
    assert len(current) == 3
    assert all(choice.search(link) for link in current), "each menu keeps what the others say"


def test_totals_that_are_approximate_say_so(client: FlaskClient) -> None:
    words = api(client, q="AI", mode="keyword")["total"]
    assert f"About {api(client, q='AI')['total']} passages exactly {words} by words" in seen(show(client, q="AI"))
    assert f"{words} passages" in seen(show(client, q="AI", mode="keyword"))
    assert "About" not in seen(show(client, q="AI", mode="keyword"))


def test_where_nothing_was_found_each_way_on_says_how_much_it_finds(client: FlaskClient) -> None:
    page = show(client, q='"free cash flow"', mode="keyword", role="operator", section="qa")
    ways = re.findall(r'<li><a href="([^"]+)">([^<]+)</a> <span class="took">([^<]+)</span></li>', page)
    assert next(name for _, name, _ in ways) == "Without Role: Operator"
    for address, _, found in ways:
        number = re.search(r"\d+", found)
        assert number
        assert re.search(rf"(About )?{number[0]} passages?", seen(show(client, address)))


def test_the_reasons_are_asked_for_when_somebody_wants_them(client: FlaskClient) -> None:
    plain = show(client, q="AI monetization")
    assert "cosine" not in plain
    ask = re.search(r'href="([^"]+)#hit-1" data-why="(why-1)"', plain)
    assert ask
    told = show(client, ask[1])
    assert f'<details class="why" id="{ask[2]}" open>' in told
    hide = re.search(r'<a href="([^"]+)">Hide the reasons', told)
    assert hide
    assert "explain" not in hide[1]
    assert 'name="explain"' not in told, "another search asks for no reasons"


@pytest.mark.parametrize("mode", list(Mode))
@pytest.mark.parametrize("fusion", list(Fusion))
@pytest.mark.parametrize("query", ["菜鸟 EBITA", "zzzqqq cloud", "qqqzzz"])
def test_a_chinese_page_gives_the_reasons_in_chinese(client: FlaskClient, mode: str, fusion: str, query: str) -> None:
    arguments = {"q": query, "mode": mode, "fusion": fusion, "explain": 1, "sort": "date"}
    page = client.get("/", query_string=arguments, headers=CHINESE).text
    for told in re.findall(r'<section class="weighed".*?</section>|<p class="note".*?</p>', page, re.DOTALL):
        assert 'lang="en"' not in told, seen(told)


@pytest.mark.parametrize(
    "query",
    [
        *(
            'AI "cloud',
            '""',
            "(cloud AND sea",
            "() AND sea",
            "cloud AND sea )",
            "AI NEAR/99 cloud",
            "AI NEAR/2 cloud NEAR/2 sea",
            "a*",
            "c*d",
        ),
        *("(a b) NEAR/3 c", "cloud AND", "OR cloud", "speaker:", "role:king", "period:soon", "date:soon", "NOT"),
        "(" * 200 + "a AND b",
    ],
)
def test_a_chinese_page_says_in_chinese_why_a_query_cannot_be_read(client: FlaskClient, query: str) -> None:
    answer = client.get("/", query_string={"q": query}, headers=CHINESE)
    assert answer.status_code == 400
    (told,) = re.findall(r'<div class="refusal".*?</div>', answer.text, re.DOTALL)
    assert 'lang="en"' not in told.split('<p class="marked-query">')[0], seen(told)
    assert "应为：" in told


def test_what_has_no_form_stays_english_and_is_marked_so(client: FlaskClient) -> None:
    with client.application.test_request_context("/", headers=CHINESE):
        assert said("all").text == "全部"
        assert said("Something new.") == said("Something new.").__class__("Something new.", "en")


@pytest.mark.parametrize("query", ["菜鸟 EBITA", "AI monetization"])
def test_the_page_with_all_that_it_needs_weighs_under_sixty_kilobytes(client: FlaskClient, query: str) -> None:
    page = show(client, q=query)
    static = set(re.findall(r'(?:href|src)="(/static/[^"]+)"', page))
    modules = {
        f"/static/{name}"
        for address in static
        if address.endswith(".js")
        for name in re.findall(r'import "\./([^"]+)"', sent_by(client, address, packed=False).decode())
    }
    assert modules
    weight = len(sent_by(client, f"/?q={query}"))
    weight += sum(len(sent_by(client, address)) for address in static | modules)
    assert weight < 60_000


def sent_by(client: FlaskClient, address: str, *, packed: bool = True) -> bytes:
    """Return the body of an answer as it goes over the wire."""
    with client.get(address, headers={"Accept-Encoding": "gzip"} if packed else {}) as answer:
        return answer.data


def test_no_page_has_scripts_or_styles_of_its_own(client: FlaskClient) -> None:
    for address in ("/", "/?q=AI&explain=1", "/?q=AI&group=transcript", "/?q=AI %22", "/ask?q=AI", "/nowhere"):
        page = client.get(address).text
        assert "<style" not in page
        assert not re.search(r"<script(?![^>]* src=)", page)
        assert not re.search(r'<[^>]* (?:style|on[a-z]+)="', page)


def test_many_periods_are_told_by_year_and_a_year_keeps_all_its_periods(tmp_path: Path) -> None:
    quarters = [(year, quarter) for year in range(2015, 2021) for quarter in (1, 2, 3, 4)]
    for year, quarter in quarters:
        said_often = "Ina Holt: The harvest was good this time.\n\n" * (2 if year == 2018 else 1)
        call = tmp_path / "calls" / f"{year}-{quarter}.txt"
        call.parent.mkdir(exist_ok=True)
        call.write_text(f"Ardent Mills Q{quarter} {year} Earnings Call\n\n{said_often}", encoding="utf-8")
    index_paths(tmp_path / "index", [tmp_path / "calls"], BuildSettings(embedders=()))
    client = create_app(tmp_path / "index").test_client()
    bars = BAR.findall(show(client, q="harvest"))
    assert [(name, int(passages)) for _, name, passages, _, _ in bars] == [
        (str(year), 8 if year == 2018 else 4) for year in range(2015, 2021)
    ]
    kept = show(client, bars[3][0])
    assert kept.count('class="chip"') == 4
    assert [name for _, name, _, _, active in BAR.findall(kept) if active] == ["2018"]


def test_only_examples_that_find_something_in_this_index_are_shown(client: FlaskClient, tmp_path: Path) -> None:
    for example in re.findall(r'<a href="([^"]+)"', show(client).split('class="examples"')[1].split("</ul>")[0]):
        assert "Nobody said" not in show(client, example)
    (tmp_path / "calls").mkdir()
    (tmp_path / "calls" / "a.txt").write_text("Ann Lee: We had a good quarter.\n", encoding="utf-8")
    index_paths(tmp_path / "index", [tmp_path / "calls"], BuildSettings(embedders=()))
    other = create_app(tmp_path / "index").test_client()
    for page in (show(other), show(other, q="zebra")):
        assert 'class="examples"' not in page
