"""TCX courses: reads them, and writes a route as one, with a course point where each section begins."""

from datetime import UTC, datetime, timedelta

import numpy as np

from homestretch.formats._routes.line import MOST_ROUTES, line_of, part_places, xml_text
from homestretch.formats._tree import children, local, read, text
from homestretch.model.coach.route_line import RouteFile, RouteLine

_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<TrainingCenterDatabase xmlns="http://www.garmin.com/xmlschemas/TrainingCenterDatabase/v2">
"""
_WANTED = ("LatitudeDegrees", "LongitudeDegrees", "AltitudeMeters")
#: The schema's longest names of a course and of a course point.
_COURSE_NAME, _POINT_NAME = 15, 10
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def read_courses(data: bytes) -> list[RouteLine]:
    """Return a file's courses that have a length."""
    document = read(data, "Trackpoint", _WANTED)
    if document is None:
        return []
    places = [document.points.numbers(name) for name in _WANTED]
    found = []
    for element in document.root.iter():
        if local(element) != "Course":
            continue
        rows = np.concatenate([document.points_in(one) for one in (element, *children(element, "Track"))])
        latitude, longitude, altitude = (one[rows] for one in places)
        found.append(line_of(text(element, "Name"), latitude, longitude, altitude))
    return [one for one in found if one is not None][:MOST_ROUTES]


def write_course(file: RouteFile) -> bytes:
    """Return a TCX course: one lap, a track with times by the estimate, and course points where sections begin."""
    line, made = file.line, file.made_ms
    places = list(zip(line.latitude.tolist(), line.longitude.tolist(), strict=True))
    seconds = file.seconds.tolist()
    pieces = [
        _HEAD,
        f" <Courses>\n  <Course>\n   <Name>{xml_text((line.name or 'Route')[:_COURSE_NAME])}</Name>\n   <Lap>\n",
        f"    <TotalTimeSeconds>{seconds[-1]:.1f}</TotalTimeSeconds>\n",
        f"    <DistanceMeters>{file.distance_m[-1]:.1f}</DistanceMeters>\n",
        f"    <BeginPosition>{_place(places[0])}</BeginPosition>\n",
        f"    <EndPosition>{_place(places[-1])}</EndPosition>\n",
        "    <Intensity>Active</Intensity>\n   </Lap>\n   <Track>\n",
    ]
    for place, height, metres, second in zip(
        places, line.altitude_m.tolist(), file.distance_m.tolist(), seconds, strict=True
    ):
        altitude = f"<AltitudeMeters>{height:.1f}</AltitudeMeters>" if np.isfinite(height) else ""
        pieces.append(
            f"    <Trackpoint><Time>{_iso(made, second)}</Time><Position>{_place(place)}</Position>{altitude}"
            f"<DistanceMeters>{metres:.1f}</DistanceMeters></Trackpoint>\n"
        )
    pieces.append("   </Track>\n")
    for row, _, name in part_places(file):
        pieces.append(
            f"   <CoursePoint><Name>{xml_text(name[:_POINT_NAME])}</Name><Time>{_iso(made, seconds[row])}</Time>"
            f"<Position>{_place(places[row])}</Position><PointType>Generic</PointType></CoursePoint>\n"
        )
    return "".join((*pieces, "  </Course>\n </Courses>\n</TrainingCenterDatabase>\n")).encode()


def _place(place: tuple[float, float]) -> str:
    latitude, longitude = place
    return f"<LatitudeDegrees>{latitude:.6f}</LatitudeDegrees><LongitudeDegrees>{longitude:.6f}</LongitudeDegrees>"


def _iso(made_ms: int, seconds: float) -> str:
    return (_EPOCH + timedelta(milliseconds=made_ms + round(1000 * seconds))).strftime("%Y-%m-%dT%H:%M:%SZ")
