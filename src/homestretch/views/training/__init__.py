"""Fitness, records, curves and thresholds."""
