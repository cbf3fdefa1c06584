"""Bytes to pages of lines, one module a format."""
