"""Grafana's dashboards ask for series that sinks write, by variables for the data source and the user."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from homestretch.model.health.kinds import KINDS
from homestretch.sinks.names import own_name
from homestretch.vendors.syncbit import OLD_INTRADAY, OLD_NAMES

FOLDER = Path(__file__).parents[2] / "deploy" / "grafana"
OWN = {own_name(kind, so_far=so_far, intraday=through) for kind in KINDS for so_far in (False, True)
       for through in (False, True)}  # fmt: skip
OLD = {f"fitbit_{old.name}" for old in (*OLD_NAMES.values(), *OLD_INTRADAY.values())}


def expressions(dashboard: dict[str, Any]) -> list[str]:
    return [target["expr"] for panel in dashboard["panels"] for target in panel.get("targets", ())]


@pytest.mark.parametrize(("name", "series"), [("homestretch", OWN), ("syncbit", OLD)])
def test_a_dashboard_asks_for_series_that_are_written(name: str, series: set[str]) -> None:
    dashboard = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    asked = {word for text in expressions(dashboard) for word in re.findall(r"\b(?:homestretch|fitbit)_\w+", text)}
    assert asked and asked - {"homestretch_", "fitbit_"} <= series
    assert {one["name"] for one in dashboard["templating"]["list"]} == {"datasource", "user"}
    assert all('user="$user"' in text or text.startswith("sum by (reason)") for text in expressions(dashboard))
    ids = [panel["id"] for panel in dashboard["panels"]]
    assert len(set(ids)) == len(ids)
    titles = {panel["title"] for panel in dashboard["panels"] if panel["type"] == "row"}
    assert titles == {"Today", "Through the day", "Sleep", "Long term", "Operation"}
