"""Models of sentence-transformers on a device, in a precision, and on all cores."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.embedding import create_embedder
from indexer.embedding.encoders import Encoders
from indexer.embedding.model_choice import ModelChoice, model_choice
from indexer.embedding.parallel import batches_by_length
from indexer.errors import ModelUnavailableError, UnknownEmbedderError

TEXTS = [f"In quarter {number} revenue grew {'and grew ' * (number % 17)}by {number} percent." for number in range(40)]


def test_a_variant_stands_after_the_name_or_folder(tmp_path: Path) -> None:
    assert model_choice("some/model") == ModelChoice("some/model")
    assert model_choice("some/model#bfloat16") == ModelChoice("some/model", precision="bfloat16")
    assert model_choice("some/model#onnx") == ModelChoice("some/model", backend="onnx")
    (tmp_path / "model#2").mkdir()
    assert model_choice(f"{tmp_path}/model#2").source == f"{tmp_path}/model#2"
    with pytest.raises(UnknownEmbedderError, match=r"'float8'.*#float32, #float16, #bfloat16, #onnx, #openvino"):
        model_choice("some/model#float8")


@given(st.lists(st.text(max_size=50), max_size=60), st.integers(1, 9), st.integers(1, 200))
def test_each_text_is_in_one_batch_with_texts_of_its_length(texts: list[str], most: int, characters: int) -> None:
    batches = batches_by_length(texts, most=most, characters=characters)
    assert sorted(place for batch in batches for place in batch) == list(range(len(texts)))
    lengths = [[len(texts[place]) for place in batch] for batch in batches]
    assert [length for batch in lengths for length in batch] == sorted(map(len, texts), reverse=True)
    assert all(len(batch) <= most and (len(batch) == 1 or batch[0] * len(batch) <= characters) for batch in lengths)


def test_a_device_that_is_not_here_is_named_with_those_that_are(
    minilm_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = f"sentence-transformers:{minilm_folder}"
    with pytest.raises(ModelUnavailableError, match=r"--device: torch has no device 'cuda:99' here.*auto.*cpu"):
        create_embedder(name, device="cpu,cuda:99").embed_queries(["x"])
    monkeypatch.setenv("YUANHUA_DEVICE", "tpu")
    with pytest.raises(ModelUnavailableError, match="no device 'tpu'"):
        create_embedder(name).embed_queries(["x"])


def test_copies_on_all_cores_give_the_vectors_that_one_gives(
    minilm_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    embedder = create_embedder(f"sentence-transformers:{minilm_folder}", device="cpu")
    alone = np.concatenate([embedder.embed_passages([text]) for text in TEXTS[::8]])
    threads = import_module("torch").get_num_threads()
    monkeypatch.setattr("indexer.embedding.encoders.usable_cores", lambda: 3)
    assert embedder.embed_passages(TEXTS)[::8] == pytest.approx(alone, abs=1e-5)
    assert import_module("torch").get_num_threads() == threads


def test_several_devices_have_a_copy_each_and_give_the_same_vectors(minilm_folder: Path) -> None:
    model = import_module("sentence_transformers").SentenceTransformer(str(minilm_folder), device="cpu")
    encoders = Encoders(model, ("cpu", "cpu:0"), sharing=True)
    vectors = encoders.encode("encode_document", None, TEXTS * 4, 384)
    alone = Encoders(model, ("cpu",), sharing=False).encode("encode_document", None, TEXTS, 384)
    assert vectors == pytest.approx(np.tile(alone, (4, 1)), abs=1e-5)


def test_another_precision_is_another_model(minilm_folder: Path) -> None:
    """Its vectors are near, and its digest and its name are its own."""
    full = create_embedder(f"sentence-transformers:{minilm_folder}", device="cpu")
    half = create_embedder(f"sentence-transformers:{minilm_folder}#bfloat16", device="cpu")
    assert half.digest == f"{full.digest}.bfloat16"
    assert create_embedder(half.name).digest == half.digest
    there, here = full.embed_passages(TEXTS[:4]), half.embed_passages(TEXTS[:4])
    assert here.dtype == np.float32
    assert np.linalg.norm(here, axis=1) == pytest.approx(np.ones(4), abs=1e-5)
    assert not np.array_equal(here, there)
    assert np.min(np.sum(here * there, axis=1)) > 0.99


def test_a_backend_that_is_not_installed_is_named(minilm_folder: Path) -> None:
    if find_spec("optimum") is not None:
        pytest.skip("optimum is installed")
    with pytest.raises(ModelUnavailableError, match=r"'onnx' needs the package.*sentence-transformers\[onnx\]"):
        create_embedder(f"sentence-transformers:{minilm_folder}#onnx").embed_queries(["x"])
