"""Planned routes: what they are like, how long they take, and as files."""
