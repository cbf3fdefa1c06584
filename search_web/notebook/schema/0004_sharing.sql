-- Who owns a collection and a saved search: the id of an account, NULL for what is the team's. A collection is private to
-- its owner or the team's to read; what nobody owns cannot be private. Names are taken once an owner.
ALTER TABLE collections ADD COLUMN owner TEXT;
ALTER TABLE collections ADD COLUMN visibility TEXT NOT NULL DEFAULT 'team'
    CHECK (visibility = 'team' OR (visibility = 'private' AND owner IS NOT NULL));
DROP INDEX collections_by_name;
CREATE UNIQUE INDEX collections_by_name ON collections (coalesce(owner, ''), name) WHERE removed_at IS NULL;

ALTER TABLE saved_searches ADD COLUMN owner TEXT;
DROP INDEX saved_searches_by_name;
CREATE UNIQUE INDEX saved_searches_by_name ON saved_searches (coalesce(owner, ''), name) WHERE removed_at IS NULL;

-- The account that made a change, NULL for the local user.
ALTER TABLE changes ADD COLUMN made_by TEXT;

-- Addresses by which anybody reads one collection, or follows one saved search. `digest` is the SHA-256 of the secret in the
-- address, which is kept nowhere; `hint` is its end, by which people tell their links apart.
CREATE TABLE links (
    id TEXT PRIMARY KEY,
    digest TEXT NOT NULL UNIQUE,
    hint TEXT NOT NULL,
    collection_id TEXT REFERENCES collections (id),
    search_id TEXT REFERENCES saved_searches (id),
    made_by TEXT,
    created_at TEXT NOT NULL,
    expires_at TEXT,
    revoked_at TEXT,
    CHECK ((collection_id IS NULL) != (search_id IS NULL))
) STRICT;
CREATE INDEX links_by_collection ON links (collection_id);
CREATE INDEX links_by_search ON links (search_id);
