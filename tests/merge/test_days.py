"""Days of several devices: totals are united, never doubled; sleeps become nights; the later word holds."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from homestretch.merge.days import DeviceDay, day_total, device_days
from homestretch.merge.sleeps import join_sleeps, night_of
from homestretch.merge.totals import DeviceTotal, covered, merged, united
from homestretch.model.health.day_report import DayReport
from homestretch.model.health.measurement import Measurement, Series, Spans, Wellness
from homestretch.model.health.night import Night

DAY = "2026-11-03"
MIN = 60_000
START = 1_793_600_000_000


def spans(*rows: Sequence[float], kind: str = "steps", device: str = "") -> Spans:
    table = np.array(rows, np.float64).reshape(-1, 3)
    starts, ends = (START + MIN * table[:, column].astype(np.int64) for column in (0, 1))
    return Spans(kind, DAY, starts, ends, table[:, 2], device)


def counted(source: str, *rows: Sequence[float]) -> DeviceTotal:
    return DeviceTotal(source, "", None, spans(*rows))


def test_a_phone_adds_what_it_counted_while_the_watch_was_off() -> None:
    """health.md, union.phone_watch: the watch wore a true zero 495-510, which covers; the phone adds 720-735 only."""
    watch = counted("watch", (480, 495, 1200), (495, 510, 0), (600, 615, 300))
    phone = counted("phone", (485, 500, 900), (720, 735, 640))
    assert [(share.source, share.value) for share in united([watch, phone])] == [("watch", 1500.0), ("phone", 640.0)]


def test_coarse_records_are_cut_where_they_are_covered() -> None:
    """health.md, union.coarse: records are cut pro rata where they stick out of covered time."""
    order = [
        counted("watch", (30, 90, 600)),
        counted("ring", (0, 60, 40)),
        counted("phone", (0, 120, 1200)),
    ]
    shares = {share.source: share.value for share in united(order)}
    assert shares == pytest.approx({"watch": 600.0, "ring": 20.0, "phone": 300.0})


def test_heart_rate_shows_that_a_device_was_worn() -> None:
    beats = START + MIN * np.array([0, 10, 20, 60, 70])
    watch = DeviceTotal("watch", "", 100.0, spans((0, 5, 100)), beats)
    assert covered(watch).tolist() == [[START, START + 20 * MIN], [START + 60 * MIN, START + 70 * MIN]]
    phone = counted("phone", (10, 20, 50), (30, 40, 70))
    assert [share.value for share in united([watch, phone])] == [100.0, 70.0]


def test_a_day_total_without_times_is_never_added() -> None:
    listed = DeviceTotal("list", "", 9000.0)
    watch = counted("watch", (0, 10, 100))
    assert [share.source for share in united([listed, watch])] == ["list"]
    assert [share.source for share in united([watch, listed])] == ["watch"]


SPANS = st.lists(st.tuples(st.integers(0, 90), st.integers(1, 20), st.integers(0, 500)), max_size=8)


@st.composite
def devices(draw: st.DrawFn) -> list[DeviceTotal]:
    made = []
    for number in range(draw(st.integers(1, 4))):
        at, rows = 0, []
        for gap, length, value in draw(SPANS):
            rows.append((at + gap, at + gap + length, value))
            at += gap + length
        made.append(DeviceTotal(f"s{number}", "", None, spans(*rows)))
    return made


@settings(max_examples=300, deadline=None)
@given(devices())
def test_a_union_is_at_least_the_first_and_at_most_the_sum(given_devices: list[DeviceTotal]) -> None:
    totals = [float(device.spans.values.sum()) for device in given_devices if device.spans is not None]
    total = sum(share.value for share in united(given_devices))
    assert totals[0] - 1e-6 <= total <= sum(totals) + 1e-6
    again = [*given_devices, DeviceTotal("copy", "", None, given_devices[0].spans)]
    assert sum(share.value for share in united(again)) == pytest.approx(total), "the same once more adds nothing"


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 100), st.integers(0, 30)), max_size=12))
def test_a_cover_is_the_same_time_without_overlaps(parts: list[tuple[int, int]]) -> None:
    cover = merged(np.array([(start, start + length) for start, length in parts], np.int64).reshape(-1, 2))
    inside = {at for start, length in parts for at in range(start, start + length)}
    assert {at for start, end in cover for at in range(start, end)} == inside
    assert all(before[1] < after[0] for before, after in pairwise(cover))


def sleep(start_ms: int, end_ms: int, day: str, **of: object) -> Night:
    return Night(day=day, start_ms=start_ms, end_ms=end_ms, asleep_s=(end_ms - start_ms) / 1000, **of)  # type: ignore[arg-type]


def test_sleeps_with_a_short_gap_are_one_night_and_the_others_naps() -> None:
    """health.md, night.merge_naps."""
    sleeps = [
        sleep(1793659200000, 1793668200000, "2026-11-03"),
        sleep(1793670600000, 1793683800000, "2026-11-03"),
        sleep(1793709000000, 1793711100000, "2026-11-03"),
        sleep(1793748000000, 1793772300000, "2026-11-04"),
        sleep(1793826600000, 1793831400000, "2026-11-04"),
    ]
    joined = join_sleeps(reversed(sleeps))
    first, second = night_of("2026-11-03", joined), night_of("2026-11-04", joined)
    assert first is not None and second is not None
    assert (first.start_ms, first.end_ms, first.asleep_s, first.naps_s) == (1793659200000, 1793683800000, 22_200, 2100)
    assert (second.start_ms, second.end_ms, second.asleep_s, second.naps_s) == (
        1793748000000, 1793772300000, 24_300, 4800,
    )  # fmt: skip
    assert night_of("2026-11-05", joined) is None


def test_what_the_vendor_calls_a_nap_stays_one() -> None:
    night = sleep(START, START + 420 * MIN, DAY)
    nap = sleep(START + 440 * MIN, START + 470 * MIN, DAY, nap=True)
    found = night_of(DAY, join_sleeps([nap, night]))
    assert found is not None and (found.asleep_s, found.naps_s) == (25_200, 1800)
    assert night_of(DAY, join_sleeps([nap])) is None, "a nap alone is no night"


def test_awake_alone_is_no_night() -> None:
    awake = Night(day=DAY, start_ms=START, end_ms=START + MIN, awake_s=60.0)
    assert night_of(DAY, join_sleeps([awake])) is None


def report(original: str, said: int, *values: Measurement, source: str = "fit", **of: object) -> DayReport:
    content = Wellness(measurements=values, **of)  # type: ignore[arg-type]
    return DayReport(original=original, source=source, device="w", day=DAY, said_ms=said, content=content)


def test_running_totals_are_never_added_up() -> None:
    files = [report(f"f{n}", n, Measurement("steps", DAY, total)) for n, total in enumerate((1428.0, 12814.0, 15027.0))]
    for order in (files, files[::-1]):
        [day] = device_days(order)
        assert day.values["steps"] == 15027.0


def test_readings_and_series_make_a_day_s_values() -> None:
    heart = Series("heart_rate_bpm", DAY, START + MIN * np.arange(3), np.array([50.0, np.nan, 70.0]))
    stress = Series("stress", DAY, START + MIN * np.arange(2), np.array([0.0, 30.0]))
    weights = (Measurement("weight_kg", DAY, 70.0, 5), Measurement("weight_kg", DAY, 71.0, 2))
    [day] = device_days([report("f", 1, *weights, series=(heart, stress))])
    expected = {"heart_rate_bpm": 60.0, "heart_rate_min_bpm": 50.0, "heart_rate_max_bpm": 70.0}
    assert expected.items() <= day.values.items() and day.values["stress_avg"] == 15.0
    assert day.readings["weight_kg"] == {5: 70.0, 2: 71.0} and "weight_kg" not in day.values
    assert day.last_ms == START + 2 * MIN, "what is not measured is no sign of life, the last value is"


def test_energy_needs_both_halves() -> None:
    active = Measurement("calories_active_kcal", DAY, 700.0)
    [day] = device_days([report("f", 1, active)])
    assert "calories_kcal" not in day.values
    [day] = device_days([report("f", 1, active, Measurement("calories_resting_kcal", DAY, 1800.0))])
    assert day.values["calories_kcal"] == 2500.0
    [day] = device_days([report("f", 1, active, Measurement("calories_kcal", DAY, 2600.0))])
    assert day.values["calories_resting_kcal"] == 1900.0, "who says the whole and the active part says the rest"


def device(source: str, total: float, *rows: Sequence[float], device: str = "") -> DeviceDay:
    return DeviceDay(source, device, DAY, values={"steps": total}, spans={"steps": spans(*rows)} if rows else {})


def test_one_vendor_counts_once_though_it_comes_by_two_ways() -> None:
    end = START + 24 * 60 * MIN
    watch = device("fit", 15027, (400, 415, 5000), (1300, 1315, 10027), device="3992")
    account = device("garmin", 15100, (390, 420, 5100), (1290, 1320, 10000))
    phone = device("apple_health", 400, (600, 615, 400))
    shares = day_total("steps", [phone, account, watch], end)
    assert [(share.source, share.value) for share in shares] == [("fit", 15027.0), ("apple_health", 400.0)]
    assert [share.source for share in day_total("steps", [account, watch], end, ("garmin",))] == ["garmin"]


def test_an_order_may_name_one_device_of_a_source() -> None:
    end = START + 24 * 60 * MIN
    old, new = device("fit", 900, (1300, 1310, 900), device="1"), device("fit", 5000, (1300, 1310, 5000), device="2")
    assert [share.device for share in day_total("steps", [old, new], end)] == ["2"], "the one that counted more"
    assert [share.device for share in day_total("steps", [old, new], end, ("fit:1", "fit"))] == ["1"]


def test_a_file_of_the_morning_yields_to_the_whole_day() -> None:
    end = START + 24 * 60 * MIN
    morning = device("fit", 1428, (400, 415, 1428), device="3992")
    account = device("garmin", 15027)
    assert [share.source for share in day_total("steps", [morning, account], end)] == ["garmin"]
    assert [share.source for share in day_total("steps", [morning, device("garmin", 900)], end)] == ["fit"]


@settings(max_examples=100, deadline=None)
@given(st.permutations(range(5)), st.lists(st.integers(0, 3), min_size=5, max_size=5))
def test_the_order_of_arrival_does_not_matter(order: Sequence[int], said: Sequence[int]) -> None:
    def made(number: int) -> DayReport:
        course = Series("stress", DAY, START + MIN * np.arange(number, number + 3), np.full(3, float(number)))
        steps = Measurement("steps", DAY, float(number))
        return report(f"f{number}", said[number], steps, series=(course,), spans=(spans((0, 9, number), (9, 12, 1)),))

    expected, [day] = device_days(map(made, range(5))), device_days(map(made, order))
    assert (day.values, day.readings) == (expected[0].values, expected[0].readings)
    np.testing.assert_array_equal(day.series["stress"].values, expected[0].series["stress"].values)
    np.testing.assert_array_equal(day.spans["steps"].values, expected[0].spans["steps"].values)
