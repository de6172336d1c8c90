"""Wellness in FIT files: what a watch, scale or cuff measured of days and nights."""
