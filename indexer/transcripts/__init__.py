"""Lines to a Transcript: layout, speakers, sections, exchanges, metadata."""
