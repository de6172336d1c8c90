"""Map cells as bytes: sorted numbers as steps in byte planes, packed to about a byte each."""

import numpy as np
import zstandard
from numpy.typing import NDArray


def pack_cells(cells: NDArray[np.int64]) -> bytes:
    """Return sorted cells (n,) as bytes."""
    steps = np.diff(cells, prepend=0).astype("<i8")
    return zstandard.ZstdCompressor(level=1).compress(steps.view(np.uint8).reshape(-1, 8).T.tobytes())


def unpack_cells(packed: bytes, unpacker: zstandard.ZstdDecompressor | None = None) -> NDArray[np.int64]:
    """Return the cells (n,) that `pack_cells` packed; pass one `unpacker` to unpack many."""
    planes = np.frombuffer((unpacker or zstandard.ZstdDecompressor()).decompress(packed), np.uint8).reshape(8, -1)
    return np.cumsum(np.ascontiguousarray(planes.T).view("<i8").ravel())


def unpack_each(packed: list[bytes]) -> list[NDArray[np.int64]]:
    """Return the cells of each of many blobs."""
    unpacker = zstandard.ZstdDecompressor()
    return [unpack_cells(one, unpacker) for one in packed]
