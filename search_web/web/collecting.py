"""Collecting a passage, or a part of one: the form, what comes of it, and taking it back."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from flask import Blueprint, redirect, render_template, request, url_for
from flask_babel import gettext as _

from indexer.errors import InvalidRequestError, UnknownCollectionError, UnknownQuoteError
from search_web.quotes.collect import collect
from search_web.web.addresses import local_address
from search_web.web.collect_choice import Choice, Misfit, fingerprint, named_span, sentences_of, spans_of
from search_web.web.collect_target import into_collection, recent, remember
from search_web.web.current import current_quotes, current_searcher
from search_web.web.engine_words import said_error
from search_web.web.preconditions import guard_forms
from search_web.web.tag_lines import tags_in

if TYPE_CHECKING:
    from werkzeug.wrappers import Response as Answer

    from indexer.stores.passages import PassageStore, StoredPassage
    from search_web.quotes.model import Collection, Quote

collecting = Blueprint("collecting", __name__)
collecting.before_request(guard_forms)

_MOST_QUOTES = 200


@dataclass(frozen=True, slots=True)
class Typed:
    """What stands in the fields of the form; `back` is the address that it leads back to."""

    collection: str = ""
    new: str = ""
    note: str = ""
    tags: str = ""
    words: str = ""
    back: str = ""
    sentences: frozenset[str] = frozenset()


@collecting.get("/collect")
def form() -> str:
    """Show a passage, or the characters from `start` to `end` of it, and the form that collects it."""
    stored = _stored(request.args.get("passage", ""))
    return _form(stored, named_span(request.args, stored.passage.text), Typed(back=_referring(stored)))


@collecting.post("/collect")
def keep() -> Answer | tuple[str, int]:
    """Collect what the form chose, and lead on to what was collected."""
    stored = _stored(request.form.get("passage", ""))
    text, said = stored.passage.text, request.form
    span = named_span(said, text)
    fields = ("collection", "new", "note", "tags", "words")
    written = {name: said.get(name, "").replace("\r\n", "\n") for name in fields}
    back = local_address(said.get("back", ""))
    typed = Typed(**written, back=back, sentences=frozenset(said.getlist("sentence")))
    if said.get("seen", "") != fingerprint(text):
        why = _("The text of this passage has changed since the page was shown. Look at it, and choose again.")
        return _form(stored, None, typed, why), HTTPStatus.CONFLICT
    try:
        spans = spans_of(text, Choice(span, typed.words, said.getlist("sentence")))
        collection = into_collection(current_quotes(), typed.collection, typed.new)
        taken = [_quote(stored, start, end, typed) for start, end in spans]
        kept = current_quotes().add(collection.id, taken)
    except Misfit as error:
        return _form(stored, span, typed, str(error)), HTTPStatus.BAD_REQUEST
    except (InvalidRequestError, UnknownCollectionError) as error:
        refused = said_error(error)
        return _form(stored, span, typed, refused.text, language=refused.language), HTTPStatus.BAD_REQUEST
    page = url_for(".collected", collection=collection.id, quote=[quote.id for quote in kept], back=back or None)
    return remember(redirect(page, HTTPStatus.SEE_OTHER), collection.id)


@collecting.get("/collected")
def collected() -> str:
    """Show what was just collected, or taken back again."""
    collection, quotes, removed = _collected(request.args.getlist("quote"), request.args.get("collection", ""))
    return render_template(
        "collected.html",
        collection=collection,
        quotes=quotes,
        removed=removed,
        back=local_address(request.args.get("back", "")),
    )


@collecting.post("/collected")
def undo() -> Answer:
    """Take back what was collected, or with redo=1 collect it again; what is so already stays so."""
    ids, collection_id = request.form.getlist("quote"), request.form.get("collection", "")
    _, quotes, removed = _collected(ids, collection_id)
    if request.form.get("redo"):
        for quote in removed:
            current_quotes().restore_quote(quote.id)
    else:
        for quote in quotes:
            current_quotes().remove_quote(quote.id)
    back = local_address(request.form.get("back", ""))
    page = url_for(".collected", collection=collection_id, quote=ids, back=back or None)
    return redirect(page, HTTPStatus.SEE_OTHER)


def _passages() -> PassageStore:
    return current_searcher().reader.current().passages


def _stored(passage_id: str) -> StoredPassage:
    passages = _passages()
    (found,) = passages.get([passages.row_of(passage_id)])
    return found


def _quote(stored: StoredPassage, start: int, end: int, typed: Typed) -> Quote:
    """Return a quote of these characters, as the form has shown them.

    Raises InvalidRequestError where they have changed since.
    """
    quote = collect(_passages(), stored.passage.id, start, end, note=typed.note, tags=tags_in(typed.tags))
    if quote.text != stored.passage.text[start:end]:
        raise InvalidRequestError("the text has changed meanwhile", where=stored.passage.id, mend="Choose again")
    return quote


def _collected(ids: list[str], collection_id: str) -> tuple[Collection, list[Quote], list[Quote]]:
    """Return a collection and those of its quotes that are meant: that stand, and that were removed."""
    wanted = set(ids[:_MOST_QUOTES])
    collection = current_quotes().collection(collection_id)
    standing = [quote for quote in collection.quotes if quote.id in wanted]
    removed = [quote for quote in current_quotes().removed_quotes(collection_id).quotes if quote.id in wanted]
    if not standing and not removed:
        raise UnknownQuoteError("no quote has this id", where=", ".join(ids), mend="See the collection for its quotes")
    return collection, standing, removed


def _form(
    stored: StoredPassage,
    span: tuple[int, int] | None,
    typed: Typed,
    why: str = "",
    language: str = "",
) -> str:
    text = stored.passage.text
    choices = recent(current_quotes(), request.cookies)
    return render_template(
        "collect.html",
        stored=stored,
        span=span,
        typed=typed,
        seen=fingerprint(text),
        sentences=sentences_of(text),
        collections=choices,
        selected=typed.collection or (choices[0].id if choices and not typed.new else ""),
        back=typed.back,
        why=why,
        why_language=language,
    )


def _referring(stored: StoredPassage) -> str:
    """Return the page of this site that led here, at the passage where it is the transcript's."""
    given = local_address(request.args.get("back", ""))
    if given or not request.referrer:
        return given
    parts = urlsplit(request.referrer)
    if parts.netloc != request.host or parts.path.startswith("/collect"):
        return ""
    page = parts.path + (f"?{parts.query}" if parts.query else "")
    return f"{page}#{stored.passage.id}" if parts.path.startswith("/transcripts/") else page
