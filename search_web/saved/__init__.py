"""Saved searches: a search with a name, what is new in it, and a feed of that."""
