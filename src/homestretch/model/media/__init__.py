"""What photos of activities are."""
