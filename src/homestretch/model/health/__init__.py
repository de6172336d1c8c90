"""What devices say of days and nights."""
