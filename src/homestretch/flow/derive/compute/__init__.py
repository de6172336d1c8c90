"""Computes what is measured of samples, and the fingerprints that say when it is stale."""
