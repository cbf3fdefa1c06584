"""The notebook: one SQLite file for what users keep, apart from the index, so that indexing never touches it."""
