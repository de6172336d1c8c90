"""The nouns of the coach: rules, workouts, planned sessions, plans."""
