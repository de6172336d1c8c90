"""Restores the newest backup once a month to see whether that works, and when that is asked for."""

from homestretch.flow.backups.drill import drill_due, drill_is_due
from homestretch.flow.runtime.context import Context
from homestretch.jobs.job import Arguments, Job


def _due(context: Context) -> list[Arguments]:
    return [{}] if drill_is_due(context) else []


def _run(context: Context, _arguments: Arguments) -> None:
    drill_due(context)


JOB = Job("drill", "Test restoring a backup", 60.0, _due, _run, waits=True)
