"""Derives the days of what was entered by hand, after a rebuild or an update."""

from homestretch.flow.derive.days.derive_days import derive_entries, entries_due
from homestretch.flow.runtime.context import Context
from homestretch.jobs.job import Arguments, Job


def _due(context: Context) -> list[Arguments]:
    return [{"athlete": athlete} for athlete in entries_due(context)]


def _run(context: Context, arguments: Arguments) -> None:
    derive_entries(context, arguments["athlete"])


JOB = Job("health_entries", "Reading entries by hand", 60.0, _due, _run)
