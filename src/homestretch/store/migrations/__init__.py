"""Alembic migrations of the kept tables."""
