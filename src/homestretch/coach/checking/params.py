"""Reads the parameters of a rule by type: what is absent, unknown (null) or of another type is None or empty."""

from collections.abc import Mapping, Sequence

from homestretch.model.coach.rule import Param, Rule


def amount(params: Mapping[str, Param], key: str) -> float | None:
    """Return a number, or None."""
    value = params.get(key)
    return value if isinstance(value, int | float) and not isinstance(value, bool) else None


def count(rule: Rule, key: str, default: int) -> int:
    """Return a whole number of a rule, or the default."""
    value = amount(rule.params, key)
    return default if value is None else int(value)


def word(params: Mapping[str, Param], key: str) -> str:
    """Return a text, or ""."""
    value = params.get(key)
    return value if isinstance(value, str) else ""


def words(params: Mapping[str, Param], key: str) -> tuple[str, ...]:
    """Return a list of texts; empty for anything else."""
    value = params.get(key)
    if isinstance(value, str) or not isinstance(value, Sequence):
        return ()
    return tuple(one for one in value if isinstance(one, str))


def numbers(params: Mapping[str, Param], key: str) -> tuple[int, ...]:
    """Return a list of whole numbers; empty for anything else."""
    value = params.get(key)
    if isinstance(value, str) or not isinstance(value, Sequence):
        return ()
    return tuple(int(one) for one in value if isinstance(one, int | float))


def flag(params: Mapping[str, Param], key: str) -> bool:
    """Return whether something is said to be so."""
    return params.get(key) is True


def part(params: Mapping[str, Param], key: str) -> Mapping[str, Param]:
    """Return an object; empty for anything else."""
    value = params.get(key)
    return value if isinstance(value, Mapping) else {}
