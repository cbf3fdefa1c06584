"""Everything that reads transcripts and writes an index of them."""
