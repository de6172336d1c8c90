"""Tables of measurements: columns by their names, units and the order of days by evidence, doubt as a note."""

import json
import math
from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from homestretch import formats
from homestretch.formats.measurements_csv.columns import guess
from homestretch.formats.measurements_csv.dates import day_order
from homestretch.formats.measurements_csv.stated import MARK
from homestretch.formats.measurements_csv.table import table_of
from homestretch.model.health.kinds import KINDS
from homestretch.model.health.measurement import Wellness

#: 2026-05-31 00:00, as if it was UTC.
MIDNIGHT = 1_780_185_600_000


def read(*lines: str) -> Wellness:
    """Return what a table of these lines says."""
    decoded = formats.decode("\n".join(lines).encode(), "mine.csv")
    assert (decoded.format, decoded.kind) == ("measurements_csv", "wellness")
    return decoded.wellness


def values(made: Wellness) -> dict[tuple[str, str], float]:
    """Return values by kind and day."""
    return {(one.kind, one.day): one.value for one in made.measurements}


def test_a_table_in_english() -> None:
    made = read(
        "Date,Weight (lbs),Body fat %,Resting HR,Comment", "2026-05-31,157.2,18.5,47,fine", "2026-06-01,,18.4,0,"
    )
    assert values(made) == {
        ("weight_kg", "2026-05-31"): 71.304721, ("body_fat_pct", "2026-05-31"): 18.5,
        ("body_fat_pct", "2026-06-01"): 18.4, ("resting_heart_rate_bpm", "2026-05-31"): 47,
    }  # fmt: skip
    assert made.notes == () and made.clock == "own"


def test_a_table_in_german() -> None:
    made = read("Datum;Uhrzeit;Gewicht [kg];Schlaf", "31.05.2026;06:30;71,3;7:30", "01.06.2026;;71,1;6,5")
    assert values(made) == {
        ("weight_kg", "2026-05-31"): 71.3, ("weight_kg", "2026-06-01"): 71.1,
        ("sleep_s", "2026-05-31"): 27_000, ("sleep_s", "2026-06-01"): 23_400,
    }  # fmt: skip
    at = {(one.kind, one.day): one.at_ms for one in made.measurements}
    assert at["weight_kg", "2026-05-31"] == MIDNIGHT + 390 * 60_000 and at["sleep_s", "2026-05-31"] is None
    assert at["weight_kg", "2026-06-01"] is None and made.clock == "wall"


@pytest.mark.parametrize(
    ("header", "cells", "ours", "measured"),
    [
        ("weight", ["71.2", "70.9"], "weight_kg", [71.2, 70.9]),
        ("weight", ["190", "191"], "weight_kg", [86.18255, 86.636143]),
        ("glucose", ["90.08", "90.08"], "blood_glucose_mmol_l", [5, 5]),
        ("waist", ["32", "33"], "waist_cm", [81.28, 83.82]),
        ("sleep (min)", ["420", "450"], "sleep_s", [25_200, 27_000]),
        ("steps", ["12,345", "9876"], "steps", [12_345, 9876]),
        ("weight_kg", ["171.2", "170.9"], "weight_kg", [171.2, 170.9]),
    ],
)
def test_units_by_name_or_by_size(header: str, cells: list[str], ours: str, measured: list[float]) -> None:
    rows = [f'2026-05-{30 + k},"{cell}"' for k, cell in enumerate(cells)]
    made = read(f"date,{header}", *rows)
    assert [(one.kind, one.value) for one in made.measurements] == [(ours, value) for value in measured]


def test_a_weight_that_may_be_either_is_left_out() -> None:
    made = read("date,weight,steps", "2026-05-31,120,9000")
    assert values(made) == {("steps", "2026-05-31"): 9000} and made.notes == ("unit_unknown:weight",)


@pytest.mark.parametrize(
    ("texts", "month_first"),
    [
        (["05/31/2026", "01/02/2026"], True),
        (["31/05/2026", "01/02/2026"], False),
        (["01.02.2026", "02.02.2026"], False),
        (["01/02/2026", "02/02/2026", "03/02/2026", "01/03/2026"], False),
        (["01/02/2026", "01/03/2026", "01/04/2026", "02/01/2026"], True),
        (["01/02/2026"], None),
        (["01/01/2026", "02/02/2026"], None),
        (["2026-05-01", "2026-05-02"], False),
    ],
)
def test_which_number_is_the_day(texts: list[str], month_first: bool | None) -> None:
    assert day_order(texts).month_first is month_first


def test_dates_that_read_two_ways_are_not_read() -> None:
    made = read("date,steps", "01/02/2026,100")
    assert made.measurements == () and made.notes == ("day_order_unknown",)


def test_rows_without_a_date_are_counted() -> None:
    made = read("date,steps", "2026-05-31,100", "sum,100")
    assert values(made) == {("steps", "2026-05-31"): 100} and made.notes == ("row_unreadable:1",)


def test_the_mapping_is_there_before_anything_is_imported() -> None:
    mapping = guess(table_of(b"Day;Weight;HRV (ms);Shoes\n2026-05-31;120;61;old\n"))
    assert (mapping.date, mapping.time, mapping.workouts) == (0, None, False)
    assert [(one.place, one.name, one.kind, one.scale) for one in mapping.columns] == [
        (1, "Weight", "weight_kg", None), (2, "HRV (ms)", "hrv_night_ms", 1.0),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "date,sport,weight\n2026-05-31,run,70\n",
        "date,distance,weight\n2026-05-31,7,70\n",
        "name,weight\nA,70\n",
        "",
        "\0date,steps\n",
    ],
)
def test_other_tables_are_left_to_others(text: str) -> None:
    assert formats.sniff(text.encode(), "mine.csv") is None


def test_a_table_without_a_name_of_one_is_no_table() -> None:
    assert formats.sniff(b"date,steps\n2026-05-31,100\n", "notes.md") is None


@given(
    start=st.dates(date(2001, 1, 1), date(2035, 1, 1)),
    count=st.integers(2, 60),
    pattern=st.sampled_from(["%d/%m/%Y", "%m/%d/%Y"]),
)
def test_days_in_a_row_are_read_as_they_were_written(start: date, count: int, pattern: str) -> None:
    days = [start + timedelta(days=k) for k in range(count)]
    order = day_order([day.strftime(pattern) for day in days])
    assume(order.month_first is not None)
    assert [order.read(day.strftime(pattern)) for day in days] == [day.isoformat() for day in days]


@given(st.binary(max_size=300))
def test_any_bytes_are_read(data: bytes) -> None:
    header = b"date,weight (kg),sleep\n"
    assert formats.decode(header + data.replace(b"\0", b""), "mine.csv").format == "measurements_csv"


def stated(table: bytes, **said: object) -> bytes:
    """Return a table below a line that says what its columns are."""
    return MARK + json.dumps(said).encode() + b"\n" + table


def test_columns_are_those_that_a_person_chose() -> None:
    table = b"when,a,b\n03/04/2026,154,9\n04/05/2026,155,8\n"
    said = stated(table, date=0, month_first=True, columns=[[1, "weight_kg", 0.45359237]])
    found = formats.decode(said, "what.dat").wellness.measurements
    assert [(one.kind, one.day) for one in found] == [("weight_kg", "2026-03-04"), ("weight_kg", "2026-04-05")]
    assert found[0].value == pytest.approx(154 * 0.45359237, abs=1e-6)


SAID = st.dictionaries(
    st.sampled_from(["date", "time", "month_first", "columns"]),
    st.integers()
    | st.none()
    | st.floats()
    | st.lists(st.tuples(st.integers(-1, 4) | st.booleans(), st.sampled_from(["weight_kg", "x"]), st.floats())),
)


@given(line=st.binary(max_size=80) | SAID.map(lambda said: json.dumps(said).encode()))
def test_whatever_the_line_says_only_sound_values_come(line: bytes) -> None:
    table = b"date,kg\n2026-03-04,70\n2026-03-05,71\n"
    for one in formats.decode(MARK + line + b"\n" + table).wellness.measurements:
        assert one.kind in KINDS and math.isfinite(one.value)
