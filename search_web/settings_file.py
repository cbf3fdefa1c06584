"""A file of settings in TOML: what it holds becomes the defaults of the options that the environment does not set."""

from __future__ import annotations

import difflib
import tomllib
from typing import TYPE_CHECKING, Any

from indexer.errors import SettingsError
from search_web.settings import CONFIG, SETTINGS

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_KEYS = {setting.key: setting for setting in SETTINGS if setting.key and setting is not CONFIG}


def read_settings(path: Path) -> dict[str, str | list[str]]:
    """Return the settings of a file by the environment variable that each stands for.

    Raises SettingsError for a file that cannot be read, for a key that is no setting, and for a value that is none.
    """
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        mend = "Name another with --config"
        raise SettingsError(f"cannot be read ({error.strerror})", where=str(path), mend=mend) from error
    except ValueError as error:
        mend = 'Write lines such as: port = 8000, or: host = "127.0.0.1"'
        raise SettingsError(f"this is no TOML ({error})", where=str(path), mend=mend) from error
    return {_environment(key, path): _value(key, value, path) for key, value in found.items()}


def default_map(command: object, settings: Mapping[str, str | list[str]]) -> dict[str, Any]:
    """Return the defaults for a command and those below it, as Click takes them: an option and the environment win.

    `command` is one of Click or of the Click that Typer carries along. Raises SettingsError for a list where an option
    takes one value.
    """
    defaults: dict[str, Any] = {
        parameter.name: _for_option(settings[parameter.envvar], parameter.envvar, several=parameter.multiple)
        for parameter in getattr(command, "params", ())
        if isinstance(parameter.envvar, str) and parameter.envvar in settings
    }
    for name, below in getattr(command, "commands", {}).items():
        if more := default_map(below, settings):
            defaults[name] = more
    return defaults


def _for_option(value: str | list[str], environment: str, *, several: bool) -> str | list[str]:
    if several:
        return [value] if isinstance(value, str) else value
    if isinstance(value, list):
        (key,) = (setting.key for setting in SETTINGS if setting.environment == environment)
        raise SettingsError(f"{key} takes one value", where=CONFIG.option, mend="Give a text instead of a list")
    return value


def _environment(key: str, path: Path) -> str:
    setting = _KEYS.get(key)
    if setting is None or setting.environment is None:
        near = difflib.get_close_matches(key, list(map(str, _KEYS)), n=1)
        mend = f"Did you mean {near[0]}?" if near else f"There are: {', '.join(sorted(map(str, _KEYS)))}"
        raise SettingsError(f"no setting is called '{key}'", where=str(path), mend=mend)
    return setting.environment


def _value(key: str, value: object, path: Path) -> str | list[str]:
    match value:
        case bool():
            return "true" if value else "false"
        case int() | str():
            return str(value)
        case list() if all(isinstance(one, str) for one in value):
            return list(value)
    mend = "Give a text, a whole number, true or false, or a list of texts"
    raise SettingsError(f"{key} has no such value", where=str(path), mend=mend)
