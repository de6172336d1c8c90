"""Workouts: the language of their steps, the templates, and the load that they cost."""
