"""Tests of notices on their way to people."""
