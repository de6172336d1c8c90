"""Samples made ready: one clock, a clean axis, places, distance, moving time."""
