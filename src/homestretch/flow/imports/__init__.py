"""Files that are uploaded or named: received, opened, decoded, committed."""
