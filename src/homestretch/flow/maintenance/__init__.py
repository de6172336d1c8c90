"""Backup, restore, recovery after a crash, and reminders."""
