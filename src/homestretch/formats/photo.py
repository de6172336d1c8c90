"""Photos, known by their first bytes: JPEG, PNG and WebP. Pictures are made of them elsewhere (flow/photos)."""

from homestretch.formats import Format
from homestretch.model.media.photos import media_type
from homestretch.model.recording import Decoded

KEY = "photo"


def _decode(data: bytes) -> Decoded:
    return Decoded(format=KEY, kind=KEY, notes=("a_photo",), contents={"photos": 1})


FORMAT = Format(
    key=KEY,
    name="Photo",
    suffixes=(".jpg", ".jpeg", ".png", ".webp"),
    version=1,
    claims=lambda head, name: 1.0 if media_type(head) else 0.0,
    decode=_decode,
)
