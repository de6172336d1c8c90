"""Importing: what comes in is kept, understood, and never there twice."""

import hashlib
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from sqlalchemy import select

from homestretch.errors import DiskNearlyFull
from homestretch.flow.derive.decode.decoders import Decoders
from homestretch.flow.runtime.context import Context
from homestretch.formats import gpx
from homestretch.formats.fit.encode import encode
from homestretch.model.recording import Recording
from homestretch.store.scope import Scope
from homestretch.store.tables.derived import recordings
from homestretch.store.tables.kept import identities
from tests.formats import golden
from tests.taking import codes, listed, shown, take_in


def test_a_file_becomes_an_activity(context: Context, scope: Scope, decoders: Decoders) -> None:
    items = take_in(context, scope, decoders, {"run.fit": encode(golden.run())})
    assert items["run.fit"]["status"] == "imported"
    found = shown(context, scope, items["run.fit"]["activities"][0])
    assert found["sport"] == "running"
    assert found["formats"] == ["fit"]
    assert found["elapsed_s"] == pytest.approx(120, abs=2)
    assert context.archive.read(found["recordings"][0]["original"]) == encode(golden.run())


def test_the_same_bytes_twice_are_one_original(context: Context, scope: Scope, decoders: Decoders) -> None:
    data = encode(golden.run())
    first = take_in(context, scope, decoders, {"a/run.fit": data, "b/run.fit": data})
    assert sorted(item["status"] for item in first.values()) == ["duplicate", "imported"]
    again = take_in(context, scope, decoders, {"c.fit": data})
    assert again["c.fit"]["status"] == "duplicate"
    assert again["c.fit"]["activities"] == first["a/run.fit"]["activities"]
    assert len(listed(context, scope)) == 1
    assert len(list(context.archive.digests())) == 1


def test_the_same_workout_in_two_formats_is_one_activity(context: Context, scope: Scope, decoders: Decoders) -> None:
    recording = golden.run(600)
    items = take_in(context, scope, decoders, {"run.gpx": gpx.encode(recording), "run.fit": encode(recording)})
    assert items["run.gpx"]["activities"] == items["run.fit"]["activities"]
    found = shown(context, scope, items["run.fit"]["activities"][0])
    assert found["formats"] == ["fit", "gpx"]
    primary = next(r for r in found["recordings"] if r["primary"])
    assert primary["format"] == "fit"
    assert found["sources"]["distance_m"] == primary["id"]


def test_every_member_id_leads_to_the_activity(context: Context, scope: Scope, decoders: Decoders) -> None:
    recording = golden.run(600)
    take_in(context, scope, decoders, {"run.gpx": gpx.encode(recording)})
    take_in(context, scope, decoders, {"run.fit": encode(recording)})
    (only,) = listed(context, scope)
    for member in shown(context, scope, only["id"])["recordings"]:
        assert shown(context, scope, member["id"])["id"] == only["id"]


def test_a_multisport_file_is_a_parent_with_legs(context: Context, scope: Scope, decoders: Decoders) -> None:
    legs = golden.multisport()
    items = take_in(context, scope, decoders, {"tri.fit": encode(*legs)})
    assert len(items["tri.fit"]["activities"]) == len(legs)
    (parent,) = listed(context, scope)
    assert parent["sport"] == "multisport"
    assert parent["legs"] == items["tri.fit"]["activities"]
    assert shown(context, scope, parent["legs"][0])["parent"] == parent["id"]
    total = sum(shown(context, scope, leg)["distance_m"] or 0 for leg in parent["legs"])
    assert parent["distance_m"] == pytest.approx(total)


def keys(context: Context) -> set[str]:
    """Return the keys by which the recordings that are there are known for ever."""
    with context.database.read() as reader:
        known = select(identities.c.key).join(recordings, recordings.c.id == identities.c.id)
        return {row.key for row in reader.rows(known)}


def test_every_file_of_a_joined_one_is_an_activity(sqlite_context: Context, scope: Scope, decoders: Decoders) -> None:
    """Three, of which the second is a triathlon; the numbers are those of the last file that had them, and new ones."""
    day = 86_400_000
    joined = encode(golden.run(60))
    joined += encode(*(_later(leg, day) for leg in golden.multisport()))
    joined += encode(golden.run(90, golden.START_MS + 2 * day))
    files = {"joined.fit": joined, "alone.fit": encode(golden.strength())}
    items = take_in(sqlite_context, scope, decoders, files)
    assert len(items["joined.fit"]["activities"]) == 5 and len(listed(sqlite_context, scope)) == 4
    digest, alone = (hashlib.sha256(data).hexdigest() for data in files.values())
    assert keys(sqlite_context) == {f"{alone}:0", *(f"{digest}:{number}" for number in range(5))}
    last = next(one for one in listed(sqlite_context, scope) if one["start_local"].startswith("2026-05-05"))
    with sqlite_context.database.read() as reader:
        named = select(identities.c.key).where(identities.c.public_id == last["id"])
        assert reader.scalar(named) == f"{digest}:0"


def _later(recording: Recording, by_ms: int) -> Recording:
    start = replace(recording.start, utc_ms=recording.start.utc_ms + by_ms)
    moved = replace(recording, start=start, end_ms=recording.end_ms + by_ms, time_ms=recording.time_ms + by_ms)
    return replace(moved, laps=(), pauses=(), events=(), lengths=(), file_key="a day later")


def test_real_joined_files(sqlite_context: Context, scope: Scope, decoders: Decoders, real_files: Path) -> None:
    joined = [real_files.parent / "reports" / "two-files-in-one.fit", *real_files.glob("fit/*chained*.fit")]
    items = take_in(sqlite_context, scope, decoders, {path.name: path.read_bytes() for path in joined})
    assert {len(item["activities"]) for item in items.values()} == {2}


def test_what_is_no_recording_is_kept_and_reported(context: Context, scope: Scope, decoders: Decoders) -> None:
    items = take_in(
        context, scope, decoders,
        {"photo.jpg": b"\xff\xd8\xff" * 50, "watch.fit": golden.settings(), "empty.fit": b"", "runs.CSV": b"date,km\n"},
    )  # fmt: skip
    assert items["photo.jpg"]["status"] == "skipped"
    assert "a_photo" in codes(items["photo.jpg"])
    assert "kind:settings" in codes(items["watch.fit"])
    assert items["empty.fit"]["status"] in ("skipped", "failed")
    assert (items["runs.CSV"]["status"], codes(items["runs.CSV"])) == ("skipped", ["a_table"])
    assert len(list(context.archive.digests())) == 4
    assert listed(context, scope) == []


def test_one_bad_file_stops_nothing(context: Context, scope: Scope, decoders: Decoders) -> None:
    good = encode(golden.run())
    items = take_in(
        context, scope, decoders, {"cut.fit": good[: len(good) // 2], "good.fit": good, "junk.fit": good[:20]}
    )
    assert items["good.fit"]["status"] == "imported"
    assert items["cut.fit"]["status"] == "imported"
    assert any(note.startswith("truncated") for note in codes(items["cut.fit"]))
    assert items["junk.fit"]["status"] == "failed"


def test_two_athletes_with_one_file_see_only_their_own(context: Context, scope: Scope, decoders: Decoders) -> None:
    from homestretch.flow.accounts.accounts import create_account
    from homestretch.views.people.people import scope as scope_of

    other_account = create_account(context, "other", "long enough", is_admin=False)
    with context.database.read() as reader:
        other = scope_of(reader, other_account, None, 0)
    assert other.athlete_id != scope.athlete_id
    data = encode(golden.run())
    mine = take_in(context, scope, decoders, {"run.fit": data})
    assert listed(context, other) == []
    theirs = take_in(context, other, decoders, {"copy.fit": data})
    assert theirs["copy.fit"]["status"] == "imported"
    assert mine["run.fit"]["activities"] != theirs["copy.fit"]["activities"]
    assert len(list(context.archive.digests())) == 1


def test_a_crashing_decoder_costs_one_file(context: Context, scope: Scope, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first file makes its worker process exit, another one wants more memory than there is for one."""
    from tests.flow import deadly

    monkeypatch.setattr("homestretch.flow.derive.decode.decoders.decode_original", deadly.decode_original)
    with Decoders(context.settings) as pool:
        items = take_in(
            context,
            scope,
            pool,
            {"deadly.fit": b"die" + encode(golden.run()), "greedy.fit": b"eat", "good.fit": encode(golden.run())},
        )
    assert items["deadly.fit"]["status"] == "failed"
    assert codes(items["deadly.fit"]) == ["decoder_crashed"]
    assert codes(items["greedy.fit"]) == ["too_large"]
    assert items["good.fit"]["status"] == "imported"
    assert len(list(context.archive.digests())) == 3


def test_a_full_disk_stops_the_import_with_a_plain_sentence(context: Context, scope: Scope, decoders: Decoders) -> None:
    full = replace(context, settings=context.settings.model_copy(update={"min_free_mb": 10**9}))
    with pytest.raises(DiskNearlyFull, match="Free at least"):
        take_in(full, scope, decoders, {"run.fit": encode(golden.run())})
    take_in(context, scope, decoders, {})
    assert len(listed(context, scope)) == 1


def test_streams_survive_the_store(context: Context, scope: Scope, decoders: Decoders) -> None:
    from homestretch.views.activities.activity import resolve
    from homestretch.views.kit.samples import activity_recording

    recording = golden.run(300)
    items = take_in(context, scope, decoders, {"run.fit": encode(recording)})
    with context.database.read() as reader:
        row = resolve(reader, scope, items["run.fit"]["activities"][0])
        stored = activity_recording(reader, row)
    assert stored is not None
    for key, channel in recording.channels.items():
        np.testing.assert_allclose(stored.channels[key].values(), channel.values(), equal_nan=True)
