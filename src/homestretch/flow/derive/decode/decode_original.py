"""From bytes to rows, in a process of its own: keep the original, decode it, sum it up, pack its streams."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from homestretch import formats
from homestretch.analysis.activity import summary as analysis
from homestretch.analysis.activity.laps import lap_summaries
from homestretch.analysis.samples.samples import Samples, samples
from homestretch.analysis.zone import offset_at, zone_at
from homestretch.archive.archive import Archive
from homestretch.archive.protocol import OriginalCorrupt, OriginalMissing
from homestretch.flow.derive.compute.compute import AthleteInputs, MeasureResult, compute_recording
from homestretch.merge import blend, match
from homestretch.merge.features import features as features_of
from homestretch.model.health.measurement import Title, Wellness
from homestretch.model.moment import Moment
from homestretch.model.recording import Decoded, Recording
from homestretch.sources.registry import sources
from homestretch.store.codecs import streams
from homestretch.store.codecs.details import pack_detail

#: Goes up with every change of what `decode_original` makes of a decoded file, and of which name is an activity's.
VERSION = 4
#: The kind of an original that the archive can't give; nothing is derived from it, and earlier results stay.
LOST = "lost"
#: The kind of a file that only draws lines to follow.
COURSE = "course"
#: What only the page of one activity asks for.
BULKY = ("track", "bbox", "start_ms", "start_point", "end_point")


@dataclass(frozen=True, slots=True)
class DecodeTask:
    """One original to decode: its bytes, or None where the archive has them already; `keep` False leaves no trace.

    `others` are further names that it came under. `provider` is the source that it came from, `provider_key` its key
    there. With a person given, its recordings are measured too.
    """

    digest: str
    name: str
    data: bytes | None = None
    keep: bool = True
    person: AthleteInputs | None = None
    provider: str | None = None
    provider_key: str | None = None
    others: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """All names that it came under."""
        return self.name, *self.others


@dataclass(frozen=True, slots=True)
class PreparedRecording:
    """A recording as rows hold it; `key` is its recording key without the athlete."""

    key: str
    part: int
    start_ms: int
    end_ms: int
    file_key: str | None
    features: dict[str, Any]
    summary: dict[str, Any]
    detail: bytes
    blob: bytes
    beats: bytes | None
    computed: MeasureResult | None = None


@dataclass(frozen=True, slots=True)
class DecodeResult:
    """What an original gave; `version` names the code that made it."""

    digest: str
    size: int
    version: str
    format: str
    kind: str
    notes: tuple[str, ...]
    contents: dict[str, int]
    recordings: tuple[PreparedRecording, ...] = ()
    titles: tuple[Title, ...] = ()
    files: Mapping[str, str] = field(default_factory=dict)
    wellness: Wellness = field(default_factory=Wellness)
    workouts: int = 0
    #: Lines of planned routes: how many, and whether one may be an activity that lost its times.
    routes: int = 0
    routes_in_question: bool = False


def decode_original(archive: Archive, work: DecodeTask) -> DecodeResult:
    """Do the work; bytes that are given are in the archive, on the disk, before they are decoded."""
    try:
        data = archive.read(work.digest) if work.data is None else work.data
    except (OriginalMissing, OriginalCorrupt) as error:
        return DecodeResult(work.digest, 0, "", "unknown", LOST, (error.code,), {})
    if work.data is not None and work.keep:
        archive.keep(data)
    decoded = _decode(work, data)
    version = version_of(decoded.format)
    lines = formats.routes(data, *work.names) if decoded.kind == COURSE else []
    return DecodeResult(
        digest=work.digest,
        size=len(data),
        version=version,
        format=decoded.format,
        kind=decoded.kind,
        notes=decoded.notes,
        contents=dict(decoded.contents),
        recordings=tuple(_prepare_recording(work, version, decoded, r) for r in decoded.recordings),
        titles=decoded.titles,
        files=dict(decoded.files),
        wellness=decoded.wellness,
        workouts=len(decoded.workouts),
        routes=len(lines),
        routes_in_question=any(line.certainty == "question" for line in lines),
    )


def _decode(work: DecodeTask, data: bytes) -> Decoded:
    """Decode by the format that claims the bytes, else by the source that they came from, if it can."""
    if formats.sniff(data, *work.names) is None and (source := sources().get(work.provider or "")) and source.records:
        return source.recording(data)
    return formats.decode(data, *work.names)


def version_of(format_key: str) -> str:
    """Return the version of everything that turns bytes of a format into rows.

    Bytes that no format claimed are looked at again when any format changes.
    """
    return current_versions()[format_key]


@cache
def current_versions() -> dict[str, str]:
    """Return the version of today's code by format key, `unknown` included."""
    common = f"{VERSION}.{analysis.VERSION}.{match.VERSION}.{blend.VERSION}"
    known = {f.key: f"{f.key}.{f.version}.{common}" for f in formats.formats().values()}
    of_sources = {source.key: f"{source.version}.{common}" for source in sources().values() if source.records}
    return {**known, **of_sources, "unknown": f"unknown.{common}." + "+".join(sorted(known.values()))}


def failed(work: DecodeTask, note: str) -> DecodeResult:
    """Return what stands for an original whose decoding took a process down, or too long."""
    found = formats.sniff(work.data[: formats.HEAD], *work.names) if work.data else None
    key = found.key if found else "unknown"
    size = len(work.data) if work.data is not None else 0
    return DecodeResult(work.digest, size, version_of(key), key, "unreadable", (note,), {})


def recording_key(digest: str, session: int) -> str:
    """Return the name of a recording among an athlete's; for a provider's answer see `named_by`."""
    return f"{digest}:{session}"


def named_by(work: DecodeTask, decoded: Decoded) -> str:
    """Return what names the recordings of an original: its digest, or whose answer it is and about what.

    An answer has other bytes once the activity was changed there, and is about the same one.
    """
    return f"{work.provider}/{work.provider_key}" if decoded.format == work.provider else work.digest


def parent_key(digest: str, part: int) -> str:
    """Return the name of the multisport activity that the legs of a part of a file make."""
    return f"{digest}:m{part}"


def _prepare_recording(work: DecodeTask, version: str, decoded: Decoded, recording: Recording) -> PreparedRecording:
    key = recording_key(named_by(work, decoded), recording.session)
    cleaned = samples(recording)
    recording = cleaned.recording  # what is kept, shown and given out has the settled clock
    summary = analysis.summarise(recording, cleaned)
    moment = placed(recording, summary.start_point)
    features = features_of(recording, cleaned, summary, moment, key=key, digest=work.digest, form=decoded.format)
    beats = recording.beats
    source = f"{key} {version}"
    return PreparedRecording(
        key=key,
        part=recording.part,
        start_ms=features.start_ms,
        end_ms=features.end_ms,
        file_key=recording.file_key,
        features=_fields(features),
        summary={**_summary(decoded, recording, summary, moment), "version": version},
        detail=pack_detail(detail_of(recording, summary, cleaned)),
        blob=streams.pack(recording.time_ms, recording.channels.values()),
        beats=None if beats is None else streams.pack_beats(beats),
        computed=None if work.person is None else compute_recording(work.person, source, cleaned, summary, moment),
    )


def _summary(decoded: Decoded, recording: Recording, summary: analysis.Summary, moment: Moment) -> dict[str, Any]:
    """Return what blending asks: figures under the names that doors show, and what the recording is."""
    legs = sum(other.part == recording.part for other in decoded.recordings)
    figures = _fields(summary)
    figures["reasons"] = dict(summary.reasons)
    return {name: figures[name] for name in figures if name not in BULKY} | {
        "start_ms": summary.start_ms,
        "sport": recording.sport.key,
        "sub_sport": recording.sport.sub,
        "indoor": recording.sport.indoor,
        "name": recording.name,
        "description": recording.description,
        "gear": recording.gear,
        "gear_name": recording.gear_name,
        "format": decoded.format,
        "moment": None if moment.offset_s is None else _fields(moment),
        "part": recording.part if legs > 1 else None,
        "session": recording.session,
        "channels": list(recording.channels),
        "samples": len(recording.time_ms),
        "sensors": sorted({device.role for device in recording.devices} - {"recorder"}),
    }


def _fields(noun: Any) -> dict[str, Any]:
    """Return a noun's fields by name: what they hold is nothing that is taken apart or changed."""
    return {name: getattr(noun, name) for name in noun.__slots__}


def placed(recording: Recording, place: tuple[float, float] | None) -> Moment:
    """Return the start with its zone: the file's offset first, then the place's; a virtual place says nothing."""
    start = recording.start
    if place is None or recording.sport.indoor or start.zone is not None:
        return start
    zone = zone_at(*place)
    offset = None if zone is None else offset_at(zone, start.utc_ms)
    if start.offset_s is None and offset is not None:
        return Moment(start.utc_ms, offset, zone, "place")
    if start.offset_s == offset:
        return Moment(start.utc_ms, start.offset_s, zone, start.zone_source)
    return start


def detail_of(recording: Recording, summary: analysis.Summary, cleaned: Samples) -> dict[str, Any]:
    """Return a recording's details: its parts with their figures, totals, and where it was."""
    parts = ("lengths", "sets", "pauses", "events", "devices")
    detail: dict[str, Any] = {name: [_fields(part) for part in getattr(recording, name)] for name in parts}
    laps = zip(recording.laps, lap_summaries(cleaned, summary.elapsed_s), strict=True)
    detail["laps"] = [
        {**_fields(lap), "totals": dict(own.totals), **({} if own.label is None else {"label": own.label})}
        for own, lap in laps
    ]
    detail["totals"] = dict(recording.totals)
    detail["pool_length_m"] = recording.pool_length_m
    detail["channels"] = {key: channel.unit for key, channel in recording.channels.items()}
    detail["samples"] = len(recording.time_ms)
    detail["track"], detail["bbox"] = summary.track, summary.bbox
    return detail
