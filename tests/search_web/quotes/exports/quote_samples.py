"""Collections of quotes to write out: a plain one, and strategies for hostile ones."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from hypothesis import strategies as st

from indexer.model import Delivery, Kind, Role, Section, TimeSpan
from search_web.quotes.model import Collection, Occasion, Place, Quote, Voice

COLLECTED = datetime(2024, 5, 2, 9, 30, 15, 123456, tzinfo=UTC)

HOSTILE = (
    "=SUM(A1:A9)",
    "+1",
    "-1",
    "@cmd",
    "＝1",
    "'tis",
    "| a | b |",
    "`code` *bold* _it_ ~~no~~ [x](y) <b>&amp;</b> # 1. > $x$",
    "- item",
    "12. item",
    "\\{}%&#_$~^",
    "}{",
    "-- --- '' `` !` << ,,",
    "ER  - \nTY  - JOUR",
    "@misc{x,\n@article{y",
    "&#0; &lt; &copy;",
    "\"quoted\", 'and' “so”",
    "\u202eright to left\u202c \u2066x\u2069",
    "e\u0301 \U0001f469\u200d\U0001f4bb ｆｕｌｌ　width 毛利率達到",
    "one\r\ntwo\rthree\n\nfour\n",
    "\u3000indented \t ",
    " \n ",
    "a\x0bb\x0cc\x1cd\x85e\u2028f\u2029g\x7fh",
    "\ufdd0\ufeff\u200b",
    ":smile: a:b:c",
    "\\n \\u0041 \\",
)

PIECES = [*HOSTILE, *"=+-@'\"`*_{}[]<>()#|\\~^$%&:;,.!\n\r\t \u3000\x00\x01\x85\u2028毛利增长a1"]


def texts(*, least: int = 0):
    """Any text that UTF-8 can hold, and made of what formats stumble over."""
    any_text = st.text(st.characters(exclude_categories=["Cs"]), min_size=least, max_size=30)
    return any_text | st.lists(st.sampled_from(PIECES), min_size=max(least, 1), max_size=5).map("".join)


def moments():
    return st.datetimes(min_value=datetime(1990, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - The strategy adds the zone.


def voices():
    return st.builds(
        Voice,
        texts(),
        st.lists(texts(), max_size=2).map(tuple),
        st.none() | texts(),
        st.none() | texts(),
        st.sampled_from(Role),
    )


def occasions():
    maybe = st.none() | texts()
    seconds = st.floats(0, 1e6)
    return st.builds(
        Occasion,
        title=texts(),
        kind=st.sampled_from(Kind),
        company=maybe,
        ticker=maybe,
        period=maybe,
        fiscal=st.booleans(),
        date=st.none() | st.dates().map(lambda day: day.isoformat()),
        section=st.sampled_from(Section),
        heading=maybe,
        page=st.none() | st.integers(0, 10_000),
        time=st.none() | st.builds(TimeSpan, seconds, st.none() | seconds),
    )


@st.composite
def quotes(draw, *, number: int = 1):
    """Draw a quote with anything in every field; its span is as long as its text."""
    text = draw(texts(least=1))
    start = draw(st.integers(0, 10**6))
    return Quote(
        id=f"q{number}",
        collection_id="c1",
        text=text,
        language=draw(st.sampled_from(["zh", "en"])),
        delivery=draw(st.sampled_from(Delivery)),
        place=Place(
            draw(texts()),
            draw(texts()),
            start,
            start + len(text),
            draw(texts()),
            draw(texts()),
            draw(st.tuples(texts(), texts())),
        ),
        voice=draw(voices()),
        occasion=draw(occasions()),
        question=draw(st.none() | st.tuples(voices(), texts())),
        url=draw(texts() | st.just("/passages/p1#x")),
        collected_at=draw(moments()),
        note=draw(texts()),
        tags=draw(st.lists(texts(), max_size=3).map(tuple)),
        version=draw(st.integers(1, 1000)),
    )


@st.composite
def collections(draw, *, most: int = 3):
    """Draw a collection of up to `most` quotes."""
    count = draw(st.integers(0, most))
    return Collection(
        id="c1",
        name=draw(texts()),
        description=draw(texts()),
        created_at=draw(moments()),
        updated_at=draw(moments()),
        quotes=tuple(draw(quotes(number=number)) for number in range(count)),
        version=draw(st.integers(1, 1000)),
    )


def plain_quote(text: str = "毛利率达到 45.3%。", **others) -> Quote:
    """Return an invented quote of the chief financial officer of a firm that does not exist."""
    quote = Quote(
        id="q1",
        collection_id="c1",
        text=text,
        language="zh",
        delivery=Delivery.ORIGINAL,
        place=Place("t1", "t1-p3", 4, 4 + len(text), "ab" * 32, "calls/橡果.txt", ("本季，", "谢谢。")),
        voice=Voice("陈立", ("Chen Li",), "首席财务官", None, Role.MANAGEMENT),
        occasion=Occasion(
            "橡果科技2024年第一季度业绩电话会",
            Kind.SPOKEN,
            "橡果科技",
            "ACRN",
            "2024Q1",
            "2024-05-01",
            Section.QA,
            "问答环节",
            3,
            TimeSpan(75.5),
        ),
        question=(Voice("Omar Haddad", (), None, "Northlight", Role.ANALYST), "毛利率如何？"),
        url="/passages/t1-p3",
        collected_at=COLLECTED,
    )
    return replace(quote, **others)


def collection_of(*kept: Quote, name: str = "毛利率") -> Collection:
    numbered = tuple(replace(quote, id=f"q{number}") for number, quote in enumerate(kept, start=1))
    return Collection("c1", name, "", COLLECTED, COLLECTED, numbered)
