"""Queries to ranked passages, without any web framework."""
