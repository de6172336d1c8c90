"""The files of an activity: FIT, GPX and TCX bytes made when they are asked for, and the ZIP they come in."""

import io
import zipfile
from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from homestretch.formats.fit.encode import encode
from homestretch.formats.fit.part import EPOCH_S
from homestretch.formats.gpx import encode as encode_gpx
from homestretch.model.channel import Channel
from homestretch.model.moment import Moment
from homestretch.model.recording import Device, Lap, Recording
from homestretch.model.sport import Sport
from tests.fakes.garmin.account import Account
from tests.fakes.garmin.clock import offset_s, stamp
from tests.fakes.garmin.facts import Facts
from tests.fakes.garmin.track import Floats, track
from tests.formats.golden import channel

PRODUCT = 4315


def zipped(members: dict[str, bytes]) -> bytes:
    """Return a ZIP that is the same whenever it is made."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0)), content, zipfile.ZIP_DEFLATED)
    return made.getvalue()


def original(account: Account, facts: Facts) -> bytes | None:
    """Return the ZIP of an activity's original file(s), or None if it has none. A leg's is its parent's."""
    whole = account.facts(facts.parent) if facts.parent else facts
    name = f"{facts.id}_ACTIVITY"
    if whole.content is not None:
        return zipped({f"{name}.{whole.original}": whole.content})
    if whole.original == "none":
        return None
    if whole.original == "two":
        return zipped({f"{name}_{k}.fit": encode(half) for k, half in enumerate(_halves(account, whole))})
    return zipped({f"{name}.{whole.original}": _file(account, whole)})


def _file(account: Account, facts: Facts) -> bytes:
    if facts.original == "gpx":
        return gpx(account, facts)
    return tcx(account, facts) if facts.original == "tcx" else fit(account, facts)


def fit(account: Account, facts: Facts) -> bytes:
    """Return the FIT file of an activity, a session for each of its legs."""
    legs = [account.facts(number) for number in facts.children] or [facts]
    key = _file_key(account, facts.start_ms)
    made = [replace(recording(account, leg), session=place, file_key=key) for place, leg in enumerate(legs)]
    return encode(*made)


def gpx(account: Account, facts: Facts) -> bytes:
    """Return the GPX file of an activity."""
    return encode_gpx(recording(account, facts))


def tcx(account: Account, facts: Facts) -> bytes:
    """Return the TCX file of an activity, one lap."""
    sport = {"running": "Running", "cycling": "Biking"}.get(facts.kind.fit[0], "Other")
    lap = (
        f"<TotalTimeSeconds>{facts.seconds}</TotalTimeSeconds><DistanceMeters>{facts.distance}</DistanceMeters>"
        "<Calories>0</Calories><Intensity>Active</Intensity><TriggerMethod>Manual</TriggerMethod>"
    )
    began = _z(facts.start_ms)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<TrainingCenterDatabase xmlns="http://www.garmin.com/xmlschemas/TrainingCenterDatabase/v2"><Activities>'
        f'<Activity Sport="{sport}"><Id>{began}</Id><Lap StartTime="{began}">{lap}<Track>'
        f"{''.join(_trackpoints(account, facts))}</Track></Lap></Activity></Activities></TrainingCenterDatabase>\n"
    ).encode()


def _trackpoints(account: Account, facts: Facts) -> Iterator[str]:
    seen = track(account, facts)
    for k, at in enumerate(seen.at_s.tolist()):
        yield f"<Trackpoint><Time>{_z(facts.start_ms + round(1000 * at))}</Time>"
        if not np.isnan(seen.latitude[k]):
            place = f"<LatitudeDegrees>{seen.latitude[k]:.7f}</LatitudeDegrees>"
            yield f"<Position>{place}<LongitudeDegrees>{seen.longitude[k]:.7f}</LongitudeDegrees></Position>"
            yield f"<AltitudeMeters>{seen.altitude[k]:.1f}</AltitudeMeters>"
        if not np.isnan(seen.distance[k]):
            yield f"<DistanceMeters>{seen.distance[k]:.2f}</DistanceMeters>"
        yield f"<HeartRateBpm><Value>{seen.heart[k]:.0f}</Value></HeartRateBpm></Trackpoint>"


def recording(account: Account, facts: Facts) -> Recording:
    """Return an activity as a watch recorded it."""
    seen = track(account, facts)
    told: dict[str, Floats] = {
        "latitude": seen.latitude, "longitude": seen.longitude, "altitude_m": seen.altitude,
        "heart_rate_bpm": seen.heart, "speed_mps": seen.speed, "distance_m": seen.distance,
        "cadence_rpm": seen.cadence, "power_w": seen.power,
    }  # fmt: skip
    channels: dict[str, Channel] = {k: channel(k, v) for k, v in told.items() if not np.isnan(v).all()}
    seconds = float(facts.seconds)
    totals = {
        "total_elapsed_time_s": seconds, "total_timer_time_s": seconds, "avg_heart_rate_bpm": float(facts.heart),
        "max_heart_rate_bpm": float(facts.top_heart),
    } | ({"total_distance_m": facts.distance, "avg_speed_mps": facts.speed} if facts.speed else {})  # fmt: skip
    lap = Lap(
        start_ms=facts.start_ms, end_ms=facts.end_ms, elapsed_s=seconds, timer_s=seconds, trigger="session_end",
        distance_m=facts.distance or None, totals=totals,
    )  # fmt: skip
    return Recording(
        sport=Sport(*facts.kind.fit), start=Moment(facts.start_ms, offset_s(facts.start_ms, facts.zone)),
        end_ms=facts.end_ms, time_ms=(facts.start_ms + 1000 * seen.at_s).astype(np.int64), channels=channels,
        laps=(lap,),
        devices=(Device(role="recorder", manufacturer="garmin", product="fr965", serial=str(account.device_id)),),
        totals=totals, file_key=_file_key(account, facts.start_ms), name=facts.name,
    )  # fmt: skip


def _halves(account: Account, facts: Facts) -> tuple[Recording, Recording]:
    """Return the two files of an activity, one after the other."""
    half = facts.seconds // 2
    later = replace(facts, start_ms=facts.start_ms + 1000 * half, seconds=facts.seconds - half)
    return recording(account, replace(facts, seconds=half)), recording(account, later)


def _file_key(account: Account, start_ms: int) -> str:
    return f"4:1:{PRODUCT}:{account.device_id}:{start_ms // 1000 - EPOCH_S}"


def _z(at_ms: int) -> str:
    return stamp(at_ms)[:-2] + ".000Z"
