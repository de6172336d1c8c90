"""Health as it is shown."""
