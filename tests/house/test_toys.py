"""To add a format, metric, question, chart, command, job, takeover or API noun costs one file: a toy of each works."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

TOYS = Path(__file__).with_name("toys")
#: Where the leaves of each kind live.
HOMES = {
    "formats": "homestretch.formats",
    "metrics": "homestretch.analysis.metrics",
    "day_metrics": "homestretch.analysis.health.derived",
    "questions": "homestretch.analysis.health.insights",
    "charts": "homestretch.views.charts",
    "commands": "homestretch.cli",
    "routers": "homestretch.api.routers",
    "jobs": "homestretch.flow.jobs",
    "takeover": "homestretch.flow.takeover.kinds",
}
#: Puts the toys among the leaves, then does what `argv` says.
START = f"""
import importlib, sys
for kind, home in {HOMES!r}.items():
    importlib.import_module(home).__path__.append(f"{TOYS}/{{kind}}")
"""
CATALOG = "sys.argv = ['homestretch', 'catalog', '--json']\nfrom homestretch.__main__ import main; main()"
PLAY = "sys.argv = ['homestretch', 'toy']\nfrom homestretch.__main__ import main; main()"
USE = """
import json
from datetime import date
import numpy as np
from fastapi.testclient import TestClient
from homestretch.analysis.activity.effort import Effort
from homestretch.analysis.activity.summary import summarise
from homestretch.analysis.athlete.thresholds import Profile
from homestretch.analysis.health.day_metric import day_families, measure_days
from homestretch.analysis.health.days import DailyValues, Days
from homestretch.analysis.health.evidence.answer import insights
from homestretch.analysis.measure.measure import measure
from homestretch.analysis.samples.samples import samples
from homestretch.api.server import create_api
from homestretch.app import open_app
from homestretch.formats import decode
from homestretch.settings import Settings
made = decode(b"toy Ball", "ball.toy")
[recording] = made.recordings
cleaned = samples(recording)
effort = Effort(cleaned, summarise(recording, cleaned), recording.sport, Profile({}), None, None)
origins = np.zeros(200, dtype=np.int64)
kinds = {"steps": DailyValues(np.arange(200.0), origins), "sleep_s": DailyValues(np.full(200, 7200.0), origins)}
days = Days(first=date(2026, 1, 1), count=200, kinds=kinds)
api = create_api(open_app(Settings()))
asked = TestClient(api, base_url="http://localhost").get("/api/toys")
described = api.openapi()
print(json.dumps({
    "format": made.format, "name": recording.name, "metric": measure(effort).values.get("toy_samples"),
    "day_metric": measure_days(days, day_families()["toy"])["toy_steps"].values[-1],
    "pairs": next(one.n for one in insights(days) if one.question == "toy"),
    "unasked": asked.status_code, "described": described["paths"]["/api/toys"]["get"]["operationId"],
}))
"""


def _run(code: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("HOMESTRETCH_DATA_DIR", str(folder / "data"))
    command = [sys.executable, "-c", START + code]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stderr[-3000:]
    return done.stdout


def test_each_toy_is_one_file() -> None:
    costs = {kind: len([*(TOYS / kind).glob("*.py")]) for kind in HOMES}
    assert costs == dict.fromkeys(HOMES, 1)


def test_the_catalog_has_every_toy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found: dict[str, dict[str, Any]] = json.loads(_run(CATALOG, tmp_path, monkeypatch))
    kinds = {
        "formats": "toy",
        "metrics": "toy_samples",
        "day_metrics": "toy_steps",
        "questions": "toy",
        "charts": "toy",
        "commands": "toy",
        "api": "toy",
        "jobs": "toy",
        "takeover": "toy",
    }
    assert [kind for kind, key in kinds.items() if key not in found[kind]] == []


def test_every_toy_works(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert _run(PLAY, tmp_path, monkeypatch) == "played\n"
    assert json.loads(_run(USE, tmp_path, monkeypatch)) == {
        "format": "toy", "name": "Ball", "metric": 0.0, "day_metric": 99.5, "pairs": 185, "unasked": 401,
        "described": "list_toys",
    }  # fmt: skip
