-- Names are taken once an owner, among what is private and among what the team sees: whoever renames what the team sees
-- must not be told by a refusal what its owner has beside it in private.
DROP INDEX collections_by_name;
CREATE UNIQUE INDEX collections_by_name ON collections (coalesce(owner, ''), visibility, name) WHERE removed_at IS NULL;
