"""The same call in two files is told, whatever the formats make of its lines; calls that share phrases are not."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from indexer.build import BuildSettings, index_paths
from indexer.build.duplicates import Call, find_duplicates, same_call
from indexer.build.sketch import digests_in, sketch_of
from indexer.cli.reports import show_report
from indexer.text.normalise import fold

if TYPE_CHECKING:
    from collections.abc import Callable

    from indexer.stores.index import Generation

    Opened = Callable[[], Generation]

WORDS = BuildSettings(embedders=())
VOCABULARY = [
    first + last for first in "云物流电商菜鸟淘宝国际数字媒体" for last in "增收利润率成本费用订单用户平台服务"
]
SAFE_HARBOUR = "本次会议中的前瞻性陈述受到风险和不确定因素的影响，实际结果可能与陈述中预期的情况存在重大差异。" * 3


def paragraphs(seed: int, count: int = 30) -> list[str]:
    """Return paragraphs of nonsense that no other seed gives."""
    chance = random.Random(seed)  # noqa: S311 - words, no secrets.
    return ["".join(chance.choices(VOCABULARY, k=30)) + "。" for _ in range(count)]


def write(path: Path, said: list[str], *, company: str = "远汀集团", date: str = "2024-11-15") -> Path:
    path.write_text(
        f"---\ncompany: {company}\ndate: {date}\n---\n张勇：\n" + "\n\n".join(said) + "\n", encoding="utf-8"
    )
    return path


def call(name: str, said: list[str], *, title: str = "", company: str | None = None, date: str | None = None) -> Call:
    names = frozenset({company} if company else ())
    return Call(name, f"/calls/{name}", title or name, names, None, date, sketch_of(map(fold, said)))


def test_one_call_in_two_layouts_stays_twice_and_is_told(tmp_path: Path, index: Path, opened: Opened) -> None:
    said = paragraphs(1)
    full = write(tmp_path / "full.txt", [*said, *paragraphs(2, 3)])
    # Paragraphs run together in pairs, a day later, in full-width letters.
    joined = [one + other.replace("。", "｡") for one, other in zip(said[::2], said[1::2], strict=True)]
    short = write(tmp_path / "joined.md", joined, date="2024-11-16")
    write(tmp_path / "other.txt", [SAFE_HARBOUR, *paragraphs(3)])
    write(tmp_path / "third.txt", [SAFE_HARBOUR, *paragraphs(4)], date="2024-08-15")
    report = index_paths(index, [tmp_path], WORDS)
    assert report.transcripts == 4
    infos = {info.source.path: info for info in opened().passages.transcripts()}
    (pair,) = report.duplicates
    assert (pair.path, pair.other_path) == (str(short), str(full))
    assert (pair.id, pair.duplicate_of) == (infos[str(short)].id, infos[str(full)].id)
    assert pair.share > 0.9
    assert {path for path, info in infos.items() if info.duplicate_of} == {str(short)}
    assert infos[str(short)].duplicate_of == infos[str(full)].id


def test_duplicates_are_told_when_they_come_and_kept_in_the_list(tmp_path: Path, index: Path, opened: Opened) -> None:
    folder = tmp_path / "calls"
    folder.mkdir()
    said = paragraphs(5)
    write(folder / "a.txt", said)
    assert index_paths(index, [folder], WORDS).duplicates == ()
    copy = write(folder / "b.txt", said[:-1])
    assert [pair.path for pair in index_paths(index, [folder], WORDS).duplicates] == [str(copy)]
    write(folder / "c.txt", paragraphs(6))
    assert index_paths(index, [folder], WORDS).duplicates == ()
    assert [info.duplicate_of is not None for info in opened().passages.transcripts()] == [False, True, False]
    (folder / "a.txt").unlink()
    index_paths(index, [folder], WORDS)
    assert [info.duplicate_of for info in opened().passages.transcripts()] == [None, None]


def test_calls_that_say_they_are_others_must_be_all_but_the_same() -> None:
    said = paragraphs(7)
    half = said[:15] + paragraphs(8, 15)
    for other, told in (
        (call("b", half, company="甲", date="2024-08-16"), True),
        (call("b", half, company="甲", date="2024-08-18"), False),
        (call("b", half, company="乙", date="2024-08-15"), False),
        (call("b", half, title="a"), True),
        (call("b", said[:-5] + paragraphs(9, 5), company="甲", date="2023-08-15"), False),
        (call("b", said, company="甲", date="2023-08-15"), True),
    ):
        one = call("a", said, company="甲", date="2024-08-15")
        assert bool(find_duplicates([one, other])) == told, other


def test_what_everybody_says_is_no_evidence() -> None:
    many = [call(f"{number:02}", [SAFE_HARBOUR, *paragraphs(100 + number, 1)], title="同") for number in range(30)]
    assert find_duplicates(many) == ()


def test_a_duplicate_is_one_of_a_call_that_is_none_itself() -> None:
    said = paragraphs(9)
    found = find_duplicates([call("c", said[:20]), call("b", said[:25]), call("a", said), call("d", ["谢谢。"])])
    assert [(pair.id, pair.duplicate_of) for pair in found] == [("c", "a"), ("b", "a")]
    assert find_duplicates([]) == find_duplicates([call("a", said)]) == ()


def test_dates_titles_and_periods_tell_whether_calls_are_the_same() -> None:
    plain = call("a", [], company="甲", date="2024-08-15")
    assert same_call(plain, call("b", [], company="甲", date="2024-08-14")) is True
    assert same_call(plain, call("b", [], company="甲")) is None
    assert same_call(plain, call("a", [])) is True
    assert same_call(plain, call("a", [], date="2024-09-14")) is False


@pytest.mark.parametrize("text", ["", "短", "😀" * 40, "\ud800" * 40, "Straße " * 10])
def test_any_text_has_a_sketch(text: str) -> None:
    digests = digests_in(sketch_of([fold(text)]))
    assert (digests[1:] > digests[:-1]).all()


def test_a_report_shows_duplicates(tmp_path: Path, index: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    folder = tmp_path / "calls"
    folder.mkdir()
    write(folder / "a.txt", paragraphs(5))
    write(folder / "b.txt", paragraphs(5)[:-1])
    report = index_paths(index, [folder], WORDS)
    show_report(report, as_json=False)
    assert (
        f"the same {folder / 'b.txt'}: 100% of it stands in {folder / 'a.txt'} too"
        in capfdbinary.readouterr()[0].decode()
    )
    show_report(report, as_json=True)
    (pair,) = json.loads(capfdbinary.readouterr()[0])["duplicates"]
    assert pair["share"] == 1.0
