"""Derived tables of days and nights: made again from the originals as the others are."""

from sqlalchemy import BigInteger, Column, Float, Index, Integer, LargeBinary, Table, Text, text

from homestretch.store.tables.columns import Document, Key, derived_metadata

#: Values of days, a row each: `at_ms` 0 is the day's own, any other one of several, at an instant. `digest` names the
#: payload that gave it last.
measurements = Table(
    "measurements",
    derived_metadata,
    Column("athlete_id", Key, primary_key=True, autoincrement=False),
    Column("kind", Text, primary_key=True),
    Column("day", Text, primary_key=True),
    Column("source", Text, primary_key=True),
    Column("at_ms", BigInteger, primary_key=True, autoincrement=False, server_default=text("0")),
    Column("value", Float, nullable=False),
    Column("digest", Text, nullable=False),
    Index(None, "athlete_id", "digest"),
    sqlite_with_rowid=False,
)

#: Nights, by the local day of waking; `stages` lists [start, end, stage] with times in ms after the start.
nights = Table(
    "nights",
    derived_metadata,
    Column("athlete_id", Key, primary_key=True, autoincrement=False),
    Column("day", Text, primary_key=True),
    Column("source", Text, primary_key=True),
    Column("start_ms", BigInteger, nullable=False),
    Column("end_ms", BigInteger, nullable=False),
    Column("offset_s", Integer),
    *(Column(name, Float) for name in (
        "asleep_s", "deep_s", "light_s", "rem_s", "awake_s", "unmeasured_s", "naps_s", "score", "awakenings",
        "avg_heart_rate_bpm", "hrv_ms", "avg_spo2_pct", "min_spo2_pct", "avg_respiration_brpm", "avg_stress",
        "body_battery_change", "skin_temperature_change_c",
    )),
    Column("stages", Document, nullable=False),
    Column("digest", Text, nullable=False),
    Index(None, "athlete_id", "digest"),
)  # fmt: skip

#: What was measured through a day, one blob per kind (see `store/streams.py`).
intraday = Table(
    "intraday",
    derived_metadata,
    Column("athlete_id", Key, primary_key=True, autoincrement=False),
    Column("kind", Text, primary_key=True),
    Column("day", Text, primary_key=True),
    Column("source", Text, primary_key=True),
    Column("blob", LargeBinary, nullable=False),
    Column("digest", Text, nullable=False),
    Index(None, "athlete_id", "digest"),
)
