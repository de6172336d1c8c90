"""Warns administrators that the disk is nearly full."""

from homestretch.flow.maintenance.disk import is_news, warn_administrators
from homestretch.flow.runtime.context import Context
from homestretch.jobs.job import Arguments, Job


def _due(context: Context) -> list[Arguments]:
    return [{}] if is_news(context) else []


def _run(context: Context, _: Arguments) -> None:
    warn_administrators(context)


JOB = Job("disk", "Checking free space", 600.0, _due, _run)
