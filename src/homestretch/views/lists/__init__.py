"""Which activities a list shows, and in which order."""
