"""What became of a quote: a file is edited or renamed, a name is mended, and the collector is told what and where."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.errors import InvalidSpanError
from indexer.stores.passages import PassageStore
from search_web.quotes.collect import collect, span_of
from search_web.quotes.difference import edits, mapped
from search_web.quotes.model import Difference, Edit, EditKind, Quote, State, Verified
from search_web.quotes.nearest import nearest
from search_web.quotes.verify import verify

CALL = """Marlow Grid (MGRD) Q2 2023 Earnings Call Transcript
Jul 27, 2023

Prepared Remarks:

Operator

Good day and welcome to the Marlow Grid call.

Oscar Lindqvist -- Chief Executive Officer

Our turbines ran well. Orders for tidal equipment rose 5% in this period, and the yard is full until spring.

Thank you all.

Priya Rich -- Chief Financial Officer

Operating cash flow was 118 million, and monetization of the service contracts improved as we had planned in winter.

Questions and Answers:

Ines Vale -- Goldman Sachs -- Analyst

How do you think about the depreciation of the harbour cranes?

Oscar Lindqvist -- Chief Executive Officer

The cranes are written down over twelve years, and we see no reason to change that.
"""
Passages = Callable[..., PassageStore]


def taken(passages: PassageStore, words: str) -> Quote:
    """Collect these words from wherever they stand."""
    (row,) = [row for row, text in enumerate(passages.texts()) if words in text]
    (stored,) = passages.get([row])
    start, end = span_of(passages, stored.passage.id, words)
    return collect(passages, stored.passage.id, start, end)


def after(passages_of: Passages, words: str, *changes: tuple[str, str], **more: str) -> Verified:
    """Collect words of the call, change its file and index it again, and verify the quote."""
    quote = taken(passages_of(call=CALL), words)
    text = CALL
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    (verified,) = verify([quote], passages_of(call=text, **more))
    if verified.place and verified.state is not State.CHANGED:
        assert verified.text == quote.text
    return verified


def test_what_changes_elsewhere_in_the_file_leaves_a_quote_unchanged(passages_of: Passages) -> None:
    verified = after(passages_of, "rose 5% in this period", ("harbour cranes", "old harbour cranes"))
    assert (verified.state, verified.sound) == (State.UNCHANGED, True)
    assert verified.place is not None
    assert verified.place.source_digest != verified.quote.place.source_digest


def test_words_are_found_where_the_passage_was_cut_anew(passages_of: Passages) -> None:
    verified = after(passages_of, "rose 5% in this period", ("Our turbines ran well. ", "Our turbines ran well.\n\n"))
    assert (verified.state, verified.sound) == (State.MOVED, True)
    assert "another passage of the same transcript" in verified.reason


def test_a_few_words_are_found_again_by_what_stands_around_them(passages_of: Passages) -> None:
    verified = after(passages_of, "5%", ("Our turbines ran well. ", "Our turbines ran well.\n\n"))
    assert (verified.state, verified.sound) == (State.MOVED, True)


def test_words_that_now_go_over_two_passages_have_moved(passages_of: Passages) -> None:
    verified = after(passages_of, "ran well. Orders for tidal", ("ran well. Orders", "ran well.\n\nOrders"))
    assert (verified.state, verified.sound) == (State.MOVED, True)
    assert "2 passages" in verified.reason


def test_a_file_that_was_renamed_takes_its_quotes_along(passages_of: Passages) -> None:
    quote = taken(passages_of(call=CALL), "The cranes are written down over twelve years")
    (verified,) = verify([quote], passages_of(renamed=CALL))
    assert (verified.state, verified.sound) == (State.UNCHANGED, True)
    edited = CALL.replace("welcome to", "welcome all to")
    (verified,) = verify([quote], passages_of(rewritten=edited))
    assert (verified.state, verified.sound) == (State.MOVED, True)
    assert "in another transcript" in verified.reason


def test_a_figure_that_changed_is_shown_whole(passages_of: Passages) -> None:
    verified = after(passages_of, "rose 5% in this period", ("rose 5%", "rose 15%"))
    assert (verified.state, verified.text) == (State.CHANGED, "rose 15% in this period")
    assert verified.edits == (
        Edit(EditKind.SAME, "rose "),
        Edit(EditKind.REMOVED, "5%"),
        Edit(EditKind.ADDED, "15%"),
        Edit(EditKind.SAME, " in this period"),
    )
    assert not verified.sound
    first = after(passages_of, "118 million, and monetization", ("118 million", "11.8 million"))
    assert first.text == "11.8 million, and monetization"


@pytest.mark.parametrize(("was", "now"), [("5%", "15%"), ("5%", "0.5%"), ("5%", "-5%"), ("五亿元", "三十五亿元")])
def test_a_figure_is_not_found_within_another_figure(passages_of: Passages, was: str, now: str) -> None:
    """Nor for the same figure of another sentence of the same speaker."""
    call = CALL.replace("rose 5%", f"rose {was}")
    quote = taken(passages_of(call=call), was)
    edited = call.replace(f"rose {was}", f"rose {now}").replace("down over twelve", f"down by {was} over twelve")
    (verified,) = verify([quote], passages_of(call=edited))
    assert (verified.state, verified.text) == (State.CHANGED, now)


def test_a_whole_passage_that_changed_is_shown_whole(passages_of: Passages) -> None:
    whole = "How do you think about the depreciation of the harbour cranes?"
    verified = after(passages_of, whole, (whole, f"Well. {whole[:-1]} and of the quays?"))
    assert (verified.state, verified.text) == (State.CHANGED, f"Well. {whole[:-1]} and of the quays?")


def test_words_that_were_taken_out_are_gone(passages_of: Passages) -> None:
    cranes = "The cranes are written down over twelve years, and we see no reason to change that."
    verified = after(passages_of, cranes, (cranes, "Next question, please, from the other side of the room."))
    assert (verified.state, verified.place, verified.text) == (State.GONE, None, None)


def test_a_call_that_was_removed_is_gone_though_others_say_the_same_on_other_occasions(passages_of: Passages) -> None:
    quote = taken(passages_of(call=CALL), "The cranes are written down over twelve years")
    other = CALL.replace("Q2 2023", "Q3 2023").replace("Jul 27, 2023", "Oct 26, 2023")
    (verified,) = verify([quote], passages_of(other=other))
    assert verified.state is State.GONE
    assert "no longer in the index" in verified.reason
    assert "said by Oscar Lindqvist, which is another occasion" in verified.reason
    found = verified.elsewhere
    assert found is not None
    assert (found.speaker, found.title) == ("Oscar Lindqvist", "Marlow Grid (MGRD) Q3 2023 Earnings Call Transcript")
    assert found.place.passage_id.startswith("other")


def test_another_name_above_the_same_words_is_told(passages_of: Passages) -> None:
    """A wrong speaker is the worst that a quote can have."""
    verified = after(
        passages_of,
        "we see no reason to change that",
        ("Oscar Lindqvist -- Chief Executive Officer\n\nThe", "Priya Rich -- Chief Financial Officer\n\nThe"),
    )
    assert verified.state is State.UNCHANGED
    assert verified.differences == (
        Difference("speaker", "Oscar Lindqvist", "Priya Rich"),
        Difference("title", "Chief Executive Officer", "Chief Financial Officer"),
    )
    assert not verified.sound
    assert "speaker “Priya Rich”, not “Oscar Lindqvist”" in verified.reason


def test_another_name_of_the_same_person_is_no_other_speaker(corpus_passages: PassageStore) -> None:
    stored = corpus_passages.get(range(corpus_passages.count))
    (first, *_) = [one.passage for one in stored if one.passage.speaker.other_names]
    quote = collect(corpus_passages, first.id)
    renamed = replace(quote, voice=replace(quote.voice, name=first.speaker.other_names[0], other_names=()))
    stranger = replace(quote, voice=replace(quote.voice, name="Nobody Known", other_names=()))
    assert [one.sound for one in verify([quote, renamed, stranger], corpus_passages)] == [True, True, False]


def test_the_same_short_words_of_somebody_else_are_not_taken_for_the_quote(passages_of: Passages) -> None:
    """The operator now says them first, so that the passage of the quote has the id of a second one."""
    verified = after(passages_of, "Thank you all.", ("Marlow Grid call.", "Marlow Grid call.\n\nThank you all."))
    assert (verified.state, verified.sound) == (State.MOVED, True)


def test_a_question_of_somebody_else_is_told(passages_of: Passages) -> None:
    verified = after(passages_of, "we see no reason to change that", ("Ines Vale", "Tom Okafor"))
    assert verified.differences == (Difference("asker", "Ines Vale", "Tom Okafor"),)


def test_a_quote_knows_everything_that_the_index_does(passages_of: Passages) -> None:
    quote = taken(passages_of(call=CALL), "over twelve years")
    assert quote.text == "over twelve years"
    assert quote.place.context == ("The cranes are written down ", ", and we see no reason to change that.")
    assert (quote.voice.name, quote.voice.title) == ("Oscar Lindqvist", "Chief Executive Officer")
    occasion = quote.occasion
    assert (occasion.company, occasion.ticker, occasion.period, occasion.date, occasion.section) == (
        "Marlow Grid", "MGRD", "2023Q2", "2023-07-27", "qa",
    )  # fmt: skip
    assert quote.question is not None
    assert (quote.question[0].name, quote.question[0].affiliation) == ("Ines Vale", "Goldman Sachs")
    assert quote.question[1] == "How do you think about the depreciation of the harbour cranes?"
    assert quote.url.endswith(f"#{quote.place.passage_id}")


def test_every_passage_of_the_samples_is_found_unchanged(corpus_passages: PassageStore) -> None:
    stored = corpus_passages.get(range(corpus_passages.count))
    quotes = [collect(corpus_passages, one.passage.id) for one in stored]
    assert [quote.text for quote in quotes] == [one.passage.text for one in stored]
    verified = verify(quotes, corpus_passages)
    assert {one.state for one in verified} == {State.UNCHANGED}
    assert all(one.sound and one.place == one.quote.place for one in verified)


_SAID = (
    "orders",
    "revenue",
    "rose",
    "fell",
    "云业务",
    "利润率",
    "同比",
    "增长",
    "the",
    "in",
    "of",
    "现金流",
    "was",
    "million",
)
said = st.lists(st.sampled_from(_SAID), min_size=2, max_size=10).map(" ".join)
figures = st.sampled_from(["5%", "15%", "1.284", "1,284", "118", "181", "三十五亿", "五亿", "-3%", "0.5"])


@settings(max_examples=100)
@given(st.tuples(said, said, said, said), figures, figures, st.lists(said, max_size=3))
def test_whichever_figure_changes_within_a_quote_the_new_one_is_shown_whole(
    words: tuple[str, ...], was: str, now: str, others: list[str]
) -> None:
    before, first, last, behind = words
    texts = [*others, f"{before} {first} {now} {last} {behind}"]
    near = nearest(f"{first} {was} {last}", (f"{before} ", f" {behind}"), texts)
    assert near is not None
    assert texts[near.number][near.start : near.end] == f"{first} {now} {last}"


@given(st.text("ab 15.%云n利", max_size=40), st.text("ab 15.%云n利", max_size=40))
def test_edits_lead_from_one_text_to_the_other(before: str, now: str) -> None:
    pieces = edits(before, now)
    assert "".join(one.text for one in pieces if one.kind is not EditKind.ADDED) == before
    assert "".join(one.text for one in pieces if one.kind is not EditKind.REMOVED) == now


@given(st.text("ab 15云", min_size=1, max_size=20), st.data())
def test_a_span_is_mapped_to_itself_in_the_same_text(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    assert mapped(text, text, start, end) == (start, end)


@pytest.mark.parametrize(("start", "end"), [(-1, 3), (3, 3), (4, 2), (0, 1000), (None, 0), (1000, None)])
def test_a_span_that_the_passage_does_not_have_is_refused(
    corpus_passages: PassageStore, start: int | None, end: int | None
) -> None:
    (stored,) = corpus_passages.get([3])
    with pytest.raises(InvalidSpanError, match=f"It has {len(stored.passage.text)} characters"):
        collect(corpus_passages, stored.passage.id, start, end)
