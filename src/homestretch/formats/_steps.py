"""What readers and writers of workout files share: naming steps by their place, folding repeats, plain texts."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from homestretch.model.coach.workout import Repeat, Step, StepKind, Steps, Target
from homestretch.model.recording import Decoded
from homestretch.model.texts import LONGEST_NAME

#: Up to here a step between others is a rest, in per cent of threshold.
EASY_PCT = 70.0
#: A workout has no more steps, repeats written out, and none is longer: what has more is a mistake of its file.
MOST_STEPS = 2000
MOST_TIMES = 200
LONGEST_S = 36 * 3600.0
LONGEST_TOTAL_S = 7 * 86_400.0
LONGEST_M = 500_000.0
#: The highest figures by what they are of: W, m/s, bpm; the highest per cent and cadence.
MOST = {"power": 5000.0, "speed": 30.0, "css": 5.0, "lthr": 250.0, "hr_max": 250.0}
MOST_PCT, MOST_CADENCE = 1000.0, 300.0
#: The longest group of steps that is looked for as a repeat.
LONGEST_GROUP = 12
_CONTROL = re.compile(r"[\x00-\x1f\x7f\u2028\u2029\ufffe\uffff\ud800-\udfff]+")


def middle(target: Target) -> float:
    """Return the middle of a target."""
    return (target.low + target.high) / 2


def easy(step: Step) -> bool:
    """Return whether a step asks for little: a rest where it stands between others."""
    target = step.target
    return target is not None and target.kind == "pct" and max(target.low, target.high) <= EASY_PCT


def plain(text: str | None, longest: int = LONGEST_NAME) -> str | None:
    """Return a text on one line without control characters, shortened; None where nothing is left."""
    cleaned = " ".join(_CONTROL.sub(" ", text or "").split())[:longest]
    return cleaned.strip() or None


def named(steps: Sequence[Step]) -> list[Step]:
    """Return plain steps (those of kind `work`) named by their place: easy ones are warm-up, rest, or cool-down."""
    last = len(steps) - 1
    return [_named(step, index, last) if step.kind == "work" else step for index, step in enumerate(steps)]


def _named(step: Step, index: int, last: int) -> Step:
    gentle = easy(step) or (step.target is not None and step.target.ramp)
    kind: StepKind = "work"
    if last > 0 and index == 0 and gentle:
        kind = "warmup"
    elif last > 0 and index == last and gentle:
        kind = "cooldown"
    elif last > 0 and easy(step):
        kind = "rest"
    return replace(step, kind=kind)


def folded(steps: Sequence[Step]) -> Steps:
    """Return steps with what comes several times in a row as repeats; written out it is the same."""
    made: list[Step | Repeat] = []
    at = 0
    while at < len(steps):
        size, times = _repeat_at(steps, at)
        if times > 1:
            made.append(Repeat(times, tuple(steps[at : at + size])))
        else:
            made.append(steps[at])
        at += size * times
    return tuple(made)


def _repeat_at(steps: Sequence[Step], at: int) -> tuple[int, int]:
    """Return how many steps from here come how often in a row; of several answers the one that covers most."""
    best = (1, 1)
    for size in range(2, min(LONGEST_GROUP, (len(steps) - at) // 2) + 1):
        group, times = steps[at : at + size], 1
        while times < MOST_TIMES and steps[at + times * size : at + (times + 1) * size] == group:
            times += 1
        if times > 1 and size * times > best[0] * best[1] and any(step != group[0] for step in group):
            best = (size, times)
    return best


def believable(steps: Iterable[Step | Repeat]) -> Steps:
    """Return steps without targets and cadences that no athlete can hold."""
    return tuple(
        Repeat(item.times, believable(item.steps)) if isinstance(item, Repeat) else _believable(item) for item in steps
    )


def _believable(step: Step) -> Step:
    rate, target = step.cadence, step.target
    if rate is not None and not 0 < rate[0] <= rate[1] <= MOST_CADENCE:
        rate = None
    if target is not None:
        least, most = (1.0, 10.0) if target.kind == "rpe" else (0.0, _most(target))
        if not least <= min(target.low, target.high) <= max(target.low, target.high) <= most:
            target = None
    return replace(step, target=target, cadence=rate)


def _most(target: Target) -> float:
    return MOST_PCT if target.kind == "pct" else MOST.get(target.of or "power", MOST_PCT)


def unnested(steps: Steps) -> Steps:
    """Return steps whose repeats hold no repeats: inner ones are written out."""
    return tuple(item if isinstance(item, Step) else Repeat(item.times, tuple(_flat(item.steps))) for item in steps)


def _flat(steps: Steps) -> Iterator[Step]:
    for item in steps:
        if isinstance(item, Step):
            yield item
        else:
            for _ in range(item.times):
                yield from _flat(item.steps)


def size_of(steps: Iterable[Step | Repeat]) -> int:
    """Return how many steps there are once repeats are written out."""
    return sum(1 if isinstance(item, Step) else item.times * size_of(item.steps) for item in steps)


def too_long(steps: Sequence[Step | Repeat]) -> bool:
    """Return whether there are more steps, or they take longer, than any workout: such a file is a mistake."""
    return size_of(steps) > MOST_STEPS or _lasts(steps) > LONGEST_TOTAL_S


def _lasts(steps: Iterable[Step | Repeat]) -> float:
    return sum(_seconds(item) if isinstance(item, Step) else item.times * _lasts(item.steps) for item in steps)


def _seconds(step: Step) -> float:
    """Return the seconds of a step, metres as a slow swimmer covers them."""
    if step.end != "m":
        return step.end_value or 0.0
    share = middle(step.target) / 100 if step.target is not None and step.target.kind == "pct" else 1.0
    return (step.end_value or 0.0) / max(share, 0.01)


def no_workout(form: str, note: str) -> Decoded:
    """Return what stands for a file of which no workout can be made."""
    return Decoded(format=form, kind="unknown", notes=(note,))


def file_text(data: bytes) -> str:
    """Return the text of a file: UTF-8, UTF-16 with a mark, else Western European."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def number(text: str | None) -> float | None:
    """Return a number as workout files write it, with a point or a comma; None for other text."""
    if text is None or not re.fullmatch(r"\s*[+-]?(?:\d{1,12}(?:[.,]\d{0,12})?|[.,]\d{1,12})\s*", text):
        return None
    return float(text.strip().replace(",", "."))
