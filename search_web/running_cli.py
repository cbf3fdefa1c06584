"""The commands that keep Yuanhua running: serve, backup, restore; and the file of settings, which all commands heed."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from indexer.cli import IndexOption, JsonOption, StoreOption, UriOption, main_guard, print_json
from indexer.cli.output import printable
from indexer.settings import STORE
from search_web import settings
from search_web.access_cli.options import (
    AddressRateLimitOption,
    ForwardedOption,
    RateLimitOption,
    SignInRateLimitOption,
    TrustedHostOption,
)
from search_web.filter_options import GlossaryOption
from search_web.quotes_cli.options import NotebookOption
from search_web.serving.options import LogFormat, ServeOptions

ConfigOption = Annotated[
    Path | None,
    typer.Option(settings.CONFIG.option, envvar=settings.CONFIG.environment, help=settings.CONFIG.help, metavar="FILE"),
]
HostOption = Annotated[
    str, typer.Option(settings.HOST.option, envvar=settings.HOST.environment, help=settings.HOST.help)
]
PortOption = Annotated[
    int,
    typer.Option(settings.PORT.option, envvar=settings.PORT.environment, help=settings.PORT.help, min=0, max=65535),
]
WorkersOption = Annotated[
    int,
    typer.Option(
        settings.SERVER_WORKERS.option,
        envvar=settings.SERVER_WORKERS.environment,
        help=settings.SERVER_WORKERS.help,
        min=1,
        max=256,
    ),
]
ThreadsOption = Annotated[
    int,
    typer.Option(
        settings.THREADS.option, envvar=settings.THREADS.environment, help=settings.THREADS.help, min=1, max=512
    ),
]
LibraryOption = Annotated[
    Path | None,
    typer.Option(
        settings.LIBRARY.option, envvar=settings.LIBRARY.environment, help=settings.LIBRARY.help, metavar="DIR"
    ),
]
MetricsOption = Annotated[
    bool, typer.Option(settings.METRICS.option, envvar=settings.METRICS.environment, help=settings.METRICS.help)
]
LogFormatOption = Annotated[
    LogFormat,
    typer.Option(settings.LOG_FORMAT.option, envvar=settings.LOG_FORMAT.environment, help=settings.LOG_FORMAT.help),
]
LogQueriesOption = Annotated[
    bool,
    typer.Option(settings.LOG_QUERIES.option, envvar=settings.LOG_QUERIES.environment, help=settings.LOG_QUERIES.help),
]
ForceOption = Annotated[bool, typer.Option(settings.FORCE.option, help=settings.FORCE.help)]


def register(app: typer.Typer) -> None:
    """Add the option --config and the commands serve, backup and restore."""
    app.callback()(heed_settings)
    app.command("serve")(serve)
    app.command("backup")(backup)
    app.command("restore")(restore)


def _print_version(asked: bool) -> None:  # noqa: FBT001 - Typer gives it by place.
    if asked:
        from importlib.metadata import version

        typer.echo(f"yuanhua {version('yuanhua')}")
        raise typer.Exit


def heed_settings(
    context: typer.Context,
    *,
    config: ConfigOption = None,
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version and end.")
    ] = False,
) -> None:
    """Find what was actually said: search over transcripts of calls and meetings."""
    del version
    if config is None:
        return
    from search_web.settings_file import default_map, read_settings

    with main_guard():
        context.default_map = default_map(context.command, read_settings(config))


def serve(
    *,
    index: IndexOption,
    store: StoreOption = STORE.default,
    uri: UriOption = None,
    host: HostOption = settings.HOST.default,
    port: PortOption = int(settings.PORT.default),
    workers: WorkersOption = int(settings.SERVER_WORKERS.default),
    threads: ThreadsOption = int(settings.THREADS.default),
    metrics: MetricsOption = False,
    log_format: LogFormatOption = LogFormat.TEXT,
    log_queries: LogQueriesOption = False,
    glossary: GlossaryOption = None,
    notebook: NotebookOption = None,
    library: LibraryOption = None,
    trusted_host: TrustedHostOption = None,
    forwarded: ForwardedOption = int(settings.FORWARDED.default),
    rate_limit: RateLimitOption = settings.RATE_LIMIT.default,
    address_rate_limit: AddressRateLimitOption = settings.ADDRESS_RATE_LIMIT.default,
    sign_in_rate_limit: SignInRateLimitOption = settings.SIGN_IN_RATE_LIMIT.default,
    dev: Annotated[bool, typer.Option(settings.DEV.option, help=settings.DEV.help)] = False,
) -> None:
    """Serve the search page and the JSON API."""
    from indexer.stores.opening import milvus_address

    with main_guard():
        address = milvus_address(store, uri)
    options = ServeOptions(
        index=index,
        address=address,
        glossaries=tuple(glossary or ()),
        notebook=notebook,
        host=host,
        port=port,
        workers=workers,
        threads=threads,
        metrics=metrics,
        log_format=log_format,
        log_queries=log_queries,
        library=library,
        trusted_hosts=tuple(trusted_host or ()),
        forwarded=forwarded,
        rate_limit=rate_limit,
        address_rate_limit=address_rate_limit,
        sign_in_rate_limit=sign_in_rate_limit,
    )
    with main_guard():
        from indexer.stores.generations import current_name
        from search_web.serving.admission import check_admission

        check_admission(options)
        if dev:
            from search_web.serving.development import serve as run
        else:
            from search_web.serving.granian_server import serve as run

            if address is None:
                # Where there is no index, workers would only log that each by itself.
                current_name(index)
        run(options, lambda url: typer.echo(f"Yuanhua answers at {url} (stop with Ctrl-C)"))


@main_guard()
def backup(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The file to write, a tar archive.")],
    *,
    index: IndexOption,
    notebook: NotebookOption = None,
    library: LibraryOption = None,
    force: ForceOption = False,
    as_json: JsonOption = False,
) -> None:
    """Write the index, the notebook and the uploaded files into one file, also while they are used and written."""
    from search_web.backup import write_backup

    kept_in, shelf = notebook or settings.notebook_file(index), settings.library_folder(index, library)
    made = write_backup(file, index, kept_in, shelf, force=force)
    if as_json:
        print_json(made)
        return
    kept = "the notebook" if made.notebook else "no notebook (there is none yet)"
    typer.echo(
        f"{file}: generation {made.generation} ({made.passages} passages), {kept} and {_uploads(made.uploads)},"
        f" {made.size:,} bytes"
    )
    _warn_of_missing(made.missing, "the library does not have these uploads of the notebook")


@main_guard()
def restore(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="What `yuanhua backup` wrote.")],
    *,
    index: IndexOption,
    notebook: NotebookOption = None,
    library: LibraryOption = None,
    force: ForceOption = False,
    as_json: JsonOption = False,
) -> None:
    """Check a backup and put its index, notebook and uploaded files back, also while a server is running.

    Everybody has to sign in again. Tokens and links are valid as they were when the backup was made.
    """
    from search_web.access_cli.witnessing import witness_of
    from search_web.restoring import restore_backup

    kept_in, shelf = notebook or settings.notebook_file(index), settings.library_folder(index, library)
    witness = witness_of("restore", file.name)
    made = restore_backup(file, index, kept_in, shelf, force=force, witness=witness)
    if as_json:
        print_json(made)
        return
    kept = f", the notebook and {_uploads(made.uploads)}" if made.notebook else ""
    typer.echo(f"{index}: generation {made.generation} ({made.passages} passages){kept} put back from {file}")
    if made.notebook:
        typer.echo(
            "All sessions are over. Tokens and links are valid as when the backup was made: revoke what should not be"
        )
    _warn_of_missing(made.missing, "these uploads of the notebook came back without their files")


def _uploads(number: int) -> str:
    return f"{number} uploaded file" if number == 1 else f"{number} uploaded files"


def _warn_of_missing(names: tuple[str, ...], what: str) -> None:
    if names:
        typer.echo(f"Warning: {what}: {', '.join(map(printable, names))}", err=True)
