"""The workout text of intervals.icu: lines of steps under headings, `3x` before those that are repeated."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from homestretch.formats import Format, WorkoutFormat, Writing
from homestretch.formats._steps import (
    MOST_TIMES,
    believable,
    easy,
    file_text,
    no_workout,
    plain,
    too_long,
    unnested,
)
from homestretch.formats.intervals_text.words import NUMBERS, Line, read_line
from homestretch.model.coach.thresholds import whole
from homestretch.model.coach.workout import Repeat, Step, StepKind, Steps, Target, Workout
from homestretch.model.recording import Decoded

_TIMES = re.compile(r"(?:^|\s)(\d{1,3})\s?x\s*$", re.IGNORECASE)
_STEP = re.compile(r"^\s*[-*•]\s*(?=\S)")
_LENGTH = re.compile(
    rb"^[ \t]*-[ \t]*[^\n]*\d(?:h|m|s|mtr|km|mi|')(?![a-z])"
    rb"[^\n]*(?:%|\d ?w\b|rpm|pace|ramp|\bZ\d|intensity=|RPE )",
    re.IGNORECASE | re.MULTILINE,
)
#: A line with a dash and a length: enough in a file of the right name.
_ANY_LENGTH = re.compile(
    rb"^[ \t]*-[ \t]*(?:[^\n]*[ \t])?\d+(?:h|m|s|mtr|km|mi|')(?![a-z])", re.IGNORECASE | re.MULTILINE
)
_OF = {"speed": " Pace", "css": " Pace", "lthr": " LTHR", "hr_max": " HR"}
#: What a step lasts that a button, energy or a heart rate ends.
_OPEN = "5m"


@dataclass(slots=True)
class _Section:
    """Steps under one heading."""

    heading: str = ""
    times: int = 1
    steps: list[Step] = field(default_factory=list)


def decode(data: bytes) -> Decoded:
    """Return the workout of a text; a line that can't be read is left out, with a note. It has no name of its own."""
    text = file_text(data)
    sport = _sport(text)
    sections, skipped = _sections(text, sport)
    items: list[Step | Repeat] = []
    for section in sections:
        repeated = section.times > 1
        items += [Repeat(section.times, tuple(section.steps))] if repeated else section.steps
    if not items:
        return no_workout("intervals", "no_steps")
    if too_long(items):
        return no_workout("intervals", "too_many_steps")
    notes = (f"row_unreadable:{skipped}",) if skipped else ()
    workout = Workout(name="Workout", sport=sport, steps=believable(items))
    return Decoded(format="intervals", kind="workout", notes=notes, workouts=(workout,))


def _sport(text: str) -> str:
    """Return the sport that a text is of: pace by the hundred metres is swum, other pace is run."""
    if re.search(r"/\s?100\s?m|\bCSS\b", text, re.IGNORECASE):
        return "swim"
    if re.search(r"\bpace\b", text, re.IGNORECASE):
        return "swim" if re.search(r"\bswim", text, re.IGNORECASE) else "run"
    return "ride"


def _sections(text: str, sport: str) -> tuple[list[_Section], int]:
    sections, skipped = [_Section()], 0
    for raw in text.splitlines():
        if not raw.strip():
            if sections[-1].steps:  # a blank line ends a repeat
                sections.append(_Section(sections[-1].heading if sections[-1].times == 1 else ""))
            continue
        dash = _STEP.match(raw)
        if dash is None:
            times = _TIMES.search(raw.strip())
            count = min(max(int(times[1]), 1), MOST_TIMES) if times else 1
            sections.append(_Section(raw.strip().lower(), count))
        elif (line := read_line(raw[dash.end() :], sport)) is None:
            skipped += 1
        else:
            sections[-1].steps.append(_step(line, sections[-1]))
    return [section for section in sections if section.steps], skipped


def _step(line: Line, section: _Section) -> Step:
    step = Step(line.kind or "work", line.end, line.end_value, line.target, line.cadence, line.cue)
    kind: StepKind = step.kind
    if line.kind is None and section.heading.replace("-", "").replace(" ", "").startswith("warmup"):
        kind = "warmup"
    elif line.kind is None and section.heading.replace("-", "").replace(" ", "").startswith("cooldown"):
        kind = "cooldown"
    elif line.kind is None and section.times > 1 and easy(step):
        kind = "rest"
    return Step(kind, step.end, step.end_value, step.target, step.cadence, step.cue)


def encode(workout: Workout, writing: Writing) -> bytes:
    """Return a workout as text for intervals.icu."""
    blocks = ["\n".join([heading, *lines]) for heading, lines in _blocks(unnested(workout.steps))]
    return ("\n\n".join(blocks) + "\n").encode()


def _blocks(steps: Steps) -> Iterator[tuple[str, list[str]]]:
    heading, lines = "", list[str]()
    for item in steps:
        if isinstance(item, Repeat):
            if lines:
                yield heading, lines
            heading, lines = "", []
            yield (
                f"Main Set {item.times}x",
                [_line(step, repeated=True) for step in item.steps if isinstance(step, Step)],
            )
            continue
        place = {"warmup": "Warmup", "cooldown": "Cooldown"}.get(item.kind, "Main Set")
        if lines and place != heading:
            yield heading, lines
            lines = []
        heading = place
        lines.append(_line(item))
    if lines:
        yield heading, lines


def _line(step: Step, *, repeated: bool = False) -> str:
    words = [_cue(step.cue), _length(step), _target(step.target), _cadence(step)]
    if step.kind in ("rest", "recovery") or (repeated and step.kind in ("warmup", "cooldown")):
        words.append(f"intensity={step.kind}")
    if repeated and step.kind == "work" and easy(step):
        words.append("intensity=active")  # else it would be read as a rest
    if step.kind == "free":
        words.append("freeride")
    return " ".join(["-", *(word for word in words if word)])


def _cue(cue: str | None) -> str:
    """Return a cue without digits and signs, which would be read as a length or a target."""
    return plain(re.sub(r"[0-9%=:/]+", "", cue or "")) or ""


def _length(step: Step) -> str:
    if step.end == "m":
        return f"{_figure(step.end_value or 0.0)}mtr"
    if step.end != "s":
        return f"Press lap {_OPEN}" if step.end == "lap" else _OPEN
    minutes, seconds = divmod(whole(step.end_value or 0.0), 60)
    return f"{minutes}m" * (minutes > 0) + f"{seconds}s" * (seconds > 0 or minutes == 0)


def _target(target: Target | None) -> str:
    if target is None or (target.kind == "pct" and target.high == target.low == 0):
        return ""
    ramp = "ramp " if target.ramp else ""
    if target.kind == "rpe":
        low, high = (NUMBERS[min(max(whole(end), 1), 10)] for end in (target.low, target.high))
        return f"RPE {low}" if low == high else f"RPE {low} to {high}"
    if target.kind == "pct":
        return f"{ramp}{_ends(_figure(target.low), _figure(target.high))}%{_OF.get(target.of or '', '')}"
    if target.of == "power":
        return f"{ramp}{_ends(str(whole(target.low)), str(whole(target.high)))}w"
    if target.of in ("speed", "css"):
        metres, unit = (100.0, "100m") if target.of == "css" else (1000.0, "km")
        return f"{ramp}{_ends(_pace(metres, target.low), _pace(metres, target.high))}/{unit} Pace"
    return f"{ramp}{_ends(str(whole(target.low)), str(whole(target.high)))}bpm"


def _ends(low: str, high: str) -> str:
    return low if low == high else f"{low}-{high}"


def _pace(metres: float, speed: float) -> str:
    minutes, seconds = divmod(whole(metres / max(speed, 0.05)), 60)
    return f"{minutes}:{seconds:02}"


def _cadence(step: Step) -> str:
    return "" if step.cadence is None else f"{_ends(*(_figure(end) for end in step.cadence))}rpm"


def _figure(value: float) -> str:
    return f"{value:.3f}".rstrip("0").rstrip(".")


def _claims(head: bytes, name: str) -> float:
    if b"\0" in head or head.lstrip()[:1] in (b"<", b"{", b"["):
        return 0.0
    named = name.endswith(".txt") and _ANY_LENGTH.search(head) is not None
    return 0.3 if named or _LENGTH.search(head) else 0.0


def _needs_time(workout: Workout) -> bool:
    return False


FORMAT = Format(
    key="intervals",
    name="intervals.icu workout text",
    suffixes=(".txt",),
    version=1,
    claims=_claims,
    decode=decode,
    workouts=True,
)
WRITES = WorkoutFormat("intervals", "intervals.icu text", "txt", "text/plain", encode, _needs_time)
