"""Nights and heart rate variability."""
