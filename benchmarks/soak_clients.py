"""The clients of a soak: each asks without pause over a connection of its own and writes down what it was answered."""

from __future__ import annotations

import json
import random
import re
import time
from contextlib import ExitStack
from dataclasses import dataclass, field, fields
from http.client import HTTPConnection, HTTPException
from threading import Thread
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlsplit

from soak_truth import TOPICS, word_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

HEADER = "X-Yuanhua-Generation"
_SPEAKER = re.compile(r'<span class="speaker"[^>]*>([^<]*)</span>')
_TEXT = re.compile(r'<p class="text"[^>]*>(.*?)</p>', re.DOTALL)
_HIT = '<article class="hit"'
_MARK = re.compile(r"<mark>(.*?)</mark>")


Said = tuple[str, str, str, list[str] | None, list[str] | None, list[str] | None]


@dataclass(slots=True)
class Seen:
    """One answer: which question of which kind, when (seconds since the epoch), how long it took, what it said.

    `spoken` are the hits in the order of the answer: call, speaker, text, the marked words, and the texts before and
    after, where the answer has these. `of` is the call that was asked for, `topic` the topic. `speakers` says how many
    hits each speaker has. `went_on` is the generation in which the search began that a cursor goes on with.
    """

    kind: str
    client: int
    at: float
    seconds: float = 0.0
    status: int = 0
    generation: str = ""
    stated: str = ""
    of: str = ""
    topic: str = ""
    total: int = -1
    went_on: str = ""
    spoken: list[Said] = field(default_factory=list)
    speakers: dict[str, int] | None = None
    failure: str = ""


class Client:
    """One client, which keeps its connection as a browser does."""

    def __init__(self, url: str, number: int, calls: Sequence[str]) -> None:
        place = urlsplit(url)
        self._connection = HTTPConnection(place.hostname or "", place.port, timeout=60)
        self._number = number
        self._calls = calls
        self._chance = random.Random(number)  # noqa: S311 - questions, no secrets.
        self._known = ""

    def ask(self) -> list[Seen]:
        """Ask one question, and those that follow from its answer."""
        kinds: list[tuple[int, Callable[[], list[Seen]]]] = [
            (4, self._word),
            (6, self._topic),
            (2, self._page),
            (1, self._transcripts),
            (2, self._passage),
            (1, self._pages_by_cursor),
            (1, self._ready),
        ]
        (one,) = self._chance.choices([kind for _, kind in kinds], [weight for weight, _ in kinds])
        return one()

    def _word(self) -> list[Seen]:
        seen, answer = self._get(
            "word", f"/api/v1/search?q={(call := self._call())}&mode=keyword&limit=50&facets=1", of=call
        )
        return [self._hits(seen, answer)]

    def _topic(self) -> list[Seen]:
        call, topic = self._call(), self._chance.choice(TOPICS)
        address = f"/api/v1/search?q={quote(f'{call} business {topic} margin revenue')}&limit=10"
        seen, answer = self._get("hybrid", address, of=call, topic=topic)
        self._hits(seen, answer)
        if answer and answer.get("hits"):
            self._known = answer["hits"][0]["id"]
        return [seen]

    def _page(self) -> list[Seen]:
        call = self._call()
        seen, answer = self._get("page", f"/?q={call}&mode=keyword", of=call, is_json=False)
        if isinstance(answer, str):
            seen.spoken = [_shown(call, article) for article in answer.split(_HIT)[1:]]
        return [seen]

    def _transcripts(self) -> list[Seen]:
        seen, answer = self._get("transcripts", "/api/v1/transcripts")
        seen.total = len(answer["transcripts"]) if answer else -1
        return [seen]

    def _passage(self) -> list[Seen]:
        if not self._known:
            return []
        seen, answer = self._get("passage", f"/api/v1/passages/{quote(self._known)}?context=0")
        if answer and seen.status == 200:
            title = answer["transcript"]["title"]
            seen.spoken = [(title, answer["speaker"]["name"], answer["text"], None, None, None)]
        return [seen]

    def _pages_by_cursor(self) -> list[Seen]:
        """Read three pages of a search that finds everything, one after the other."""
        seen, answer = self._get("first page", "/api/v1/search?q=invented&mode=keyword&limit=20")
        found = [self._hits(seen, answer)]
        went_on = seen.generation
        for _ in range(2):
            if not answer or not answer.get("next_cursor"):
                break
            address = f"/api/v1/search?q=invented&mode=keyword&limit=20&cursor={answer['next_cursor']}"
            seen, answer = self._get("next page", address, went_on=went_on)
            found.append(self._hits(seen, answer))
        return found

    def _ready(self) -> list[Seen]:
        seen, answer = self._get("ready", "/readyz")
        seen.stated = answer.get("generation", "") if answer else ""
        return [seen]

    def _call(self) -> str:
        return self._chance.choice(self._calls)

    def _hits(self, seen: Seen, answer: Any) -> Seen:  # noqa: ANN401 - JSON.
        if answer and "hits" in answer:
            seen.total, seen.stated = answer["total"], answer["generation"]
            seen.spoken = [_said(hit) for hit in answer["hits"]]
            if answer.get("facets"):
                seen.speakers = {one["value"]: one["count"] for one in answer["facets"]["speaker"]}
        return seen

    def _get(self, kind: str, address: str, *, is_json: bool = True, **about: Any) -> tuple[Seen, Any]:  # noqa: ANN401 - JSON.
        seen = Seen(kind, self._number, time.time(), **about)
        started = time.perf_counter()
        try:
            self._connection.request("GET", address)
            answer = self._connection.getresponse()
            content = answer.read()
        except (OSError, HTTPException) as error:
            self._connection.close()
            seen.failure = f"{type(error).__name__}: {error}"
            return seen, None
        seen.seconds = time.perf_counter() - started
        seen.status, seen.generation = answer.status, answer.headers.get(HEADER, "")
        try:
            text = content.decode()
            return seen, json.loads(text) if is_json else text
        except ValueError as error:
            seen.failure = f"{type(error).__name__}: {error}"
            return seen, None


def _said(hit: Any) -> Said:  # noqa: ANN401 - JSON.
    text, context = hit["text"], hit["context"]
    marks = [text[start:end] for start, end in hit["highlights"]]
    before, after = ([one["text"] for one in context[side]] for side in ("before", "after"))
    return hit["transcript"]["title"], hit["speaker"]["name"], text, marks, before, after


def _shown(call: str, article: str) -> Said:
    """Return what a page shows as a hit; other passages stand behind the first text and speaker of it."""
    speaker, text = _SPEAKER.search(article), _TEXT.search(article)
    if speaker is None or text is None:
        return call, "", "", None, None, None
    said = text[1].replace("<mark>", "").replace("</mark>", "")
    return call, speaker[1], said, _MARK.findall(text[1]), None, None


def run_clients(url: str, numbers: Sequence[int], calls: int, seconds: float, log: Path) -> None:
    """Let the clients of these numbers ask for so many seconds; write each answer as a line of JSON."""
    words = [word_of(number) for number in range(calls)]
    end = time.monotonic() + seconds
    names = [one.name for one in fields(Seen)]

    def ask_on(number: int) -> None:
        client = Client(url, number, words)
        with ExitStack() as opened:
            file = opened.enter_context(log.with_name(f"{log.name}-{number}").open("w", encoding="utf-8"))
            while time.monotonic() < end:
                for seen in client.ask():
                    file.write(json.dumps({name: getattr(seen, name) for name in names}, ensure_ascii=False) + "\n")

    threads = [Thread(target=ask_on, args=(number,)) for number in numbers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
