"""Fitbit's and Google Health's export."""
