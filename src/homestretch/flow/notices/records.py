"""Says of an activity of late which records it holds: one notice for each activity."""

from collections import defaultdict
from collections.abc import Mapping

from homestretch.flow.runtime.context import Context
from homestretch.flow.runtime.notifications import announce
from homestretch.flow.runtime.watermarks import set_watermark
from homestretch.model.moment import DAY_MS
from homestretch.store.queries.new_records import Record, new_records
from homestretch.store.queries.watermarks import MEASURED, marks_of_all, watermark

CODE, LOOKED_AT = "new_record", "new records"
#: Older activities, such as those of an import, are no news; nor are records of an athlete with fewer activities.
NEWS_MS, LEAST = 8 * DAY_MS, 20
#: The efforts that are worth a message, of the many that are kept, and what they are called.
NAMES: Mapping[tuple[str, float], str] = {
    ("distance", 400): "400 m", ("distance", 1000): "1 km", ("distance", 1609.344): "1 mile",
    ("distance", 5000): "5 km", ("distance", 10_000): "10 km", ("distance", 21_097.5): "half marathon",
    ("distance", 40_000): "40 km", ("distance", 42_195): "marathon", ("distance", 100_000): "100 km",
    ("distance", 160_934.4): "100 miles", ("distance", 100): "100 m", ("distance", 1500): "1500 m",
    ("distance", 500): "500 m", ("distance", 2000): "2 km",
    ("power", 5): "5 s power", ("power", 60): "1 min power", ("power", 300): "5 min power",
    ("power", 1200): "20 min power", ("power", 3600): "1 h power",
}  # fmt: skip


def athletes_to_look_at(context: Context) -> list[int]:
    """Return the athletes of whose activities something was measured since this was last looked at."""
    with context.database.read() as reader:
        seen = marks_of_all(reader, LOOKED_AT)
        return sorted(one for one, now in marks_of_all(reader, MEASURED).items() if seen.get(one) != now)


def say_records(context: Context, athlete_id: int) -> None:
    """Leave a notice of each activity of late that holds records; the same one stays, read or not."""
    now = context.clock()
    with context.database.write() as session:
        mark = watermark(session, athlete_id, MEASURED) or ""
        held: dict[str, list[Record]] = defaultdict(list)
        for one in new_records(session, athlete_id, now - NEWS_MS, ("distance", "power"), ("heart_rate",), LEAST):
            if (one.kind, one.size) in NAMES:
                held[one.activity].append(one)
        for activity, records in held.items():
            said = ", ".join(NAMES[one.kind, one.size] for one in records)
            announce(session, athlete_id, now, CODE, activity, {"activity": records[0].name, "records": said})
        set_watermark(session, athlete_id, LOOKED_AT, mark)
