"""Metrics, curves and best efforts of activities: what is stale is computed again and kept."""
