"""Everybody who speaks in an index, told apart as far as it says who is who.

Names that a transcript gives to one person (张勇, Daniel Zhang) are that person's everywhere. People of one name who
speak for different firms are not taken for one: only a reader knows whether an analyst has moved. Who manages speaks
for the company whose call it is, everybody else for the firm that stands with the name. Firms are one where their names
are, without words such as Inc or 集团, where the glossary knows them as one (高盛, Goldman Sachs), or where their
tickers are. An appearance without a firm is added to the only firm of the name; where there are several it stays apart.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from indexer.errors import UnknownSpeakerError
from indexer.model import Role
from indexer.stores.passage_entities import Person
from search_web.search.named_people import people_by_name
from search_web.search.names import firm_forms, folded_name, is_somebody

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from indexer.stores.appearances import Appearance
    from indexer.stores.index import Generation
    from indexer.stores.passages import TranscriptInfo
    from search_web.search.aliases import Alias
    from search_web.search.lexicon import Lexicon


@dataclass(frozen=True, slots=True)
class SpeakerEntry:
    """Somebody who speaks in the index.

    `name` is the one that they mostly speak under, `other_names` the rest. `firm` is written as it mostly is, None
    where the calls do not say; `others` counts those of the same name who speak for other firms.
    """

    name: str
    other_names: tuple[str, ...]
    firm: str | None
    role: Role
    appearances: tuple[Appearance, ...]
    others: int = 0

    @property
    def passages(self) -> int:
        """How many passages they said."""
        return sum(one.passages for one in self.appearances)

    @property
    def calls(self) -> int:
        """In how many calls they speak."""
        return len({one.transcript for one in self.appearances})

    @property
    def questions(self) -> int:
        """How many of their passages belong to questions."""
        return sum(one.asks for one in self.appearances)

    @property
    def answers(self) -> int:
        """How many of their passages belong to answers."""
        return sum(one.answers for one in self.appearances)

    @property
    def names(self) -> tuple[str, ...]:
        """All their names."""
        return self.name, *self.other_names


@dataclass(frozen=True, slots=True)
class Directory:
    """All speakers, those with most passages first, and by folded name; `aliases` are other names of firms by key."""

    entries: tuple[SpeakerEntry, ...]
    by_name: Mapping[str, tuple[SpeakerEntry, ...]]
    aliases: Mapping[str, tuple[Alias, ...]]

    def named(self, name: str) -> tuple[SpeakerEntry, ...]:
        """Return everybody of this name. Raises UnknownSpeakerError for nobody."""
        found = self.by_name.get(folded_name(name), ())
        if not found:
            raise UnknownSpeakerError("nobody of this name speaks here", where=name, mend="See who does: /speakers")
        return found

    def entry_of(self, appearance: Appearance) -> SpeakerEntry | None:
        """Return who that is; for a call that another file gives more fully, who has the name first. None for nobody.

        Operators, and those whose name the file does not know, are nobody.
        """
        found = self.by_name.get(folded_name(appearance.name), ()) if appearance.role is not Role.OPERATOR else ()
        return next((entry for entry in found if appearance in entry.appearances), found[0] if found else None)


class Directories:
    """Has the directory of each generation in use made once. One serves many threads."""

    def of(self, generation: Generation, lexicon: Lexicon) -> Directory:
        """Return the directory of a generation."""
        passages = generation.passages
        return generation.once(
            self, lambda: make_directory(passages.speakers.appearances, passages.transcripts(), lexicon.aliases)
        )


def make_directory(
    appearances: Iterable[Appearance],
    transcripts: tuple[TranscriptInfo, ...],
    aliases: Mapping[str, tuple[Alias, ...]],
) -> Directory:
    """Return who speaks; calls that another file gives more fully tell only who speaks in them alone."""
    somebody = [one for one in appearances if one.role is not Role.OPERATOR and is_somebody(folded_name(one.name))]
    listed = [one for one in somebody if not transcripts[one.transcript].duplicate_of]
    met = {folded_name(name) for one in listed for name in (one.name, *one.other_names)}
    listed += [one for one in somebody if transcripts[one.transcript].duplicate_of and folded_name(one.name) not in met]
    # Most people speak in many calls under the same names.
    named = {(one.name, one.other_names): one for one in listed}
    same = {
        name: frozenset(names)
        for name, (_, names) in people_by_name(
            Person(one.name, one.other_names, one.affiliation, one.role) for one in named.values()
        ).items()
    }
    by_person: dict[frozenset[str], list[Appearance]] = defaultdict(list)
    for one in listed:
        by_person[same[folded_name(one.name)]].append(one)
    entries: list[SpeakerEntry] = []
    by_name: dict[str, tuple[SpeakerEntry, ...]] = {}
    for names, theirs in by_person.items():
        parts = _by_firm(theirs, transcripts, aliases)
        found = tuple(
            sorted((_entry(part, transcripts, others=len(parts) - 1) for part in parts), key=lambda one: -one.passages)
        )
        entries += found
        by_name.update(dict.fromkeys(names, found))
    return Directory(tuple(sorted(entries, key=lambda one: (-one.passages, one.name))), by_name, aliases)


def together(entries: tuple[SpeakerEntry, ...]) -> SpeakerEntry:
    """Return the people of one name as one, for a reader who knows that they are."""
    names = tuple(dict.fromkeys(name for entry in entries for name in entry.names))
    appearances = sorted(
        (one for entry in entries for one in entry.appearances), key=lambda one: (one.transcript, one.first_row)
    )
    return SpeakerEntry(names[0], names[1:], entries[0].firm, entries[0].role, tuple(appearances))


def firm_of(appearance: Appearance, transcript: TranscriptInfo) -> str | None:
    """Return the firm that is spoken for."""
    if appearance.role is Role.MANAGEMENT and transcript.company:
        return transcript.company
    return appearance.affiliation


def firm_keys(firm: str, aliases: Mapping[str, tuple[Alias, ...]]) -> set[str]:
    """Return the keys of the names of a firm; what has one in common is one firm."""
    keys = {form.key for form in firm_forms(firm) if not form.short}
    return keys | {alias.key for key in keys for alias in aliases.get(key, ()) if alias.exactly is None}


def _by_firm(
    appearances: list[Appearance], transcripts: tuple[TranscriptInfo, ...], aliases: Mapping[str, tuple[Alias, ...]]
) -> list[list[Appearance]]:
    clusters: list[tuple[set[str], list[Appearance]]] = []
    without: list[Appearance] = []
    for one in appearances:
        transcript = transcripts[one.transcript]
        firm = firm_of(one, transcript)
        if firm is None:
            without.append(one)
            continue
        keys = firm_keys(firm, aliases)
        if one.role is Role.MANAGEMENT and transcript.ticker:
            keys.add(f"ticker {transcript.ticker}")
        members = [one]
        apart = []
        for cluster in clusters:
            if cluster[0] & keys:
                keys |= cluster[0]
                members = [*cluster[1], *members]
            else:
                apart.append(cluster)
        clusters = [*apart, (keys, members)]
    parts = [members for _, members in clusters]
    if len(parts) == 1:
        parts[0] += without
    elif without:
        parts.append(without)
    return parts


def _entry(appearances: list[Appearance], transcripts: tuple[TranscriptInfo, ...], *, others: int) -> SpeakerEntry:
    names: Counter[str] = Counter()
    firms: Counter[str] = Counter()
    roles: Counter[Role] = Counter()
    for one in appearances:
        names[one.name] += one.passages
        names.update(dict.fromkeys(one.other_names, 0))
        roles[one.role] += one.passages
        if firm := firm_of(one, transcripts[one.transcript]):
            firms[firm] += one.passages
    name, *rest = (written for written, _ in names.most_common() if is_somebody(folded_name(written)))
    seen = {folded_name(name)}
    other_names = []
    for other in rest:
        if folded_name(other) not in seen:
            seen.add(folded_name(other))
            other_names.append(other)
    firm = firms.most_common(1)[0][0] if firms else None
    return SpeakerEntry(name, tuple(other_names), firm, roles.most_common(1)[0][0], tuple(appearances), others)
