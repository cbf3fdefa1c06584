"""Compiles the catalogues of the interface when the project is built or installed to be edited."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CataloguesHook(BuildHookInterface[Any]):
    """Puts a .mo beside each .po; `artifacts` in pyproject.toml takes them along."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002 - The interface of hatchling.
        """Compile before the files are gathered."""
        sys.path.insert(0, self.root)
        try:
            from search_web.web.catalogues import compile_catalogues  # noqa: PLC0415 - It is found by the line above.

            compile_catalogues(Path(self.root) / "search_web" / "web" / "translations")
        finally:
            sys.path.remove(self.root)
