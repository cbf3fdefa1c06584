"""The calls of the client that read the index: searches, passages, transcripts, speakers, trends, comparisons."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any, cast

from typing_extensions import Unpack

from indexer.model import Transcript
from search_web.client.connection import Connection
from search_web.quotes.shapes import Citation
from search_web.search.answer_shapes import AnswerList
from search_web.search.insight_shapes import Comparison, Namesakes, SpeakerList, SpeakerProfile, Trend, TrendList
from search_web.search.reading_shapes import Reading
from search_web.search.shapes import Passage, SearchAnswer
from search_web.search.transcript_shapes import InsideAnswer, TranscriptList

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from search_web.client.options import HitOptions, LegOptions, MatchOptions, WindowOptions
    from search_web.search.insight_shapes import SpeakerEntry
    from search_web.search.shapes import Hit
    from search_web.search.transcript_shapes import TranscriptEntry

_MOST_HITS_AT_ONCE = 100


class IndexCalls(Connection):
    """What a program asks of the index."""

    def search(self, q: str, **options: Unpack[WindowOptions]) -> SearchAnswer:
        """Return the first hits of a query, or those that the options say."""
        return self._get(SearchAnswer, "search", q=q, **options)

    def hits(self, q: str, *, most: int | None = None, **options: Unpack[HitOptions]) -> Iterator[Hit]:
        """Yield the hits of a query, page after page, up to a number: all without it.

        The pages are of one state of the index; where it changes meanwhile, a ProblemError of status 409 says so.
        """
        return islice(self._hits(q, min(most or _MOST_HITS_AT_ONCE, _MOST_HITS_AT_ONCE), options), most)

    def _hits(self, q: str, limit: int, options: HitOptions) -> Iterator[Hit]:
        window: dict[str, Any] = {**options, "limit": limit}
        while True:
            page = self._get(SearchAnswer, "search", q=q, **window)
            yield from page["hits"]
            if page["next_cursor"] is None:
                return
            window["cursor"] = page["next_cursor"]

    def search_table(self, q: str, **options: Unpack[LegOptions]) -> bytes:
        """Return the first thousand hits of a query as CSV."""
        return self._file("search.csv", q=q, **options)

    def ask(
        self, q: str, *, scope: str | None = None, limit: int | None = None, **options: Unpack[LegOptions]
    ) -> AnswerList:
        """Return the sentences that answer a question; `scope` is answers, questions or both."""
        return self._get(AnswerList, "ask", q=q, scope=scope, limit=limit, **options)

    def passage(self, passage_id: str, *, context: int | None = None) -> Passage:
        """Return a passage with so many neighbours on either side."""
        return self._get(Passage, "passages", passage_id, context=context)

    def similar(self, passage_id: str, **options: Unpack[WindowOptions]) -> SearchAnswer:
        """Return the passages that are most like one."""
        return self._get(SearchAnswer, "passages", passage_id, "similar", **options)

    def cite_passage(
        self,
        passage_id: str,
        start: int | None = None,
        end: int | None = None,
        *,
        citation: str | None = None,
        lang: str | None = None,
    ) -> Citation:
        """Return a passage, or its code points from `start` to `end`, with the line that cites it."""
        path = ("passages", passage_id, "citation")
        return self._get(Citation, *path, start=start, end=end, citation=citation, lang=lang)

    def transcripts(
        self,
        *,
        title: str | None = None,
        company: str | None = None,
        period: str | None = None,
        language: str | None = None,
        order: str | None = None,
        reverse: bool = False,
    ) -> Iterator[TranscriptEntry]:
        """Yield the transcripts of the index."""
        narrowed = {"title": title, "company": company, "period": period, "language": language, "order": order}
        return self._listed(TranscriptList, "transcripts", "transcripts", **narrowed, reversed=reverse or None)

    def transcript(self, transcript_id: str) -> Transcript:
        """Return a whole transcript."""
        return self._get(Transcript, "transcripts", transcript_id)

    def transcript_file(self, transcript_id: str, format: str = "md") -> bytes:  # noqa: A002 - as the API has it.
        """Return a transcript as a file: json, md or txt."""
        return self._file("transcripts", transcript_id, format=format)

    def search_inside(
        self, transcript_id: str, q: str, *, every: bool = False, **options: Unpack[MatchOptions]
    ) -> InsideAnswer:
        """Return the passages of a transcript with any, or `every`, word of a query."""
        return self._get(InsideAnswer, "transcripts", transcript_id, "search", q=q, every=every, **options)

    def reading(self, transcript_id: str) -> Reading:
        """Return what was understood of the file of a transcript."""
        return self._get(Reading, "transcripts", transcript_id, "reading")

    def speakers(self, *, name: str | None = None, role: str | None = None) -> Iterator[SpeakerEntry]:
        """Yield who speaks, those with most passages first; `name` stands in a name or a firm."""
        return self._listed(SpeakerList, "speakers", "speakers", name=name, role=role)

    def speakers_table(self, *, name: str | None = None, role: str | None = None) -> bytes:
        """Return who speaks as CSV."""
        return self._file("speakers.csv", name=name, role=role)

    def speaker(self, name: str, *, firm: str | None = None, together: bool = False) -> SpeakerProfile | Namesakes:
        """Return what somebody said; where several have the name, who they are.

        `firm` says which of them, "" the one whose firm nothing names; `together` takes them for one.
        """
        shape = cast("type[SpeakerProfile | Namesakes]", SpeakerProfile | Namesakes)
        return self._get(shape, "speakers", name, firm=firm, as_="one" if together else None)

    def speaker_calls_table(self, name: str, *, firm: str | None = None, together: bool = False) -> bytes:
        """Return the calls of somebody as CSV."""
        return self._file("speakers", name, "calls.csv", firm=firm, as_="one" if together else None)

    def speaker_terms_table(self, name: str, *, firm: str | None = None, together: bool = False) -> bytes:
        """Return what somebody talks about more than others do as CSV."""
        return self._file("speakers", name, "terms.csv", firm=firm, as_="one" if together else None)

    def trend(self, q: str, *, by: str | None = None, **options: Unpack[MatchOptions]) -> Trend:
        """Return how often something is said over the periods."""
        return self._get(Trend, "trend", q=q, by=by, **options)

    def trends(self, q: Sequence[str], *, by: str | None = None, **options: Unpack[MatchOptions]) -> TrendList:
        """Return how often several things are said over the periods."""
        return self._get(TrendList, "trends", q=list(q), by=by, **options)

    def trends_table(self, q: Sequence[str], *, by: str | None = None, **options: Unpack[MatchOptions]) -> bytes:
        """Return several trends as CSV."""
        return self._file("trends.csv", q=list(q), by=by, **options)

    def trends_plot(
        self, q: Sequence[str], *, by: str | None = None, show: str | None = None, **options: Unpack[MatchOptions]
    ) -> bytes:
        """Return several trends as a picture in SVG; `show` is shares or passages."""
        return self._file("trends.svg", q=list(q), by=by, show=show, **options)

    def compare(self, a: str, b: str | None = None) -> Comparison:
        """Return what is new in a call against another, or against the one before it of the same company."""
        return self._get(Comparison, "compare", a=a, b=b)

    def compare_table(self, a: str, b: str | None = None, *, table: str | None = None) -> bytes:
        """Return the passages without a counterpart, or with table="terms" the terms, as CSV."""
        return self._file("compare.csv", a=a, b=b, table=table)
