"""Lines and tiles on the sphere."""
