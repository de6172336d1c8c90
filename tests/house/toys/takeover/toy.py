"""A system that holds nothing."""

from pathlib import Path

from homestretch.flow.takeover.reading.items import Found, System


def _read(_path: Path, _user: str | None, _scratch: Path) -> Found:
    return Found()


SYSTEM = System("toy", "Toys", "A box.", _read)
