"""Fitness, fatigue and form over time; days after today show where the plan in force leads."""

from datetime import date
from typing import Literal, cast

import numpy as np

from homestretch.analysis.athlete.fitness import FORM_ZONES, Fitness, FormDay, Kernel, form_zone
from homestretch.coach.projection import Projection, days_of
from homestretch.model.channel import Floats
from homestretch.model.documents.charts import FrameAxis, FrameBand, FrameBody, FrameFact, FrameLine
from homestretch.store.database import Reader
from homestretch.store.scope import Scope
from homestretch.views.coach.forecast import Forecast, forecast
from homestretch.views.kit.frame import Asked, Chart, line
from homestretch.views.training.fitness import Days, daily_loads, fitness_of

#: The words and colours of the zones of form.
ZONES = {
    "high_risk": ("High risk", "z6"), "optimal": ("Optimal", "z3"), "grey": ("Grey zone", "quiet"),
    "fresh": ("Fresh", "z2"), "transition": ("Transition", "z5"),
}  # fmt: skip
type Ahead = Literal["planned", "rest"]
#: The keys and names of load, fitness and form that are ahead.
AHEAD = {
    "planned": (("load_planned", "Planned load"), ("fitness_planned", "Planned fitness"),
                ("form_planned", "Planned form")),
    "rest": (("load_rest", "Load"), ("fitness_rest", "Fitness if you rest"), ("form_rest", "Form if you rest")),
}  # fmt: skip


def _frame(reader: Reader, scope: Scope, asked: Asked) -> FrameBody:
    kernel, form_day = CHART.chosen(asked, "kind"), CHART.chosen(asked, "by")
    days = daily_loads(reader, scope, asked.today, asked.sport)
    plan = _forecast(reader, scope, asked, cast(Kernel, kernel), cast(FormDay, form_day))
    found = fitness_of(days, cast(Kernel, kernel), cast(FormDay, form_day))
    shown = fitness_frame(days, found, asked.since, asked.until, None if plan is None else plan.course)
    return shown if plan is None else {**shown, "details": {**shown["details"], **_race(plan)}}


def fitness_frame(
    days: Days,
    found: Fitness,
    since: date | None = None,
    until: date | None = None,
    course: Projection | None = None,
    ahead: Ahead = "planned",
) -> FrameBody:
    """Return fitness and form between two days (inclusive), continued by a `course` that is planned, or of rest."""
    # The whole past is computed, so that what is shown does not depend on where it begins.
    begin = 0 if since is None else min(max(since.toordinal() - days.first, 0), len(days.loads))
    end = len(days.loads) if until is None else max(until.toordinal() - days.first + 1, begin)
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
    dates = [*days.iso()[shown]]
    if course is not None:
        # Today stands in both: as it was so far, and with what is still planned for it.
        both = 1 if dates[-1:] == [course.first] else 0
        dates, lines = [*dates, *days_of(course)[both:]], _continued(lines, course, len(dates) - both, ahead)
    x = FrameAxis(scale="date", unit="", label="", values=[*dates])
    return FrameBody(
        key="fitness", title="Fitness and form", x=x, lines=lines, bands=_bands(), notes=[], details=details
    )


def _forecast(reader: Reader, scope: Scope, asked: Asked, kernel: Kernel, form_day: FormDay) -> Forecast | None:
    if asked.until is None or asked.until <= asked.today or not scope.may("plans: read"):
        return None
    if asked.since is not None and asked.since > asked.today:
        return None
    return forecast(reader, scope, asked.today, asked.until, sport=asked.sport, kernel=kernel, form_day=form_day)


def _continued(lines: list[FrameLine], course: Projection, past: int, ahead: Ahead) -> list[FrameLine]:
    """Return the lines of the past (n,) with nothing ahead, and those of what is ahead with nothing before `past`."""
    before = [None] * past
    length = past + len(course.loads)
    load, fitness, form = AHEAD[ahead]
    planned = [
        line(load[0], load[1], "", [*before, *course.loads.tolist()], style="bar", colour="quiet"),
        line(*fitness, "", [*before, *_short(course.fitness)], style="dashed", decimals=1),
        line(*form, "", [*before, *_short(course.form)], style="dashed", axis="right", decimals=1),
    ]
    for one in lines:
        one["values"] += [None] * (length - len(one["values"]))
    return lines + (planned if ahead == "planned" else planned[1:])


def _race(plan: Forecast) -> dict[str, FrameFact]:
    """Return the main event ahead, and fitness and form on its morning."""
    if plan.event is None or plan.morning is None:
        return {}
    fitness, form = plan.morning
    return {
        "race": plan.event["date"],
        "race_name": plan.event["name"],
        "race_fitness": round(fitness, 1),
        "race_form": round(form, 1),
    }


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
