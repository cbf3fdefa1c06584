"""Whose a collection is: what others see of it, who may change it, links to it, and notebooks from before."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.errors import (
    InvalidRequestError,
    NameTakenError,
    NotPermittedError,
    UnknownCollectionError,
    UnknownLinkError,
    UnknownQuoteError,
    UnknownSearchError,
)
from search_web.access.accounts import Accounts
from search_web.access.model import LOCAL, NOBODY, Account, AccountRole, Person, Scope
from search_web.access.records import add_account
from search_web.notebook.database import Notebook
from search_web.notebook.migrations import migrations
from search_web.quotes.citation import citation_style
from search_web.quotes.collect import collect
from search_web.quotes.exporting import ExportFormat, export
from search_web.quotes.links_store import CollectionLinks
from search_web.quotes.model import Collection, Visibility
from search_web.quotes.outside import outlined, outside
from search_web.quotes.sharing import may_edit, may_manage, may_read
from search_web.quotes.store import QuoteStore
from search_web.quotes.verify import verify
from search_web.saved.estate import hand_over
from search_web.saved.feed_links import FeedLinks
from search_web.saved.store import SavedSearches
from tests.search_web.quotes.invented import invented

if TYPE_CHECKING:
    from collections.abc import Callable

    from indexer.stores.passages import PassageStore

PRIVATE, TEAM = Visibility.PRIVATE, Visibility.TEAM


def person(name: str, role: AccountRole) -> Person:
    return Person(name, name.capitalize(), role.scopes)


ANN, BEN = person("ann", AccountRole.WRITER), person("ben", AccountRole.WRITER)
RUTH, ADA = person("ruth", AccountRole.READER), person("ada", AccountRole.ADMIN)
PEOPLE = (ANN, BEN, RUTH, ADA)


class Clock:
    """A clock that tests set."""

    def __init__(self) -> None:
        self.now = datetime(2026, 5, 2, 9, 30, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def notebook(tmp_path: Path) -> Notebook:
    """Return a notebook in which all of PEOPLE have accounts, without passwords."""
    made = Notebook(tmp_path / "notebook.sqlite")
    with made.writing() as connection:
        for one in PEOPLE:
            role = next(role for role in AccountRole if role.scopes == one.scopes)
            add_account(connection, Account(str(one.id), one.name, role, datetime.now(UTC)), str(one.id), "")
    return made


def names(store: QuoteStore) -> list[str]:
    return [one.collection.name for one in store.collections()]


OLD = (
    "INSERT INTO collections VALUES ('c1', 'Cash', 'about', '2024-05-02T09:00:00+00:00', '2024-05-03T09:00:00+00:00', 7, NULL)",
    "INSERT INTO collections VALUES ('c2', 'Cash', '', '2024-05-02T09:00:00+00:00', '2024-05-02T09:00:00+00:00', 2, '2024-05-04T09:00:00+00:00')",
    (
        "INSERT INTO changes (at, action, collection_id, quote_id, fields)"
        " VALUES ('2024-05-02T09:00:00+00:00', 'created', 'c1', NULL, '[[\"name\",\"\",\"Cash\"]]')"
    ),
    (
        "INSERT INTO saved_searches VALUES"
        " ('s1', '回购', '[[\"q\",\"回购\"]]', '2024-05-02T09:00:00+00:00', '2024-05-02T09:00:00+00:00', 1, NULL)"
    ),
)


def test_a_notebook_from_before_there_were_owners_is_the_teams_and_loses_nothing(tmp_path: Path) -> None:
    file = tmp_path / "old.sqlite"
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        for script in migrations()[:2]:
            connection.executescript(script)
        connection.execute("PRAGMA user_version = 2")
        for row in OLD:
            connection.execute(row)
        before = {
            table: connection.execute(f"SELECT * FROM {table}").fetchall()  # noqa: S608 - ours.
            for table in ("collections", "changes", "saved_searches")
        }
    notebook = Notebook(file)
    store, searches = QuoteStore(notebook), SavedSearches(notebook)
    found = store.collection("c1")
    assert (found.name, found.description, found.version, found.owner, found.visibility) == (
        "Cash", "about", 7, None, TEAM,
    )  # fmt: skip
    assert [one.collection.id for one in store.collections(removed=True)] == ["c2"]
    assert [(change.sentence, change.by) for change in store.history("c1")] == [
        ("created the collection: name “Cash”", None)
    ]
    assert searches.get("回购").arguments == (("q", "回购"),)
    for one in PEOPLE:
        assert names(store.as_seen_by(one)) == ["Cash"]
        assert [search.id for search in searches.as_seen_by(one).all()] == ["s1"]
    with notebook.reading() as connection:
        for table, rows in before.items():
            after = connection.execute(f"SELECT * FROM {table}").fetchall()  # noqa: S608 - ours.
            assert [row[: len(old)] for row, old in zip(after, rows, strict=True)] == rows


@given(
    st.builds(
        Person, st.one_of(st.none(), st.sampled_from("abc")), st.just(""), st.frozensets(st.sampled_from(list(Scope)))
    ),
    st.one_of(st.none(), st.sampled_from("abc")),
    st.booleans(),
)
def test_the_rules_hold_for_everybody(asking: Person, owner: str | None, private: bool) -> None:  # noqa: FBT001
    thing = Collection(
        "c", "Cash", "", datetime.now(UTC), datetime.now(UTC), owner=owner,
        visibility=PRIVATE if private and owner else TEAM,
    )  # fmt: skip
    read, edit, manage = (rule(asking, thing) for rule in (may_read, may_edit, may_manage))
    assert read >= edit >= manage, "whoever decides may change, and whoever changes may read"
    assert not any(rule(NOBODY, thing) for rule in (may_read, may_edit, may_manage))
    assert all(rule(LOCAL, thing) for rule in (may_read, may_edit)), "who sits at the machine"
    if thing.visibility is PRIVATE and asking.id not in {None, owner}:
        assert not read, "an administrator either"
    if asking.id is not None and asking.id != owner and Scope.ADMIN not in asking.scopes:
        assert not manage
    if asking.scopes == frozenset(Scope) and asking.id == owner:
        assert manage


def test_what_is_private_to_somebody_is_not_there_for_anybody_else(notebook: Notebook) -> None:
    store = QuoteStore(notebook)
    anns = store.as_seen_by(ANN)
    made = anns.create("Leads")
    (quote, gone) = anns.add(made.id, [invented("Cash rose"), invented("Cash fell")])
    anns.remove_quote(gone.id)
    assert (made.owner, made.visibility) == ("ann", PRIVATE)
    for other in (BEN, RUTH, ADA):
        theirs = store.as_seen_by(other)
        assert (names(theirs), theirs.quotes_from("marlow"), theirs.own("Leads")) == ([], (), None)
        assert not theirs.holds_quote(quote.id)
        for call in (
            lambda: theirs.collection(made.id),  # noqa: B023 - called at once.
            lambda: theirs.named("Leads"),  # noqa: B023
            lambda: theirs.history(made.id),  # noqa: B023
            lambda: theirs.removed_quotes(made.id),  # noqa: B023
            lambda: theirs.add(made.id, [invented("Mine")]),  # noqa: B023
            lambda: theirs.edit(made.id, visibility=TEAM),  # noqa: B023
            lambda: theirs.remove(made.id),  # noqa: B023
            lambda: theirs.restore(made.id),  # noqa: B023
            lambda: CollectionLinks(notebook).as_seen_by(other).make(made.id),  # noqa: B023
        ):
            with pytest.raises(UnknownCollectionError, match="no collection has this id or name"):
                call()
        for change in (theirs.quote, theirs.edit_quote, theirs.remove_quote, theirs.restore_quote):
            for one in (quote, gone):
                with pytest.raises(UnknownQuoteError, match="no quote has this id"):
                    change(one.id)
    anns.remove(made.id)
    for other in (BEN, RUTH, ADA):
        assert store.as_seen_by(other).collections(removed=True) == ()
        with pytest.raises(UnknownCollectionError, match="no collection has this id or name"):
            store.as_seen_by(other).collection(made.id)
    assert store.restore(made.id).quotes == (quote,), "the local user sees and does everything"


def test_what_the_team_has_is_changed_by_writers_and_decided_by_its_owner_or_an_admin(notebook: Notebook) -> None:
    store = QuoteStore(notebook)
    made = store.as_seen_by(ANN).create("Leads", visibility=TEAM)
    (quote,) = store.as_seen_by(BEN).add(made.id, [invented("Cash rose")])
    for refused in (
        lambda: store.as_seen_by(RUTH).edit_quote(quote.id, note="x"),
        lambda: store.as_seen_by(RUTH).create("Own"),
        lambda: store.as_seen_by(BEN).edit(made.id, visibility=PRIVATE),
        lambda: store.as_seen_by(BEN).edit(made.id, owner="ben"),
        lambda: store.as_seen_by(BEN).edit(made.id, name="Half", visibility=PRIVATE),
        lambda: store.as_seen_by(BEN).remove(made.id),
        lambda: CollectionLinks(notebook).as_seen_by(BEN).make(made.id),
    ):
        with pytest.raises(NotPermittedError):
            refused()
    assert store.as_seen_by(BEN).edit(made.id, name="Leads 2").name == "Leads 2"
    store.as_seen_by(ADA).remove(made.id)
    with pytest.raises(NotPermittedError):
        store.as_seen_by(BEN).restore(made.id)
    store.as_seen_by(ADA).restore(made.id)
    assert [change.by for change in store.history(made.id)][::-1] == ["ann", "ben", "ben", "ada", "ada"]


def test_names_are_taken_once_an_owner_and_a_hand_over_tells_nobody_elses_names(notebook: Notebook) -> None:
    store = QuoteStore(notebook)
    anns, bens = (store.as_seen_by(one).create("Leads") for one in (ANN, BEN))
    with pytest.raises(NameTakenError):
        store.as_seen_by(ANN).create("Leads")
    given = store.as_seen_by(BEN).edit(bens.id, owner="ann")
    assert (given.owner, given.name, given.visibility) == ("ann", "Leads", PRIVATE)
    assert names(store.as_seen_by(ANN)) == ["Leads", "Leads (2)"]
    assert names(store.as_seen_by(BEN)) == []
    shared = store.as_seen_by(ANN).edit(anns.id, visibility=TEAM)
    assert store.as_seen_by(BEN).named("Leads").id == shared.id
    own = store.as_seen_by(BEN).create("Leads")
    assert store.as_seen_by(BEN).named("Leads").id == own.id
    with pytest.raises(InvalidRequestError, match="2 collections are called"):
        store.named("Leads")
    with pytest.raises(InvalidRequestError, match="nobody owns"):
        store.create("Ours", visibility=PRIVATE)


def test_no_name_of_what_is_private_is_told_by_a_refusal_or_a_number(notebook: Notebook) -> None:
    store = QuoteStore(notebook)
    anns, bens, adas = (store.as_seen_by(one) for one in (ANN, BEN, ADA))
    secret = anns.create("Falcon")
    shared, other = anns.create("Margins", visibility=TEAM), bens.create("Falcon", visibility=TEAM)
    assert bens.edit(shared.id, name="Falcon").name == "Falcon"
    assert bens.edit(other.id, owner="ann", visibility=PRIVATE).name == "Falcon"
    with pytest.raises(NameTakenError):
        anns.edit(shared.id, visibility=PRIVATE)
    assert adas.edit(shared.id, visibility=PRIVATE).name == "Falcon"
    assert sorted(names(anns)) == ["Falcon", "Falcon (2)", "Falcon (3)"]
    assert anns.own("Falcon").id == secret.id
    with pytest.raises(NameTakenError):
        anns.create("Falcon", visibility=TEAM)


def test_a_file_is_taken_into_ones_own_and_never_into_a_namesake_of_the_team(notebook: Notebook) -> None:
    store = QuoteStore(notebook)
    teams = store.create("Leads")
    read = Collection("x", "Leads", "", teams.created_at, teams.updated_at, (invented("Cash rose"),))
    into, added = store.as_seen_by(ANN).take_in(read)
    assert (into.owner, into.visibility, len(added)) == ("ann", PRIVATE, 1)
    assert store.collection(teams.id).quotes == ()


def test_a_link_opens_one_collection_until_it_is_revoked_or_ends_and_is_nowhere_kept(
    tmp_path: Path, notebook: Notebook
) -> None:
    clock = Clock()
    store, links = QuoteStore(notebook, clock), CollectionLinks(notebook, clock)
    made = store.as_seen_by(ANN).create("Leads")
    anns = links.as_seen_by(ANN)
    first, second = anns.make(made.id), anns.make(made.id, days=7)
    assert links.opened(first.secret).id == links.opened(second.secret).id == made.id
    assert {one.id for one in anns.to(made.id)} == {first.link.id, second.link.id}
    notebook.close()
    kept = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert first.secret.encode() not in kept
    clock.now += timedelta(days=7)
    with pytest.raises(UnknownLinkError) as ended:
        links.opened(second.secret)
    anns.revoke(made.id, first.link.id)
    with pytest.raises(UnknownLinkError):
        anns.revoke(made.id, first.link.id)
    third = anns.make(made.id)
    store.as_seen_by(ANN).remove(made.id)
    told = {str(ended.value)}
    for secret in (first.secret, third.secret, "never", "", "x" * 5000, "\ud800"):
        with pytest.raises(UnknownLinkError) as refused:
            links.opened(secret)
        told.add(str(refused.value))
    assert len(told) == 1, "an answer that tells why tells that there was a link"
    store.as_seen_by(ANN).restore(made.id)
    assert links.opened(third.secret).id == made.id
    for days in (0, -1, 10**6):
        with pytest.raises(InvalidRequestError):
            anns.make(made.id, days=days)
    sentences = [change.sentence for change in store.history(made.id)][::-1]
    assert f"unlinked the collection: link “{first.link.id}” → “”" in sentences


def test_saved_searches_are_ones_own_or_the_teams_and_feeds_have_links(notebook: Notebook) -> None:
    searches, feeds = SavedSearches(notebook), FeedLinks(notebook)
    ours = searches.create("Ours", [("q", "cash")], [])
    anns = searches.as_seen_by(ANN).create("Ours", [("q", "leads")], [])
    assert anns.owner == "ann"
    assert [one.id for one in searches.as_seen_by(BEN).all()] == [ours.id]
    assert searches.as_seen_by(ANN).get("Ours").id == anns.id
    with pytest.raises(UnknownSearchError):
        searches.as_seen_by(BEN).get(anns.id)
    with pytest.raises(UnknownSearchError):
        feeds.as_seen_by(ADA).make(anns.id)
    with pytest.raises(NotPermittedError):
        searches.as_seen_by(RUTH).seen(ours.id)
    with pytest.raises(NotPermittedError):
        searches.as_seen_by(BEN).remove(ours.id)
    assert searches.as_seen_by(BEN).edit(ours.id, name="Theirs").name == "Theirs"
    made = feeds.as_seen_by(ANN).make(anns.id)
    assert feeds.opened(made.secret).id == anns.id
    searches.as_seen_by(ANN).seen(anns.id)  # Which writes the search anew, and must leave the link.
    assert feeds.opened(made.secret).id == anns.id
    with pytest.raises(UnknownLinkError):
        CollectionLinks(notebook).opened(made.secret)
    feeds.as_seen_by(ANN).revoke(anns.id, made.link.id)
    with pytest.raises(UnknownLinkError):
        feeds.opened(made.secret)


def test_links_rest_with_the_account_of_the_owner(notebook: Notebook) -> None:
    """Whoever is let in no more reads nothing by the links that they have made for themselves."""
    store, links, accounts = QuoteStore(notebook), CollectionLinks(notebook), Accounts(notebook)
    made = store.as_seen_by(BEN).create("Leads")
    secret = links.as_seen_by(BEN).make(made.id).secret
    accounts.disable("ben")
    with pytest.raises(UnknownLinkError):
        links.opened(secret)
    accounts.enable("ben")
    assert links.opened(secret).id == made.id


@pytest.mark.parametrize("heir", ["ann", None])
def test_what_somebody_leaves_goes_to_their_heir_and_what_was_private_never_to_the_team(
    notebook: Notebook, heir: str | None
) -> None:
    store, searches, links = QuoteStore(notebook), SavedSearches(notebook), CollectionLinks(notebook)
    store.as_seen_by(ANN).create("Leads")
    private, shared = (
        store.as_seen_by(BEN).create(name, visibility=seen) for name, seen in (("Leads", PRIVATE), ("All", TEAM))
    )
    search = searches.as_seen_by(BEN).create("Night", [("q", "leads")], [])
    secret = links.as_seen_by(BEN).make(private.id).secret
    Accounts(notebook).remove("ben", heir, hand_over)
    assert store.history(shared.id)[0].fields[0].before == "ben"
    if heir:
        assert names(store.as_seen_by(ANN)) == ["All", "Leads", "Leads (2)"]
        assert store.collection(private.id).visibility is PRIVATE
        assert searches.as_seen_by(ANN).get("Night").id == search.id
        assert links.opened(secret).id == private.id
        return
    assert names(store.as_seen_by(ADA)) == ["All"]
    assert (store.collection(shared.id).owner, store.collection(private.id).owner) == (None, "ben")
    assert searches.as_seen_by(ADA).all() == ()
    with pytest.raises(UnknownLinkError):
        links.opened(secret)
    assert store.edit(private.id, owner="ann").name == "Leads (2)"


CALL = "Host: Good morning.\n\nAda North: {}\n\nAda North: Nothing else was decided about the shops in the north.\n"
KEPT = "We bought back shares for 40 million dollars this spring, and we will go on."
NOW = "We bought back shares for 45 million dollars this spring, and we may go on."


def test_who_has_a_link_learns_that_words_have_changed_and_nothing_else_of_the_index(
    passages_of: Callable[..., PassageStore],
) -> None:
    passages = passages_of(spring=CALL.format(KEPT))
    (row,) = [row for row, text in enumerate(passages.texts()) if "bought" in text]
    quote = collect(passages, passages.get([row])[0].passage.id)
    now = datetime.now(UTC)
    collection = Collection("c", "Cash", "", now, now, (quote,), owner="ann")
    changed = passages_of(spring=CALL.format(NOW), autumn=CALL.format(KEPT).replace("Ada North", "Ben South"))
    whole, shown = verify(collection.quotes, changed), outlined(verify(collection.quotes, changed))
    assert [(one.state, one.sound) for one in shown] == [(one.state, one.sound) for one in whole]
    assert not shown[0].sound
    assert NOW in str(whole), "there is something to be kept back"
    assert "45 million" not in str(shown)
    assert "Ben South" not in str(shown)
    for fmt in ExportFormat:
        data = export(
            outside(collection),
            {one.quote.id: one for one in shown},
            fmt,
            citation=citation_style(),
            base_url="http://q/",
        )
        for hidden in (b"45 million", b"Ben South", b"ann", quote.place.source_path.encode()):
            assert hidden not in data, (fmt, hidden)
