"""Garmin's answers about a night."""

from collections.abc import Mapping

from homestretch.model.health.night import Night, Stage, StageName
from homestretch.model.moment import day_of
from homestretch.vendors.wellness_builder import WellnessBuilder

#: The levels of `sleepLevels`.
_STAGES: Mapping[float, StageName] = {-1: "unmeasured", 0: "deep", 1: "light", 2: "rem", 3: "awake"}
#: No clock on earth is further from UTC.
_MOST_OFFSET_S = 14 * 3600
_LENGTHS = {
    "asleep_s": "sleepTimeSeconds",
    "deep_s": "deepSleepSeconds",
    "light_s": "lightSleepSeconds",
    "rem_s": "remSleepSeconds",
    "awake_s": "awakeSleepSeconds",
    "unmeasured_s": "unmeasurableSleepSeconds",
    "naps_s": "napTimeSeconds",
    "awakenings": "awakeCount",
    "avg_stress": "avgSleepStress",
}
#: These are measured or missing: 0 is not a value.
_MEASURED = {
    "avg_heart_rate_bpm": ("avgHeartRate", "heart_rate_bpm"),
    "avg_spo2_pct": ("averageSpO2Value", "spo2_pct"),
    "min_spo2_pct": ("lowestSpO2Value", "spo2_pct"),
    "avg_respiration_brpm": ("averageRespirationValue", "respiration_brpm"),
}


def sleep(builder: WellnessBuilder, body: object) -> None:
    """Read a night, which belongs to the day of waking; without sleep everything is null."""
    for row in builder.rows(body, "sleep"):
        dto = builder.mapping(row.get("dailySleepDTO"), "dailySleepDTO")
        start_ms = builder.time_ms(dto.get("sleepStartTimestampGMT"), "sleepStartTimestampGMT")
        end_ms = builder.time_ms(dto.get("sleepEndTimestampGMT"), "sleepEndTimestampGMT")
        if start_ms is None or end_ms is None or end_ms <= start_ms:
            if dto.get("sleepTimeSeconds") is not None:
                builder.note("night_without_times")
            continue
        offset_s = _offset(builder, dto, end_ms)
        day = builder.day(dto.get("calendarDate"), "calendarDate") or day_of(end_ms + 1000 * (offset_s or 0))
        builder.night(
            Night(
                day=day,
                start_ms=start_ms,
                end_ms=end_ms,
                offset_s=offset_s,
                **{ours: builder.measured(ours, dto.get(name), name) for ours, name in _LENGTHS.items()},
                **{ours: builder.measured(kind, dto.get(name), name) for ours, (name, kind) in _MEASURED.items()},
                score=_score(builder, dto),
                hrv_ms=builder.measured("hrv_ms", row.get("avgOvernightHrv"), "avgOvernightHrv"),
                body_battery_change=builder.number(row.get("bodyBatteryChange"), "bodyBatteryChange"),
                skin_temperature_change_c=builder.number(row.get("avgSkinTempDeviationC"), "avgSkinTempDeviationC"),
                nap=False,
                device="",
                stages=_stages(builder, row),
            )
        )


def _offset(builder: WellnessBuilder, dto: Mapping[str, object], end_ms: int) -> int | None:
    """Return the local offset at waking, in seconds: `…Local` is the local time written as if it were UTC."""
    local_ms = builder.time_ms(dto.get("sleepEndTimestampLocal"), "sleepEndTimestampLocal")
    if local_ms is None:
        return None
    offset_s = round((local_ms - end_ms) / 1000)
    if abs(offset_s) <= _MOST_OFFSET_S:
        return offset_s
    builder.note("unexpected:sleepEndTimestampLocal")
    return None


def _score(builder: WellnessBuilder, dto: Mapping[str, object]) -> float | None:
    scores = builder.mapping(dto.get("sleepScores"), "sleepScores")
    return builder.measured("score", builder.mapping(scores.get("overall"), "overall").get("value"), "overall")


def _stages(builder: WellnessBuilder, row: Mapping[str, object]) -> tuple[Stage, ...]:
    found = []
    for one in builder.items(row.get("sleepLevels"), "sleepLevels"):
        level = builder.mapping(one, "sleepLevels")
        start_ms, end_ms = (builder.time_ms(level.get(name), name) for name in ("startGMT", "endGMT"))
        number = builder.number(level.get("activityLevel"), "activityLevel")
        stage = None if number is None else _STAGES.get(number)
        if start_ms is None or end_ms is None or stage is None or end_ms <= start_ms:
            builder.note("unexpected:sleepLevels")
        else:
            found.append(Stage(start_ms, end_ms, stage))
    return tuple(sorted(found, key=lambda stage: stage.start_ms))
