"""Toy files: a name after the word toy."""

import numpy as np

from homestretch.formats import Format
from homestretch.model.moment import Moment
from homestretch.model.recording import Decoded, Recording
from homestretch.model.sport import Sport


def _claims(head: bytes, _name: str) -> float:
    return float(head.startswith(b"toy "))


def _decode(data: bytes) -> Decoded:
    start = Moment(utc_ms=1_760_000_000_000, offset_s=0, zone=None, zone_source="none")
    none = np.zeros(0, dtype=np.int64)
    made = Recording(sport=Sport("running"), start=start, end_ms=start.utc_ms, time_ms=none, name=data[4:].decode())
    return Decoded(format="toy", kind="activity", recordings=(made,))


FORMAT = Format(key="toy", name="Toy", suffixes=(".toy",), version=1, claims=_claims, decode=_decode)
