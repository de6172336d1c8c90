"""Whatever the bytes, the decoders of health exports return."""

import json

from hypothesis import given, settings
from hypothesis import strategies as st

from homestretch import formats
from tests.formats.apple import made as apple
from tests.formats.fitbit.test_lists import FOLDER, row, sleep
from tests.formats.fitbit.test_tables import PHYSICAL

EXPORT = apple.export(
    apple.quantity("HeartRate", 60, "count/min"), apple.quantity("BodyMass", 70, "kg"),
    apple.quantity("StepCount", 60, "count", end="08:20:00"),
    apple.sleep("AsleepCore", "00:00:00", "06:00:00", "Europe/Berlin"),
)  # fmt: skip
LISTS = {
    "sleep": [sleep(), sleep(type="classic")], "heart_rate": [row("08:01:10", {"bpm": 60, "confidence": 2})],
    "steps": [row("08:01:10", "5")], "weight": [{"weight": 165.0, "date": "06/10/26", "time": "06:30:05"}],
    "time_in_heart_rate_zones": [row("00:00:00", {"valuesInZones": {"IN_DEFAULT_ZONE_1": 3}})],
}  # fmt: skip
STAGES = (
    b"sleep_id,sleep_stage_id,sleep_stage_type,start_utc_offset,sleep_stage_start,end_utc_offset,sleep_stage_end\n"
    b"111,2,DEEP,+02:00,2026-06-09 22:52:00+0000,+02:00,2026-06-10 00:12:00+0000\n"
)
FILES = {
    "export.xml": EXPORT,
    **{f"{FOLDER}/{kind}-2026-06-01.json": json.dumps(rows).encode() for kind, rows in LISTS.items()},
    f"{PHYSICAL}/steps_2026-06-01.csv": b"timestamp,steps,data source\n2026-06-10T06:14:03.55Z,51,MobileTrack\n",
    f"{PHYSICAL}/UserSleepStages_2026-06-01.csv": STAGES,
    "mine.csv": b"Date,Time,Weight,Sleep\n2026-05-31,06:30,71.2,7:30\n",
}
PIECES = st.sampled_from([b"null", b"-1", b"1e999", b"[]", b"{}", b'""', b"9999-99-99", b"true", b"\xff", b"\r", b'"'])


@settings(max_examples=300, deadline=None)
@given(
    st.sampled_from(sorted(FILES)),
    st.lists(
        st.tuples(st.integers(0, 4000), st.integers(0, 8), PIECES | st.binary(max_size=2)), min_size=1, max_size=6
    ),
)
def test_pieces_changed(name: str, changes: list[tuple[int, int, bytes]]) -> None:
    data = bytearray(FILES[name])
    for place, length, piece in changes:
        at = place % len(data) if data else 0
        data[at : at + length] = piece
    assert isinstance(formats.decode(bytes(data), name).notes, tuple)
