"""Texts of the coach."""
