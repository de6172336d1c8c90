"""Immutable originals: keep bytes, read them back verified."""
