"""Sends the links for a new password that were asked for by e-mail."""

from homestretch.flow.accounts.credentials import reset_mails
from homestretch.flow.runtime.context import Context
from homestretch.jobs.job import Arguments, Job


def _due(context: Context) -> list[Arguments]:
    return [{"request": request} for request in reset_mails.waiting(context)]


def _run(context: Context, arguments: Arguments) -> None:
    reset_mails.answer(context, arguments["request"])


JOB = Job("reset_mails", "Sending links for a new password", 5.0, _due, _run, waits=True)
