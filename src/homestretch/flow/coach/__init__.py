"""What changes rules, plans and workouts."""
