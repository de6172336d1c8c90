"""Tests of taking over other systems."""
