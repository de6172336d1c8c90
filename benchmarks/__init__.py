"""Benchmarks: what the house holds, measured beside its peers in one run."""
