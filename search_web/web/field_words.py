"""What the docstrings under the fields of a class say, those of the classes that it was made from among them.

Pydantic reads the docstrings of a class, but not those of fields that another class hands on to it.
"""

from __future__ import annotations

import ast
import inspect
import textwrap
from dataclasses import is_dataclass
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any, get_args, get_type_hints

from typing_extensions import get_original_bases, is_typeddict

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


def add_field_words(definitions: dict[str, Any], types: Iterable[Any]) -> None:
    """Describe the fields in definitions of types, and of all that these are made of, that nothing describes yet."""
    found: set[Any] = set()
    for each in types:
        _gather(each, found)
    for each in found:
        long = f"{each.__module__}.{each.__qualname__}".replace(".", "__")
        properties = definitions.get(long, definitions.get(each.__name__, {})).get("properties", {})
        for name, words in _field_words(each).items():
            if name in properties:
                properties[name].setdefault("description", words)


def _gather(told: Any, found: set[Any]) -> None:  # noqa: ANN401 - any type.
    if told in found:
        return
    if is_typeddict(told) or (isinstance(told, type) and is_dataclass(told)):
        found.add(told)
        for each in get_type_hints(told, include_extras=True).values():
            _gather(each, found)
    for each in get_args(told):
        if not isinstance(each, (str, int)):
            _gather(each, found)


@cache
def _field_words(described: type) -> Mapping[str, str]:
    words: dict[str, str] = {}
    for base in get_original_bases(described):
        if isinstance(base, type) and (is_typeddict(base) or is_dataclass(base)):
            words |= _field_words(base)
    (tree,) = ast.parse(textwrap.dedent(inspect.getsource(described))).body
    body = tree.body if isinstance(tree, ast.ClassDef) else []
    for field, below in pairwise(body):
        match field, below:
            case ast.AnnAssign(target=ast.Name(id=name)), ast.Expr(value=ast.Constant(value=str(said))):
                words[name] = inspect.cleandoc(said)
    return words
