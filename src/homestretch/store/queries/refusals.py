"""Conditions for activities whose best efforts and figures count as records."""

from sqlalchemy import ColumnElement, literal

from homestretch.store.tables.derived import activities


def not_refused(name: str | ColumnElement[str]) -> ColumnElement[bool]:
    """Return the condition that a kind of best effort, or a figure, is not refused as a record, by name or column."""
    named = literal("% ").concat(name).concat(" %")
    return activities.c.refused.not_like(named)
