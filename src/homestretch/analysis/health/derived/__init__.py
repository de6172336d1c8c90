"""Metrics of a day, a family of them in each file."""
