"""Answers that Garmin gave, recorded: read without a note, a few numbers checked by hand."""

import gzip
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import numpy as np
import pytest

from homestretch import formats
from homestretch.model.health.kinds import KINDS as DESCRIBED
from homestretch.model.health.measurement import Measurement, Wellness
from homestretch.sources.garmin.decode import decode
from tests.conftest import ROOT
from tests.sources.garmin.days import (
    only,
    sound,
)

#: Where an answer of a kind lies.
PATHS = {
    "/usersummary-service/usersummary/daily/": "summary", "/wellness-service/wellness/dailySleepData": "sleep",
    "/sleep-service/sleep/dailySleepData": "sleep", "/hrv-service/hrv/": "hrv",
    "/wellness-service/wellness/dailyHeartRate/": "heart_rate", "/wellness-service/wellness/dailyStress/": "stress",
    "/wellness-service/wellness/bodyBattery/reports/": "body_battery", "/wellness-service/wellness/daily/spo2/": "spo2",
    "/wellness-service/wellness/daily/respiration/": "respiration", "/weight-service/weight/": "weight",
    "/wellness-service/wellness/dailySummaryChart/": "steps", "/wellness-service/wellness/floorsChartData/": "floors",
    "/metrics-service/metrics/trainingreadiness/": "training_readiness",
    "/mobile-gateway/usersummary/trainingstatus/latest/": "training_status",
    "/usersummary-service/usersummary/hydration/daily/": "hydration",
    "/usersummary-service/stats/hydration/daily/": "hydration",
    "/usersummary-service/stats/im/daily/": "intensity_minutes",
}  # fmt: skip


@pytest.fixture(scope="module")
def recorded() -> dict[str, list[tuple[str, bytes]]]:
    """The recorded answers by kind, each with the last part of its address."""
    yaml = pytest.importorskip("yaml")
    folder = Path(os.environ.get("HOMESTRETCH_TEST_DATA", ROOT.parent / "shared" / "data")) / "providers" / "garmin"
    if not folder.is_dir():
        pytest.skip("the recorded answers are not here")
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    found: dict[str, list[tuple[str, bytes]]] = {}
    for path in sorted(folder.rglob("*.yaml")):
        for kind, where, body in answers(yaml.load(path.read_text(), loader)):
            if (where, body) not in found.setdefault(kind, []):
                found[kind].append((where, body))
    return found


def answers(cassette: Any) -> Iterator[tuple[str, str, bytes]]:
    for exchange in cassette["interactions"]:
        address = urlsplit(exchange["request"]["uri"])
        kind = next((kind for path, kind in PATHS.items() if address.path.startswith(path)), None)
        if kind is None or exchange["request"]["method"] != "GET" or exchange["response"]["status"]["code"] >= 300:
            continue
        body = exchange["response"]["body"].get("string") or b""
        body = body.encode() if isinstance(body, str) else body
        where = f"{address.path}?{address.query}".replace("?nonSleepBufferMinutes=60&", "?")
        yield kind, where, gzip.decompress(body) if body.startswith(b"\x1f\x8b") else body


def one_of(recorded: dict[str, list[tuple[str, bytes]]], kind: str, end: str) -> Wellness:
    bodies = sorted((body for where, body in recorded[kind] if end in where), key=len)
    return decode(kind, bodies[-1])


def test_every_recorded_answer_is_read_without_a_note(recorded: dict[str, list[tuple[str, bytes]]]) -> None:
    assert recorded.keys() >= set(PATHS.values())
    for kind, bodies in recorded.items():
        for where, body in bodies:
            found = decode(kind, body)
            assert found.notes == (), where
            sound(found)


def test_recorded_answers_in_files_say_the_same(recorded: dict[str, list[tuple[str, bytes]]]) -> None:
    for kind in ("summary", "sleep", "hrv", "weight"):
        for where, body in recorded[kind]:
            ours, answered = formats.decode(body, "answer.json").wellness, decode(kind, body)
            assert set(ours.measurements) == set(answered.measurements), where
            assert ours.nights == answered.nights and len(ours.series) == len(answered.series), where


def test_numbers_of_recorded_days(recorded: dict[str, list[tuple[str, bytes]]]) -> None:
    found = one_of(recorded, "summary", "2025-06-14")
    values = {one.kind: one.value for one in found.measurements}
    assert {one.day for one in found.measurements} == {"2025-06-14"}
    assert values["steps"] == 5459 and values["floors_up"] == 4.31299 and values["resting_heart_rate_bpm"] == 51
    assert values["body_battery_charged"] == 60 and values["stress_high_s"] == 240 and "spo2_avg_pct" not in values
    heart = only(one_of(recorded, "heart_rate", "2026-01-07"), "heart_rate_bpm")
    assert (len(heart.values), heart.time_ms[0], heart.values[0], heart.day) == (710, 1767765600000, 63, "2026-01-07")
    taken = one_of(recorded, "heart_rate", "2023-07-01")
    assert taken.measurements == (Measurement("resting_heart_rate_bpm", "2023-07-01", 52.0),) and taken.series == ()
    stress = one_of(recorded, "stress", "2025-12-18")
    course = only(stress, "stress").values
    assert len(course) == 397 and np.isnan(course).sum() == 167 and round(float(np.nanmean(course))) == 22
    assert only(stress, "body_battery").values[-1] == 18
    hrv = one_of(recorded, "hrv", "/hrv/2023-07-20")
    assert {one.kind: one.value for one in hrv.measurements}["hrv_night_ms"] == 42
    assert only(hrv, "hrv_ms").values[:3].tolist() == [54, 56, 51]


def test_recorded_nights(recorded: dict[str, list[tuple[str, bytes]]]) -> None:
    (night,) = one_of(recorded, "sleep", "2025-07-07").nights
    assert (night.day, night.offset_s, night.asleep_s, night.score) == ("2025-07-07", -21600, 24180, 83)
    assert night.deep_s == 5280 and night.awakenings == 1 and night.body_battery_change == 65
    assert one_of(recorded, "sleep", "2030-01-01").nights == ()
    for where, body in recorded["sleep"]:
        for one in decode("sleep", body).nights:
            assert where.endswith(one.day), "the day of waking is the day that was asked for"
            parts = [one.deep_s, one.light_s, one.rem_s]
            assert one.asleep_s is not None and abs(sum(part or 0 for part in parts) - one.asleep_s) <= 60


def test_recorded_training(recorded: dict[str, list[tuple[str, bytes]]]) -> None:
    found = one_of(recorded, "training_readiness", "2025-07-07")
    own = {one.kind: one.value for one in found.measurements if one.at_ms is None}
    assert own["training_readiness"] == 80, "at 05:45, of five in the day"
    status = {one.kind: one.value for one in one_of(recorded, "training_status", "2025-06-11").measurements}
    assert DESCRIBED["training_status"].choices[int(status["training_status"])] == "productive"
    assert (status["training_load_acute"], status["training_load_ratio"]) == (399, 1.3)
    weights = one_of(recorded, "weight", "2025-06-14/2025-06-14")
    assert [(one.value, one.at_ms) for one in weights.measurements if one.kind == "weight_kg"] == [
        (59.5, 1749948725175), (59.13, 1749909180000),
    ]  # fmt: skip
