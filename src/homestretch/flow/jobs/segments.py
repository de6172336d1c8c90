"""Times segments on new activities, and new segments on all activities."""

from homestretch.flow.derive.places.segment_efforts import time_segments, untimed_athletes
from homestretch.flow.runtime.context import Context
from homestretch.jobs.job import Arguments, Job


def _due(context: Context) -> list[Arguments]:
    return [{"athlete": athlete} for athlete in untimed_athletes(context)]


def _run(context: Context, arguments: Arguments) -> None:
    time_segments(context, arguments["athlete"])


JOB = Job("segments", "Matching segments", 5.0, _due, _run)
