"""One module a format: a collection and its entries in, the bytes of a file out."""
