"""English first names and the short ones that people go by: a call lists Andrew P. Power, and everybody says Andy.

Only pairs that are plain to everybody; a short name of two names belongs to both.
"""

from __future__ import annotations

from collections import defaultdict

_CALLED = """
Alexander Alex, Alexandra Alex, Andrew Andy Drew, Anthony Tony, Benjamin Ben, Charles Charlie Chuck, Christine Chris,
Christopher Chris, Daniel Dan Danny, David Dave, Deborah Debbie Deb, Donald Don, Douglas Doug, Edward Ed Eddie,
Elizabeth Liz Beth, Francis Frank, Frederick Fred, Gregory Greg, James Jim Jimmy, Jeffrey Jeff, Jennifer Jen Jenny,
Jonathan Jon, Joseph Joe, Joshua Josh, Katherine Kathy Kate Katie, Kenneth Ken, Lawrence Larry, Leonard Len,
Margaret Maggie, Matthew Matt, Michael Mike, Nathaniel Nate, Nicholas Nick, Pamela Pam, Patricia Pat Patty,
Patrick Pat, Peter Pete, Philip Phil, Raymond Ray, Richard Rick Dick, Robert Rob Bob Bobby, Ronald Ron, Samantha Sam,
Samuel Sam, Stephen Steve, Steven Steve, Susan Sue, Theodore Ted, Thomas Tom, Timothy Tim, Vincent Vince,
Walter Walt, William Bill Billy Will, Zachary Zach
"""


def _read() -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = defaultdict(list)
    for line in _CALLED.lower().split(","):
        name, *short = line.split()
        found[name] += short
        for one in short:
            found[one].append(name)
    return {name: tuple(others) for name, others in found.items()}


OTHER_FIRST_NAMES = _read()
"""By folded first name, the others that the same person may go by."""
