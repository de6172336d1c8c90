"""Reads sleep: each session with its stages, of the local day of waking."""

from collections.abc import Mapping, Sequence

from homestretch.model.health.night import Night, Stage, StageName
from homestretch.sources.google_health.reading.document import (
    Collected,
    Document,
    count,
    device_of,
    local_day,
    member,
    number,
    of_type,
    seconds,
    utc_ms,
)

#: Google's words for stages. A classic night knows asleep and awake alone: its sleep is of no measured stage.
_STAGES: Mapping[str, StageName] = {
    "DEEP": "deep", "LIGHT": "light", "REM": "rem", "AWAKE": "awake", "RESTLESS": "awake", "ASLEEP": "unmeasured",
}  # fmt: skip
_FIELDS = {"deep": "deep_s", "light": "light_s", "rem": "rem_s", "awake": "awake_s"}


def sleep(points: Sequence[Document], into: Collected) -> None:
    """Read each session of sleep; one without times is noted."""
    for point, session in of_type(points, "sleep"):
        start_ms, end_ms = (utc_ms(member(session, "interval", name)) for name in ("startTime", "endTime"))
        offset = member(session, "interval", "endUtcOffset")
        day = local_day(member(session, "interval", "civilEndTime"), end_ms, offset)
        if start_ms is None or end_ms is None or day is None or end_ms <= start_ms:
            into.note("night_without_times")
            continue
        stages = _stages(session, into)
        offset_s = seconds(offset)
        into.night(
            Night(
                day=day,
                start_ms=start_ms,
                end_ms=end_ms,
                offset_s=None if offset_s is None else int(offset_s),
                awakenings=_awakenings(session, stages),
                nap=member(session, "metadata", "nap") is True,
                device=device_of(point),
                stages=stages,
                **_durations(session, stages),
            )
        )


def _stages(session: Document, into: Collected) -> tuple[Stage, ...]:
    """Return the stages in order of time; a word that is new is noted and its stage left out."""
    rows = session.get("stages")
    found = []
    for row in rows if isinstance(rows, list) else []:
        if not isinstance(row, dict):
            continue
        start_ms, end_ms = utc_ms(row.get("startTime")), utc_ms(row.get("endTime"))
        stage = _STAGES.get(str(row.get("type")))
        if stage is None:
            into.note(f"unknown:stage:{str(row.get('type'))[:40]}")
        elif start_ms is not None and end_ms is not None and end_ms > start_ms:
            found.append(Stage(start_ms, end_ms, stage))
    return tuple(sorted(set(found), key=lambda one: (one.start_ms, one.end_ms)))


def _durations(session: Document, stages: Sequence[Stage]) -> dict[str, float]:
    """Return the seconds asleep and in each stage: by the stages' own times, else as Google sums them up."""
    summary = session.get("summary")
    minutes = {} if not isinstance(summary, dict) else _summed(summary)
    in_stages: dict[str, float] = {}
    for one in stages:
        in_stages[one.stage] = in_stages.get(one.stage, 0.0) + (one.end_ms - one.start_ms) / 1000
    exact = {field: in_stages[name] for name, field in _FIELDS.items() if name in in_stages}
    found = {**minutes, **exact}
    if in_stages and ("asleep_s" not in found or "unmeasured" not in in_stages):
        found["asleep_s"] = sum(length for name, length in in_stages.items() if name != "awake")
    return {name: length for name, length in found.items() if length or name != "asleep_s"}


def _summed(summary: Document) -> dict[str, float]:
    """Return the summary's minutes in seconds."""
    found: dict[str, float] = {}
    for name, field in (("minutesAsleep", "asleep_s"), ("minutesAwake", "awake_s")):
        minutes = number(summary.get(name))
        if minutes is not None:
            found[field] = 60 * minutes
    rows = summary.get("stagesSummary")
    for row in rows if isinstance(rows, list) else []:
        stage = _STAGES.get(str(row.get("type"))) if isinstance(row, dict) else None
        minutes = count(row, "minutes") if stage in _FIELDS else None
        if stage is not None and minutes is not None:
            found[_FIELDS[stage]] = 60 * minutes
    return found


def _awakenings(session: Document, stages: Sequence[Stage]) -> float | None:
    """Return how often somebody was awake, where there are stages."""
    if not stages or any(one.stage == "unmeasured" for one in stages):
        return None
    return float(sum(one.stage == "awake" for one in stages))
