"""Makes backups by the schedule, and when they are asked for."""

from homestretch.flow.backups.make import is_due, make_due
from homestretch.flow.runtime.context import Context
from homestretch.jobs.job import Arguments, Job


def _due(context: Context) -> list[Arguments]:
    return [{}] if is_due(context) else []


def _run(context: Context, _arguments: Arguments) -> None:
    make_due(context)


JOB = Job("backup", "Backing up", 30.0, _due, _run, waits=True)
