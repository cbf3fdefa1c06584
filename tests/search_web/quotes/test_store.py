"""Collections as their collectors use them: kept to the letter, ordered, taken back, and never silently overwritten."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from indexer.errors import (
    ConflictError,
    InvalidRequestError,
    NameTakenError,
    UnknownCollectionError,
    UnknownQuoteError,
)
from search_web.notebook.database import Notebook
from search_web.quotes.history import Action
from search_web.quotes.store import QuoteStore
from tests.search_web.quotes.invented import invented


def test_a_quote_is_kept_field_for_field(tmp_path: Path) -> None:
    store = QuoteStore(Notebook(tmp_path / "notebook.sqlite"))
    made = store.create("  Cash\tflow ", "What was said of it")
    text = "e\u0301 𠮷 \x00 \u200d“8.77亿元”\n\tend "
    quote = invented(text, note="see page 4\r\nand 5", tags=("cash", "现金", "cash"))
    (kept,) = store.add(made.id, [quote])
    assert kept == replace(quote, collection_id=made.id, note="see page 4\nand 5", tags=("cash", "现金"))
    read = QuoteStore(Notebook(tmp_path / "notebook.sqlite")).named("Cash flow")
    assert read.quotes == (kept,)
    assert read.version == 2
    assert store.quotes_from("marlow") == (kept,)


def test_a_change_of_what_somebody_else_has_changed_is_a_conflict(store: QuoteStore) -> None:
    made = store.create("Cash flow")
    (quote,) = store.add(made.id, [invented("Cash rose")])
    store.edit_quote(quote.id, note="mine", expected=1)
    with pytest.raises(ConflictError, match="version 2") as conflict:
        store.edit_quote(quote.id, note="theirs", expected=1)
    assert conflict.value.current == 2
    assert store.quote(quote.id).note == "mine"
    with pytest.raises(ConflictError):
        store.edit(made.id, name="Other", expected=1)
    with pytest.raises(ConflictError):
        store.remove_quote(quote.id, expected=1)
    with pytest.raises(ConflictError):
        store.remove(made.id, expected=2)
    assert store.collection(made.id).quotes == (store.quote(quote.id),)


def test_the_history_tells_every_change_with_before_and_after(store: QuoteStore) -> None:
    made = store.create("Cash flow")
    first, second = store.add(made.id, [invented("Cash rose"), invented("Cash fell")])
    store.edit_quote(first.id, note="check", tags=["a", "b"])
    store.edit_quote(first.id, note="checked")
    store.edit_quote(first.id, note="checked")  # Which changes nothing.
    store.move_quote(second.id, before=first.id)
    store.remove_quote(first.id)
    store.restore_quote(first.id)
    store.edit(made.id, name="Cash")
    store.remove(made.id)
    history = store.history(made.id)[::-1]
    assert [change.action for change in history] == [
        Action.CREATED, Action.ADDED, Action.ADDED, Action.EDITED, Action.EDITED, Action.MOVED, Action.REMOVED,
        Action.RESTORED, Action.EDITED, Action.REMOVED,
    ]  # fmt: skip
    assert history[4].sentence == f"edited quote {first.id}: note “check” → “checked”"
    assert history[5].sentence == f"moved quote {second.id}: position “2” → “1”"
    assert history[8].sentence == "edited the collection: name “Cash flow” → “Cash”"
    assert len(store.history(made.id, first.id)) == 5


def test_names_are_taken_once_among_the_collections_that_stand(store: QuoteStore) -> None:
    first = store.create("Cash flow")
    with pytest.raises(NameTakenError):
        store.create("Cash  flow")
    store.remove(first.id)
    with pytest.raises(UnknownCollectionError, match="restore"):
        store.collection(first.id)
    second = store.create("Cash flow")
    with pytest.raises(NameTakenError):
        store.restore(first.id)
    store.edit(second.id, name="Margins")
    assert store.restore(first.id).name == "Cash flow"


def test_a_removed_collection_takes_its_quotes_along_and_brings_them_back(store: QuoteStore) -> None:
    made = store.create("Cash flow")
    (quote,) = store.add(made.id, [invented("Cash rose")])
    store.remove(made.id)
    assert store.quotes_from("marlow") == ()
    with pytest.raises(UnknownQuoteError, match=f"restore {made.id}"):
        store.edit_quote(quote.id, note="late")
    assert [summary.count for summary in store.collections(removed=True)] == [1]
    assert store.restore(made.id).quotes == (quote,)


def test_quotes_that_are_there_are_not_added_again(store: QuoteStore) -> None:
    made, other = store.create("Cash flow"), store.create("Margins")
    quote = invented("Cash rose")
    assert len(store.add(made.id, [quote])) == 1
    assert store.add(made.id, [quote]) == ()
    (copy,) = store.add(other.id, [quote])
    assert copy.id != quote.id
    assert store.collection(made.id).quotes[0].id == quote.id


@pytest.mark.parametrize("bad", ["", " \n ", "x" * 201, "a\x07b", "\ud800"])
def test_words_that_cannot_be_kept_are_refused(store: QuoteStore, bad: str) -> None:
    made = store.create("Cash flow")
    (quote,) = store.add(made.id, [invented("Cash rose")])
    with pytest.raises(InvalidRequestError):
        store.create(bad)
    with pytest.raises(InvalidRequestError):
        store.edit_quote(quote.id, tags=[bad])
    assert store.collection(made.id).quotes == (quote,)


@settings(max_examples=50)
@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_any_text_comes_back_as_it_was(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    store = QuoteStore(Notebook(tmp_path_factory.getbasetemp() / "any.sqlite"))
    made = store.named("Any") if store.collections() else store.create("Any")
    (kept,) = store.add(made.id, [invented(text)])
    assert store.quote(kept.id).text == text


class Ordering(RuleBasedStateMachine):
    """Whatever is moved, removed and taken back: the order is that of a list in which removed ones keep their places."""

    @initialize()
    def begin(self) -> None:
        self.folder = TemporaryDirectory()
        self.store = QuoteStore(Notebook(Path(self.folder.name, "notebook.sqlite")))
        self.collection = self.store.create("Order").id
        self.order: list[str] = []
        self.removed: set[str] = set()

    @rule()
    def add(self) -> None:
        (quote,) = self.store.add(self.collection, [invented("Cash rose")])
        self.order.append(quote.id)

    @precondition(lambda self: len(self.order) > len(self.removed))
    @rule(data=st.data(), side=st.sampled_from(["before", "after"]))
    def move(self, data: st.DataObject, side: str) -> None:
        standing = [quote for quote in self.order if quote not in self.removed]
        quote, other = (data.draw(st.sampled_from(standing)) for _ in range(2))
        self.store.move_quote(quote, **{side: other})
        if quote != other:
            self.order.remove(quote)
            self.order.insert(self.order.index(other) + (side == "after"), quote)

    @precondition(lambda self: len(self.order) > len(self.removed))
    @rule(data=st.data())
    def remove(self, data: st.DataObject) -> None:
        quote = data.draw(st.sampled_from([one for one in self.order if one not in self.removed]))
        self.store.remove_quote(quote)
        self.removed.add(quote)

    @precondition(lambda self: self.removed)
    @rule(data=st.data())
    def restore(self, data: st.DataObject) -> None:
        quote = data.draw(st.sampled_from(sorted(self.removed)))
        self.store.restore_quote(quote)
        self.removed.remove(quote)

    @invariant()
    def the_order_is_that_of_the_list(self) -> None:
        shown = [quote.id for quote in self.store.collection(self.collection).quotes]
        assert shown == [quote for quote in self.order if quote not in self.removed]
        binned = [quote.id for quote in self.store.removed_quotes(self.collection).quotes]
        assert binned == [quote for quote in self.order if quote in self.removed]

    def teardown(self) -> None:
        if hasattr(self, "folder"):
            self.folder.cleanup()


TestOrdering = Ordering.TestCase
TestOrdering.settings = settings(max_examples=15, stateful_step_count=15)
