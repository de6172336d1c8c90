"""One activity whole: its figures and where each came from, laps, sets, devices, recordings, edits."""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypedDict

from sqlalchemy import Row, or_, select

from homestretch.analysis.derived_channels import derived_channels
from homestretch.errors import ForbiddenByTerms, NotFound
from homestretch.model.documents.activity import (
    Activity,
    ChannelInfo,
    DeviceInfo,
    Edit,
    Event,
    ExerciseSet,
    Lap,
    Length,
    Pause,
    RecordedLap,
    RecordingInfo,
    SplitPart,
)
from homestretch.model.moment import iso
from homestretch.model.notes import noted
from homestretch.store.codecs.details import unpack_detail
from homestretch.store.database import Reader
from homestretch.store.queries.arrivals import forbidden
from homestretch.store.queries.gear import gear_names
from homestretch.store.queries.identities import resolve_key, split_from
from homestretch.store.queries.samples import Stored, corrected_row
from homestretch.store.queries.splits import parts_of, whole_of
from homestretch.store.queries.withheld import is_allowed
from homestretch.store.scope import Scope
from homestretch.store.tables.derived import activities, outcomes, recordings
from homestretch.store.tables.kept import arrivals, identities
from homestretch.vendors.device_names import device_name, maker_name, model_name
from homestretch.views.activities.activities import activity_item
from homestretch.views.activities.edits import edits_of
from homestretch.views.activities.matches import why_together
from homestretch.views.activities.rows_without_file import rows_without_file
from homestretch.views.kit.channels import derivable_channels
from homestretch.views.kit.privacy import SHOWN, privacy_mask
from homestretch.views.kit.provenance import provenance_of
from homestretch.views.kit.redacted import Redacted, redacted, shown_of
from homestretch.views.kit.today import latest_ms


def resolve(reader: Reader, scope: Scope, public_id: str) -> Row[Any]:
    """Return the activity of an id: its own, or that of a recording that is or was in it. Raises NotFound."""
    mine = (identities.c.public_id == public_id) & (identities.c.athlete_id == scope.athlete_id)
    identity = reader.row(select(identities.c.id, identities.c.key, identities.c.successor_id).where(mine))
    activity_id = (
        None if identity is None else _activity_id(reader, scope, identity.successor_id or identity.id, identity.key)
    )
    if activity_id is None:
        raise NotFound(what="activity", id=public_id)
    row = reader.row(select(activities).where(activities.c.id == activity_id))
    if row is None or not _may_see(reader, scope, row):
        raise NotFound(what="activity", id=public_id)
    return row


def _may_see(reader: Reader, scope: Scope, row: Row[Any]) -> bool:
    """Return whether an activity is there for who asks: what is deleted or hidden, or a leg of such, may not be.

    Neither is one that terms withhold from the use that the scope is for.
    """
    if not is_allowed(reader, scope, row.id):
        return False
    if scope.may("activities: see removed"):
        return True
    removed = or_(activities.c.deleted, activities.c.hidden)
    family = activities.c.id.in_([row.id, row.parent_id or row.id])
    return reader.row(select(activities.c.id).where(family, removed)) is None


def activity(reader: Reader, scope: Scope, public_id: str) -> Activity:
    """Return everything about an activity. Raises NotFound."""
    row = resolve(reader, scope, public_id)
    members = _members(reader, row.split_from_id or row.id)
    primary = next((m for m in members if m.id == row.primary_id), None)
    own = corrected_row(reader, row.id)
    shown_row = primary if own is None else own
    detail = unpack_detail(shown_row.detail) if shown_row else {}
    legs = reader.rows(
        select(activities.c.public_id).where(activities.c.parent_id == row.id).order_by(activities.c.start_ms)
    )
    parent = select(activities.c.public_id).where(activities.c.id == row.parent_id)
    # The stored parts of a recording have the times of its file; a person may have moved the whole.
    start = (
        row.start_ms
        if shown_row is None
        else (row.start_ms - shown_row.start_ms + shown_row.summary.get("start_ms", shown_row.start_ms))
    )
    hidden, origins = privacy_mask(reader, scope), scope.may("originals: read")
    rest = redacted(reader, row, hidden)
    recorded = dict(detail.get("channels", {}))
    for m in members:
        units = unpack_detail(m.detail)["channels"] if row.provenance.get("given", {}).get(m.public_id) else {}
        recorded |= {key: units[key] for key in row.provenance.get("given", {}).get(m.public_id, []) if key in units}
    track = hidden.of(row.public_id).line(detail.get("track"))
    shown = shown_of(reader, scope.athlete_id, [row], hidden)
    gears = gear_names(reader, scope.athlete_id)
    found: Activity = {
        **activity_item(row, [leg.public_id for leg in legs], hidden, gears, shown),
        "description": row.description,
        "deleted": row.deleted,
        "parent": reader.scalar(parent) if row.parent_id else None,
        "track": track,
        "bbox": _west_first(hidden.box(detail.get("bbox"), track)),
        "device": _device(detail),
        "laps": _laps(detail.get("laps", [])),
        "lengths": [_length(length, start) for length in detail.get("lengths", [])],
        "sets": [_set(one, start) for one in detail.get("sets", [])],
        "pauses": [
            {"start_s": _s(p["start_ms"], start), "end_s": _s(p["end_ms"], start)} for p in detail.get("pauses", [])
        ],
        "events": [_event(event, start) for event in detail.get("events", [])],
        "devices": _devices(detail, scope),
        "pool_length_m": detail.get("pool_length_m"),
        "channels": [*_channels(recorded), *derivable_channels(reader, row, recorded)],
        "samples": detail.get("samples", 0),
        "recordings": _recordings(reader, scope, row, members) if origins else [],
        "sources": row.provenance["sources"] if origins else {},
        "reasons": row.provenance["reasons"] if origins else {},
        "feel": row.feel,
        **_edited(reader, scope, row, members),
    }
    return found if rest is None else {**found, **_rest(rest, row, detail, found)}


class _Edited(TypedDict):
    """What people did to an activity."""

    edits: list[Edit]
    split_from: SplitPart | None
    parts: list[SplitPart]


def _edited(reader: Reader, scope: Scope, row: Stored, members: Sequence[Stored]) -> _Edited:
    if not scope.may("corrections: read"):
        return {"edits": [], "split_from": None, "parts": []}
    primary = next((m for m in members if m.id == row.primary_id), None)
    start_ms = row.start_ms if primary is None else primary.summary.get("start_ms", primary.start_ms)
    subjects = _subjects(reader, row, members)
    whole = whole_of(reader, row)
    return {
        "edits": edits_of(reader, scope, subjects, start_ms),
        "split_from": None if whole is None else _part(*whole),
        "parts": [_part(*one) for one in parts_of(reader, scope.athlete_id, subjects)],
    }


def _part(row: Stored, edit: Stored) -> SplitPart:
    return {"id": row.public_id, "name": row.name, "sport": row.sport, "edit": str(edit.id)}


class _Rest(TypedDict):
    """The fields of a partly hidden activity that differ from those of all of it."""

    device: dict[str, float | str | None]
    laps: list[Lap]
    lengths: list[Length]
    sets: list[ExerciseSet]
    pauses: list[Pause]
    events: list[Event]
    channels: list[ChannelInfo]
    samples: int


def _rest(rest: Redacted, row: Row[Any], detail: dict[str, Any], found: Activity) -> _Rest:
    """Return the fields that differ for a partly hidden activity: those that count from its begin."""
    return {
        "device": {"name": found["device"]["name"]},
        "laps": _laps(rest.laps(detail.get("laps", []), row)),
        "lengths": [],
        "sets": [],
        "pauses": rest.pauses(),
        "events": [],
        "channels": [channel for channel in found["channels"] if channel["key"] in SHOWN | derived_channels().keys()],
        "samples": 0 if rest.effort is None else len(rest.effort.samples.axis),
    }


def _subjects(reader: Reader, row: Row[Any], members: Sequence[Row[Any]]) -> list[str]:
    """Return the keys by which people speak of an activity; of pieces that a person put together theirs too."""
    if members and row.split_from_id is None:
        return [m.key for m in members]
    key = _key(reader, row.id)
    pieces = _leg_members(reader, row.id) if key.startswith("together:") else []
    return [key, *(piece.key for piece in pieces)]


def revision(row: Row[Any]) -> str:
    """Return the revision of an activity (its row): another one after every edit, merge and split."""
    return _short(row._asdict())


def tagged(reader: Reader, scope: Scope, public_id: str) -> tuple[Activity, str]:
    """Return everything about an activity, and its entity tag. Raises NotFound.

    The tag is the revision and a digest of all that is shown, so that a condition on a change needs no page.
    """
    found = activity(reader, scope, public_id)
    return found, f'"{revision(resolve(reader, scope, public_id))}-{_short(found)}"'


def is_of(tag: str, revision: str) -> bool:
    """Return whether an entity tag is of a page at this revision."""
    return tag.strip('"').partition("-")[0] == revision


def _short(found: object) -> str:
    return hashlib.sha256(json.dumps(found, sort_keys=True, default=str).encode()).hexdigest()[:20]


def original_of(reader: Reader, scope: Scope, public_id: str, recording: str | None) -> tuple[str, str]:
    """Return (digest, file name) of an activity's primary original, or of the recording named.

    Raises NotFound, Forbidden for a viewer (bytes hold more than is shown), and ForbiddenByTerms.
    """
    scope.must("originals: read")
    row = resolve(reader, scope, public_id)
    members = _members(reader, row.split_from_id or row.id) or _leg_members(reader, row.id)
    wanted = [m for m in members if recording in (None, m.public_id)]
    if not wanted:
        raise NotFound(what="recording", id=recording or public_id)
    chosen = next((m for m in wanted if m.id == row.primary_id), wanted[0])
    if forbidden(reader, scope.athlete_id, [chosen.digest], "export"):
        raise ForbiddenByTerms(action="downloading its file")
    paths = _paths(reader, scope, [chosen.digest])
    return chosen.digest, paths.get(chosen.digest, "original").rsplit("/", 1)[-1]


def _activity_id(reader: Reader, scope: Scope, identity: int, key: str) -> int | None:
    if reader.scalar(select(activities.c.id).where(activities.c.id == identity)):
        return identity
    member = reader.scalar(select(recordings.c.activity_id).where(recordings.c.id == identity))
    if (whole := split_from(key)) is not None:
        return _activity_id(reader, scope, *resolve_key(reader, scope.athlete_id, whole))  # joined again
    digest, _, rest = key.rpartition(":")
    if member is not None or not rest.startswith("m"):
        return None if member is None else int(member)
    # A multisport parent whose legs now stand under another parent, or alone.
    legs = select(activities.c.id, activities.c.parent_id).join(recordings, recordings.c.activity_id == activities.c.id)
    mine = (recordings.c.athlete_id == scope.athlete_id) & (recordings.c.digest == digest)
    found = reader.rows(legs.where(mine).order_by(recordings.c.start_ms))
    return next((leg.parent_id or leg.id for leg in found), None)


def _members(reader: Reader, activity_id: int) -> Sequence[Row[Any]]:
    query = select(recordings, identities.c.public_id).join(identities, identities.c.id == recordings.c.id)
    return reader.rows(query.where(recordings.c.activity_id == activity_id).order_by(recordings.c.id))


def _leg_members(reader: Reader, activity_id: int) -> Sequence[Row[Any]]:
    legs = select(activities.c.id).where(activities.c.parent_id == activity_id)
    query = select(recordings, identities.c.public_id).join(identities, identities.c.id == recordings.c.id)
    return reader.rows(query.where(recordings.c.activity_id.in_(legs)).order_by(recordings.c.start_ms))


def _key(reader: Reader, identity: int) -> str:
    return str(reader.scalar(select(identities.c.key).where(identities.c.id == identity)))


def _recordings(reader: Reader, scope: Scope, row: Row[Any], members: Sequence[Row[Any]]) -> list[RecordingInfo]:
    sources: dict[str, str] = row.provenance["sources"]
    came = provenance_of(reader, scope, [m.digest for m in members])
    why = why_together(reader, members)
    given = row.provenance.get("given", {})
    alone = rows_without_file(reader, scope, [m.digest for m in members])
    latest = latest_ms()
    mine = outcomes.c.athlete_id == scope.athlete_id
    notes_of = select(outcomes.c.digest, outcomes.c.notes).where(
        mine, outcomes.c.digest.in_([m.digest for m in members])
    )
    notes = {found.digest: found.notes for found in reader.rows(notes_of)}
    return [
        {
            "id": m.public_id,
            "source": next((one.source for one in came.get(m.digest, [])), "file"),
            "provenance": [one.shown() for one in came.get(m.digest, [])],
            "format": m.summary["format"],
            "original": m.digest,
            "path": next((one.path for one in came.get(m.digest, [])), None),
            "session": m.summary["session"],
            "device": _name(unpack_detail(m.detail).get("devices", [])),
            "primary": m.id == row.primary_id,
            "start": iso(m.start_ms),
            "notes": noted(
                _notes(
                    [*notes.get(m.digest, []), *(["file_missing"] if m.id in alone.get(m.digest, ()) else [])],
                    m.summary["flags"],
                    in_future=m.start_ms > latest,
                )
            ),
            "fields": sorted(field for field, source in sources.items() if source == m.public_id),
            "knows": sorted(field for field in sources if m.summary.get(field) is not None),
            "channels": list(unpack_detail(m.detail)["channels"]),
            "gives": given.get(m.public_id, []),
            "why": why.get(m.id),
        }
        for m in members
    ]


def _notes(notes: Sequence[str], flags: Sequence[str], *, in_future: bool) -> Iterator[str]:
    """Yield the notes about a recording, each once: about its file, itself, and its time."""
    yield from dict.fromkeys([*notes, *flags])
    if in_future:
        yield "date_in_future"


def _paths(reader: Reader, scope: Scope, digests: list[str]) -> dict[str, str]:
    mine = (arrivals.c.athlete_id == scope.athlete_id) & arrivals.c.digest.in_(digests)
    rows = reader.rows(select(arrivals.c.digest, arrivals.c.path).where(mine).order_by(arrivals.c.id.desc()))
    return {row.digest: row.path for row in rows}


def _devices(detail: dict[str, Any], scope: Scope) -> list[DeviceInfo]:
    """Return the devices that took part, under their sales names; serial numbers would reveal the owner."""
    return [_named(device, serial=scope.may("originals: read")) for device in detail.get("devices", [])]


def _named(device: DeviceInfo, *, serial: bool) -> DeviceInfo:
    maker = device["manufacturer"]
    return {
        **device,
        "manufacturer": maker_name(maker),
        "product": model_name(maker, device["product"]),
        "serial": device["serial"] if serial else None,
    }


def _device(detail: dict[str, Any]) -> dict[str, float | str | None]:
    return {"name": _name(detail.get("devices", [])), **detail.get("totals", {})}


def _name(devices: list[DeviceInfo]) -> str | None:
    recorder = next((d for d in devices if d["role"] == "recorder"), None)
    return None if recorder is None else device_name(recorder["manufacturer"], recorder["product"])


def _laps(laps: list[RecordedLap]) -> list[Lap]:
    return [
        {"index": i, "label": None, **lap, "end_s": lap["start_s"] + lap["elapsed_s"]} for i, lap in enumerate(laps)
    ]


def _length(length: Mapping[str, Any], start_ms: int) -> Length:
    return {
        "start_s": _s(length["start_ms"], start_ms),
        "start_ms": length["start_ms"],
        "elapsed_s": length["elapsed_s"],
        "active": length["active"],
        "stroke": length["stroke"],
        "strokes": length["strokes"],
    }


def _set(one: Mapping[str, Any], start_ms: int) -> ExerciseSet:
    return {
        "start_s": _s(one["start_ms"], start_ms),
        "start_ms": one["start_ms"],
        "duration_s": one["duration_s"],
        "active": one["active"],
        "exercise": one["exercise"],
        "repetitions": one["repetitions"],
        "weight_kg": one["weight_kg"],
    }


def _event(event: Mapping[str, Any], start_ms: int) -> Event:
    return {"at_s": _s(event["at_ms"], start_ms), "at_ms": event["at_ms"], "kind": event["kind"], "data": event["data"]}


def _s(at_ms: int, start_ms: int) -> float:
    return (at_ms - start_ms) / 1000


def _channels(units: Mapping[str, str]) -> list[ChannelInfo]:
    return [{"key": key, "unit": unit} for key, unit in units.items()]


def _west_first(bbox: list[float] | None) -> list[float] | None:
    if bbox is None:
        return None
    south, west, north, east = bbox
    return [west, south, east, north]
