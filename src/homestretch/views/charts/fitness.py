"""Fitness, fatigue and form over time."""

from typing import cast

import numpy as np

from homestretch.analysis.athlete.fitness import FORM_ZONES, FormDay, Kernel, form_zone
from homestretch.model.channel import Floats
from homestretch.model.documents.charts import FrameAxis, FrameBand, FrameBody, FrameFact
from homestretch.store.database import Reader
from homestretch.store.scope import Scope
from homestretch.views.kit.frame import Asked, Chart, line
from homestretch.views.training.fitness import daily_loads, fitness_of

#: The words and colours of the zones of form.
ZONES = {
    "high_risk": ("High risk", "z6"), "optimal": ("Optimal", "z3"), "grey": ("Grey zone", "quiet"),
    "fresh": ("Fresh", "z2"), "transition": ("Transition", "z5"),
}  # fmt: skip


def _frame(reader: Reader, scope: Scope, asked: Asked) -> FrameBody:
    kernel, form_day = CHART.chosen(asked, "kind"), CHART.chosen(asked, "by")
    days = daily_loads(reader, scope, asked.today, asked.sport)
    found = fitness_of(days, cast(Kernel, kernel), cast(FormDay, form_day))
    # The whole past is computed, so that what is shown does not depend on where it begins.
    begin = 0 if asked.since is None else min(max(asked.since.toordinal() - days.first, 0), len(days.loads))
    end = len(days.loads) if asked.until is None else max(asked.until.toordinal() - days.first + 1, begin)
    shown = slice(begin, end)
    lines = [
        line("load", "Load", "", days.loads[shown].tolist(), style="bar", colour="quiet"),
        line("fitness", "Fitness", "", _short(found.fitness[shown]), decimals=1),
        line("fatigue", "Fatigue", "", _short(found.fatigue[shown]), decimals=1),
        line("form", "Form", "", _short(found.form[shown]), style="area", axis="right", decimals=1),
    ]
    details: dict[str, FrameFact] = {}
    if len(found.form[shown]):
        form = float(found.form[shown][-1])
        details = {
            "zone": form_zone(form),
            "form": form,
            "fitness": float(found.fitness[shown][-1]),
            "fatigue": float(found.fatigue[shown][-1]),
        }
    x = FrameAxis(scale="date", unit="", label="", values=[*days.iso()[shown]])
    return FrameBody(
        key="fitness", title="Fitness and form", x=x, lines=lines, bands=_bands(), notes=[], details=details
    )


def _short(values: Floats) -> list[float]:
    """Return values with the digits that are shown and some to spare: ten years are long enough."""
    return list(np.round(values, 3).tolist())


def _bands() -> list[FrameBand]:
    edges = [None, *(edge for edge, _ in FORM_ZONES), None]
    names = ["high_risk", *(zone for _, zone in FORM_ZONES)]
    return [
        FrameBand(label=ZONES[name][0], low=low, high=high, colour=ZONES[name][1], axis="right")
        for name, low, high in zip(names, edges[:-1], edges[1:], strict=True)
    ]


CHART = Chart(
    key="fitness",
    title="Fitness and form",
    page="training",
    frame=_frame,
    also_known_as=("CTL, ATL and TSB", "Performance management chart", "PMC"),
    asks=("since", "until", "sport", "kind", "by"),
    choices={"kind": ("exp", "tp"), "by": ("previous", "same")},
)
