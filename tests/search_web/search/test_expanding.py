"""Added terms are looked for as the analyser cuts them, whether or not it is asked."""

from hypothesis import example, given
from hypothesis import strategies as st

from indexer.stores.keyword import Phrase, Term
from indexer.text.analyser import Analyser
from search_web.search.expanding import parts

ANALYSER = Analyser()
LATIN = st.text("abehilnprsyESA ", min_size=1, max_size=12).filter(lambda text: text == " ".join(text.split()) != "")


@given(writing=LATIN)
@example(writing="businesses")
@example(writing="Series")
@example(writing="cash flows")
@example(writing="per cent")
def test_plain_words_are_looked_for_as_the_analyser_cuts_them(writing: str) -> None:
    tokens = ANALYSER.analyse(writing)
    whole = sorted({token.term for token in tokens if (token.start, token.end) == (0, len(writing))})
    phrase = Phrase(tuple(token.term for token in ANALYSER.exact(writing)))
    assert parts(writing, ANALYSER) == (tuple(map(Term, whole)) or (phrase,))
