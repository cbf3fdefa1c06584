-- Accounts, and how people prove that they are theirs. Times are UTC in ISO 8601. No secret stands here: passwords are kept
-- as Argon2, those of sessions and tokens, which nobody could guess, as SHA-256.
-- Whoever was removed keeps their row, so that what they made and did still has a name. `folded` is what names are told
-- apart by.
CREATE TABLE users (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    folded TEXT NOT NULL,
    role TEXT NOT NULL,
    password TEXT NOT NULL,
    created_at TEXT NOT NULL,
    signed_in_at TEXT,
    disabled_at TEXT,
    removed_at TEXT
) STRICT;
CREATE UNIQUE INDEX users_by_name ON users (folded) WHERE removed_at IS NULL;

CREATE TABLE sessions (
    digest TEXT PRIMARY KEY,
    user_id TEXT NOT NULL REFERENCES users (id),
    created_at TEXT NOT NULL,
    seen_at TEXT NOT NULL,
    address TEXT NOT NULL,
    agent TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX sessions_by_user ON sessions (user_id);

-- `scopes` are names with a blank between; `hint` is the end of the token, by which its owner knows it again.
CREATE TABLE tokens (
    id TEXT PRIMARY KEY,
    user_id TEXT NOT NULL REFERENCES users (id),
    name TEXT NOT NULL,
    digest TEXT NOT NULL UNIQUE,
    hint TEXT NOT NULL,
    scopes TEXT NOT NULL,
    created_at TEXT NOT NULL,
    expires_at TEXT,
    used_at TEXT,
    revoked_at TEXT
) STRICT;
CREATE INDEX tokens_by_user ON tokens (user_id);

-- Sign-ins that failed in the last hour: those of names that nobody has, too.
CREATE TABLE failed_sign_ins (
    number INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    folded TEXT NOT NULL,
    address TEXT NOT NULL
) STRICT;

-- Who changed what. `user_id` is NULL for the local user of a server without accounts and for the command line;
-- `person` is their name as it was. `object` is the address of what was changed, or the name of an account or token.
CREATE TABLE audit (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    at TEXT NOT NULL,
    user_id TEXT REFERENCES users (id),
    person TEXT NOT NULL,
    action TEXT NOT NULL,
    object TEXT NOT NULL,
    address TEXT NOT NULL,
    request_id TEXT NOT NULL
) STRICT;
CREATE INDEX audit_by_user ON audit (user_id, number);
