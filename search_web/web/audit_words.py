"""What the lines of the audit log say to people. The API and `--json` tell the codes: endpoints and commands."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from flask_babel import lazy_gettext

from search_web.web.engine_words import Said
from search_web.web.translating import page_locale

if TYPE_CHECKING:
    from flask_babel import LazyString

_SAME: tuple[tuple[LazyString, tuple[str, ...]], ...] = (
    (lazy_gettext("signed in"), ("signing.enter",)),
    (lazy_gettext("was not let in"), ("signing.refused",)),
    (lazy_gettext("signed out"), ("signing.leave",)),
    (lazy_gettext("signed out everywhere"), ("account_page.leave_everywhere",)),
    (lazy_gettext("changed their password"), ("account_page.change_password",)),
    (lazy_gettext("made a token"), ("account_page.make_token", "tokens_api.make", "tokens add")),
    (lazy_gettext("revoked a token"), ("account_page.revoke_token", "tokens_api.revoke", "tokens revoke")),
    (lazy_gettext("made an account"), ("people_pages.add", "people_api.add", "users add")),
    (lazy_gettext("changed a role"), ("people_pages.role", "people_api.role", "users role")),
    (lazy_gettext("gave a new password"), ("people_pages.password", "people_api.password", "users password")),
    (lazy_gettext("disabled an account"), ("people_pages.disable", "people_api.disable", "users disable")),
    (lazy_gettext("enabled an account"), ("people_pages.enable", "people_api.enable", "users enable")),
    (lazy_gettext("signed somebody out"), ("people_pages.sign_out", "people_api.sign_out", "users sign-out")),
    (lazy_gettext("revoked somebody's token"), ("people_pages.revoke", "people_api.revoke")),
    (lazy_gettext("removed an account"), ("people_pages.remove", "people_api.remove", "users remove")),
    (lazy_gettext("made a collection"), ("collections_pages.create", "collections_api.create", "quotes create")),
    (lazy_gettext("changed a collection"), ("collection_page.edit", "collections_api.edit")),
    (lazy_gettext("put a collection into the bin"), ("collections_pages.remove", "collections_api.remove")),
    (lazy_gettext("took a collection out of the bin"), ("collections_pages.restore", "collections_api.restore")),
    (lazy_gettext("imported quotes"), ("collections_pages.take_in", "collections_api.take_in", "quotes import")),
    (lazy_gettext("collected a quote"), ("collecting.keep", "quotes_api.add", "quotes add")),
    (lazy_gettext("took back a quote that was just collected"), ("collecting.undo",)),
    (lazy_gettext("changed a quote"), ("collection_page.edit_quote", "quotes_api.edit_quote")),
    (lazy_gettext("moved a quote"), ("collection_page.move_quote", "quotes_api.move_quote", "quotes move")),
    (lazy_gettext("put a quote into the bin"), ("collection_page.remove_quote", "quotes_api.remove_quote")),
    (lazy_gettext("took a quote out of the bin"), ("collection_page.restore_quote", "quotes_api.restore_quote")),
    (lazy_gettext("changed a collection or a quote"), ("quotes edit",)),
    (lazy_gettext("put a collection or a quote into the bin"), ("quotes remove",)),
    (lazy_gettext("took a collection or a quote out of the bin"), ("quotes restore",)),
    (lazy_gettext("shared a collection, or took that back"), ("quotes share",)),
    (lazy_gettext("changed who sees a collection"), ("sharing_pages.set_visibility",)),
    (lazy_gettext("handed a collection over"), ("sharing_pages.hand_over",)),
    (lazy_gettext("made a link to a collection"), ("sharing_pages.link", "links_api.link_collection")),
    (lazy_gettext("revoked a link to a collection"), ("sharing_pages.unlink", "links_api.unlink_collection")),
    (lazy_gettext("made a link to a feed"), ("sharing_pages.link_feed", "links_api.link_feed")),
    (lazy_gettext("revoked a link to a feed"), ("sharing_pages.unlink_feed", "links_api.unlink_feed")),
    (lazy_gettext("saved a search"), ("saving.save", "saved_api.create", "searches add")),
    (lazy_gettext("changed a saved search"), ("saving.rename", "saved_api.change", "searches rename")),
    (lazy_gettext("put a saved search into the bin"), ("saving.remove", "saved_api.bin_search", "searches remove")),
    (lazy_gettext("took a saved search out of the bin"), ("saving.restore", "saved_api.take_back", "searches restore")),
    (lazy_gettext("has seen what is new"), ("saving.seen", "saved_api.take_for_seen", "searches seen")),
    (lazy_gettext("uploaded files"), ("uploading.receive", "uploads_api.receive")),
    (lazy_gettext("stated something of an upload"), ("uploading.state", "uploads_api.state")),
    (lazy_gettext("let an upload be indexed"), ("uploading.confirm", "uploads_api.confirm")),
    (lazy_gettext("let all uploads be indexed"), ("uploading.confirm_all",)),
    (lazy_gettext("discarded all uploads that waited"), ("uploading.discard_all",)),
    (lazy_gettext("tried an upload again"), ("uploading.retry", "uploading.read_again", "uploads_api.retry")),
    (lazy_gettext("removed an upload"), ("uploading.remove", "uploads_api.remove")),
    (lazy_gettext("put a backup back"), ("restore",)),
)
WORDS = {code: words for words, codes in _SAME for code in codes}
_CODE = "en"

_KEPT = re.compile(r"(?:/api/v1)?/(collections|searches|uploads)/([A-Za-z0-9_-]+)(?:/|$)")
_NO_ID = frozenset({"import", "confirm", "discard"})


def action_said(action: str) -> Said:
    """Return what somebody did, in the language of the page; a code of another version stays as it is."""
    words = WORDS.get(action)
    return Said(str(words), page_locale()) if words is not None else Said(action, _CODE)


def object_links(changed: str) -> tuple[tuple[str, str | None], ...]:
    """Return what a line speaks of, piece by piece, each with its page where it has one, which may be gone."""
    pieces = changed.split()
    if not pieces or not _KEPT.match(pieces[0]):
        pieces = [changed]
    return tuple((piece, _page_of(piece)) for piece in pieces)


def _page_of(address: str) -> str | None:
    found = _KEPT.match(address)
    return f"/{found[1]}/{found[2]}" if found and found[2] not in _NO_ID else None
