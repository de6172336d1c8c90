"""Tests of who sees an athlete."""
