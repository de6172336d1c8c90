"""Backups that make themselves: when, where, how many are kept, and whether they can be restored."""
