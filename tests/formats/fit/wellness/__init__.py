"""Wellness in FIT files."""
