"""The kinds of rules: one described file each, found by name."""
