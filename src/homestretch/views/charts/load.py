"""How evenly and how suddenly load came: ramp, monotony, strain, acute against chronic."""

import numpy as np

from homestretch.analysis.athlete.fitness import acute_chronic, monotony, strain
from homestretch.model.channel import Floats
from homestretch.model.documents.charts import FrameAxis, FrameBody
from homestretch.store.database import Reader
from homestretch.store.scope import Scope
from homestretch.views.kit.frame import Asked, Chart, Numbers, line
from homestretch.views.training.fitness import Days, daily_loads, fitness_of

KINDS = {
    "ramp": ("Ramp rate", 1),
    "monotony": ("Monotony", 2),
    "strain": ("Strain", 0),
    "acute_chronic": ("Acute:chronic ratio", 2),
}
CONTESTED = "The evidence for this ratio is disputed. It shows sudden change; it does not predict injury."


def _frame(reader: Reader, scope: Scope, asked: Asked) -> FrameBody:
    kind = CHART.chosen(asked, "kind")
    label, decimals = KINDS[kind]
    days = daily_loads(reader, scope, asked.today, asked.sport)
    begin = 0 if asked.since is None else min(max(asked.since.toordinal() - days.first, 0), len(days.loads))
    end = len(days.loads) if asked.until is None else max(asked.until.toordinal() - days.first + 1, begin)
    lines = [
        line(key, name, "", _numbers(values[begin:end]), decimals=decimals)
        for key, name, values in _series(kind, label, days)
    ]
    x = FrameAxis(scale="date", unit="", label="", values=[*days.iso()[begin:end]])
    notes = [CONTESTED] if kind == "acute_chronic" else []
    return FrameBody(key="load", title=label, x=x, lines=lines, bands=[], notes=notes, details={})


def _series(kind: str, label: str, days: Days) -> list[tuple[str, str, Floats]]:
    if kind == "ramp":
        return [(kind, label, fitness_of(days).ramp)]
    if kind == "acute_chronic":
        ratio = acute_chronic(days.loads)
        return [
            ("ewma", "Exponential", ratio.ewma),
            ("rolling", "Rolling", ratio.rolling),
            ("uncoupled", "Uncoupled", ratio.uncoupled),
        ]
    return [(kind, label, (monotony if kind == "monotony" else strain)(days.loads))]


def _numbers(values: Floats) -> Numbers:
    return [float(value) if np.isfinite(value) else None for value in values]


CHART = Chart(
    key="load",
    title="Load balance",
    page="training",
    frame=_frame,
    also_known_as=("Ramp rate", "Monotony", "Strain", "Acute:chronic workload ratio", "ACWR"),
    asks=("since", "until", "sport", "kind"),
    choices={"kind": tuple(KINDS)},
)
