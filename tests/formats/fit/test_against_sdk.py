"""Every raw value and every scaled record column of every real FIT file, against the official SDK."""

from collections import defaultdict
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from benchmarks.corpus import real_files
from homestretch.formats.fit.decoder import decode
from homestretch.formats.fit.messages import messages
from homestretch.model.recording import Decoded

FILES = real_files("fit", "fit-other", "fit-wellness", "corrupt", suffix=".fit")
pytestmark = pytest.mark.skipif(not FILES, reason="the real files are not here")

RECORD = 20
#: Records that are there where the SDK gives up (compressed timestamps, developer field sizes, faults).
MORE_THAN_SDK = {
    "antfs-dump.63": 686,
    "compressed-speed-distance": 755,
    "tpv_dev_fields_20260222": 3400,
    "nick": 14391,
    "strava-android-app": 473,
}
CHANNELS = {
    0: "latitude", 1: "longitude", 3: "heart_rate_bpm", 5: "distance_m", 7: "power_w", 13: "temperature_c",
    39: "vertical_oscillation_mm", 41: "stance_time_ms", 9: "grade_pct", 29: "accumulated_power_w",
}  # fmt: skip


@cache
def _numbers() -> dict[int, dict[Any, int]]:
    from garmin_fit_sdk.profile import Profile

    return {
        number: {field["name"]: num for num, field in message["fields"].items()}
        for number, message in Profile["messages"].items()
    }


def _sdk(data: bytes) -> list[tuple[int, dict[int, Any]]]:
    """Return what the SDK reads before it gives up: message numbers, and raw values by field number."""
    from garmin_fit_sdk import Decoder, Stream

    found: list[tuple[int, dict[int, Any]]] = []

    def listen(number: int, message: dict[Any, Any]) -> None:
        names = _numbers().get(number, {})
        own = {names.get(key, key): value for key, value in message.items() if key not in ("developer_fields", "key")}
        found.append((number, own))

    Decoder(Stream.from_byte_array(bytearray(data))).read(
        apply_scale_and_offset=False, convert_datetimes_to_dates=False, convert_types_to_strings=False,
        enable_crc_check=False, expand_sub_fields=False, expand_components=False, merge_heart_rates=False,
        mesg_listener=listen,
    )  # fmt: skip
    return found


def _plain(value: Any) -> Any:
    """Return a value as both sides write it; None where the SDK keeps what is invalid, or drops what is not text."""
    if isinstance(value, float):
        return None if value != value else value
    if isinstance(value, str):
        return value.replace("\N{REPLACEMENT CHARACTER}", "")
    if isinstance(value, (list, tuple)):
        plain = tuple(_plain(v) for v in value)
        if plain and all(isinstance(v, str) for v in plain):
            return "\0".join(plain).rstrip("\0")
        return None if all(v in (None, 0xFF) for v in plain) else plain
    return value


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_raw_value_is_the_sdks(path: Path) -> None:
    data = path.read_bytes()
    ours, theirs = list(messages(data)), _sdk(data)
    assert len(ours) >= len(theirs)
    for mine, (number, their_fields) in zip(ours, theirs, strict=False):
        assert mine.number == number
        expected = {num: plain for num, value in their_fields.items() if (plain := _plain(value)) is not None}
        found = {num: plain for num, value in mine.fields.items() if (plain := _plain(value)) is not None}
        assert found == expected
    _columns_agree(decode(data), theirs)


def _columns_agree(decoded: Decoded, theirs: list[tuple[int, dict[int, Any]]]) -> None:
    """Compare each channel of all recordings, record by record, with the SDK's raw values and its profile's scale."""
    from garmin_fit_sdk.profile import Profile

    records = [fields for number, fields in theirs if number == RECORD]
    rows = sum(len(r.time_ms) for r in decoded.recordings)
    if rows != len(records) or not rows:
        return
    in_time = all(np.all(np.diff(r.time_ms) >= 0) for r in decoded.recordings)
    for num, key in CHANNELS.items():
        if num == 3 and any(number == 132 for number, _ in theirs):
            continue
        field = Profile["messages"][RECORD]["fields"][num]
        scale = 2.0**31 / 180 if num < 2 else field["scale"][0]
        raw = np.array([_scalar(r.get(num)) for r in records], float)
        columns = [r.values(key) for r in decoded.recordings]
        filled = [
            np.full(len(r.time_ms), np.nan) if c is None else c
            for r, c in zip(decoded.recordings, columns, strict=True)
        ]
        if in_time:
            np.testing.assert_array_equal(np.concatenate(filled), raw / scale - field["offset"][0])


def _scalar(value: Any) -> float:
    return value if isinstance(value, (int, float)) else np.nan


@pytest.mark.parametrize(("name", "records"), MORE_THAN_SDK.items())
def test_records_are_there_where_the_sdk_gives_up(name: str, records: int) -> None:
    path = next(p for p in FILES if name in p.stem)
    assert sum(len(r.time_ms) for r in decode(path.read_bytes()).recordings) == records


@pytest.mark.parametrize("path", [p for p in FILES if "hr" in p.stem or "event_timestamp" in p.stem], ids=str)
def test_strap_heart_rates_are_the_sdks(path: Path) -> None:
    from garmin_fit_sdk import Decoder, Stream

    data = path.read_bytes()
    read, _ = Decoder(Stream.from_byte_array(bytearray(data))).read(convert_types_to_strings=False)
    theirs = [record.get("heart_rate") for record in read["record_mesgs"]]
    ours = np.concatenate([r.values("heart_rate_bpm") for r in decode(data).recordings])
    counts: dict[bool, int] = defaultdict(int)
    for mine, their in zip(ours, theirs, strict=True):
        counts[(np.isnan(mine) and their is None) or mine == their] += 1
    assert counts[False] <= len(theirs) * 0.02, counts
