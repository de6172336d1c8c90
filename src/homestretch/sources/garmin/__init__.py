"""Garmin Connect: a person's own account at Garmin, through the interface that its apps use."""
