"""Bytes that another program packed by zstd."""

import io

import zstandard


def unpack_zstd(packed: bytes, most: int) -> bytes | None:
    """Return what was packed; None where that is damaged, or more than `most` bytes."""
    try:
        with zstandard.ZstdDecompressor().stream_reader(io.BytesIO(packed)) as reader:
            data = reader.read(most + 1)
    except zstandard.ZstdError:
        return None
    return data if len(data) <= most else None
