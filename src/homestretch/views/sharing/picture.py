"""The picture of a shared activity, which other programs show beside its link and which an athlete can save."""

from functools import partial

from homestretch.views.kit.lru_cache import LruCache
from homestretch.views.sharing.sheet import Shape, Sheet

_drawn: LruCache[bytes] = LruCache(64)


def picture(sheet: Sheet, shape: Shape) -> bytes:
    """Return the picture of an activity, a PNG. Raises NotBuilt where the web app's files are missing."""
    return _drawn.of((sheet, shape), partial(_draw, sheet, shape))


def _draw(sheet: Sheet, shape: Shape) -> bytes:
    from homestretch.views.sharing.drawing import draw  # the library takes time to load, and most servers share nothing

    return draw(sheet, shape)
