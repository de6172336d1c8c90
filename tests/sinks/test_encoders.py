"""What sinks write: names, units, lines, batches, and what Home Assistant discovers."""

import gzip
import json

from homestretch.model.health.kinds import KINDS
from homestretch.model.health.sample import Sample
from homestretch.sinks import sinks
from homestretch.sinks.base import BYTES, LINES, Latest, batches
from homestretch.sinks.influx import lines
from homestretch.sinks.mqtt import discovery, state_of
from homestretch.sinks.names import OWN, SYNCBIT, Naming, own_name, series_text
from homestretch.sinks.prometheus import exposition
from homestretch.vendors.syncbit import OLD_NAMES

MIDNIGHT_MS = 1_764_025_200_000


def sample(kind: str, value: float, source: str = "fit", device: str = "4711", stage: str = "") -> Sample:
    return Sample(kind, "2025-11-25", MIDNIGHT_MS, value, source, device, stage)


def test_every_kind_has_a_name_of_its_own_with_its_unit_spelt_out() -> None:
    names = {kind: own_name(kind) for kind in KINDS}
    assert len(set(names.values())) == len(names)
    expected = {
        "steps": "homestretch_steps", "distance_m": "homestretch_distance_meters",
        "resting_heart_rate_bpm": "homestretch_resting_heart_rate_bpm", "weight_kg": "homestretch_weight_kilograms",
        "hrv_night_ms": "homestretch_hrv_night_milliseconds", "spo2_avg_pct": "homestretch_spo2_avg_ratio",
        "blood_glucose_mmol_l": "homestretch_blood_glucose_millimoles_per_liter",
        "waist_cm": "homestretch_waist_meters",
        "skin_temperature_change_c": "homestretch_skin_temperature_change_celsius", "bmi": "homestretch_bmi",
    }  # fmt: skip
    assert {kind: names[kind] for kind in expected} == expected
    assert all(name.replace("_", "").isalnum() and not name.endswith("_total") for name in names.values())


def test_syncbit_s_names_are_of_kinds_that_there_are() -> None:
    assert {key.partition("/")[0] for key in OLD_NAMES} <= KINDS.keys()
    made = Naming(SYNCBIT, "ABC", "charge6").points([
        sample("distance_m", 1500.0), sample("sleep_s", 600.0, stage="awake"), sample("stress_avg", 30.0),
    ])  # fmt: skip
    assert [(series_text(point.name, point.labels), point.value) for point in made] == [
        ('fitbit_distance_km{device="charge6",user="ABC"}', 1.5),
        ('fitbit_sleep_stage_minutes{device="charge6",stage="wake",user="ABC"}', 10.0),
    ]


def test_what_is_not_a_number_is_left_out_and_labels_are_escaped() -> None:
    points = Naming(OWN, 'An"na\\').points([sample("steps", float("nan")), sample("steps", 3.0, device="")])
    assert [series_text(point.name, point.labels) for point in points] == [
        'homestretch_steps{source="fit",user="An\\"na\\\\"}'
    ]


def test_a_line_of_influx_holds_what_a_device_says_of_a_day() -> None:
    samples = [
        sample("steps", 8123.0), sample("spo2_avg_pct", 96.0), sample("sleep_s", 27_000.0, stage="asleep"),
        sample("sleep_s", 3600.0, stage="deep"), sample("weight_kg", 70.0, "hand", ""),
    ]  # fmt: skip
    assert list(lines(samples, "Anna B,=")) == [
        "health_daily,device=4711,source=fit,user=Anna\\ B\\,\\= "
        f"sleep_deep_seconds=3600.0,sleep_seconds=27000.0,spo2_avg_ratio=0.96,steps=8123.0 {MIDNIGHT_MS}",
        f"health_daily,source=hand,user=Anna\\ B\\,\\= weight_kilograms=70.0 {MIDNIGHT_MS}",
    ]


def test_batches_keep_to_the_limits_and_lose_no_line() -> None:
    many = [f"line {number}" for number in range(LINES * 2 + 1)]
    packed = list(batches(many))
    assert [count for count, _ in packed] == [LINES, LINES, 1]
    assert b"".join(gzip.decompress(data) for _, data in packed).decode().splitlines() == many
    long = ["x" * (BYTES // 2 - 1)] * 3
    assert [count for count, _ in batches(long)] == [2, 1] and list(batches([])) == []


def test_home_assistant_discovers_a_sensor_for_each_value() -> None:
    latest = Latest([sample("weight_kg", 70.5), sample("steps", 9000.0)], [sample("steps", 100.0)])
    assert state_of(latest) == {
        "day": "2025-11-25", "weight_kg": 70.5, "steps": 9000.0, "today": {"day": "2025-11-25", "steps": 100.0},
    }  # fmt: skip
    config = json.loads(json.dumps(discovery("homestretch_anna", "Anna", "state", "here", latest)))
    assert config["dev"]["ids"] == ["homestretch_anna"] and config["o"]["name"] == "Homestretch"
    assert config["state_topic"] == "state" and config["availability_topic"] == "here"
    assert all(one["p"] == "sensor" for one in config["cmps"].values())
    assert config["cmps"]["weight_kg"]["device_class"] == "weight"
    assert config["cmps"]["steps"]["state_class"] == "measurement"
    assert config["cmps"]["today_steps"] == {
        "p": "sensor", "unique_id": "homestretch_anna_today_steps", "name": "Steps today",
        "value_template": "{{ value_json.today.get('steps') }}", "state_class": "total_increasing",
    }  # fmt: skip


def test_prometheus_gets_gauges_without_stamps_and_their_day() -> None:
    text = exposition([sample("steps", 9000.0), sample("steps", 1.0, "hand", "")], "anna")
    assert text == (
        "# TYPE homestretch_steps gauge\n"
        'homestretch_steps{device="4711",source="fit",user="anna"} 9000.0\n'
        'homestretch_steps{source="hand",user="anna"} 1.0\n'
        "# TYPE homestretch_health_day_timestamp_seconds gauge\n"
        f'homestretch_health_day_timestamp_seconds{{user="anna"}} {MIDNIGHT_MS // 1000}\n'
    )
    assert exposition([], "anna") == ""


def test_the_sinks_describe_themselves() -> None:
    assert set(sinks()) == {"victoriametrics", "influx", "mqtt", "prometheus"}
    assert [key for key, sink in sinks().items() if sink.open is None] == ["prometheus"]
    assert all(field.help or field.title for sink in sinks().values() for field in sink.fields)
