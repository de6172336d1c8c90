"""Gear here and at the sources."""
