"""A decoder for spawned workers: its process dies of bytes that begin with `die`, and `eat` wants all memory."""

import os

from homestretch.archive.archive import Archive
from homestretch.flow.derive.decode import decode_original as real


def decode_original(archive: Archive, work: real.DecodeTask) -> real.DecodeResult:
    if work.data is not None and work.data.startswith(b"die"):
        os._exit(9)
    if work.data is not None and work.data.startswith(b"eat"):
        bytearray(3_000_000_000)
    return real.decode_original(archive, work)
