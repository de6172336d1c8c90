"""Sinks: what is sent on, and how far each one is."""
