"""Asks for activities whose best efforts and figures nobody refuses as records."""

from sqlalchemy import ColumnElement, literal

from homestretch.store.tables.derived import activities


def not_refused(name: str | ColumnElement[str]) -> ColumnElement[bool]:
    """Return the condition that nobody refuses an activity's best efforts of a kind, or a figure, by name or column."""
    named = literal("% ").concat(name).concat(" %")
    return activities.c.refused.not_like(named)
