"""What answers for days, nights, body and fitness."""

from collections.abc import Callable, Sequence
from typing import Any
from urllib.parse import unquote

from tests.fakes.garmin import body, fitness, night, summary, wellness
from tests.fakes.garmin.asked import Ask, Reply, forbidden, missing, told, wrong
from tests.fakes.garmin.clock import stamp
from tests.fakes.garmin.day import Day
from tests.fakes.garmin.files import zipped
from tests.fakes.garmin.wellness_files import wellness_zip

type Answer = Callable[[Ask], Reply]

#: The longest ranges that are answered (days).
_STATS, _YEAR = 28, 366


def _told(document: Any) -> Reply:
    return Reply(204) if document is None else told(document)


def _of_day(answer: Callable[[Day], Any], name: str = "date") -> Answer:
    """Answer for the day in the path or query; JSON null stays null."""
    return lambda ask: told(answer(_own(ask).day(name)))


def _or_nothing(answer: Callable[[Day], Any], name: str = "date") -> Answer:
    """Answer for a day, 204 where there is nothing."""
    return lambda ask: _told(answer(_own(ask).day(name)))


def _of_days(answer: Callable[[Sequence[Day]], Any], first: str = "a", last: str = "b", most: int = _YEAR) -> Answer:
    return lambda ask: _told(answer(_own(ask).days(first, last, most)))


def _of_edges(answer: Callable[[Day, Day], Any], first: str = "a", last: str = "b") -> Answer:
    def edges(ask: Ask) -> Reply:
        days = ask.days(first, last, 3660)
        return told(answer(days[0], days[-1]))

    return edges


def _own(ask: Ask) -> Ask:
    """Refuse a path that names someone else; else give the request back."""
    if "name" in ask.parts and unquote(ask.parts["name"]) != ask.account.display_name:
        raise forbidden()
    return ask


def _rows(row: Callable[[Day], Any]) -> Callable[[Sequence[Day]], list[Any]]:
    """Return the rows of those days that have one."""
    return lambda days: [found for one in days if one.inside and (found := row(one)) is not None]


def _series(ask: Ask) -> Reply:
    row = summary.SERIES.get(ask.parts["series"])
    if row is None:
        raise missing()
    return told(_rows(row)(ask.days("a", "b", _STATS)))


def _weeks(ask: Ask) -> Reply:
    if ask.parts["series"] not in ("steps", "stress"):
        raise missing()
    count = int(ask.parts["count"])
    if not 1 <= count <= 52:
        raise wrong("at most 52 weeks")
    return told(summary.weekly(ask.parts["series"], lambda one: Day(ask.account, one), ask.day("b").date, count))


def _weeks_of_minutes(ask: Ask) -> Reply:
    days = ask.days("a", "b", _YEAR)
    weeks = -(-len(days) // 7)
    return told(summary.weekly("im", lambda one: Day(ask.account, one), days[-1].date, weeks))


def _sleeps(days: Sequence[Day]) -> dict[str, Any]:
    rows = [row for one in days if (row := night.sleep_row(one)) is not None]
    lasted = [row["values"]["totalSleepTimeInSeconds"] for row in rows]
    return {"overallStats": {"averageSleepSeconds": sum(lasted) / len(lasted) if lasted else None},
            "individualStats": rows}  # fmt: skip


def _hrvs(days: Sequence[Day]) -> dict[str, Any] | None:
    found = [row for one in days if (row := night.hrv_summary(one)) is not None]
    return {"hrvSummaries": found, "userProfilePk": days[0].account.profile_id} if found else None


def _metrics(ask: Ask) -> Reply:
    days = _own(ask).days("fromDate", "untilDate", _YEAR)
    return told(fitness.metrics(days, [int(one) for one in ask.query.get("metricId", ["60"])]))


def _latest_race(ask: Ask) -> Reply:
    return told(fitness.predictions(Day(_own(ask).account, ask.account.last)))


def _races(days: Sequence[Day]) -> list[dict[str, Any]]:
    return [fitness.predictions(one) for one in days if one.worn]


def _first_of_month(days: Sequence[Day]) -> list[dict[str, Any]]:
    return [fitness.predictions(one) for one in days if one.date.day == 1]


def _readiness(days: Sequence[Day]) -> list[dict[str, Any]]:
    return [row for one in reversed(days) for row in fitness.readiness(one)]


def _reload(ask: Ask) -> Reply:
    """Count that a day's values were asked for; they come once it was asked often enough."""
    day, account = ask.day("date"), ask.account
    account.asked[day.date] = account.asked.get(day.date, 0) + 1
    state = "SUBMITTED" if account.is_offloaded(day.date) else "COMPLETE"
    return told({
        "userProfilePk": account.profile_id, "calendarDate": day.iso, "status": state, "source": "USER",
        "ghReloadMetaData": "", "createDate": stamp(day.end_ms), "deviceList": None,
    })  # fmt: skip


def _files(ask: Ask) -> Reply:
    content = wellness_zip(ask.day("date"))
    if content is None:
        if ask.account.wellness_file_of_nothing == 404:
            raise missing()
        content = zipped({})
    return Reply(200, content, "application/x-zip-compressed")


def _weigh_in(ask: Ask) -> Reply:
    if not isinstance(ask.json().get("value"), int | float):
        raise wrong("value is required")
    return Reply(204)


_WELL, _USER, _METRIC = "/wellness-service/wellness", "/usersummary-service", "/metrics-service/metrics"
_WEIGHT, _BIO = "/weight-service/weight", "/biometric-service"
DAYS: tuple[tuple[str, str, Answer], ...] = (
    ("GET", f"{_USER}/usersummary/daily/{{name}}", _of_day(summary.summary, "calendarDate")),
    ("GET", f"{_USER}/v2/dailysummaries", _of_days(lambda days: {"data": [summary.summary(one) for one in days]},
                                                   "startDate", "endDate", _STATS)),
    ("GET", f"{_USER}/stats/im/weekly/{{a}}/{{b}}", _weeks_of_minutes),
    ("GET", f"{_USER}/stats/{{series}}/daily/{{a}}/{{b}}", _series),
    ("GET", f"{_USER}/stats/{{series}}/weekly/{{b}}/{{count}}", _weeks),
    ("GET", f"{_USER}/usersummary/hydration/daily/{{date}}", _of_day(body.hydration)),
    ("GET", f"{_WELL}/dailySleepData/{{name}}", _of_day(night.sleep)),
    ("GET", "/sleep-service/sleep/dailySleepData", _of_day(night.sleep)),
    ("GET", "/sleep-service/stats/sleep/daily/{a}/{b}", _of_days(_sleeps, most=_STATS)),
    ("GET", "/hrv-service/hrv/{date}", _or_nothing(night.hrv)),
    ("GET", "/hrv-service/hrv/daily/{a}/{b}", _of_days(_hrvs)),
    ("GET", f"{_WELL}/dailyHeartRate/{{name}}", _of_day(wellness.heart_rate)),
    ("GET", f"{_WELL}/dailyStress/{{date}}", _of_day(wellness.stress)),
    ("GET", f"{_WELL}/bodyBattery/reports/daily", _of_days(_rows(wellness.battery_report), "startDate", "endDate")),
    ("GET", f"{_WELL}/bodyBattery/events/{{date}}", _of_day(wellness.battery_events)),
    ("GET", f"{_WELL}/daily/spo2/{{date}}", _of_day(wellness.oxygen)),
    ("GET", f"{_WELL}/daily/respiration/{{date}}", _of_day(wellness.breath)),
    ("GET", f"{_WELL}/daily/im/{{date}}", _of_day(wellness.intensity)),
    ("GET", f"{_WELL}/dailySummaryChart/{{name}}", _of_day(wellness.steps)),
    ("GET", f"{_WELL}/floorsChartData/daily/{{date}}", _of_day(wellness.floors)),
    ("POST", f"{_WELL}/epoch/request/{{date}}", _reload),
    ("POST", f"{_WELL}/epoch/request/{{date}}/{{device}}", _reload),
    ("GET", "/download-service/files/wellness/{date}", _files),
    ("GET", f"{_WEIGHT}/range/{{a}}/{{b}}", _of_edges(body.weight_range)),
    ("GET", f"{_WEIGHT}/dayview/{{date}}", _of_day(body.weight_day)),
    ("GET", f"{_WEIGHT}/dateRange", _of_edges(body.weight_list, "startDate", "endDate")),
    ("POST", "/weight-service/user-weight", _weigh_in),
    ("GET", "/bloodpressure-service/bloodpressure/range/{a}/{b}", _of_edges(body.pressure)),
    ("GET", f"{_METRIC}/trainingreadiness/{{date}}", _of_day(fitness.readiness)),
    ("GET", f"{_METRIC}/trainingreadiness/{{a}}/{{b}}", _of_days(_readiness)),
    ("GET", f"{_METRIC}/trainingstatus/aggregated/{{date}}", _of_day(fitness.status)),
    ("GET", f"{_METRIC}/maxmet/daily/{{a}}/{{b}}", _of_days(fitness.vo2max_range)),
    ("GET", f"{_METRIC}/racepredictions/latest/{{name}}", _latest_race),
    ("GET", f"{_METRIC}/racepredictions/daily/{{name}}", _of_days(_races, "fromCalendarDate", "toCalendarDate")),
    ("GET", f"{_METRIC}/racepredictions/monthly/{{name}}", _of_days(_first_of_month, "fromCalendarDate",
                                                                    "toCalendarDate")),
    ("GET", f"{_METRIC}/endurancescore", _or_nothing(fitness.endurance, "calendarDate")),
    ("GET", f"{_METRIC}/hillscore", _or_nothing(fitness.hill, "calendarDate")),
    ("GET", "/userstats-service/wellness/daily/{name}", _metrics),
    ("GET", "/fitnessage-service/fitnessage/{date}", _of_day(fitness.fitness_age)),
    ("GET", f"{_BIO}/heartRateZones", lambda ask: told(fitness.heart_zones())),
    ("GET", f"{_BIO}/biometric/latestFunctionalThresholdPower/CYCLING",
     lambda ask: told(fitness.threshold_power(ask.account))),
    ("GET", f"{_BIO}/biometric/latestLactateThreshold", lambda ask: told(fitness.lactate(ask.account))),
    ("GET", f"{_BIO}/biometric/powerToWeight/latest/{{date}}", lambda ask: told([])),
    ("GET", "/personalrecord-service/personalrecord/prs/{name}", lambda ask: told(fitness.records(_own(ask).account))),
)  # fmt: skip
