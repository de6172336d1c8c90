"""Texts of the coach: asked for, written by a model or by code, and what they suggest decided."""
