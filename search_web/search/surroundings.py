"""What the passages beside a passage lend to it: people speak of one thing over several paragraphs.

Adding the evidence of a wider text to that of a passage goes back to Callan, "Passage-level evidence in document
retrieval", SIGIR 1994; adding that of the neighbours to Fernández, Losada and Azzopardi, "Extending the language
modeling framework for sentence retrieval to include local context", Information Retrieval 14 (2011). Here the mean of
the two neighbours counts, where they are candidates themselves, and only a little: enough to lift a paragraph in the
midst of a discussion over a chance match. The shares were chosen on the judged sets of docs/retrieval.md together; half
or twice as much changes little.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

OF_MEANING = 0.15
"""What the neighbours' meaning counts against the passage's own."""

OF_WORDS = 0.3
"""What the neighbours' words count, times the share of the query that the index knows as words."""


def lent(
    signal: NDArray[np.float64], candidates: NDArray[np.int64], transcripts: NDArray[np.int32]
) -> NDArray[np.float64]:
    """Return the mean signal of the neighbours of each candidate, shape (n,), 0 where it has none among them.

    `candidates` are rows in rising order, `signal` has a number for each of them, and `transcripts` has the transcript
    of every row of the index. Rows of one transcript that follow each other are neighbours.
    """
    total = np.zeros_like(signal)
    count = np.zeros_like(signal)
    if len(candidates) > 1:
        beside = (np.diff(candidates) == 1) & (transcripts[candidates[1:]] == transcripts[candidates[:-1]])
        first = np.flatnonzero(beside)
        for at, neighbour in ((first, first + 1), (first + 1, first)):
            total[at] += signal[neighbour]
            count[at] += 1.0
    return np.divide(total, count, out=total, where=count > 0)
