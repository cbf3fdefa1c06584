"""Everything that searches an index and shows what was found."""
