-- Collections of quotes, and every change of them. Times are UTC in ISO 8601; what has removed_at is deleted softly.
-- The application id spells "YHNB".
PRAGMA application_id = 1497910850;

CREATE TABLE collections (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    description TEXT NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    version INTEGER NOT NULL,
    removed_at TEXT
) STRICT;
CREATE UNIQUE INDEX collections_by_name ON collections (name) WHERE removed_at IS NULL;

-- `position` orders the quotes of a collection, removed ones among them, so that a restored quote stands where it stood.
-- `start` and `end` count code points of the passage; `voice`, `occasion`, `question` and `tags` are JSON.
CREATE TABLE quotes (
    id TEXT PRIMARY KEY,
    collection_id TEXT NOT NULL REFERENCES collections (id),
    position INTEGER NOT NULL,
    text TEXT NOT NULL,
    language TEXT NOT NULL,
    delivery TEXT NOT NULL,
    transcript_id TEXT NOT NULL,
    passage_id TEXT NOT NULL,
    "start" INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    source_digest TEXT NOT NULL,
    source_path TEXT NOT NULL,
    context_before TEXT NOT NULL,
    context_after TEXT NOT NULL,
    voice TEXT NOT NULL,
    occasion TEXT NOT NULL,
    question TEXT,
    url TEXT NOT NULL,
    collected_at TEXT NOT NULL,
    note TEXT NOT NULL,
    tags TEXT NOT NULL,
    version INTEGER NOT NULL,
    removed_at TEXT
) STRICT;
CREATE INDEX quotes_in_order ON quotes (collection_id, position);
CREATE INDEX quotes_by_transcript ON quotes (transcript_id);

-- `fields` is JSON: a list of [field, before, after].
CREATE TABLE changes (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    at TEXT NOT NULL,
    action TEXT NOT NULL,
    collection_id TEXT NOT NULL REFERENCES collections (id),
    quote_id TEXT REFERENCES quotes (id),
    fields TEXT NOT NULL
) STRICT;
CREATE INDEX changes_by_collection ON changes (collection_id, number);
CREATE INDEX changes_by_quote ON changes (quote_id, number);
