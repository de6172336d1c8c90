"""What sinks are sent, and how they stand."""
