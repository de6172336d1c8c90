"""How often pixels of a map tile were drawn, as bytes: of those that were, which and how often, packed."""

import numpy as np
import zstandard
from numpy.typing import NDArray

type Counts = NDArray[np.uint16]

# zstd's objects are made each time: two threads that share one corrupt what both of them read or write.


def pack_counts(pixels: Counts, times: Counts) -> bytes:
    """Return the pixels (k,) of a tile that were drawn, in order, and how often (k,), as bytes."""
    steps = np.diff(pixels, prepend=np.uint16(0)).astype("<u2")
    planes = np.concatenate((steps, times.astype("<u2"))).view(np.uint8).reshape(-1, 2).T
    return zstandard.ZstdCompressor(level=1).compress(planes.tobytes())


def unpack_counts(packed: bytes) -> tuple[Counts, Counts]:
    """Return the pixels (k,) and how often each was drawn (k,), as `pack_counts` packed them."""
    planes = np.frombuffer(zstandard.ZstdDecompressor().decompress(packed), np.uint8).reshape(2, -1)
    both = np.ascontiguousarray(planes.T).view("<u2").ravel()
    half = len(both) // 2
    return np.cumsum(both[:half], dtype=np.uint16), both[half:].astype(np.uint16)
