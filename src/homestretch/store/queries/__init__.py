"""Reads and writes rows, one file per noun."""
