"""Accounts, athletes and tokens."""
