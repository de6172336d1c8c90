"""Connections to providers and their syncs: listed, planned, fetched, backed off."""
