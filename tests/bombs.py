"""Small files that expand into large ones, and what runs where neither memory nor time is without bounds."""

import gzip
import io
import resource
import struct
import subprocess
import sys
from collections.abc import Iterator

#: Address space and processor time of a process that opens a bomb.
MOST_MEMORY, MOST_SECONDS = 600 << 20, 60


def entry(name: bytes, size: int, offset: int) -> bytes:
    """Return a directory's entry of a stored member."""
    fixed = struct.pack("<4s6H3I5H2I", b"PK\1\2", 20, 20, 0, 0, 0, 0, 0, size, size, len(name), 0, 0, 0, 0, 0, offset)
    return fixed + name


def many(entries: int) -> Iterator[bytes]:
    """Yield the parts of a zip of one empty member that its directory names again and again."""
    local = struct.pack("<4s5H3I2H", b"PK\3\4", 20, 0, 0, 0, 0, 0, 0, 0, 1, 0) + b"a"
    one = entry(b"a", 0, 0)
    yield local
    for at in range(0, entries, 20_000):
        yield one * min(20_000, entries - at)
    yield from ending(entries, entries * len(one), len(local))


def ending(entries: int, size: int, offset: int) -> Iterator[bytes]:
    """Yield what a zip ends with: where its directory is and how large, in the form for large ones."""
    yield struct.pack("<4sQ2H2I4Q", b"PK\6\6", 44, 45, 45, 0, 0, entries, entries, size, offset)
    yield struct.pack("<4sIQI", b"PK\6\7", 0, offset + size, 1)
    yield struct.pack("<4s4H2IH", b"PK\5\6", 0, 0, 65535, 65535, 2**32 - 1, 2**32 - 1, 0)


def packed(parts: Iterator[bytes]) -> bytes:
    """Return the parts as one `.gz`."""
    out = io.BytesIO()
    with gzip.GzipFile(fileobj=out, mode="wb", compresslevel=6) as file:
        for part in parts:
            file.write(part)
    return out.getvalue()


def bounded(script: str, *arguments: str) -> str:
    """Run a script in a process of its own with little memory and time, and return what it prints."""

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))

    done = subprocess.run(
        [sys.executable, "-c", script, *arguments], preexec_fn=limit, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout
