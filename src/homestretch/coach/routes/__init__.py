"""Planned routes: their ground, sections, and how long they take."""
