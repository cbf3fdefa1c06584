"""How far the meaning of a passage of a few words is trusted.

The vector of a text is much like a mean over its words, and a mean of three lies far from the middle by chance, in one
direction or another: whatever is asked, some call of a few words across the room seems to be near it. So what such a
passage is above a typical one counts by how many of the words of a sentence it has. The words that it shares with the
query count in full, so that it is still found by what it says.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from indexer.text.extent import ENOUGH

if TYPE_CHECKING:
    from numpy.typing import NDArray


def trusted(similarity: NDArray[np.float64], extents: NDArray[np.uint8]) -> NDArray[np.float64]:
    """Return standardised similarities, shape (n,), those above the mean cut down where a text has too few words.

    `extents` has how many each has, see `indexer.text.extent`.
    """
    share = np.minimum(extents / ENOUGH, 1.0)
    return np.where(similarity > 0.0, similarity * share, similarity)
