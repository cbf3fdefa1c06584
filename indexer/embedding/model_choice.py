"""What a user writes after `sentence-transformers:`: a model, and how it is run where that changes its vectors."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from indexer.errors import UnknownEmbedderError

PRECISIONS = ("float32", "float16", "bfloat16")
BACKENDS = ("onnx", "openvino")
_MARK = "#"


@dataclass(frozen=True, slots=True)
class ModelChoice:
    """A model by name or folder, the precision of its numbers, and the library that runs it.

    `precision` is empty where the model's files say it, `backend` is "torch" where nothing else was asked for.
    """

    source: str
    precision: str = ""
    backend: str = "torch"

    @property
    def variant(self) -> str:
        """What is written after the mark; empty where the model is taken as it comes."""
        return self.precision or (self.backend if self.backend in BACKENDS else "")


def model_choice(written: str) -> ModelChoice:
    """Return what NAME-OR-FOLDER or NAME-OR-FOLDER#VARIANT asks for. A folder may have the mark in its name.

    Raises UnknownEmbedderError for a variant that there is not.
    """
    source, mark, variant = written.rpartition(_MARK)
    if not mark or Path(written).expanduser().is_dir():
        return ModelChoice(written)
    if variant in PRECISIONS:
        return ModelChoice(source, precision=variant)
    if variant in BACKENDS:
        return ModelChoice(source, backend=variant)
    raise UnknownEmbedderError(
        f"no variant of a model is called '{variant}'",
        where=f"sentence-transformers:{written}",
        mend=f"There are: {', '.join(_MARK + name for name in (*PRECISIONS, *BACKENDS))}.",
    )
