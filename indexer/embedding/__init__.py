"""Texts to vectors, each model behind the same Embedder."""
