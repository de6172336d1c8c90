"""Arrays in, numbers out: the clean time axis, distance, elevation, moving time, geometry, and what they add up to."""
