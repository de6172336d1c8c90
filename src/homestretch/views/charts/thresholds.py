"""FTP and the other thresholds over time: what was set, and what best efforts showed."""

from homestretch.analysis.athlete.history import History
from homestretch.analysis.athlete.thresholds import THRESHOLDS
from homestretch.model.documents.charts import FrameAxis, FrameBody
from homestretch.store.database import Reader
from homestretch.store.queries.thresholds import Dated, dated
from homestretch.store.scope import Scope
from homestretch.views.kit.frame import Asked, Chart, Numbers, line

KEYS = ("ftp_w", "threshold_speed_mps", "css_mps", "lthr_bpm", "max_hr_bpm", "resting_hr_bpm")
#: The sport that a threshold is mostly of, where none is asked for.
USUAL = {"ftp_w": "ride", "threshold_speed_mps": "run", "css_mps": "swim"}
NOTE = "Estimates come from your best efforts of the months before."


def _frame(reader: Reader, scope: Scope, asked: Asked) -> FrameBody:
    key = CHART.chosen(asked, "kind")
    threshold = THRESHOLDS[key]
    family = asked.sport or USUAL.get(key, "")
    stated, shown = dated(reader, scope.athlete_id)
    days = _days(key, asked, stated, shown)
    lines = [
        line(name, label, threshold.unit, _values(rows, key, family, days), style="step", decimals=2)
        for name, label, rows in (("set", "Set", stated), ("estimate", "Estimate", shown))
    ]
    lines = [one for one in lines if any(value is not None for value in one["values"])]
    x = FrameAxis(scale="date", unit="", label="", values=[*days])
    notes = [NOTE] if any(one["key"] == "estimate" for one in lines) else []
    return FrameBody(key="thresholds", title=threshold.name, x=x, lines=lines, bands=[], notes=notes, details={})


def _days(key: str, asked: Asked, *histories: Dated) -> list[str]:
    """Return the days on which a value begins to hold within those asked for, with the first and the last of them."""
    last = min(asked.until or asked.today, asked.today).isoformat()
    begins = sorted({day for rows in histories for one, _, day, _ in rows if one == key and day <= last})
    if not begins:
        return []
    first = begins[0] if asked.since is None else max(asked.since.isoformat(), begins[0])
    return sorted({first, *(day for day in begins if day >= first), last}) if first <= last else []


def _values(rows: Dated, key: str, family: str, days: list[str]) -> Numbers:
    """Return what held on each day, None before anything did."""
    history = History.of(rows)
    begins = [day for one, of, day, value in rows if one == key and of in ("", family) and value is not None]
    return [history.values(family, day).get(key) if begins and day >= min(begins) else None for day in days]


CHART = Chart(
    key="thresholds",
    title="FTP and thresholds",
    page="training-history",
    frame=_frame,
    also_known_as=("eFTP", "FTP history", "LTHR", "Threshold pace"),
    asks=("since", "until", "sport", "kind"),
    choices={"kind": KEYS},
)
