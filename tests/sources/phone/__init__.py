"""Apps of a phone."""
