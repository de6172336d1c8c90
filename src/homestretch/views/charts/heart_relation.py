"""Heart rate of an activity against its power or pace: a point for each minute, by quarters, and their line."""

from collections.abc import Sequence

from homestretch.analysis.measure.metric import families, measure
from homestretch.analysis.measure.metric_result import caveat_of
from homestretch.analysis.measure.relation import Relation, relation
from homestretch.errors import BadRequest
from homestretch.model.documents.charts import FrameAxis, FrameBody, FrameFact, FrameLine
from homestretch.store.database import Reader
from homestretch.store.scope import Scope
from homestretch.views.activities.activity import resolve
from homestretch.views.activities.measured import effort_shown
from homestretch.views.kit.frame import Asked, Chart, line

QUARTERS = ("First quarter", "Second quarter", "Third quarter", "Last quarter")
#: From dark to light, as time passes.
COLOURS = ("z1", "z3", "z5", "z7")
UNITS = {"power": "W", "pace": "m/s"}
DECIMALS = {"power": 0, "pace": 3}
DECOUPLING = {"power": "decoupling", "pace": "run_decoupling"}


def _frame(reader: Reader, scope: Scope, asked: Asked) -> FrameBody:
    kind = CHART.chosen(asked, "kind")
    if asked.activity is None:
        raise BadRequest(reason="Heart rate against power needs an activity.")
    effort = effort_shown(reader, scope, resolve(reader, scope, asked.activity))
    found = None if effort is None else relation(effort, kind)
    title = f"Heart rate against {kind}"
    empty = FrameAxis(scale="linear", unit=UNITS[kind], label=kind.capitalize(), values=[])
    if effort is None or found is None:
        return FrameBody(key="heart_relation", title=title, x=empty, lines=[], bands=[], notes=[], details={})
    order = sorted(range(len(found.minute)), key=lambda at: (found.effort[at], at))
    x: FrameAxis = {**empty, "values": [round(float(found.effort[at]), DECIMALS[kind]) for at in order]}
    notes, details = _said(found)
    drift = measure(effort, families()["endurance"])[DECOUPLING[kind]]
    if not isinstance(drift, str):
        details["decoupling"] = round(float(drift), 1)
        careful = "" if caveat_of(drift) is None else " The effort was not even, so take it with care."
        notes.append(f"Aerobic decoupling {drift:.1f} %; below 5 % is good.{careful}")
    lines = [*_quarters(found, order), *_fitted(found, x["values"])]
    return FrameBody(key="heart_relation", title=title, x=x, lines=lines, bands=[], notes=notes, details=details)


def _quarters(found: Relation, order: Sequence[int]) -> list[FrameLine]:
    """Return the points of each quarter of the time, at the places of the axis."""
    quarter = [min(3, int(4 * at / len(found.minute))) for at in range(len(found.minute))]
    return [
        line(f"quarter{number + 1}", label, "bpm",
             [round(float(found.bpm[at]), 1) if quarter[at] == number else None for at in order],
             style="points", colour=COLOURS[number])
        for number, label in enumerate(QUARTERS)
    ]  # fmt: skip


def _fitted(found: Relation, places: Sequence[float | str]) -> list[FrameLine]:
    """Return the line at the places of the axis, if there is one."""
    if found.slope is None or found.at_zero is None:
        return []
    values = [round(found.slope * float(place) + found.at_zero, 2) for place in places]
    return [line("trend", "Trend", "bpm", values, colour="activity")]


def _said(found: Relation) -> tuple[list[str], dict[str, FrameFact]]:
    if found.slope is None or found.at_zero is None or found.r is None:
        return ["No line: it needs ten minutes of different effort."], {}
    details: dict[str, FrameFact] = {"slope": found.slope, "at_zero": found.at_zero, "r": found.r}
    return [f"Each point is a minute in motion. Rank correlation {found.r:.2f}."], details


CHART = Chart(
    key="heart_relation",
    title="Heart rate against power or pace",
    page="activity",
    frame=_frame,
    also_known_as=("HR vs power", "Aerobic decoupling", "Cardiac drift"),
    asks=("activity", "kind"),
    choices={"kind": tuple(UNITS)},
)
