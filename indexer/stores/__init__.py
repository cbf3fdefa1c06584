"""The index on disk; each module both writes and reads its part."""
