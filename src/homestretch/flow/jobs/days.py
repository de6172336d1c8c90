"""Brings days, and activities without a zone of their own, up to date: after an update, a rebuild, a change of zone."""

from homestretch.flow.derive.days.stale_days import athletes_with_stale_days
from homestretch.flow.derive.home_zone import derive_at_home
from homestretch.flow.runtime.context import Context
from homestretch.jobs.job import Arguments, Job


def _due(context: Context) -> list[Arguments]:
    return [{"athlete": athlete} for athlete in athletes_with_stale_days(context)]


def _run(context: Context, arguments: Arguments) -> None:
    derive_at_home(context, arguments["athlete"])


JOB = Job("days", "Recalculating days", 10.0, _due, _run)
