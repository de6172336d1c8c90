"""FIT, the format of nearly every watch and bike computer: whole files to columns with NumPy."""

from homestretch.formats import Format
from homestretch.formats.fit.decoder import decode
from homestretch.formats.fit.wire.chain import looks_like_fit


def _claims(head: bytes, name: str) -> float:
    return 1.0 if looks_like_fit(head) else 0.0


FORMAT = Format(key="fit", name="FIT", suffixes=(".fit",), version=8, claims=_claims, decode=decode)
