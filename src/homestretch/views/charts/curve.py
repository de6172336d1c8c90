"""The best that was held over each duration, in two stretches of time, with the model that fits it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np
from sqlalchemy import Row

from homestretch.analysis.athlete.critical import Model, critical_power, critical_power_3p, predict
from homestretch.analysis.curves import curves
from homestretch.analysis.measure.curve import falling
from homestretch.errors import BadRequest
from homestretch.model.documents.charts import FrameAxis, FrameBody, FrameFact, FrameLine, PowerModel
from homestretch.store.database import Reader
from homestretch.store.scope import Scope
from homestretch.views.activities.activity import resolve
from homestretch.views.kit.frame import Asked, Chart, line
from homestretch.views.kit.statistics_scope import family_of
from homestretch.views.training.curves import Best, activity_curve, best_curve

#: Days that a curve is of where nothing else is asked for.
DAYS = 90
#: Kinds whose best falls with duration by nature; they are drawn as if it did.
FALLING = frozenset({"power", "speed", "gap", "heart_rate", "vam"})
DECIMALS = {"m/s": 3}
NO_MODEL = (
    "No critical power: your best efforts do not fit the model. It needs all-out efforts of 2 to 20 minutes "
    "and hard ones of 20 to 60 minutes."
)


@dataclass(frozen=True, slots=True)
class Drawn:
    """One curve: values by duration in s, and the activity that each comes from."""

    key: str
    label: str
    values: Mapping[int, float]
    links: Mapping[int, str]


def _frame(reader: Reader, scope: Scope, asked: Asked) -> FrameBody:
    kind = CHART.chosen(asked, "kind")
    row = None if asked.activity is None else resolve(reader, scope, asked.activity)
    family = asked.sport if row is None else family_of(row.sport)
    if family is None:
        raise BadRequest(reason="A curve needs a sport, such as ride or run, or an activity.")
    until = asked.until or asked.today
    since = asked.since or until - timedelta(days=DAYS - 1)
    best = best_curve(reader, scope, kind, family, since, until)
    drawn = [_drawn("best", _days(since, until), best, kind)]
    if row is not None:
        drawn.insert(0, _own(reader, scope, row, kind))
    elif asked.other_since or asked.other_until:
        other = best_curve(reader, scope, kind, family, asked.other_since, asked.other_until)
        drawn.append(_drawn("other", _days(asked.other_since, asked.other_until), other, kind))
    seconds = sorted({s for one in drawn for s in one.values})
    unit = curves()[kind].unit
    lines = [_line(one, seconds, unit) for one in drawn]
    details: dict[str, FrameFact] = {"since": since.isoformat(), "until": until.isoformat(), "sport": family}
    notes: list[str] = []
    if kind == "power":
        models, shown = _models(best, seconds)
        details |= models
        lines += shown
        notes = [] if shown or not len(best.curve.durations) else [NO_MODEL]
    x = FrameAxis(scale="log", unit="s", label="Duration", values=[*seconds])
    title = f"{curves()[kind].name} curve"
    return FrameBody(key="curve", title=title, x=x, lines=lines, bands=[], notes=notes, details=details)


def _days(since: date | None, until: date | None) -> str:
    return f"{since or '…'} – {until or '…'}"


def _drawn(key: str, label: str, best: Best, kind: str) -> Drawn:
    curve = best.curve
    values = falling(curve.values) if kind in FALLING else curve.values
    at = dict(zip(curve.durations.tolist(), values.tolist(), strict=True))
    sources = (best.sources[source][0] for source in curve.source.tolist())
    return Drawn(key, label, at, dict(zip(curve.durations.tolist(), sources, strict=True)))


def _own(reader: Reader, scope: Scope, row: Row[Any], kind: str) -> Drawn:
    curve = activity_curve(reader, scope, row, kind)
    at = {} if curve is None else dict(zip(curve.durations.tolist(), curve.values.tolist(), strict=True))
    return Drawn("activity", row.name, at, {})


def _line(one: Drawn, seconds: list[int], unit: str) -> FrameLine:
    links = [one.links.get(s) for s in seconds] if one.links else None
    values = [one.values.get(s) for s in seconds]
    return line(one.key, one.label, unit, values, decimals=DECIMALS.get(unit, 0), links=links)


def _models(best: Best, seconds: list[int]) -> tuple[dict[str, PowerModel], list[FrameLine]]:
    """Return the models that fit a power curve, by name, and the line of the one that knows most."""
    t, p = best.curve.durations.astype(np.float64), best.curve.values
    found = {"model_2p": critical_power(t, p), "model_3p": critical_power_3p(t, p)}
    details = {name: _described(model) for name, model in found.items() if model is not None}
    model = found["model_3p"] or found["model_2p"]
    if model is None:
        return details, []
    # Beyond an hour no one holds critical power: the model says nothing there.
    least, most = 1.0 if model.k < 0.0 else 120.0, 3600.0
    values = [float(predict(model, np.array([s]))[0]) if least <= s <= most else None for s in seconds]
    return details, [line("model", "Model", "W", values, colour="quiet")]


def _described(model: Model) -> PowerModel:
    return {
        "cp": model.cp,
        "w_prime": model.w_prime,
        "k": model.k,
        "cp_se": model.cp_se,
        "w_prime_se": model.w_prime_se,
        "rmse": model.rmse,
        "n": model.n,
        "p_max": model.p_max,
    }


CHART = Chart(
    key="curve",
    title="Power, pace and heart rate curves",
    page="training",
    frame=_frame,
    also_known_as=("Mean-max curve", "MMP"),
    asks=("since", "until", "sport", "kind", "activity", "other_since", "other_until"),
    choices={"kind": ("power", "heart_rate", "speed", "gap", "cadence", "vam")},
)
