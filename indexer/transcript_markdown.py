"""A transcript as Markdown and as plain text, to take away: who said what, verbatim, with its head.

`indexer.sources.markdown_own` reads the Markdown back. What is written is a line or a paragraph of one of these forms,
each with a blank line around it; no paragraph of what was said can be taken for another, since its signs are escaped:

    <!-- yuanhua transcript 1 -->
    # Title
    - **Company:** a field of the head
    ## Questions and answers                        a part of the call, or the participants
    ### A heading of the transcript
    #### Question 2: Grace Mok, Firm                an exchange begins
    **Grace Mok** (莫嘉怡) — *Title*, Firm [analyst]    a turn begins
    *p. 4 · 0:12:31 · translation · question*       what holds from here on
    ---                                             the exchange is over
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from indexer.markdown import escaped
from indexer.model import Delivery, Kind, Section

if TYPE_CHECKING:
    from collections.abc import Iterator

    from indexer.model import Exchange, Passage, Speaker, Transcript

FIRST_LINE = "<!-- yuanhua transcript 1 -->"
SECTIONS = {
    Section.INTRO: "Introduction",
    Section.PREPARED: "Prepared remarks",
    Section.QA: "Questions and answers",
}
PARTICIPANTS = "Participants"
FIELDS = {
    "company": "Company",
    "ticker": "Ticker",
    "period": "Period",
    "fiscal": "Fiscal year",
    "date": "Date",
    "language": "Language",
    "kind": "Kind",
}
DELIVERIES = {
    Delivery.ORIGINAL: "own words",
    Delivery.TRANSLATED: "translation",
    Delivery.UNKNOWN: "delivery not stated",
}
ASKS = {True: "question", False: "answer"}
END_OF_EXCHANGE = "---"


def transcript_markdown(transcript: Transcript) -> str:
    """Return the transcript as Markdown, every passage a paragraph that shows its verbatim text."""
    return (
        "\n\n".join([FIRST_LINE, f"# {_line(transcript.title)}", "\n".join(_head(transcript)), *_body(transcript)])
        + "\n"
    )


def transcript_text(transcript: Transcript) -> str:
    """Return the transcript as plain text, every passage a paragraph below the line that names the speaker."""
    return "\n\n".join([_plain_head(transcript), *_plain_body(transcript)]) + "\n"


def descriptor(speaker: Speaker) -> str:
    """Return the line that introduces a speaker; the fields that are not known are left out."""
    others = f" ({' / '.join(map(_field, speaker.other_names))})" if speaker.other_names else ""
    title = f" — *{_field(speaker.title)}*" if speaker.title else ""
    firm = f", {_field(speaker.affiliation)}" if speaker.affiliation else ""
    return f"**{_field(speaker.name)}**{others}{title}{firm} [{speaker.role}]"


def described(transcript: Transcript) -> dict[str, str]:
    """Return what is known of the call, by the names in FIELDS."""
    known = {
        "company": transcript.company,
        "ticker": transcript.ticker,
        "period": transcript.period,
        "fiscal": "true" if transcript.fiscal else None,
        "date": transcript.date,
        "language": transcript.language,
        "kind": transcript.kind.value,
    }
    return {name: value for name, value in known.items() if value}


def source_name(transcript: Transcript) -> str:
    """Return the name of the file that the transcript was read from, without the folders above it."""
    return transcript.source.path.replace("\\", "/").rsplit("/", 1)[-1]


def _head(transcript: Transcript) -> Iterator[str]:
    for name, value in described(transcript).items():
        yield f"- **{FIELDS[name]}:** {_line(value)}"
    yield f"- **Source:** {_line(source_name(transcript))} ({transcript.source.format})"
    yield f"- **SHA-256:** {transcript.source.sha256}"
    yield f"- **Transcript:** {_line(transcript.id)}"


def _body(transcript: Transcript) -> Iterator[str]:
    spoken = transcript.kind is Kind.SPOKEN
    if spoken and transcript.speakers:
        yield f"## {PARTICIPANTS}"
        yield "\n".join(f"- {descriptor(speaker)}" for speaker in transcript.speakers)
    numbers = {exchange.id: (number, exchange) for number, exchange in enumerate(transcript.exchanges, 1)}
    asking = {identifier for exchange in transcript.exchanges for identifier in exchange.question_ids}
    before: Passage | None = None
    for passage in transcript.passages:
        fresh = before is None or before.section != passage.section
        if spoken and fresh:
            yield f"## {SECTIONS[passage.section]}"
        if passage.heading and (fresh or before is None or before.heading != passage.heading):
            yield f"### {_line(passage.heading)}"
        if passage.exchange_id != (before.exchange_id if before else None):
            yield _exchange_line(*numbers[passage.exchange_id]) if passage.exchange_id else END_OF_EXCHANGE
        opens = fresh or _opens_a_turn(before, passage)
        if spoken and opens:
            yield descriptor(passage.speaker)
        if marks := tuple(_marks(before, passage, asking, opens=opens)):
            yield f"*{' · '.join(marks)}*"
        yield escaped(passage.text)
        before = passage


def _opens_a_turn(before: Passage | None, passage: Passage) -> bool:
    return before is None or (before.turn, before.speaker) != (passage.turn, passage.speaker)


def _marks(before: Passage | None, passage: Passage, asking: set[str], *, opens: bool) -> Iterator[str]:
    """Yield what holds from this passage on and did not before; whose words they are holds to the end of a turn."""
    if passage.page is not None and (before is None or before.page != passage.page):
        yield f"p. {passage.page}"
    if passage.time and (before is None or before.time != passage.time):
        yield passage.time.clock
    if passage.delivery is not (before.delivery if before and not opens else Delivery.UNKNOWN):
        yield DELIVERIES[passage.delivery]
    asked = _asks(passage, asking)
    if asked is not None and (
        before is None or (before.exchange_id, _asks(before, asking)) != (passage.exchange_id, asked)
    ):
        yield ASKS[asked]


def _asks(passage: Passage, asking: set[str]) -> bool | None:
    return passage.id in asking if passage.exchange_id else None


def _exchange_line(number: int, exchange: Exchange) -> str:
    firm = f", {_line(exchange.asker.affiliation)}" if exchange.asker.affiliation else ""
    return f"#### Question {number}: {_line(exchange.asker.name)}{firm}"


def _line(text: str) -> str:
    """Return a text that stands on one line."""
    return escaped(" ".join(text.split()))


def _field(text: str) -> str:
    """Return a field of a descriptor; what parts the fields is escaped in it."""
    return _line(text).replace("(", "\\(").replace(")", "\\)").replace("/", "\\/")


def _plain_head(transcript: Transcript) -> str:
    fields = {FIELDS[name]: value for name, value in described(transcript).items()}
    fields |= {
        "Source": f"{source_name(transcript)} ({transcript.source.format})",
        "SHA-256": transcript.source.sha256,
        "Transcript": transcript.id,
    }
    return "\n".join([" ".join(transcript.title.split()), *(f"{name}: {value}" for name, value in fields.items())])


def _plain_body(transcript: Transcript) -> Iterator[str]:
    spoken = transcript.kind is Kind.SPOKEN
    before: Passage | None = None
    for passage in transcript.passages:
        fresh = before is None or before.section != passage.section
        if spoken and fresh:
            yield f"[{SECTIONS[passage.section]}]"
        if passage.heading and (fresh or before is None or before.heading != passage.heading):
            yield passage.heading
        opens = fresh or _opens_a_turn(before, passage)
        marks = [mark for mark in _marks(before, passage, set(), opens=opens) if mark not in ASKS.values()]
        head = [_plain_speaker(passage.speaker)] if spoken and opens else []
        yield "\n".join([*head, *([f"({', '.join(marks)})"] if marks else []), passage.text])
        before = passage


def _plain_speaker(speaker: Speaker) -> str:
    names = " / ".join((speaker.name, *speaker.other_names))
    return f"{', '.join(filter(None, (names, speaker.title, speaker.affiliation)))} [{speaker.role}]:"
