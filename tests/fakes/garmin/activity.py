"""An activity as the API tells it: an item of the list, and its detail."""

from typing import Any

from tests.fakes.garmin.account import Account
from tests.fakes.garmin.chance import chance, uuid_of
from tests.fakes.garmin.clock import local_ms, spaced, stamp
from tests.fakes.garmin.facts import SPORTS, Facts
from tests.fakes.garmin.track import CLIMB, home

_PRIVACY = {"public": 1, "private": 2, "subscribers": 3}
_ZONE_NUMBER = 115


def type_of(sport: str) -> dict[str, Any]:
    """Return the type of an activity."""
    kind = SPORTS[sport]
    return {
        "typeId": kind.id, "typeKey": sport, "parentTypeId": kind.parent, "isHidden": False, "restricted": False,
        "trimmable": kind.outdoors,
    }  # fmt: skip


def _event() -> dict[str, Any]:
    return {"typeId": 9, "typeKey": "uncategorized", "sortOrder": 10}


def _figures(account: Account, facts: Facts) -> dict[str, Any]:
    """Return the figures that list and detail name alike; what isn't known is absent."""
    seconds = float(facts.seconds)
    out: dict[str, Any] = {
        "duration": seconds, "movingDuration": seconds, "elapsedDuration": seconds, "averageHR": float(facts.heart),
        "maxHR": float(facts.top_heart), "calories": float(round(seconds / 6)), "bmrCalories": float(seconds // 50),
        "waterEstimated": float(seconds // 8), "trainingEffectLabel": "AEROBIC_BASE",
        "activityTrainingLoad": round(seconds * facts.heart / 4000, 3), "minActivityLapDuration": seconds,
        "aerobicTrainingEffectMessage": "MAINTAINING_AEROBIC_BASE_7", "differenceBodyBattery": -9,
        "anaerobicTrainingEffect": 0.0, "anaerobicTrainingEffectMessage": "NO_ANAEROBIC_BENEFIT_0",
        "moderateIntensityMinutes": facts.seconds // 240, "vigorousIntensityMinutes": facts.seconds // 120,
    }  # fmt: skip
    if facts.speed:
        out |= {"distance": facts.distance, "averageSpeed": facts.speed, "maxSpeed": round(facts.speed * 1.1, 3)}
    if facts.kind.outdoors:
        latitude, longitude, altitude = home(account, facts)
        out |= {"minTemperature": 11.0, "maxTemperature": 17.0}
        out |= {
            "elevationGain": 10 * CLIMB, "elevationLoss": 10 * CLIMB, "minElevation": altitude - CLIMB,
            "maxElevation": altitude + CLIMB, "startLatitude": latitude, "startLongitude": longitude,
            "endLatitude": latitude, "endLongitude": longitude,
        }  # fmt: skip
    return out


def list_item(account: Account, facts: Facts) -> dict[str, Any]:
    """Return an activity as the list has it: what isn't known is absent, not null."""
    local = local_ms(facts.start_ms, facts.zone)
    out: dict[str, Any] = {
        "activityId": facts.id, "activityName": facts.name, "startTimeLocal": spaced(local),
        "startTimeGMT": spaced(facts.start_ms), "endTimeGMT": spaced(facts.end_ms),
        "activityType": type_of(facts.sport), "eventType": _event(), "hasPolyline": facts.kind.outdoors,
        "hasImages": False, "ownerId": account.profile_id, "ownerDisplayName": account.display_name,
        "ownerFullName": account.full_name, "userRoles": ["ROLE_CONNECTUSER", "ROLE_FITNESS_USER"],
        "privacy": {"typeId": _PRIVACY[facts.privacy], "typeKey": facts.privacy}, "userPro": False, "hasVideo": False,
        "timeZoneId": _ZONE_NUMBER, "beginTimestamp": facts.start_ms, "sportTypeId": facts.kind.id,
        "deviceId": account.device_id, "manufacturer": "GARMIN", "lapCount": 1, "hasSplits": False,
        "aerobicTrainingEffect": 2.7, "summarizedDiveInfo": {"summarizedDiveGases": []}, "splitSummaries": [],
        "hrTimeInZone_1": facts.seconds * 0.2, "hrTimeInZone_2": facts.seconds * 0.5,
        "hrTimeInZone_3": facts.seconds * 0.3, "hrTimeInZone_4": 0.0, "hrTimeInZone_5": 0.0,
        "qualifyingDive": False, "parent": bool(facts.children), "decoDive": False, "autoCalcCalories": False,
        "hasHeatMap": False, "locationName": "Denver" if facts.away else "Helsinki",
        "elevationCorrected": False, "atpActivity": False, "favorite": facts.favorite, "purposeful": False,
        "manualActivity": facts.original == "none", "pr": False,
    } | _figures(account, facts)  # fmt: skip
    if facts.description is not None:
        out["description"] = facts.description
    if facts.parent is not None:
        out["parentId"] = facts.parent
    if facts.workout is not None:
        out["workoutId"] = facts.workout
    return out | _of_sport(facts)


def _of_sport(facts: Facts) -> dict[str, Any]:
    """Return the figures that only an item of the list of this sport has."""
    if facts.sport.endswith("running"):
        return {
            "averageRunningCadenceInStepsPerMinute": 170.0, "maxRunningCadenceInStepsPerMinute": 178.0,
            "maxDoubleCadence": 178.0, "steps": facts.seconds * 170 // 60, "vO2MaxValue": 48.0, "avgStrideLength": 98.5,
            "avgGroundContactTime": 246.3, "avgVerticalOscillation": 8.4, "avgVerticalRatio": 8.5,
            "avgGradeAdjustedSpeed": facts.speed, "fastestSplit_1000": round(1000 / facts.speed, 3),
        }  # fmt: skip
    if "cycling" in facts.sport:
        power = {"avgPower": 210.0, "maxPower": 250.0, "normPower": 213.0, "averageBikingCadenceInRevPerMinute": 85.0}
        return power | {f"powerTimeInZone_{k}": facts.seconds / 5 for k in range(1, 6)}
    if "swimming" in facts.sport:
        strokes = {"strokes": facts.seconds // 2, "averageSwimCadenceInStrokesPerMinute": 30.0, "averageSwolf": 41.0}
        return strokes | {"avgStrokeDistance": 180.0}
    return {}


def detail(account: Account, facts: Facts) -> dict[str, Any]:
    """Return an activity's detail."""
    zone = {"unitId": _ZONE_NUMBER, "unitKey": facts.zone, "factor": 0.0, "timeZone": facts.zone}
    out: dict[str, Any] = {
        "activityId": facts.id, "activityUUID": {"uuid": uuid_of(facts.id)}, "activityName": facts.name,
        "userProfileId": account.profile_id, "isMultiSportParent": bool(facts.children),
        "activityTypeDTO": type_of(facts.sport), "eventTypeDTO": _event(),
        "accessControlRuleDTO": {"typeId": _PRIVACY[facts.privacy], "typeKey": facts.privacy},
        "timeZoneUnitDTO": zone, "metadataDTO": _metadata(account, facts), "summaryDTO": _summary(account, facts),
        "locationName": "Denver" if facts.away else "Helsinki", "splitSummaries": [],
    }  # fmt: skip
    return out | ({"description": facts.description} if facts.description is not None else {})


def _summary(account: Account, facts: Facts) -> dict[str, Any]:
    renamed = {"trainingEffect": 2.7, "minHR": 60.0, "directWorkoutFeel": 50, "directWorkoutRpe": 40}
    local = local_ms(facts.start_ms, facts.zone)
    power = {"averagePower": 210.0, "maxPower": 250.0, "normalizedPower": 213.0}
    dynamics = {"averageRunCadence": 170.0, "maxRunCadence": 178.0, "groundContactTime": 246.3, "strideLength": 98.5,
                "verticalOscillation": 8.4, "verticalRatio": 8.5, "steps": facts.seconds * 170 // 60}  # fmt: skip
    begun = {"startTimeLocal": stamp(local), "startTimeGMT": stamp(facts.start_ms)}
    of_sport = power if "cycling" in facts.sport else dynamics if facts.sport.endswith("running") else {}
    return begun | _figures(account, facts) | renamed | of_sport


def _metadata(account: Account, facts: Facts) -> dict[str, Any]:
    formats = {"fit": (7, "fit"), "two": (7, "fit"), "gpx": (3, "gpx"), "tcx": (5, "tcx")}
    format_id, key = formats.get(facts.original, (0, ""))
    uploaded = facts.end_ms + 1000 * chance("uploaded", facts.id).randrange(60, 4000)
    updated = stamp(uploaded + 60_000 * facts.updates)
    person = {"userProfilePk": account.profile_id, "displayname": account.display_name, "fullname": account.full_name}
    return {
        "isOriginal": True, "deviceApplicationInstallationId": 1_000_100, "agentApplicationInstallationId": None,
        "agentString": None, "fileFormat": {"formatId": format_id, "formatKey": key} if key else None,
        "associatedCourseId": None, "lastUpdateDate": updated, "uploadedDate": stamp(uploaded), "videoUrl": None,
        "hasPolyline": facts.kind.outdoors, "hasChartData": True, "hasHrTimeInZones": True,
        "hasPowerTimeInZones": "cycling" in facts.sport, "userInfoDto": person | {"userPro": False},
        "childIds": list(facts.children), "childActivityTypes": [account.facts(one).sport for one in facts.children],
        "sensors": [], "activityImages": [], "manufacturer": "GARMIN", "diveNumber": None, "lapCount": 1,
        "associatedWorkoutId": None, "isAtpActivity": None,
        "deviceMetaDataDTO": {"deviceId": str(account.device_id), "deviceTypePk": 37_000, "deviceVersionPk": 1_000_100},
        "hasIntensityIntervals": False, "hasSplits": False, "hasRunPowerWindData": None, "calendarEventInfo": None,
        "groupRideUUID": None, "hasHeatMap": False, "personalRecord": False, "elevationCorrected": False,
        "autoCalcCalories": False, "favorite": facts.favorite, "manualActivity": facts.original == "none",
        "trimmed": False, "gcj02": False,
    }  # fmt: skip
