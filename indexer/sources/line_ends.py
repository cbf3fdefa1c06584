"""What ends a line in every format: CR LF, CR or LF. Form feeds and the separators of Unicode stand within lines.

The readers share this, because the numbers of lines that they give are those that an editor shows.
"""

from __future__ import annotations

import re

LINE_END = re.compile(r"\r\n|\r|\n")
