"""Files that draw lines without times."""

from collections.abc import Iterable


def gpx(*parts: str) -> bytes:
    return ('<gpx xmlns="http://www.topografix.com/GPX/1/1" version="1.1">' + "".join(parts) + "</gpx>").encode()


def route(name: str, count: int = 60, lon: float = 8.0) -> str:
    """Return a route north from 48°, a point every 111 m, without heights."""
    return f"<rte><name>{name}</name>{points('rtept', count, lon)}</rte>"


def track(name: str, count: int = 60, lon: float = 8.0, grade: float = 0.05, kind: str = "cycling") -> str:
    """Return a track without times that goes up."""
    inner = points("trkpt", count, lon, (200.0 + 111.2 * grade * i for i in range(count)))
    return f"<trk><name>{name}</name><type>{kind}</type><trkseg>{inner}</trkseg></trk>"


def points(element: str, count: int, lon: float, heights: Iterable[float] = ()) -> str:
    high: list[float | None] = [*heights] or [None] * count
    return "".join(
        f'<{element} lat="{48 + i * 0.001:.4f}" lon="{lon}">{"" if z is None else f"<ele>{z:.1f}</ele>"}</{element}>'
        for i, z in zip(range(count), high, strict=True)
    )
