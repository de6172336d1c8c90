"""Reads what Google Health says of days, nights and workouts."""
