"""Sessions, states and rules for tests, from JSON and from Hypothesis."""

import json
from pathlib import Path
from typing import Any

from homestretch.coach.checking.state import Marker, State
from homestretch.model.coach.rule import Rule, Violation
from homestretch.model.coach.session import Session

VECTORS: dict[str, Any] = json.loads((Path(__file__).parents[1] / "vectors" / "rules.json").read_text())


def session(**given: Any) -> Session:
    return Session(**{"load": 0.0, "sport": "ride", "minutes": 60, **given})


def rule(kind: str, params: dict[str, Any], **given: Any) -> Rule:
    return Rule(**{"id": "r", "severity": "must", **given}, kind=kind, params=params)


def state(given: dict[str, Any]) -> State:
    markers = tuple(Marker(one["kind"], one["from"], one["to"], one.get("area")) for one in given.pop("markers", ()))
    history = tuple(session(**one) for one in given.pop("history", ()))
    return State(**given, markers=markers, history=history)


def document(violation: Violation) -> dict[str, Any]:
    sessions, limit = list(violation.sessions), violation.limit
    return {
        "rule": violation.rule, "severity": violation.severity, "day": violation.day, "value": violation.value,
        "limit": list(limit) if isinstance(limit, tuple) else limit, "sessions": sessions, "text": violation.text,
    }  # fmt: skip
