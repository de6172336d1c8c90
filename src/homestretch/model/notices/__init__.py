"""Notices: what they can be about, and when one is sent."""
