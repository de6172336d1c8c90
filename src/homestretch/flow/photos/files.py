"""Where the smaller pictures of photos lie: files by the photo's digest, which are made again when they are gone."""

from pathlib import Path

from homestretch.model.media.photos import EDGES, VERSION
from homestretch.settings import Settings


def copy_path(settings: Settings, digest: str, edge: int) -> Path:
    """Return where the picture of a photo with this longer edge (px) lies, or will."""
    return settings.photos_dir / digest[:2] / f"{digest}-{edge}-v{VERSION}.webp"


def forget_copies(settings: Settings, digest: str) -> None:
    """Delete the pictures of a photo that is deleted for good."""
    for edge in EDGES:
        copy_path(settings, digest, edge).unlink(missing_ok=True)
