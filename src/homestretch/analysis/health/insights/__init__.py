"""The questions that are asked of an athlete's days, fixed beforehand; one theme in each file."""
