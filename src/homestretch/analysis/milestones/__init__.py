"""Milestones: what an athlete reaches for the first time, one file for each kind."""
