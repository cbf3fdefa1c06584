"""Files that come in over the web: received, read for a look, confirmed, and worked into the index. No Flask here."""
