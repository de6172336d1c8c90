"""Warns administrators that the disk is nearly full."""

from homestretch.flow.maintenance.disk import must_say, say_how_it_stands
from homestretch.flow.runtime.context import Context
from homestretch.jobs.job import Arguments, Job


def _due(context: Context) -> list[Arguments]:
    return [{}] if must_say(context) else []


def _run(context: Context, _: Arguments) -> None:
    say_how_it_stands(context)


JOB = Job("disk", "Checking free space", 600.0, _due, _run)
