"""The shape of a whole transcript as JSON: the Transcript of the indexer itself, as its codec writes it."""

from __future__ import annotations

from indexer.model import Transcript

WholeTranscript = Transcript
