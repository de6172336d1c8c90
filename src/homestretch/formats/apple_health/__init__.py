"""Apple Health's export: one XML of gigabytes, which comes in portions (`portions`), each decoded by itself."""

from homestretch.formats import Format
from homestretch.formats.apple_health.portions import portions
from homestretch.formats.apple_health.records import KEY, decode
from homestretch.formats.apple_health.shape import DOCTYPE, ROOT


def _claims(head: bytes, name: str) -> float:
    begins = head.removeprefix(b"\xef\xbb\xbf").lstrip().startswith((b"<?xml", b"<!DOCTYPE", ROOT))
    return 1.0 if begins and (ROOT in head or DOCTYPE in head) else 0.0


FORMAT = Format(
    key=KEY, name="Apple Health", suffixes=(".xml",), version=3, claims=_claims, decode=decode, portions=portions
)
