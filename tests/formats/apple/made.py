"""Lines of Apple Health's export, made by ourselves."""

from homestretch import formats
from homestretch.model.health.measurement import Wellness
from homestretch.model.recording import Decoded

DAY = "2026-06-10"
#: 2026-06-10 00:00 UTC.
MIDNIGHT = 1_781_049_600_000
MINUTE = 60_000
WATCH = (
    "&lt;&lt;HKDevice: 0x28{0:05}&gt;, name:Apple Watch, manufacturer:Apple Inc., model:Watch, hardware:Watch6,2, "
    "software:10.1&gt;"
)
HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE HealthData [\n<!ATTLIST Record\n type CDATA #REQUIRED\n>\n]>\n'
)
ROOT = '<HealthData locale="de_DE">\n <ExportDate value="2026-11-30 10:00:00 +0100"/>\n'


def quantity(kind: str, value: object, unit: str, start: str = "08:00:00", end: str | None = None, **of: str) -> str:
    """Return a record of 10 June, in UTC+2, of a watch where no device is given."""
    return record(f"HKQuantityTypeIdentifier{kind}", value, start, end, unit=unit, **of)


def record(kind: str, value: object, start: str, end: str | None = None, inner: str = "", **of: str) -> str:
    """Return a record; `inner` stands inside it."""
    given = {"type": kind, "sourceName": "Watch of A", "device": WATCH.format(1)} | of
    begins, ends = (time if "-" in time else f"{DAY} {time}" for time in (start, end or start))
    given |= {"startDate": f"{begins} +0200", "endDate": f"{ends} +0200", "value": str(value)}
    text = " ".join(f'{name}="{content}"' for name, content in given.items())
    return f" <Record {text}/>\n" if not inner else f" <Record {text}>\n  {inner}\n </Record>\n"


def sleep(stage: str, start: str, end: str, zone: str = "", **of: str) -> str:
    """Return a segment of sleep; times without a date are of 10 June."""
    inner = f'<MetadataEntry key="HKTimeZone" value="{zone}"/>' if zone else ""
    name = f"HKCategoryValueSleepAnalysis{stage}"
    return record("HKCategoryTypeIdentifierSleepAnalysis", name, start, end, inner, **of)


def workout(sport: str, *inner: str, **of: str) -> str:
    """Return a workout from 07:00 to 07:32 of 10 June, in UTC+2, of which 30 minutes count."""
    given = {"workoutActivityType": f"HKWorkoutActivityType{sport}", "duration": "30", "durationUnit": "min"}
    given |= {"sourceName": "Watch of A", "device": WATCH.format(1)}
    given |= {"startDate": f"{DAY} 07:00:00 +0200", "endDate": f"{DAY} 07:32:00 +0200", **of}
    text = " ".join(f'{name}="{content}"' for name, content in given.items())
    return f" <Workout {text}>\n{''.join(f'  {one}{chr(10)}' for one in inner)} </Workout>\n"


def statistics(kind: str, unit: str, **of: float) -> str:
    """Return statistics of a quantity in a workout."""
    text = " ".join(f'{name}="{value}"' for name, value in of.items())
    return f'<WorkoutStatistics type="HKQuantityTypeIdentifier{kind}" {text} unit="{unit}"/>'


def event(word: str, at: str, minutes: float | None = None) -> str:
    """Return what happened in a workout at a time of 10 June."""
    lasted = "" if minutes is None else f' duration="{minutes}" durationUnit="min"'
    return f'<WorkoutEvent type="HKWorkoutEventType{word}" date="{DAY} {at} +0200"{lasted}/>'


def route(path: str) -> str:
    """Return where a workout went, in a file."""
    return f'<WorkoutRoute sourceName="Watch of A">\n   <FileReference path="{path}"/>\n  </WorkoutRoute>'


def export(*elements: str) -> bytes:
    """Return an export of these elements."""
    return (HEAD + ROOT + "".join(elements) + "</HealthData>\n").encode()


def decoded(*elements: str) -> Decoded:
    """Return what an export of these elements gives."""
    made = formats.decode(export(*elements), "apple_health_export/export.xml")
    assert (made.format, made.kind, made.wellness.clock) == ("apple_health", "wellness", "utc")
    return made


def wellness(*elements: str) -> Wellness:
    """Return what an export of these elements says of days."""
    return decoded(*elements).wellness
