"""FIT, the format of nearly every watch and bike computer: whole files to columns with NumPy."""

from homestretch.formats import Format, RouteFormat, WorkoutFormat
from homestretch.formats.fit.courses.read import read_courses
from homestretch.formats.fit.courses.write import encode_course
from homestretch.formats.fit.decoder import decode
from homestretch.formats.fit.wire.chain import looks_like_fit
from homestretch.formats.fit.workouts.write import encode_workout
from homestretch.model.coach.workout import Workout


def _claims(head: bytes, name: str) -> float:
    return 1.0 if looks_like_fit(head) else 0.0


def _needs_time(workout: Workout) -> bool:
    return False


FORMAT = Format(
    key="fit",
    name="FIT",
    suffixes=(".fit",),
    version=9,
    claims=_claims,
    decode=decode,
    workouts=True,
    routes=read_courses,
)
WRITES = WorkoutFormat("fit", "FIT workout", "fit", "application/vnd.ant.fit", encode_workout, _needs_time)
ROUTE = RouteFormat("fit", "FIT course", "fit", "application/vnd.ant.fit", encode_course)
