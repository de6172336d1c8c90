"""Decodes what providers answered about days, and what they call activities."""

from homestretch.flow.derive.payloads import decode_stale, stale_athletes
from homestretch.flow.runtime.context import Context
from homestretch.jobs.job import Arguments, Job

#: What has just come is seen soon; all payloads, for which an update has another decoder, are looked at once a minute.
EVERY_S, WHOLE_S = 5, 60


def _due(context: Context) -> list[Arguments]:
    whole = context.clock() // 1000 % WHOLE_S < EVERY_S
    return [{"athlete": athlete} for athlete in stale_athletes(context, whole=whole)]


def _run(context: Context, arguments: Arguments) -> None:
    decode_stale(context, arguments["athlete"], wait_s=5.0)


JOB = Job("payloads", "Reading provider data", float(EVERY_S), _due, _run, share=0.2)
