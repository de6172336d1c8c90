"""SyncBit's series: each day's values in our units, those through days by the clock on the wall."""

import json

import pytest

from homestretch import formats
from homestretch.formats.syncbit_export import decode

DAY = 86_400_000
#: 2026-05-03 00:00 UTC.
BEGUN = 1_777_766_400_000


def line(name: str, points: dict[int, float], user: str = "ABC123", **labels: str) -> str:
    metric = {"__name__": f"fitbit_{name}", "device": "charge6", "user": user, **labels}
    return json.dumps({"metric": metric, "values": [*points.values()], "timestamps": [*points]})


EXPORT = "\n".join([
    line("steps_total", {BEGUN: 9000, BEGUN + DAY + 3_600_000: 400, BEGUN + DAY + 7_200_000: 12_000,
                         BEGUN + DAY + 7_300_000: 800}),
    line("distance_km", {BEGUN: 6.5}),
    line("resting_heart_rate_bpm", {BEGUN: 51, BEGUN + 1000: 52, BEGUN + DAY: 0}),
    line("sleep_minutes_total", {BEGUN: 430}),
    line("active_minutes", {BEGUN: 30}, type="very_active"),
    line("temp_skin_relative_celsius", {BEGUN: -0.4}),
    line("heart_intraday", {BEGUN + 60_000: 61, BEGUN: 60, BEGUN + DAY: 70}),
    line("device_battery_percent", {BEGUN: 80}),
]).encode()  # fmt: skip


def values(data: bytes) -> dict[tuple[str, str], float]:
    return {(one.kind, one.day): one.value for one in decode(data).wellness.measurements}


def test_values_of_days_are_in_our_units() -> None:
    assert values(EXPORT) == {
        ("steps", "2026-05-03"): 9000, ("steps", "2026-05-04"): 12_000, ("distance_m", "2026-05-03"): 6500,
        ("resting_heart_rate_bpm", "2026-05-03"): 52, ("sleep_s", "2026-05-03"): 25_800,
        ("intensity_vigorous_s", "2026-05-03"): 1800, ("skin_temperature_change_c", "2026-05-03"): -0.4,
    }  # fmt: skip
    assert decode(EXPORT).notes == ("series_left_out:1",)


def test_values_through_days_are_in_order() -> None:
    first, second = decode(EXPORT).wellness.series
    assert (first.kind, first.day, second.day) == ("heart_rate_bpm", "2026-05-03", "2026-05-04")
    assert first.time_ms.tolist() == [BEGUN, BEGUN + 60_000] and first.values.tolist() == [60, 61]


def test_it_is_known_by_its_content() -> None:
    form = formats.sniff(EXPORT, "export.jsonl")
    assert form is not None and form.key == "syncbit_export"
    other = EXPORT.replace(b"fitbit_", b"other_")
    found = formats.sniff(other, "export.jsonl")
    assert found is None or found.key != "syncbit_export"


def test_two_people_are_not_mixed() -> None:
    mixed = EXPORT + b"\n" + line("steps_total", {BEGUN: 5}, user="XYZ").encode()
    assert decode(mixed).notes[0] == "several_users" and values(mixed) == {}


@pytest.mark.parametrize("cut", [0, 1, 60, 130, 300, len(EXPORT) - 5])
def test_a_cut_export_gives_what_is_readable(cut: int) -> None:
    whole, part = values(EXPORT), values(EXPORT[:cut])
    assert part.keys() <= whole.keys()


@pytest.mark.parametrize(
    "text", [b"[]", b"{}", b'{"metric": 3}', b'{"metric": {"__name__": "fitbit_steps_total"}, "values": "x"}',
             b'{"metric": {"__name__": "fitbit_steps_total"}, "values": [null, "a", true], "timestamps": [1, 2, 3]}',
             b"\xff\xfe\x00", b"{" * 50_000],
)  # fmt: skip
def test_nonsense_gives_no_values(text: bytes) -> None:
    assert values(text) == {}
