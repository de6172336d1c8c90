"""All reading: one file per question."""
