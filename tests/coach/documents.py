"""Reads sessions and rules from the specification's vectors, which leave out what is usual."""

from typing import Any

from homestretch.model.coach.rule import Rule
from homestretch.model.coach.session import Session


def session_of(given: dict[str, Any]) -> Session:
    """Return a session of a vector."""
    fields: dict[str, Any] = {**given, "load": float(given["load"])}
    return Session(**fields)


def rule_of(given: dict[str, Any]) -> Rule:
    """Return a rule of a vector."""
    return Rule(**given)
