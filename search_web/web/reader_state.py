"""What of a transcript is shown, as its address says it: every state of the reader is a URL."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

from search_web.search.request import SearchRequest
from search_web.web.params import search_arguments, search_request

if TYPE_CHECKING:
    from search_web.web.params import Arguments


class View(StrEnum):
    """In which form passages are shown: as they were said, or folded as the index looks them up."""

    SAID = "said"
    INDEXED = "indexed"


@dataclass(frozen=True, slots=True)
class ReaderState:
    """What the arguments of the address of a transcript ask for.

    `search` is the search that the reader came from, its query empty when they did not. `find` is what they look for
    inside, `every_word` whether all of its words must stand in a passage, `own_words` whether nothing is added to
    them. `focus` is the id of the speaker who is listened to, `indexed` the end of the id of a passage that is shown
    as it is indexed, too.
    """

    transcript_id: str
    search: SearchRequest
    find: str = ""
    every_word: bool = False
    own_words: bool = False
    focus: str | None = None
    view: View = View.SAID
    indexed: str | None = None

    @property
    def sought(self) -> str:
        """What is looked for inside: what was typed here, else what the reader came with."""
        return self.find or self.search.query.strip()

    @property
    def request(self) -> SearchRequest:
        """The search to do inside this transcript."""
        request = SearchRequest(self.find) if self.find else self.search
        return replace(request, expand=request.expand and not self.own_words)

    @property
    def unmarked(self) -> ReaderState:
        """The state in which what is looked for here is looked for no more."""
        kept = replace(self, find="", every_word=False, own_words=False)
        return kept if self.find else replace(kept, search=SearchRequest(""))

    @property
    def indexed_prefix(self) -> str:
        """What stands before the end of a passage's id in the address that shows it as it is indexed, too."""
        return f"?{urlencode([*self.arguments(without=('indexed',)), ('indexed', '')])}"

    def url(self, **changes: object) -> str:
        """Return the address of this state, or of the same state with other fields; an `anchor` is what it leads to."""
        anchor = changes.pop("anchor", None)
        state = replace(self, **changes)  # type: ignore[arg-type]
        arguments = state.arguments()
        query = f"?{urlencode(arguments)}" if arguments else ""
        fragment = f"#{quote(str(anchor))}" if anchor else ""
        return f"/transcripts/{quote(state.transcript_id)}{query}{fragment}"

    def arguments(self, *, without: tuple[str, ...] = ()) -> list[tuple[str, str]]:
        """Return the arguments that `reader_state` reads this state from; defaults are left out."""
        told = (
            ("find", self.find),
            ("every", "1" if self.every_word else ""),
            ("own", "1" if self.own_words else ""),
            ("focus", self.focus or ""),
            ("view", self.view.value if self.view is not View.SAID else ""),
            ("indexed", self.indexed or ""),
        )
        return [
            *search_arguments(self.search),
            *((name, value) for name, value in told if value and name not in without),
        ]


def reader_state(transcript_id: str, arguments: Arguments) -> ReaderState:
    """Return the state that the arguments of a URL ask for. Raises InvalidRequestError as `search_request` does.

    A value that its own arguments cannot have counts as not given: a link may be older than the index.
    """
    return ReaderState(
        transcript_id,
        search_request(arguments),
        find=arguments.get("find", "").strip(),
        every_word=arguments.get("every") == "1",
        own_words=arguments.get("own") == "1",
        focus=arguments.get("focus", "").strip() or None,
        view=View.INDEXED if arguments.get("view") == View.INDEXED else View.SAID,
        indexed=arguments.get("indexed", "").strip() or None,
    )
