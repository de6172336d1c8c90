"""For how long heart rate, power, pace, cadence or grade of an activity was where, in the colours of its zones."""

from itertools import pairwise

from homestretch.analysis.measure.histogram import KINDS, Histogram, histogram
from homestretch.errors import BadRequest
from homestretch.model.documents.charts import FrameAxis, FrameBody, FrameLine
from homestretch.store.database import Reader
from homestretch.store.scope import Scope
from homestretch.views.activities.activity import resolve
from homestretch.views.activities.measured import effort_shown
from homestretch.views.kit.frame import Asked, Chart, line

LABELS = {
    "heart_rate": "Heart rate", "power": "Power", "pace": "Pace", "speed": "Speed",
    "cadence": "Cadence", "grade": "Grade",
}  # fmt: skip
ESTIMATED = "These zones use thresholds estimated from your best efforts. Set yours under Settings, Athlete."
LEFT_OUT = {
    "pace": "Stops are left out.",
    "speed": "Stops are left out.",
    "cadence": "Time without pedalling or steps is left out.",
}


def _frame(reader: Reader, scope: Scope, asked: Asked) -> FrameBody:
    kind = CHART.chosen(asked, "kind")
    if asked.activity is None:
        raise BadRequest(reason="A histogram needs an activity.")
    effort = effort_shown(reader, scope, resolve(reader, scope, asked.activity))
    found = None if effort is None else histogram(effort, kind)
    of = KINDS[kind]
    x = FrameAxis(scale="linear", unit=of.unit, label=LABELS[kind], values=[])
    title = f"Time by {LABELS[kind].lower()}"
    if effort is None or found is None:
        return FrameBody(key="histogram", title=title, x=x, lines=[], bands=[], notes=[], details={})
    step = float(found.edges[1] - found.edges[0])
    x = FrameAxis(scale="linear", unit=of.unit, label=LABELS[kind], values=_middles(found), step=step)
    notes = [LEFT_OUT[kind]] if kind in LEFT_OUT else []
    if kind == "pace" and effort.sport.on_foot and effort.series.grade is not None:
        notes.insert(0, "Pace is grade-adjusted, as in the zones.")
    if found.beyond_s >= 1.0:
        notes.append(f"{found.beyond_s:.0f} s lie beyond the ends of this chart.")
    if found.estimated:
        notes.append(ESTIMATED)
    return FrameBody(key="histogram", title=title, x=x, lines=_lines(found), bands=[], notes=notes, details={})


def _middles(found: Histogram) -> list[float | str]:
    return [round((low + high) / 2.0, 4) for low, high in pairwise(found.edges.tolist())]


def _named(zone: int | None) -> tuple[str, str]:
    """Return the key and the label of a zone's bars."""
    if zone is None:
        return "time", "Time"
    return ("below", "Below") if zone == 0 else (f"z{zone}", f"z{zone}")


def _lines(found: Histogram) -> list[FrameLine]:
    return [
        line(
            *_named(zone),
            "min",
            [round(float(s) / 60.0, 2) for s in seconds],
            style="bar",
            decimals=1,
            stack="zones",
            colour=None if zone is None else "quiet" if zone == 0 else f"z{zone}",
        )
        for zone, seconds in found.zones.items()
    ]


CHART = Chart(
    key="histogram",
    title="Time by heart rate, power, pace, cadence and grade",
    page="activity",
    frame=_frame,
    also_known_as=("Distribution",),
    asks=("activity", "kind"),
    choices={"kind": tuple(KINDS)},
)
