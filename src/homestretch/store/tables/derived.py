"""Derived tables: everything here can be dropped and made again from the originals and the edits."""

from sqlalchemy import BigInteger, Boolean, Column, Float, Index, Integer, LargeBinary, Table, Text

from homestretch.store.codec import CODEC
from homestretch.store.tables.columns import Document, Key, derived_metadata

__all__ = ["CODEC", "activities", "outcomes", "recordings", "streams"]

#: What decoding an original gave, per athlete; an original without a row at today's version is work to do.
outcomes = Table(
    "outcomes",
    derived_metadata,
    Column("athlete_id", Key, primary_key=True),
    Column("digest", Text, primary_key=True),
    Column("version", Text, nullable=False, index=True),
    Column("format", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("recordings", Integer, nullable=False),
    Column("notes", Document, nullable=False),
    Column("contents", Document, nullable=False),
)

#: One row per recording; its id is that of its identity. `features` feed matching, `summary` blending.
recordings = Table(
    "recordings",
    derived_metadata,
    Column("id", Key, primary_key=True, autoincrement=False),
    Column("athlete_id", Key, nullable=False),
    Column("activity_id", Key, index=True),
    Column("key", Text, nullable=False),
    Column("digest", Text, nullable=False),
    Column("start_ms", BigInteger, nullable=False),
    Column("end_ms", BigInteger, nullable=False),
    Column("file_key", Text),
    Column("features", Document, nullable=False),
    Column("summary", Document, nullable=False),
    Column("detail", LargeBinary, nullable=False),
    Index(None, "athlete_id", "start_ms"),
    Index(None, "athlete_id", "digest"),
    Index(None, "athlete_id", "file_key"),
)

#: A recording's channels, one blob (see `store/streams.py`).
streams = Table(
    "streams",
    derived_metadata,
    Column("recording_id", Key, primary_key=True, autoincrement=False),
    Column("blob", LargeBinary, nullable=False),
    Column("beats", LargeBinary),
)

#: What every list of activities filters and sorts by.
_LISTED = ("athlete_id", "deleted", "hidden", "parent_id", "local_ms", "id")

#: What happened: one or more recordings. Its id is that of its first-minted member.
activities = Table(
    "activities",
    derived_metadata,
    Column("id", Key, primary_key=True, autoincrement=False),
    Column("public_id", Text, nullable=False, unique=True),
    Column("athlete_id", Key, nullable=False),
    Column("parent_id", Key, index=True),
    Column("primary_id", Key),
    Column("start_ms", BigInteger, nullable=False),
    Column("local_ms", BigInteger, nullable=False),
    Column("offset_s", Integer),
    Column("zone", Text),
    Column("zone_source", Text, nullable=False),
    Column("sport", Text, nullable=False),
    Column("sub_sport", Text),
    Column("name", Text, nullable=False),
    Column("description", Text),
    Column("search", Text, nullable=False),
    Column("hidden", Boolean, nullable=False),
    Column("deleted", Boolean, nullable=False),
    Column("indoor", Boolean, nullable=False),
    Column("elapsed_s", Float),
    Column("timer_s", Float),
    Column("moving_s", Float),
    Column("distance_m", Float),
    Column("ascent_m", Float),
    Column("descent_m", Float),
    Column("avg_hr_bpm", Float),
    Column("max_hr_bpm", Float),
    Column("avg_power_w", Float),
    Column("max_power_w", Float),
    Column("avg_cadence_rpm", Float),
    Column("max_cadence_rpm", Float),
    Column("avg_speed_mps", Float),
    Column("max_speed_mps", Float),
    Column("avg_temperature_c", Float),
    Column("calories_kcal", Float),
    Column("formats", Text, nullable=False),
    Column("thumb", Text),
    Column("provenance", Document, nullable=False),
    Column("edit_id", Key),  # the last edit that is in this row
    # Lists in order of time, counts and sums are answered from this index alone.
    Index("ix_activities_listed", *_LISTED, "sport", "distance_m", "moving_s", "ascent_m"),
    # And so is a search for words; PostgreSQL bounds what an index holds, and reads its tables faster.
    Index("ix_activities_searched", *_LISTED, "search").ddl_if(dialect="sqlite"),
)
