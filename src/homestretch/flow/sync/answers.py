"""What a person answers to the fields of a source, checked against their description."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from homestretch.errors import BadRequest
from homestretch.net.field import Field


def given(fields: Sequence[Field], answers: Mapping[str, str], home: str) -> dict[str, str]:
    """Return the answers to fields of a sign-in, with defaults; `home` is our own address. Raises BadRequest."""
    found = {}
    for one in fields:
        said = answers.get(one.key) or one.default
        if one.required and not said:
            raise BadRequest(reason=f"{one.title} is missing.")
        if one.kind == "callback" and said and said.startswith("/"):
            said = home + said
        if said:
            found[one.key] = str(_checked(one, str(said)))
    return found


def checked(fields: Sequence[Field], settings: Mapping[str, Any]) -> dict[str, Any]:
    """Return settings as they are kept; None takes one back. Raises BadRequest."""
    by_key = {one.key: one for one in fields}
    unknown = sorted(settings.keys() - by_key.keys())
    if unknown:
        raise BadRequest(reason=f"Unknown setting {unknown[0]}. Use one of {', '.join(by_key)}.")
    return {key: None if value is None else _checked(by_key[key], value) for key, value in settings.items()}


def effective(fields: Sequence[Field], kept: Mapping[str, Any]) -> dict[str, Any]:
    """Return all settings, with defaults where nothing is kept."""
    return {one.key: one.default if kept.get(one.key) is None else kept[one.key] for one in fields}


def _checked(field: Field, value: Any) -> Any:
    match field.kind:
        case "switch":
            words = {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}
            found = value if isinstance(value, bool) else words.get(str(value).lower())
            if found is None:
                raise BadRequest(reason=f"{field.title}: {value} is not yes or no.")
            return found
        case "number":
            return _number(field, value)
        case "choice":
            choices = [choice for choice, _ in field.choices]
            if value not in choices:
                raise BadRequest(reason=f"{field.title}: {value} is not one of {', '.join(choices)}.")
        case "day":
            try:
                return date.fromisoformat(str(value)).isoformat()
            except ValueError as error:
                raise BadRequest(reason=f"{field.title}: {value} is not a date. Write it like 2026-11-20.") from error
        case "path":
            return str(value).strip()
    return str(value)


def _number(field: Field, value: Any) -> float:
    try:
        found = float(value)
    except (TypeError, ValueError) as error:
        raise BadRequest(reason=f"{field.title}: {value} is not a number.") from error
    least = field.least if field.least is not None else float("-inf")
    most = field.most if field.most is not None else float("inf")
    if not least <= found <= most:
        raise BadRequest(reason=f"{field.title} must be between {field.least:g} and {field.most:g}.")
    return found
