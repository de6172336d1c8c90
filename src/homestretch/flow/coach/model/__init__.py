"""Asks a language model for the athlete: within a budget, after an agreement, with a record of every call."""
