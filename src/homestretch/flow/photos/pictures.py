"""Makes the pictures of a photo, and reads when and where it was taken, in a process of its own.

Only here is a photo decoded. What is shown are these pictures: made of pixels alone, upright, without anything else
that a photo says.
"""

import contextlib
import io
import os
import tempfile
import warnings
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from homestretch.archive.archive import Archive
from homestretch.archive.protocol import OriginalCorrupt, OriginalMissing
from homestretch.model.media.photos import MOST_PIXELS, Taken, is_heic, media_type

if TYPE_CHECKING:
    from PIL.Image import Image

FORMATS = ("JPEG", "PNG", "WEBP")
QUALITY = 82
#: The tag of EXIF that says how a photo is turned, and its values of those that lie on their side.
_ORIENTATION, _LYING = 0x0112, (5, 6, 7, 8)

type Trouble = Literal["no_photo", "heic", "too_many_pixels", "damaged", "too_large", "too_slow", "lost"]


@dataclass(frozen=True, slots=True)
class PictureTask:
    """A photo to make pictures of: its bytes (None: the archive has them), and where to, by longer edge in px."""

    archive: Archive
    digest: str
    paths: dict[int, Path] = field(default_factory=dict)
    data: bytes | None = None


@dataclass(frozen=True, slots=True)
class Pictures:
    """What a photo gave: its size in px once upright and what it says, or the `trouble` that it made."""

    width: int = 0
    height: int = 0
    taken: Taken = field(default_factory=Taken)
    trouble: Trouble | None = None


def make_pictures(task: PictureTask) -> Pictures:
    """Make the pictures; those that are there already are made again."""
    try:
        data = task.archive.read(task.digest) if task.data is None else task.data
    except (OriginalMissing, OriginalCorrupt):
        return Pictures(trouble="lost")
    if media_type(data[:64]) is None:
        return Pictures(trouble="heic" if is_heic(data[:64]) else "no_photo")
    from PIL import Image

    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about tags that make no sense
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        try:
            return _made(data, task.paths)
        except (Image.DecompressionBombWarning, Image.DecompressionBombError):
            trouble: Trouble = "too_many_pixels"
        except MemoryError:
            trouble = "too_large"
        except OSError as error:
            if error.errno is not None:
                raise  # the disk's fault, and not the photo's
            trouble = "damaged"
        except (SyntaxError, ValueError, TypeError, EOFError, IndexError, KeyError, OverflowError, ZeroDivisionError):
            trouble = "damaged"  # Pillow raises all of these for bytes that make no sense
    return Pictures(trouble=trouble)


def failed(_task: PictureTask, note: str) -> Pictures:
    """Return what stands for a photo that took its process down, or too long."""
    troubles: dict[str, Trouble] = {"too_slow": "too_slow", "too_large": "too_large"}
    return Pictures(trouble=troubles.get(note, "damaged"))


def _made(data: bytes, paths: dict[int, Path]) -> Pictures:
    from PIL import Image, ImageOps

    from homestretch.flow.photos.exif import taken

    with Image.open(io.BytesIO(data), formats=FORMATS) as image:
        exif = image.getexif()
        says = taken(exif)
        largest = max(paths, default=MOST_PIXELS)
        size = image.size[::-1] if exif.get(_ORIENTATION) in _LYING else image.size
        image.draft("RGB", (largest, largest))  # a JPEG is decoded no larger than it is needed
        shown: Image.Image = _coloured(ImageOps.exif_transpose(image))
    for edge, path in sorted(paths.items(), reverse=True):
        shown.thumbnail((edge, edge), Image.Resampling.LANCZOS, reducing_gap=3.0)
        _write(shown, path)
    return Pictures(*size, says)


def _coloured(image: "Image") -> "Image":
    """Return a picture in sRGB, with transparency where it had some."""
    from PIL import ImageCms

    profile = image.info.get("icc_profile")
    wanted = "RGBA" if image.has_transparency_data else "RGB"
    if profile and image.mode in ("RGB", "RGBA", "CMYK"):
        # A profile that makes no sense is as none.
        with contextlib.suppress(ImageCms.PyCMSError, OSError, ValueError):
            own = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            srgb = ImageCms.createProfile("sRGB")
            found = ImageCms.profileToProfile(image, own, srgb, outputMode=wanted)
            if found is not None:
                return found
    return image.convert(wanted)


def _write(image: "Image", path: Path) -> None:
    """Write a picture at once or not at all: who reads it sees no half of one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".new-", delete=False) as draft:
        try:
            image.save(draft, "WEBP", quality=QUALITY, method=4, exif=b"", icc_profile=b"", xmp=b"")
            draft.flush()
            os.fsync(draft.fileno())
            Path(draft.name).replace(path)
        except BaseException:
            Path(draft.name).unlink(missing_ok=True)
            raise
