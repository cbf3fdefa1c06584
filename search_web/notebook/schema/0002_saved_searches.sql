-- Searches that were given a name. `arguments` is JSON: a list of [name, value], as in the address of the search.
-- What came into the index after seen_at is new.
CREATE TABLE saved_searches (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    arguments TEXT NOT NULL,
    created_at TEXT NOT NULL,
    seen_at TEXT NOT NULL,
    version INTEGER NOT NULL,
    removed_at TEXT
) STRICT;
CREATE UNIQUE INDEX saved_searches_by_name ON saved_searches (name) WHERE removed_at IS NULL;

-- When each text of a transcript was first met. A file that was parsed anew has the same text; one that changed, another.
CREATE TABLE arrivals (
    transcript_id TEXT NOT NULL,
    source_digest TEXT NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (transcript_id, source_digest)
) STRICT, WITHOUT ROWID;
