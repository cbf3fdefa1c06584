"""Any model of the library sentence-transformers, by name or by folder. Owns that library and its hub's.

A model's own prompts are used where it has them; models of the E5 family without them get the prefixes that
they were trained with. The library takes seconds to import, so everything of it waits for the first use.

What changes vectors stands in the name of the embedder and in its digest: the model, and the variant of `model_choice`.
The device changes none, but for the last digits of a number.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from functools import cached_property
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

from indexer.embedding.devices import CPU, chosen_devices
from indexer.embedding.encoders import Encoders
from indexer.embedding.model_choice import model_choice
from indexer.embedding.plain import plain
from indexer.errors import ModelUnavailableError
from indexer.settings import DEVICE, embedding_device

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from indexer.embedding.model_choice import ModelChoice

# Counts up whenever a text is prepared differently, so that older vectors are known as such.
RECIPE = 1

HUB_PATIENCE = 10.0
"""Seconds to wait for a model hub to answer."""

_PACKAGES = {"onnx": "optimum.onnxruntime", "openvino": "optimum.intel"}

# The instruct models of the family take sentences instead of prefixes, and bring them as prompts.
_E5 = re.compile(r"(^|[-_.])e5([-_.]|$)(?!.*instruct)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Model:
    """A loaded SentenceTransformer in copies, the digest of what it was loaded from, and the length of its vectors."""

    encoders: Encoders
    digest: str
    dimension: int
    e5_prefixes: bool


class SentenceTransformersEmbedder:
    """Embeds passages and queries with one model, on the device that is asked for. One serves many threads."""

    embeds_sentences = False

    def __init__(self, model: str, device: str = "") -> None:
        """Take the name of a model, such as "intfloat/multilingual-e5-small", or a folder that holds one.

        A variant may follow, as `model_choice` reads it. `device` is as in the setting, which is taken where it is
        empty.
        """
        if find_spec("sentence_transformers") is None:
            raise ModelUnavailableError(
                "the package 'sentence-transformers' is not installed",
                where=f"sentence-transformers:{model}",
                mend="Install it: pip install 'yuanhua[sentence-transformers]'",
            )
        self.name = f"sentence-transformers:{model}"
        self._choice = model_choice(model)
        self._device = device or embedding_device()
        self._loading = Lock()

    @property
    def dimension(self) -> int:
        """The length of a vector, as the model says."""
        return self._loaded().dimension

    @property
    def digest(self) -> str:
        """A digest of the files of a folder, or the name and revision of a model of a hub; and the variant."""
        return self._loaded().digest

    def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return the vectors of passages, shape (len(texts), dimension)."""
        return self._encode("encode_document", "passage: ", texts)

    def embed_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return the vectors of queries, shape (len(texts), dimension)."""
        return self._encode("encode_query", "query: ", texts)

    def _encode(self, method: str, e5_prefix: str, texts: Sequence[str]) -> NDArray[np.float32]:
        model = self._loaded()
        prompt = e5_prefix if model.e5_prefixes else None
        try:
            return model.encoders.encode(method, prompt, [plain(text) for text in texts], model.dimension)
        except RuntimeError as error:
            raise ModelUnavailableError(
                f"the model broke on {self._device} ({_first_line(error)})",
                where=self.name,
                mend=f"Where memory was short, use another device: {DEVICE.option} {CPU}",
            ) from error

    def _loaded(self) -> _Model:
        with self._loading:
            return self._model

    @cached_property
    def _model(self) -> _Model:
        choice = self._choice
        folder = Path(choice.source).expanduser()
        try:
            devices = chosen_devices(self._device)
        except (ImportError, OSError) as error:
            raise _unloadable(error, self.name) from error
        if folder.is_dir():
            library, content = _load(choice, devices[0], self.name), _folder_digest(folder)
        else:
            revision, cached = _revision(choice.source, self.name)
            library = _load(choice, devices[0], self.name, revision=revision, local_files_only=cached)
            content = f"{choice.source}@{revision}"
        dimension = len(library.encode("", show_progress_bar=False))
        digest = ".".join(filter(None, (content, str(RECIPE), choice.variant)))
        prefixes = bool(_E5.search(Path(choice.source).name)) and not any(library.prompts.values())
        return _Model(Encoders(library, devices, sharing=choice.backend == "torch"), digest, dimension, prefixes)


def _load(
    choice: ModelChoice, device: str, name: str, *, revision: str | None = None, local_files_only: bool = True
) -> Any:  # noqa: ANN401 (the library has no types)
    """Load a model.

    Raises ModelUnavailableError when there is none that the library understands.
    """
    source = str(Path(choice.source).expanduser()) if revision is None else choice.source
    try:
        library = import_module("sentence_transformers")
        import_module("transformers.utils.logging").disable_progress_bar()
        if choice.backend != "torch":
            # The library says so with a bare Exception, and only after it has begun to load.
            import_module(_PACKAGES[choice.backend])
        return library.SentenceTransformer(
            source,
            device=device,
            backend=choice.backend,
            revision=revision,
            local_files_only=local_files_only,
            model_kwargs={"dtype": choice.precision} if choice.precision else None,
        )
    except ModuleNotFoundError as error:
        if choice.backend != "torch":
            raise ModelUnavailableError(
                f"the backend '{choice.backend}' needs the package '{_PACKAGES[choice.backend]}'",
                where=name,
                mend=f"Install it: pip install 'sentence-transformers[{choice.backend}]'",
            ) from error
        raise _unloadable(error, name) from error
    except (ImportError, OSError, ValueError, RuntimeError, KeyError) as error:
        raise _unloadable(error, name) from error


def _unloadable(error: Exception, name: str) -> ModelUnavailableError:
    return ModelUnavailableError(
        f"the model cannot be loaded ({_first_line(error)})",
        where=name,
        mend="Give a folder that SentenceTransformer.save wrote, or the name of a model of that library.",
    )


def _revision(model: str, name: str) -> tuple[str, bool]:
    """Return the revision of a named model, and whether it lies in the cache of this machine.

    Raises ModelUnavailableError when it is neither there nor known to a hub that can be reached.
    """
    hub = import_module("huggingface_hub")
    errors = import_module("huggingface_hub.errors")
    try:
        config = hub.try_to_load_from_cache(model, "config.json")
        if isinstance(config, str):
            return Path(config).parent.name, True
        # Asked before anything is loaded: the library itself tries again and again, for more than a minute.
        return str(hub.HfApi().model_info(model, timeout=HUB_PATIENCE).sha), False
    except errors.HFValidationError as error:
        reason, mend = "this is neither a folder nor the name of a model", "Give the folder of a model."
        raise ModelUnavailableError(reason, where=name, mend=mend) from error
    except errors.HfHubHTTPError as error:
        reason = f"the model hub does not give out such a model ({_first_line(error)})"
        raise ModelUnavailableError(reason, where=name, mend="Check the name, or give a folder.") from error
    except Exception as error:
        raise ModelUnavailableError(
            "the model is no folder here, and no model hub could be reached",
            where=name,
            mend="Give the folder of a model instead: sentence-transformers:FOLDER",
        ) from error


def _folder_digest(folder: Path) -> str:
    """Return the SHA-256 over the files of a model that can change a vector, with their names."""
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.name.startswith(".") and path.suffix.lower() != ".md":
            with path.open("rb") as file:
                content = hashlib.file_digest(file, "sha256").hexdigest()
            digest.update(f"{path.relative_to(folder).as_posix()}\n{content}\n".encode())
    return digest.hexdigest()


def _first_line(error: Exception) -> str:
    return next(iter(str(error).strip().splitlines()), type(error).__name__)
