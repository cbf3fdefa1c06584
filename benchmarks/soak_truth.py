"""What a soak indexes, and what is true in each generation of it. Invented, and written anew with every round."""

from __future__ import annotations

import random
from dataclasses import dataclass
from functools import cache, cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

TOPICS = ("gross", "operating", "freight", "licence", "harbour", "cloud", "grocery", "battery", "cinema", "payroll")
SPEAKERS = ("Ada Lind", "Bo Quist", "Cora Venn", "Dag Orme")


@dataclass(frozen=True, slots=True)
class Spoken:
    """A passage as it was written: in which call, on which topic, by whom, and what."""

    call: str
    topic: str
    speaker: str
    text: str


@dataclass(frozen=True)
class Truth:
    """What one generation holds: by call, the round in which its file was written last."""

    rounds: dict[str, int]

    def passages(self, call: str) -> tuple[Spoken, ...]:
        """Return the passages of a call in their order, none when this generation lacks it."""
        return spoken_in(call, self.rounds[call]) if call in self.rounds else ()

    @cached_property
    def around(self) -> dict[tuple[str, str, str], tuple[list[str], list[str]]]:
        """Return every passage, as call, speaker and text, with the texts before and after it in its call."""
        found = {}
        for call in self.rounds:
            texts = [one.text for one in self.passages(call)]
            for place, one in enumerate(self.passages(call)):
                found[call, one.speaker, one.text] = texts[max(0, place - 1) : place], texts[place + 1 : place + 2]
        return found


def word_of(number: int) -> str:
    """Return a word that stands in one call alone, made of consonants and vowels in turn."""
    return "".join("bdfgklmnprstvz"[number // 14**place % 14] + "aeiou"[(number + place) % 5] for place in range(4))


@cache
def spoken_in(call: str, round_: int) -> tuple[Spoken, ...]:
    """Return what is said in a call as it was written in a round."""
    said = []
    for place, topic in enumerate(TOPICS):
        chance = random.Random(f"{call} {topic} {round_}")  # noqa: S311 - figures, no secrets.
        speaker = SPEAKERS[(place + round_) % len(SPEAKERS)]
        text = (
            f"In the {call} business the {topic} margin was {chance.randint(100, 999) / 10} percent of revenue, "
            f"as it was told in round {round_} of these invented figures."
        )
        said.append(Spoken(call, topic, speaker, text))
    return tuple(said)


def write_call(folder: Path, call: str, round_: int) -> None:
    """Write a call as a transcript, whole or not at all."""
    fresh = folder / f".{call}"
    fresh.write_text("".join(f"{one.speaker}: {one.text}\n\n" for one in spoken_in(call, round_)), encoding="utf-8")
    fresh.replace(folder / f"{call}.txt")


def change(folder: Path, truth: Truth, round_: int, chance: random.Random) -> Truth:
    """Write some calls anew, and add or remove one; return what is true then."""
    rounds = dict(truth.rounds)
    for call in chance.sample(sorted(rounds), 3):
        rounds[call] = round_
        write_call(folder, call, round_)
    if round_ % 2:
        call = word_of(1000 + round_)
        rounds[call] = round_
        write_call(folder, call, round_)
    else:
        call = chance.choice(sorted(rounds))
        del rounds[call]
        (folder / f"{call}.txt").unlink()
    return Truth(rounds)
