"""Derived tables: everything here can be dropped and made again from the originals and the edits."""

from sqlalchemy import BigInteger, Boolean, Column, Float, Index, Integer, LargeBinary, Table, Text, text

from homestretch.model import figures
from homestretch.store.tables.columns import Document, Key, derived_metadata

#: What decoding an original gave, per athlete; an original without a row at today's version is work to do. `zone` is
#: the athlete's zone ("" for none) that its days were placed by, null where it states its own.
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
    Column("zone", Text),
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
    Column("date_only", Boolean, nullable=False),
    Column("features", Document, nullable=False),
    Column("summary", Document, nullable=False),
    Column("detail", LargeBinary, nullable=False),
    Index(None, "athlete_id", "start_ms"),
    Index(None, "athlete_id", "digest"),
    Index(None, "athlete_id", "file_key"),
)

#: Two recordings that are not distinct, the one that began first as `a`: what they are to each other (`verdict`), by
#: which rule, how surely (0 to 1), and the figures that this rests on. Of `review` nothing is made until a person says.
pairs = Table(
    "pairs",
    derived_metadata,
    Column("a", Key, primary_key=True, autoincrement=False),
    Column("b", Key, primary_key=True, autoincrement=False),
    Column("athlete_id", Key, nullable=False),
    Column("verdict", Text, nullable=False),
    Column("rule", Text, nullable=False),
    Column("score", Float, nullable=False),
    Column("shift_s", Integer, nullable=False),
    Column("details", Document, nullable=False),
    Index(None, "b"),
    Index("ix_pairs_verdict", "athlete_id", "verdict"),
    sqlite_with_rowid=False,
)

#: By what names providers know recordings (`garmin/123`), as the sources of these say.
known_as = Table(
    "known_as",
    derived_metadata,
    Column("athlete_id", Key, primary_key=True, autoincrement=False),
    Column("name", Text, primary_key=True),
    Column("recording_id", Key, primary_key=True, autoincrement=False),
    Index(None, "recording_id"),
    sqlite_with_rowid=False,
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
    # Of a part that was split off: the activity that has its recordings.
    Column("split_from_id", Key, index=True),
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
    *(Column(key, Float) for key in figures.KEYS),
    Column("formats", Text, nullable=False),
    Column("thumb", Text),
    Column("provenance", Document, nullable=False),
    Column("rpe", Float),
    Column("feel", Integer),
    Column("source", Text),  # which recording's samples are measured, and the version of what decoded them
    Column("edit_id", Key),  # the last edit that is in this row
    Column("refused", Text, nullable=False),  # what is not a record: see model/refusals.py
    Column("gear_set", Text),  # which gear a person says was used: its public id, or `none`
    Column("gear_id", Key, index=True),  # which gear was used, by all that is known
    Column("tags", Document, nullable=False),  # in order of the alphabet
    Column("workout_type", Text),
    Column("start_latitude", Float),  # where its picture begins
    Column("start_longitude", Float),
    # Lists in order of time, counts and sums are answered from this index alone.
    Index("ix_activities_listed", *_LISTED, "sport", "distance_m", "moving_s", "ascent_m", "primary_id"),
    # And so is a search for words; PostgreSQL bounds what an index holds, and reads its tables faster.
    Index("ix_activities_searched", *_LISTED, "search").ddl_if(dialect="sqlite"),
    # What is about as long as another one is found here.
    Index("ix_activities_alike", "athlete_id", "deleted", "hidden", "sport", "distance_m", "start_latitude"),
)

#: What measuring an activity is to give and has given: `expected` and `computed` name each part with its fingerprint
#: (digests of the originals, versions, the athlete's thresholds); `stale` is where they differ. `written` has how
#: many rows each part made in the tables below: where another number is there, something was lost.
measures = Table(
    "measures",
    derived_metadata,
    Column("activity_id", Key, primary_key=True, autoincrement=False),
    Column("athlete_id", Key, nullable=False, index=True),
    Column("expected", Text, nullable=False),
    Column("computed", Text, nullable=False),
    Column("stale", Boolean, nullable=False),
    Column("profile", Document, nullable=False),
    Column("reasons", Document, nullable=False),
    Column("found", Document, nullable=False),
    #: A part of what was found that charts read of thousands of activities at once.
    Column("zones", Document, nullable=False),
    Column("written", Document, nullable=False),
    Index(
        "ix_measures_stale", "athlete_id", "activity_id", sqlite_where=text("stale = 1"), postgresql_where=text("stale")
    ),
)

#: The values of activities, by the number of the metric; one that is not here is missing for a reason.
metrics = Table(
    "metrics",
    derived_metadata,
    Column("athlete_id", Key, primary_key=True, autoincrement=False),
    Column("metric", Integer, primary_key=True, autoincrement=False),
    Column("activity_id", Key, primary_key=True, autoincrement=False),
    Column("value", Float, nullable=False),
    Index(None, "activity_id"),
    sqlite_with_rowid=False,
)

#: Mean-max curves, one blob per activity and kind (see `analysis/curve.py`).
curves = Table(
    "curves",
    derived_metadata,
    Column("athlete_id", Key, primary_key=True, autoincrement=False),
    Column("activity_id", Key, primary_key=True, autoincrement=False),
    Column("kind", Text, primary_key=True),
    Column("blob", LargeBinary, nullable=False),
    Index(None, "activity_id"),
    sqlite_with_rowid=False,
)

#: Best efforts: of kind `distance` the least seconds over `size` metres, of a curve's kind the best mean over `size` s.
#: `goodness` is the value, negative where less is better: the highest ranks first, the earlier of two alike.
bests = Table(
    "bests",
    derived_metadata,
    Column("athlete_id", Key, primary_key=True, autoincrement=False),
    Column("activity_id", Key, primary_key=True, autoincrement=False),
    Column("kind", Text, primary_key=True),
    Column("size", Float, primary_key=True),
    Column("class", Text, nullable=False),
    Column("goodness", Float, nullable=False),
    Column("start_s", Float, nullable=False),
    Column("start_ms", BigInteger, nullable=False),
    Index(None, "activity_id"),
    Index("ix_bests_ranked", "athlete_id", "class", "kind", "size", "goodness", "start_ms"),
)

#: Thresholds that are not set, from best efforts: each value from a day on, with the start of the activity
#: that shows it and the size of its best effort.
estimates = Table(
    "estimates",
    derived_metadata,
    Column("athlete_id", Key, primary_key=True, autoincrement=False),
    Column("key", Text, primary_key=True),
    Column("family", Text, primary_key=True),
    Column("valid_from", Text, primary_key=True),
    Column("value", Float, nullable=False),
    Column("start_ms", BigInteger, nullable=False),
    Column("size", Float, nullable=False),
)

#: Where an activity went: its box, its map cells at zoom 17 as a blob, its signature for routes.
tracks = Table(
    "tracks",
    derived_metadata,
    Column("activity_id", Key, primary_key=True, autoincrement=False),
    Column("athlete_id", Key, nullable=False, index=True),
    Column("south", Float, nullable=False),
    Column("west", Float, nullable=False),
    Column("north", Float, nullable=False),
    Column("east", Float, nullable=False),
    Column("length_m", Float, nullable=False),
    Column("cells", LargeBinary, nullable=False),
    Column("signature", LargeBinary, nullable=False),
    #: The highest revision of a segment that this way was compared with, and whether its route was looked for.
    Column("segments_seen", BigInteger, nullable=False),
    Column("routed", Boolean, nullable=False),
    Index("ix_tracks_routed", "athlete_id", "routed"),
    Index("ix_tracks_segments", "athlete_id", "segments_seen"),
)

#: Which activities touch a map cell (zoom 14, quadkey as an integer): the index of all that asks where.
cells = Table(
    "cells",
    derived_metadata,
    Column("cell", BigInteger, primary_key=True, autoincrement=False),
    Column("activity_id", Key, primary_key=True, autoincrement=False),
    Index(None, "activity_id"),
    sqlite_with_rowid=False,
)

#: One time over a segment.
efforts = Table(
    "efforts",
    derived_metadata,
    Column("segment_id", Key, primary_key=True, autoincrement=False),
    Column("activity_id", Key, primary_key=True, autoincrement=False),
    Column("start_s", Float, primary_key=True),
    Column("elapsed_s", Float, nullable=False),
    Column("avg_power_w", Float),
    Column("avg_hr_bpm", Float),
    Column("deviation_m", Float, nullable=False),
    Index(None, "activity_id"),
    Index("ix_efforts_ranked", "segment_id", "elapsed_s"),
)

#: Which course an activity followed: that of the route's first activity, whose id is the route's.
route_members = Table(
    "route_members",
    derived_metadata,
    Column("activity_id", Key, primary_key=True, autoincrement=False),
    Column("athlete_id", Key, nullable=False),
    Column("route_id", Key, nullable=False, index=True),
    Column("direction", Text, nullable=False),
    Index(None, "athlete_id", "route_id"),
)

#: Where first activities of routes are found by what their cells hash to.
route_bands = Table(
    "route_bands",
    derived_metadata,
    Column("band", BigInteger, primary_key=True, autoincrement=False),
    Column("route_id", Key, primary_key=True, autoincrement=False),
    Index(None, "route_id"),
    sqlite_with_rowid=False,
)

#: What is drawn on the heat map, by class (sport family and year): the activities with their tracks' fingerprints.
heat_classes = Table(
    "heat_classes",
    derived_metadata,
    Column("athlete_id", Key, primary_key=True, autoincrement=False),
    Column("class", Text, primary_key=True),
    Column("drawn", Document, nullable=False),
)

#: How many activities of a class went through each pixel of a tile: sparse counts, packed.
heat_tiles = Table(
    "heat_tiles",
    derived_metadata,
    Column("athlete_id", Key, primary_key=True, autoincrement=False),
    Column("class", Text, primary_key=True),
    Column("zoom", Integer, primary_key=True),
    Column("x", Integer, primary_key=True),
    Column("y", Integer, primary_key=True),
    Column("counts", LargeBinary, nullable=False),
)

#: What a job has taken notice of, per athlete: when it differs from today's, there is work to look for.
watermarks = Table(
    "watermarks",
    derived_metadata,
    Column("athlete_id", Key, primary_key=True, autoincrement=False),
    Column("job", Text, primary_key=True),
    Column("mark", Text, nullable=False),
)

#: The outcome of a payload. Where `stale`, it is to be decoded (version "": it came just now), or forgotten where the
#: payload is gone. Whether each has its row at today's version is looked at after an update (`flow/derive/payloads`).
payload_outcomes = Table(
    "payload_outcomes",
    derived_metadata,
    Column("payload_id", Key, primary_key=True, autoincrement=False),
    Column("athlete_id", Key, nullable=False, index=True),
    Column("source", Text, nullable=False),
    Column("digest", Text, nullable=False),
    Column("version", Text, nullable=False),
    Column("notes", Document, nullable=False),
    Column("stale", Boolean, nullable=False),
    Index(
        "ix_payload_outcomes_stale",
        "athlete_id",
        "payload_id",
        sqlite_where=text("stale = 1"),
        postgresql_where=text("stale"),
    ),
)

#: What an archive's own list says of activities in it: what they are called, and the path of a file beside the list.
listed = Table(
    "listed",
    derived_metadata,
    Column("athlete_id", Key, primary_key=True, autoincrement=False),
    Column("digest", Text, primary_key=True),
    Column("key", Text, primary_key=True),
    Column("source", Text, nullable=False),
    Column("path", Text),
    Column("name", Text),
    Column("description", Text),
    Column("gear", Text),
    Column("sport", Text),
    Column("sub_sport", Text),
    Index(None, "athlete_id", "path"),
    sqlite_with_rowid=False,
)

#: Gear in an archive's own list, by its key there.
listed_gear = Table(
    "listed_gear",
    derived_metadata,
    Column("athlete_id", Key, primary_key=True, autoincrement=False),
    Column("digest", Text, primary_key=True),
    Column("key", Text, primary_key=True),
    Column("source", Text, nullable=False),
    Column("name", Text),
    Column("kind", Text, nullable=False),
    Column("distance_m", Float),
    Column("retired", Boolean, nullable=False),
)

#: What a provider calls an activity and which gear it says was used, by the provider's keys.
titles = Table(
    "titles",
    derived_metadata,
    Column("athlete_id", Key, primary_key=True, autoincrement=False),
    Column("source", Text, primary_key=True),
    Column("key", Text, primary_key=True),
    Column("name", Text),
    Column("description", Text),
    Column("gear", Text),
    Column("sport", Text),
    Column("sub_sport", Text),
    sqlite_with_rowid=False,
)

#: Gear that a provider says somebody has, by its key.
remote_gear = Table(
    "remote_gear",
    derived_metadata,
    Column("athlete_id", Key, primary_key=True, autoincrement=False),
    Column("source", Text, primary_key=True),
    Column("key", Text, primary_key=True),
    Column("name", Text),
    Column("kind", Text, nullable=False),
    Column("distance_m", Float),
    Column("retired", Boolean, nullable=False),
)
