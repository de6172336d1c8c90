"""Somewhere."""
