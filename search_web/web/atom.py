"""What is new in a saved search as an Atom feed (RFC 4287), for a feed reader to follow.

The id of an entry is that of its passage, so that a reader shows each passage once, however often the feed is made.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urljoin
from xml.etree.ElementTree import Element, SubElement, tostring

from indexer.model import Kind
from search_web.web.marking import marked_segments

if TYPE_CHECKING:
    from datetime import datetime

    from search_web.saved.model import Arrival, News

ATOM = "http://www.w3.org/2005/Atom"
MEDIA_TYPE = "application/atom+xml; charset=utf-8"

_XML_CANNOT_HOLD = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def atom_feed(news: News, *, base_url: str, page: str, feed: str) -> bytes:
    """Return the feed. `base_url` is the address of the site, `page` and `feed` are those of the search on it."""
    latest = max((arrival.at for arrival in news.arrivals), default=news.search.created_at)
    root = Element("feed", {"xmlns": ATOM})
    _add(root, "id", f"urn:yuanhua:search:{news.search.id}")
    _add(root, "title", f"{news.search.name} · Yuanhua 原话")
    _add(root, "subtitle", news.search.query)
    _add(root, "updated", _time(latest))
    _add(_author(root), "name", "Yuanhua")
    SubElement(root, "link", {"rel": "self", "type": "application/atom+xml", "href": urljoin(base_url, feed)})
    SubElement(root, "link", {"rel": "alternate", "type": "text/html", "href": urljoin(base_url, page)})
    for arrival in news.arrivals:
        _entry(root, arrival, base_url)
    written: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return written


def _entry(root: Element, arrival: Arrival, base_url: str) -> None:
    hit = arrival.hit
    entry = SubElement(root, "entry")
    _add(entry, "id", f"urn:yuanhua:passage:{hit.id}")
    who = hit.speaker.name if hit.transcript.kind is not Kind.DOCUMENT else hit.heading
    _add(entry, "title", " · ".join(filter(None, (who, hit.transcript.title))))
    _add(entry, "updated", _time(arrival.at))
    if who:
        _add(_author(entry), "name", who)
    SubElement(entry, "link", {"rel": "alternate", "type": "text/html", "href": urljoin(base_url, hit.url)})
    _content(entry, hit.text, hit.highlights, hit.language)


def _content(entry: Element, text: str, highlights: tuple[tuple[int, int], ...], language: str) -> None:
    """Add the passage as XHTML, with what was looked for in <mark>."""
    content = SubElement(entry, "content", {"type": "xhtml", "xml:lang": language})
    division = SubElement(content, "div", {"xmlns": "http://www.w3.org/1999/xhtml"})
    paragraph = SubElement(division, "p", {"lang": language})
    paragraph.text = ""
    last: Element | None = None
    for segment in marked_segments(text, highlights):
        words = _written(segment.text)
        if segment.highlighted:
            last = SubElement(paragraph, "mark")
            last.text = words
        elif last is None:
            paragraph.text += words
        else:
            last.tail = (last.tail or "") + words


def _author(parent: Element) -> Element:
    return SubElement(parent, "author")


def _add(parent: Element, name: str, text: str) -> None:
    SubElement(parent, name).text = _written(text)


def _written(text: str) -> str:
    """Return the text with the sign U+FFFD for each character that XML cannot hold."""
    return _XML_CANNOT_HOLD.sub("\ufffd", text)


def _time(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")
