"""Answers for one page that several nouns give to."""
