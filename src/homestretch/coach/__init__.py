"""The coach: rules, planner, workouts, compliance. Pure: no clock, no files, no database, no language model."""
