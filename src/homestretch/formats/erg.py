"""ERG and MRC, the courses of trainers: lines of minutes and watts, or per cent of FTP, two for each step.

The `FTP=` of an ERG says what its watts are of, so that others can rescale them; they are then read as per cent.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from homestretch.formats import CannotExport, Format, WorkoutFormat, Writing
from homestretch.formats._steps import (
    LONGEST_TOTAL_S,
    believable,
    file_text,
    folded,
    middle,
    named,
    no_workout,
    number,
    plain,
    too_long,
)
from homestretch.model.coach.thresholds import whole
from homestretch.model.coach.workout import Step, Target, TargetKind, Workout, flat
from homestretch.model.recording import Decoded

#: How long a text is shown, in seconds.
SHOWN_S = 10
_MOST_VALUE = 5000.0
_SECTION = re.compile(r"^\[\s*(?P<end>END\s+)?COURSE\s+(?P<name>HEADER|DATA|TEXT)\s*\]$", re.IGNORECASE)
_UNITS = re.compile(r"^MINUTES\s+(WATTS|PERCENT|PERCENTAGE|FTP|%)", re.IGNORECASE)


@dataclass(slots=True)
class _Course:
    """What the sections of a file say; `points` are (seconds, value), `texts` (seconds, words)."""

    watts: bool = True
    ftp: float | None = None
    name: str | None = None
    points: list[tuple[float, float]] = field(default_factory=list)
    texts: list[tuple[float, str]] = field(default_factory=list)
    skipped: int = 0


def decode(data: bytes, form: str = "erg") -> Decoded:
    """Return the workout of an ERG or MRC file; lines that can't be read are left out, with a note."""
    course = _read(file_text(data), watts=form == "erg")
    steps = list(_steps(course))
    if not steps:
        return no_workout(form, "no_steps")
    if too_long(steps):
        return no_workout(form, "too_many_steps")
    workout = Workout(name=course.name or "Workout", sport="ride", steps=believable(folded(named(steps))))
    notes = (f"row_unreadable:{course.skipped}",) if course.skipped else ()
    return Decoded(format=form, kind="workout", notes=notes, workouts=(workout,))


def _read(text: str, *, watts: bool) -> _Course:
    course, section = _Course(watts), "HEADER"
    for raw in text.splitlines():
        line = (raw if section == "TEXT" else raw.partition(";")[0]).strip()
        if not line or line.startswith(";"):
            continue
        if (mark := _SECTION.match(line)) is not None:
            section = "" if mark["end"] else mark["name"].upper()
        elif section == "HEADER":
            _read_header(course, line)
        elif section == "DATA":
            _read_point(course, line)
        elif section == "TEXT":
            _read_text(course, line)
    return course


def _read_header(course: _Course, line: str) -> None:
    if (units := _UNITS.match(line)) is not None:
        course.watts = units[1].upper() == "WATTS"
        return
    key, equals, value = line.partition("=")
    if not equals:
        return
    key = key.strip().upper()
    if key == "FTP" and (ftp := number(value)) and 0 < ftp <= _MOST_VALUE:
        course.ftp = ftp
    elif key == "DESCRIPTION" or (key == "FILE NAME" and course.name is None):
        course.name = plain(value.strip()) or course.name


def _read_point(course: _Course, line: str) -> None:
    cells = [cell for cell in re.split(r"[\s]+", line) if cell.upper() != "LAP"]
    if not cells:
        return  # only a mark that a lap begins
    figures = [number(cell) for cell in cells[:2]]
    minutes, value = (figures[0], figures[1]) if len(figures) == 2 else (None, None)
    if minutes is None or value is None or not 0 <= minutes * 60 <= LONGEST_TOTAL_S or not 0 <= value <= _MOST_VALUE:
        course.skipped += 1
        return
    course.points.append((round(minutes * 60), value))


def _read_text(course: _Course, line: str) -> None:
    cells = line.split("\t") if "\t" in line else line.split(None, 1)
    at, words = number(cells[0]), plain(cells[1]) if len(cells) > 1 else None
    if at is not None and words:
        course.texts.append((at, words))


def _steps(course: _Course) -> Iterator[Step]:
    kind: TargetKind = "abs" if course.watts and course.ftp is None else "pct"
    scale = 100 / course.ftp if course.watts and course.ftp is not None else 1.0
    for (start, low), (end, high) in zip(course.points, course.points[1:], strict=False):
        if end <= start:
            continue
        low_pct, high_pct = round(low * scale, 4), round(high * scale, 4)
        said = [words for at, words in course.texts if start <= at < end]
        yield Step(
            kind="work",
            end="s",
            end_value=float(end - start),
            target=Target(kind, low_pct, high_pct, "power", ramp=low != high),
            cue=plain("; ".join(said)),
        )


def encode_erg(workout: Workout, writing: Writing) -> bytes:
    """Return a ride in watts. Raises CannotExport for other sports, and without an FTP."""
    if writing.thresholds.ftp_w is None:
        raise CannotExport(
            reason="ERG files hold watts, and your FTP is not set. Set it with `homestretch thresholds set ftp_w`, or "
            "under Settings, or export an MRC file."
        )
    points = list(_points(workout, writing, in_watts=True))
    header = [f"FTP={whole(writing.thresholds.ftp_w)}", "MINUTES WATTS"]
    rows = [f"{seconds / 60:.2f}\t{whole(value)}" for seconds, value in points]
    return _file(workout, f"{writing.file_name}.erg", header, rows)


def encode_mrc(workout: Workout, writing: Writing) -> bytes:
    """Return a ride in per cent of FTP. Raises CannotExport for other sports."""
    points = list(_points(workout, writing, in_watts=False))
    rows = [f"{seconds / 60:.2f}\t{value:.2f}" for seconds, value in points]
    return _file(workout, f"{writing.file_name}.mrc", ["MINUTES PERCENT"], rows)


def _points(workout: Workout, writing: Writing, *, in_watts: bool) -> Iterator[tuple[float, float]]:
    """Yield seconds and value at the start and the end of each step."""
    at = 0.0
    for step in flat(workout.steps):
        target = _of_power(step, writing, in_watts=in_watts)
        low, high = (target.low, target.high) if target.ramp else (middle(target), middle(target))
        yield at, low
        at += step.end_value or 0.0
        yield at, high


def _of_power(step: Step, writing: Writing, *, in_watts: bool) -> Target:
    """Return a step's power; a step without a target rolls easily."""
    target = step.target
    if target is None:
        target = Target("pct", 50.0, 50.0, "power")
    if target.of != "power":
        raise CannotExport(
            reason="ERG and MRC files hold the power of rides only. Export this workout as FIT, or for intervals.icu."
        )
    found = writing.thresholds.absolute(target) if in_watts else writing.thresholds.percent(target)
    if found is None:
        raise CannotExport(
            reason="This workout has watts, and your FTP is not set, so its per cent are unknown. Set it with "
            "`homestretch thresholds set ftp_w`, or under Settings."
        )
    return replace(found, low=max(found.low, 0.0), high=max(found.high, 0.0))


def _file(workout: Workout, file_name: str, header: Sequence[str], rows: Sequence[str]) -> bytes:
    lines = ["[COURSE HEADER]", "VERSION=2", "UNITS=ENGLISH"]
    lines += [f"DESCRIPTION={plain(workout.name) or ''}", f"FILE NAME={plain(file_name) or ''}", *header]
    lines += ["[END COURSE HEADER]", "[COURSE DATA]", *rows, "[END COURSE DATA]"]
    if texts := list(_texts(workout)):
        lines += ["[COURSE TEXT]", *texts, "[END COURSE TEXT]"]
    return "".join(f"{line}\r\n" for line in lines).encode()


def _texts(workout: Workout) -> Iterator[str]:
    at = 0.0
    for step in flat(workout.steps):
        if step.cue and (words := plain(step.cue)):
            yield f"{whole(at)}\t{words}\t{SHOWN_S}"
        at += step.end_value or 0.0


def _claims(head: bytes, name: str, suffix: str, units: bytes) -> float:
    text = head.replace(b"\0", b"").upper()
    if b"[COURSE HEADER]" not in text and b"[COURSE DATA]" not in text:
        return 0.0
    return 0.9 if re.search(rb"MINUTES\s+" + units, text) else 0.6 if name.endswith(suffix) else 0.5


def _claims_erg(head: bytes, name: str) -> float:
    return _claims(head, name, ".erg", rb"WATTS")


def _claims_mrc(head: bytes, name: str) -> float:
    return _claims(head, name, ".mrc", rb"(?:PERCENT|FTP|%)")


def _decode_mrc(data: bytes) -> Decoded:
    return decode(data, "mrc")


def _needs_time(workout: Workout) -> bool:
    return True


ERG = Format(
    key="erg", name="ERG workout", suffixes=(".erg",), version=1, claims=_claims_erg, decode=decode, workouts=True
)
MRC = Format(
    key="mrc", name="MRC workout", suffixes=(".mrc",), version=1, claims=_claims_mrc, decode=_decode_mrc, workouts=True
)
WRITES_ERG = WorkoutFormat("erg", "ERG (watts)", "erg", "text/plain", encode_erg, _needs_time)
WRITES_MRC = WorkoutFormat("mrc", "MRC (per cent)", "mrc", "text/plain", encode_mrc, _needs_time)
