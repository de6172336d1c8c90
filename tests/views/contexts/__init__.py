"""Contexts for language models."""
