"""Derived tables of days and nights: made again from the originals as the others are."""

from sqlalchemy import BigInteger, Boolean, Column, Float, Index, Integer, LargeBinary, Table, Text, text

from homestretch.store.tables.columns import Document, Key, derived_metadata

#: What one original says of a day of one device, a row each: `original` is a file's digest or `payload:` with its id.
#: `superseded` ones only fill in what later ones leave out. `blob`: values and sleeps (`codecs/day_reports.py`).
day_reports = Table(
    "day_reports",
    derived_metadata,
    Column("athlete_id", Key, primary_key=True, autoincrement=False),
    Column("original", Text, primary_key=True),
    Column("day", Text, primary_key=True),
    Column("source", Text, primary_key=True),
    Column("device", Text, primary_key=True),
    Column("said_ms", BigInteger, nullable=False),
    Column("place", BigInteger, nullable=False),
    Column("superseded", Boolean, nullable=False),
    Column("blob", LargeBinary, nullable=False),
    Index(None, "athlete_id", "day"),
)

#: What an original says was measured through a day, a blob per kind (`codecs/streams.py`); spans have their lengths.
intraday = Table(
    "intraday",
    derived_metadata,
    Column("athlete_id", Key, primary_key=True, autoincrement=False),
    Column("day", Text, primary_key=True),
    Column("original", Text, primary_key=True),
    Column("source", Text, primary_key=True),
    Column("device", Text, primary_key=True),
    Column("kind", Text, primary_key=True),
    Column("spans", Boolean, primary_key=True),
    Column("blob", LargeBinary, nullable=False),
)

#: What each device says of days, folded over all reports: `at_ms` 0 is the day's own value, any other one of several.
measurements = Table(
    "measurements",
    derived_metadata,
    Column("athlete_id", Key, primary_key=True, autoincrement=False),
    Column("kind", Text, primary_key=True),
    Column("day", Text, primary_key=True),
    Column("source", Text, primary_key=True),
    Column("device", Text, primary_key=True),
    Column("at_ms", BigInteger, primary_key=True, autoincrement=False, server_default=text("0")),
    Column("value", Float, nullable=False),
    Index(None, "athlete_id", "day"),
    sqlite_with_rowid=False,
)

#: Totals of days that several devices counted; `shares` lists [source, device, part], the most believed first.
day_totals = Table(
    "day_totals",
    derived_metadata,
    Column("athlete_id", Key, primary_key=True, autoincrement=False),
    Column("kind", Text, primary_key=True),
    Column("day", Text, primary_key=True),
    Column("value", Float, nullable=False),
    Column("shares", Document, nullable=False),
    Index(None, "athlete_id", "day"),
)

#: Each device's night, by the local day of waking; `stages` lists [start, end, stage], times in ms after the start.
nights = Table(
    "nights",
    derived_metadata,
    Column("athlete_id", Key, primary_key=True, autoincrement=False),
    Column("day", Text, primary_key=True),
    Column("source", Text, primary_key=True),
    Column("device", Text, primary_key=True),
    Column("start_ms", BigInteger, nullable=False),
    Column("end_ms", BigInteger, nullable=False),
    Column("offset_s", Integer),
    *(Column(name, Float) for name in (
        "asleep_s", "deep_s", "light_s", "rem_s", "awake_s", "unmeasured_s", "naps_s", "score", "awakenings",
        "avg_heart_rate_bpm", "hrv_ms", "avg_spo2_pct", "min_spo2_pct", "avg_respiration_brpm", "avg_stress",
        "body_battery_change", "skin_temperature_change_c",
    )),
    Column("stages", Document, nullable=False),
)  # fmt: skip

#: What the fold of a day depends on besides its reports (`derive_days.fingerprint`), of each day with any.
day_fingerprints = Table(
    "day_fingerprints",
    derived_metadata,
    Column("athlete_id", Key, primary_key=True, autoincrement=False),
    Column("day", Text, primary_key=True),
    Column("fingerprint", Text, nullable=False),
    sqlite_with_rowid=False,
)

#: What originals say of the devices that measure: their names, when they synced last, how full the battery was then.
health_devices = Table(
    "health_devices",
    derived_metadata,
    Column("athlete_id", Key, primary_key=True, autoincrement=False),
    Column("source", Text, primary_key=True),
    Column("device", Text, primary_key=True),
    Column("original", Text, primary_key=True),
    Column("said_ms", BigInteger, nullable=False),
    Column("name", Text),
    Column("synced_ms", BigInteger),
    Column("battery_pct", Float),
)
