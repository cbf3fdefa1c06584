"""Quote collections: what was said, kept with its exact source and verified against the index."""
