"""One call against another of the same company: what is new, what was dropped, and who came or went, as JSON.

The object::

{"newer": TRANSCRIPT, "older": TRANSCRIPT, "generation": "000001-ab12cd", "took_ms": 80.1, "notes": [],
 "by": "meaning and words",             or "words": what counterparts were found by, see counterparts.py
 "compared": {"newer": 44, "older": 41},
                                        passages that are long enough to say something
 "terms": {"newer": [TERM], "older": [TERM]},
                                        what either says more than the other, see distinctive.py
 "new": [{"passage": PASSAGE, "nearness": 0.6, "nearest": {"id": ..., "text": ..., "speaker": ..., "url": ...}}],
                                        passages of the newer without a counterpart, the newest in content first;
                                        `nearest` of the older comes nearest, 1 would be a counterpart
 "dropped": [...],                      passages of the older without a counterpart in the newer, in the same form
 "speakers": {"both": [SPEAKER], "new": [SPEAKER], "gone": [SPEAKER]}}
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from search_web.search.json_view import passage_json
from search_web.search.profile_json import entry_json, term_json
from search_web.search.transcript_json import transcript_entry_json

if TYPE_CHECKING:
    from collections.abc import Sequence

    from search_web.search import insight_shapes as shapes
    from search_web.search.comparison import Comparison, Unmatched


def comparison_json(found: Comparison) -> shapes.Comparison:
    """Return the JSON object that stands at the beginning of this module."""

    def items(unmatched: Sequence[Unmatched]) -> list[shapes.UnmatchedPassage]:
        return [
            {
                "passage": passage_json(one.hit),
                "nearness": one.nearness,
                "nearest": {
                    "id": one.nearest.id,
                    "text": one.nearest.text,
                    "speaker": one.nearest.speaker.name,
                    "url": one.nearest.url,
                },
            }
            for one in unmatched
        ]

    return {
        "newer": transcript_entry_json(found.newer),
        "older": transcript_entry_json(found.older),
        "generation": found.generation,
        "took_ms": found.took_ms,
        "notes": list(found.notes),
        "by": found.by,
        "compared": {"newer": found.compared[0], "older": found.compared[1]},
        "terms": {
            "newer": [term_json(term) for term in found.newer_terms],
            "older": [term_json(term) for term in found.older_terms],
        },
        "new": items(found.new),
        "dropped": items(found.dropped),
        "speakers": {
            "both": [entry_json(entry) for entry in found.both],
            "new": [entry_json(entry) for entry in found.came],
            "gone": [entry_json(entry) for entry in found.gone],
        },
    }
