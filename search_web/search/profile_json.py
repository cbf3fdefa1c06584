"""What one speaker said, where and about what, as JSON.

The object::

{"name": "Daniel Zhang", "other_names": ["张勇"], "firm": "Alibaba Group", "role": "management",
 "generation": "000001-ab12cd",
 "same_name": [{"name": ..., "firm": ..., "passages": 3, "calls": 1, "url": ...}],
                                        who has the same name and speaks for another firm
 "calls": [{"transcript": ..., "title": ..., "date": ..., "period": ..., "company": ..., "speaker_title": ...,
            "firm": ..., "role": ..., "passages": 12, "questions": 0, "answers": 8, "url": ...}],
                                        the newest first
 "passages": 40, "words": 2100, "characters": 5300,
                                        words in Latin script, and Han characters, which have no blanks between them
 "questions": 0, "answers": 31,         passages that belong to questions and to answers
 "terms": [{"language": "en", "passages": 40, "of_others": 900,
            "terms": [{"text": "cloud", "z": 3.1, "here": 8, "of_here": 40, "there": 30, "of_there": 900}]}],
                                        see distinctive.py: they against everybody else in that language
 "newest": [PASSAGE]}                   as search answers them, the newest call first, in reading order
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from search_web.search.json_view import passage_json
from search_web.search.profile import profile_url

if TYPE_CHECKING:
    from search_web.search import insight_shapes as shapes
    from search_web.search.directory import SpeakerEntry
    from search_web.search.distinctive import DistinctiveTerm
    from search_web.search.profile import CallEntry, Profile


def profile_json(profile: Profile) -> shapes.SpeakerProfile:
    """Return the JSON object that stands at the beginning of this module."""
    entry = profile.entry
    return {
        "name": entry.name,
        "other_names": list(entry.other_names),
        "firm": entry.firm,
        "role": entry.role,
        "generation": profile.generation,
        "same_name": [entry_json(one) for one in profile.same_name],
        "calls": [call_json(call) for call in profile.calls],
        "passages": entry.passages,
        "words": profile.words,
        "characters": profile.characters,
        "questions": entry.questions,
        "answers": entry.answers,
        "terms": [
            {
                "language": one.language,
                "passages": one.passages,
                "of_others": one.of_others,
                "terms": [term_json(term) for term in one.terms],
            }
            for one in profile.terms
        ],
        "newest": [passage_json(hit) for hit in profile.newest],
    }


def entry_json(entry: SpeakerEntry) -> shapes.SpeakerEntry:
    """Return a speaker as a list of speakers has it."""
    return {
        "name": entry.name,
        "other_names": list(entry.other_names),
        "firm": entry.firm,
        "role": entry.role,
        "calls": entry.calls,
        "passages": entry.passages,
        "questions": entry.questions,
        "answers": entry.answers,
        "url": profile_url(entry),
    }


def call_json(call: CallEntry) -> shapes.SpeakerCall:
    """Return a call that somebody speaks in."""
    info = call.transcript
    return {
        "transcript": info.id,
        "title": info.title,
        "company": info.company,
        "period": info.period,
        "date": info.date,
        "speaker_title": call.title,
        "firm": call.firm,
        "role": call.role,
        "passages": call.passages,
        "questions": call.questions,
        "answers": call.answers,
        "url": f"/transcripts/{quote(info.id)}",
    }


def term_json(term: DistinctiveTerm) -> shapes.DistinctiveTerm:
    """Return a term with its counts."""
    return {
        "text": term.text,
        "z": term.z,
        "here": term.here,
        "of_here": term.of_here,
        "there": term.there,
        "of_there": term.of_there,
    }
