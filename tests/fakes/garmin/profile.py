"""Who the athlete is, and what they own: profile, settings, devices, gear."""

from typing import Any

from tests.fakes.garmin.account import Account
from tests.fakes.garmin.chance import uuid_of
from tests.fakes.garmin.clock import midnight_ms, stamp

_GEAR = (
    ("Shoes", "Acme", "Runner 4", 800_000.0),
    ("Shoes", "Acme", "Trail 2", 700_000.0),
    ("Bike", "Acme", "Road", 0.0),
)


def social_profile(account: Account) -> dict[str, Any]:
    """Return the public profile."""
    return {
        "id": account.profile_id + 11, "profileId": account.profile_id, "garminGUID": uuid_of(account.profile_id),
        "displayName": account.display_name, "fullName": account.full_name, "userName": account.email,
        "profileImageType": None, "profileImageUrlLarge": None, "profileImageUrlMedium": None,
        "profileImageUrlSmall": None, "location": "", "motivation": None, "bio": None, "primaryActivity": None,
        "favoriteActivityTypes": [], "profileVisibility": "private", "activityStartVisibility": "private",
        "userRoles": ["ROLE_CONNECTUSER", "ROLE_FITNESS_USER"], "nameApproved": True,
        "userProfileFullName": account.full_name, "userLevel": 3, "userPoint": 137, "userPro": False,
    }  # fmt: skip


def settings(account: Account) -> dict[str, Any]:
    """Return the settings of the user."""
    data = {
        "gender": "FEMALE", "weight": 71_500.0, "height": 181.0, "timeFormat": "time_twenty_four_hr",
        "birthDate": "1985-04-12", "measurementSystem": "metric", "activityLevel": 6, "handedness": "RIGHT",
        "firstDayOfWeek": {"dayId": 3, "dayName": "monday", "sortOrder": 3, "isPossibleFirstDay": True},
        "vo2MaxRunning": 48.0, "vo2MaxCycling": None, "lactateThresholdSpeed": 0.39, "lactateThresholdHeartRate": 168,
        "intensityMinutesCalcMethod": "AUTO", "hydrationMeasurementUnit": "milliliter", "ftpAutoDetected": None,
    }  # fmt: skip
    sleep = {"sleepTime": 81_000, "defaultSleepTime": False, "wakeTime": 25_200, "defaultWakeTime": False}
    return {"id": account.profile_id, "userData": data, "userSleep": sleep, "connectDate": None, "sourceType": None,
            "userSleepWindows": []}  # fmt: skip


def personal_information(account: Account) -> dict[str, Any]:
    """Return personal information with the zone of the profile, at the top (as the library reads it) and within."""
    info = {
        "birthDate": "1985-04-12", "genderType": "FEMALE", "email": account.email, "locale": "en",
        "timeZone": account.zone, "age": 41, "countryCode": "FI",
    }  # fmt: skip
    body = {"userId": account.profile_id, "height": 181.0, "weight": 71_500.0, "vo2Max": 48.0, "vo2MaxCycling": None}
    return {"userInfo": info, "biometricProfile": body, "timeZone": account.zone, "locale": "en"}


def devices(account: Account) -> list[dict[str, Any]]:
    """Return the devices: a watch."""
    return [{
        "deviceId": account.device_id, "displayName": "Forerunner 965", "productDisplayName": "Forerunner 965",
        "productSku": "010-02809-10", "partNumber": "006-B4315-00", "applicationKey": "fr965",
        "unitId": account.device_id,
        "serialNumber": str(account.device_id), "softwareVersion": "20.26", "currentFirmwareVersion": "20.26",
        "primary": True, "primaryActivityTrackerIndicator": True, "activeInd": 1, "deviceStatus": "active",
        "deviceCategories": ["FITNESS", "WELLNESS"], "registeredDate": midnight_ms(account.first, account.zone),
        "bodyBatteryCapable": True, "hrvStressCapable": True,
    }]  # fmt: skip


def gear(account: Account, which: int | None = None) -> list[dict[str, Any]]:
    """Return all gear, or only that of an activity."""
    return [_piece(account, k) for k in range(len(_GEAR)) if which is None or k == which]


def gear_uuid(account: Account, place: int) -> str:
    """Return the id of a piece of gear."""
    return uuid_of(account.seed, "gear", place)


def _piece(account: Account, place: int) -> dict[str, Any]:
    kind, make, model, most = _GEAR[place]
    began = stamp(midnight_ms(account.first, account.zone))
    return {
        "gearPk": 5_000 + place, "uuid": gear_uuid(account, place), "userProfilePk": account.profile_id,
        "gearMakeName": make, "gearModelName": model, "gearTypeName": kind,
        "gearStatusName": "retired" if place == 1 else "active", "displayName": None,
        "customMakeModel": f"{make} {model}",
        "imageNameLarge": None, "imageNameMedium": None, "imageNameSmall": None, "dateBegin": began, "dateEnd": None,
        "maximumMeters": most, "notified": False, "createDate": began, "updateDate": began,
    }  # fmt: skip


def gear_stats(account: Account, place: int) -> dict[str, Any]:
    """Return how far a piece of gear went (m)."""
    used = [facts for _, _, n in account.newest() if (facts := account.facts(n)).gear == place]
    return {
        "gearPk": 5_000 + place, "createDate": midnight_ms(account.first, account.zone),
        "uuid": gear_uuid(account, place), "totalDistance": round(sum(one.distance for one in used), 2),
        "totalActivities": len(used), "processing": False,
    }  # fmt: skip
