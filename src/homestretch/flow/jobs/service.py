"""Notifies about components of gear that are due for service."""

from homestretch.flow.maintenance.service_reminders import athletes_to_remind, remind_due
from homestretch.flow.runtime.context import Context
from homestretch.jobs.job import Arguments, Job


def _due(context: Context) -> list[Arguments]:
    return [{"athlete": athlete} for athlete in athletes_to_remind(context)]


def _run(context: Context, arguments: Arguments) -> None:
    remind_due(context, arguments["athlete"])


JOB = Job("service", "Checking gear service", 600.0, _due, _run)
