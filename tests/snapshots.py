"""Photos as cameras write them: a picture with EXIF, made for a test."""

import io
from datetime import UTC, datetime

from PIL import Image
from PIL.TiffImagePlugin import IFDRational

CAMERA, PLACE = 0x8769, 0x8825


def photo(
    size: tuple[int, int] = (640, 480),
    *,
    colour: str = "teal",
    form: str = "JPEG",
    local: str | None = None,
    zone: str | None = None,
    at_ms: int | None = None,
    spot: tuple[float, float] | None = None,
    turned: int | None = None,
) -> bytes:
    """Return a photo of one colour that says when (camera's time, with a zone, or satellites') and where it was taken.

    Its upper left quarter is white, so that it can be seen how it is turned.
    """
    image = Image.new("RGB", size, colour)
    image.paste("white", (0, 0, size[0] // 2, size[1] // 2))
    exif = Image.Exif()
    exif[0x010F], exif[0x0110] = "Secret maker", "Serial 4711"
    if turned is not None:
        exif[0x0112] = turned
    camera, place = exif.get_ifd(CAMERA), exif.get_ifd(PLACE)
    if local is not None:
        camera[0x9003] = local
    if zone is not None:
        camera[0x9011] = zone
    if at_ms is not None:
        moment = datetime.fromtimestamp(at_ms / 1000, UTC)
        place[29] = f"{moment:%Y:%m:%d}"
        place[7] = tuple(IFDRational(part, 1) for part in (moment.hour, moment.minute, moment.second))
    if spot is not None:
        place[1], place[2] = "N" if spot[0] >= 0 else "S", _parts(spot[0])
        place[3], place[4] = "E" if spot[1] >= 0 else "W", _parts(spot[1])
    made = io.BytesIO()
    image.save(made, form, exif=exif)
    return made.getvalue()


def _parts(degrees: float) -> tuple[IFDRational, IFDRational, IFDRational]:
    whole, rest = divmod(abs(degrees) * 3600, 3600)
    minutes, seconds = divmod(rest, 60)
    return IFDRational(int(whole), 1), IFDRational(int(minutes), 1), IFDRational(round(seconds * 10_000), 10_000)
