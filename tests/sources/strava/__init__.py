"""Strava by its interface, against a fake made from the published schema."""
