"""Connections, their coverage and log, and proposed changes."""
