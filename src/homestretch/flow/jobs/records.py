"""Says which records activities of late hold."""

from homestretch.flow.notices.records import athletes_to_look_at, say_records
from homestretch.flow.runtime.context import Context
from homestretch.jobs.job import Arguments, Job


def _due(context: Context) -> list[Arguments]:
    return [{"athlete": athlete} for athlete in athletes_to_look_at(context)]


def _run(context: Context, arguments: Arguments) -> None:
    say_records(context, arguments["athlete"])


JOB = Job("records", "Looking for records", 60.0, _due, _run)
