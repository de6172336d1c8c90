"""An athlete's thresholds: FTP, heart rates, weight, …, each from a day on; no value is ever lost."""

from datetime import date
from math import isfinite

from sqlalchemy import insert

from homestretch.analysis.athlete.thresholds import THRESHOLDS, believable
from homestretch.errors import BadRequest, NotFound, unknown
from homestretch.flow.runtime.context import Context
from homestretch.store.scope import Scope
from homestretch.store.tables.kept import thresholds


class UnknownThreshold(NotFound):
    """{reason}"""

    exit_code = 2


#: Sport families that a threshold may be of; empty for all.
FAMILIES = ("", "ride", "run", "walk", "swim", "row", "ski")


def state(context: Context, scope: Scope, key: str, value: float | None, valid_from: date, family: str = "") -> None:
    """State a threshold from a day on, for one family of sports or for all; None takes that day's word back.

    What reads it is computed again in the background. Raises BadRequest, UnknownThreshold.
    """
    scope.must("thresholds: set")
    _check(key, value, family)
    row = {"athlete_id": scope.athlete_id, "account_id": scope.account_id, "set_ms": context.clock()}
    said = {"key": key, "family": family, "valid_from": valid_from.isoformat(), "value": value}
    with context.database.write() as session:
        session.run(insert(thresholds), {**row, **said})


def _check(key: str, value: float | None, family: str) -> None:
    threshold = THRESHOLDS.get(key)
    if threshold is None:
        raise UnknownThreshold(reason=str(unknown("threshold", key, THRESHOLDS)))
    if family not in FAMILIES:
        raise unknown("sport", family, FAMILIES[1:])
    if family and not threshold.by_sport:
        raise BadRequest(reason=f"{threshold.name} can't be set for {family}.")
    if value is not None and not (isfinite(value) and believable(key, value)):
        raise BadRequest(
            reason=f"{threshold.name} must be {threshold.low:g} to {threshold.high:g} {threshold.unit}".rstrip() + "."
        )
