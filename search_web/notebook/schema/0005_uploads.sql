-- Files that were uploaded, and the queue of what is to be done with them. Times are UTC in ISO 8601.
-- `stated` (what people say of the file), `summary` and `reading` (what was understood of it) and `trouble` are JSON.
-- `stage`, `done` and `total` tell how far the work on it has come. `attempts` counts how often that work was cut off.
-- `owner` is the user who sent it, NULL where there were no accounts.
CREATE TABLE uploads (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    size INTEGER NOT NULL,
    digest TEXT NOT NULL,
    state TEXT NOT NULL,
    owner TEXT,
    stated TEXT NOT NULL,
    summary TEXT,
    reading TEXT,
    trouble TEXT,
    transcript_id TEXT,
    stage TEXT NOT NULL,
    done INTEGER NOT NULL,
    total INTEGER NOT NULL,
    attempts INTEGER NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    version INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX uploads_by_digest ON uploads (digest);
CREATE INDEX uploads_by_state ON uploads (state, created_at);
