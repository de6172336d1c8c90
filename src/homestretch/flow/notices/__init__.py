"""Notices on their way to people: channels, when something is sent, and the sending."""
