"""The moments of publishing at which an indexer can be killed, each so short that no kill at random meets it.

`AIMED` is code that a process runs before the indexer: it listens to what Python does with files (sys.addaudithook,
PEP 578) and kills the process, by SIGKILL as any other kill, right before it does what the last two arguments of its
command line name: an event of Python's audit table, and a pattern of the path.
"""

from __future__ import annotations

from typing import NamedTuple

AIMED = """
import os, re, signal, sys
event, path = sys.argv[-2:]
del sys.argv[-2:]
def end(name, args):
    if name == event and re.search(path, str(args[0])):
        os.kill(os.getpid(), signal.SIGKILL)
sys.addaudithook(end)
"""


class Moment(NamedTuple):
    """A step of publishing before which the process is killed, and whether the new index is in force by then."""

    before: str
    event: str
    path: str
    published: bool


MOMENTS = (
    Moment("the files are flushed and digested", "open", r"/\.staging/passages\.sqlite$", published=False),
    Moment("the manifest is written", "open", r"/\.staging/manifest\.json$", published=False),
    Moment("the folder gets its name", "os.rename", r"/generations/\.staging$", published=False),
    Moment("CURRENT.new is written", "open", r"/CURRENT\.new$", published=False),
    Moment("CURRENT is replaced", "os.rename", r"/CURRENT\.new$", published=False),
    Moment("older generations are removed", "shutil.rmtree", r"/generations/\d{6,}-\w+$", published=True),
)
