"""Homestretch: the self-hosted home of an athlete's training and health data."""

__version__ = "0.1.0"
