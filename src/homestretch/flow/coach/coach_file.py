"""Reads a file of the coach: JSON, or a zip with it; what it holds is checked before anything is kept."""

import io
import zipfile
import zlib
from datetime import date, timedelta
from functools import cache
from typing import cast

import orjson
from pydantic import TypeAdapter, ValidationError

from homestretch import zips
from homestretch.errors import BadRequest
from homestretch.model.documents.coach_files import FORMAT, INSIDE, CoachFile, FilePlan
from homestretch.model.documents.coach_plans import PlanBody

MOST_BYTES = 50_000_000
#: The longest session, a day, and more load than any has.
MOST_MINUTES, MOST_LOAD = 1440, 2000


class NotACoachFile(BadRequest):
    """{reason}"""

    status = 422
    exit_code = 1


def read_file(data: bytes) -> CoachFile:
    """Return what a file of the coach holds: JSON, or a zip that has it. Raises NotACoachFile."""
    if data.startswith(b"PK"):
        data = _unzipped(data)
    try:
        value = orjson.loads(data)
    except orjson.JSONDecodeError as error:
        raise NotACoachFile(reason=f"This is no file of the coach: its JSON can't be read ({error}).") from None
    if not isinstance(value, dict) or value.get("format") != FORMAT:
        raise NotACoachFile(reason="This is no file of the coach. Take one that `coach file export` wrote.")
    try:
        # What is kept is what was read, to the last digit: plans are known by their digest.
        _shape().validate_python(value, strict=True)
        document = cast(CoachFile, value)
    except ValidationError as error:
        wrong = error.errors()[0]
        where = ".".join(str(part) for part in wrong["loc"])
        raise NotACoachFile(reason=f"The file can't be taken in: {where}: {wrong['msg']}.") from None
    for plan in document.get("plans", ()):
        _must_be_whole(plan)
    return document


@cache
def _shape() -> "TypeAdapter[CoachFile]":
    return TypeAdapter(CoachFile)


def _must_be_whole(plan: FilePlan) -> None:
    """Raise NotACoachFile for a plan whose days don't follow each other, or whose figures can't be."""
    if not plan["versions"]:
        raise NotACoachFile(reason=f"The plan {plan['title']} has no version.")
    for one in plan["versions"]:
        try:
            wrong = _wrong_in(one["body"])
        except ValueError as error:
            wrong = str(error)
        if wrong:
            raise NotACoachFile(reason=f"The plan {plan['title']} can't be taken in: {wrong}.")


def _wrong_in(body: PlanBody) -> str:
    """Return what is wrong with a plan; "" where nothing is. Raises ValueError for what is no day."""
    if not body["weeks"]:
        return "it has no week"
    for day in (body["start"], body["end"], body["seed_day"], *(event["date"] for event in body["events"])):
        date.fromisoformat(day)
    monday = date.fromisoformat(body["weeks"][0]["monday"])
    for week in body["weeks"]:
        days = [(monday + timedelta(days=after)).isoformat() for after in range(7)]
        if monday.weekday() != 0 or week["monday"] != days[0] or [day["date"] for day in week["days"]] != days:
            return f"its week from {week['monday']} has not seven days in a row from a Monday"
        for one in week["days"]:
            for session in one["sessions"]:
                if session["date"] != one["date"]:
                    return f"the session {session['title']} is not on its day"
                if not (0 < session["minutes"] <= MOST_MINUTES and 0 <= session["load"] <= MOST_LOAD):
                    return f"the session {session['title']} has an impossible length or load"
        monday += timedelta(days=7)
    return ""


def _unzipped(data: bytes) -> bytes:
    try:
        with zips.opened(io.BytesIO(data)) as archive, archive.open(INSIDE) as file:
            found = file.read(MOST_BYTES + 1)
    except KeyError:
        raise NotACoachFile(reason=f"The zip has no {INSIDE}. Take one that `coach file export` wrote.") from None
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise NotACoachFile(reason=f"The zip can't be read ({error}).") from None
    if len(found) > MOST_BYTES:
        raise NotACoachFile(reason=f"A file of the coach has at most {MOST_BYTES // 1_000_000} MB.")
    return found
