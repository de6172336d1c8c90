"""Texts of the coach, and conversations with it, as pages show them."""
