"""How every command shows values, progress and errors."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from contextlib import contextmanager
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, NoReturn

import typer

from indexer.errors import YuanhuaError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from _typeshed import DataclassInstance
    from rich.console import Console

    from indexer.build import Progress

SOME_FAILED = 1
"""The exit code of a command that could read some files and not others."""

TROUBLE = 2
"""The exit code of a command that could not do what was asked."""

_WIDE = 160
_NAME = 50

# What a file says must not steer the terminal, nor turn its text around: control characters are shown as their
# pictures. Surrogates stand for bytes of a file name that are no text.
_PICTURES = {code: 0x2400 + code for code in range(0x20) if chr(code) not in "\n\t"} | {0x7F: 0x2421}
_PICTURES |= dict.fromkeys((*range(0x80, 0xA0), *range(0x202A, 0x202F), *range(0x2066, 0x206A)), 0xFFFD)
_PICTURES |= dict.fromkeys(range(0xD800, 0xE000), 0xFFFD)


def printable(text: str) -> str:
    """Return a text of as many code points of which none steers a terminal."""
    return text.translate(_PICTURES)


@contextmanager
def main_guard() -> Iterator[None]:
    """End the command with one line on stderr and exit code 2 when it cannot do what was asked.

    It wraps a block, or as a decorator a whole command.
    """
    try:
        yield
    except YuanhuaError as error:
        fail(str(error))
    except BrokenPipeError:
        # The reader of the output has gone, as `head` does; Click ends quietly then.
        raise
    except OSError as error:
        fail(f"{error.filename}: {error.strerror}" if error.filename else str(error))


def fail(message: str) -> NoReturn:
    """Say on stderr, on one line, what went wrong and end with exit code 2."""
    typer.echo(printable(" ".join(message.splitlines())), err=True)
    raise typer.Exit(TROUBLE)


def print_json(value: DataclassInstance | list[Any] | Mapping[str, object]) -> None:
    """Print a dataclass, or a list or mapping of what JSON knows, as UTF-8 whatever the locale."""
    plain = value if isinstance(value, (list, Mapping)) else asdict(value)
    typer.echo(json.dumps(plain, ensure_ascii=False, indent=2).encode("utf-8", "backslashreplace"))


def console() -> Console:
    """Return a console for stdout; as wide as the terminal, or wide enough for files and pipes."""
    from rich.console import Console  # noqa: PLC0415 - a tenth of a second, which JSON need not wait.

    return Console(markup=False, highlight=False, width=None if sys.stdout.isatty() else _WIDE)


@contextmanager
def progress_bar() -> Iterator[Progress]:
    """Lend a progress that draws bars on stderr when that is a terminal, and is quiet otherwise."""
    from rich.console import Console  # noqa: PLC0415 - as above.
    from rich.progress import MofNCompleteColumn, TextColumn, TimeRemainingColumn  # noqa: PLC0415
    from rich.progress import Progress as Bars  # noqa: PLC0415

    err = Console(stderr=True)
    name = TextColumn("{task.fields[detail]}", markup=False)
    columns = (*Bars.get_default_columns()[:2], MofNCompleteColumn(), TimeRemainingColumn(), name)
    with Bars(*columns, console=err, disable=not err.is_terminal, transient=True) as bars:
        tasks: dict[str, Any] = {}

        def show(stage: str, done: int, total: int, detail: str = "", /) -> None:
            if stage not in tasks:
                tasks[stage] = bars.add_task(stage, total=total, detail="")
            # What stands in the name of a file must not steer the terminal.
            shown = "".join(char if char.isprintable() else "?" for char in detail[-_NAME:])
            bars.update(tasks[stage], completed=done, total=total, detail=shown)

        yield show
