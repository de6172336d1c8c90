"""How often each pixel of a map tile was drawn, as bytes: packed numbers of 16 bits."""

import numpy as np
import zstandard
from numpy.typing import NDArray

type Counts = NDArray[np.uint16]


def pack_counts(counts: Counts) -> bytes:
    """Return the counts of a tile (size * size,) as bytes."""
    planes = np.ascontiguousarray(counts, dtype="<u2").view(np.uint8).reshape(-1, 2).T
    return zstandard.ZstdCompressor(level=1).compress(planes.tobytes())


def unpack_counts(packed: bytes) -> Counts:
    """Return the counts that `pack_counts` packed."""
    planes = np.frombuffer(zstandard.ZstdDecompressor().decompress(packed), np.uint8).reshape(2, -1)
    return np.ascontiguousarray(planes.T).view("<u2").ravel().astype(np.uint16)
