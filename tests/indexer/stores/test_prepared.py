"""What is kept of a transcript for the writer and for the next build."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from indexer.stores.joined_terms import JoinedTerms
from indexer.stores.keyword import Field, KeywordDocument
from indexer.stores.prepared import pack_words, unpack_words

TERMS = st.lists(st.text(st.characters(exclude_characters="\t", exclude_categories=["Cs"]), min_size=1), max_size=4)
DOCUMENTS = st.lists(
    st.builds(
        KeywordDocument,
        row=st.integers(0, 9),
        fields=st.fixed_dictionaries(dict.fromkeys(Field, TERMS.map(tuple))),
        exact=TERMS.map(tuple),
        facets=st.sampled_from([(), ("role=analyst", "speaker=张 勇"), ("role=analyst",)]),
        date=st.just("2024-11-15"),
    ),
    max_size=5,
)


@given(DOCUMENTS)
def test_documents_come_out_as_they_were_packed_counted_from_another_row(documents: list[KeywordDocument]) -> None:
    unpacked = unpack_words(pack_words(documents), first_row=7, date="2024-11-15")
    assert [replace(one, facets=tuple(one.facets)) for one in unpacked] == [
        replace(one, row=one.row + 7) for one in documents
    ]


def test_joined_terms_are_a_sequence_of_terms() -> None:
    terms = JoinedTerms("云\t收入\tebita")
    assert (len(terms), terms[1], terms[1:], list(terms)) == (3, "收入", ("收入", "ebita"), ["云", "收入", "ebita"])
    assert (len(JoinedTerms("")), list(JoinedTerms(""))) == (0, [])
