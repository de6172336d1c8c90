"""Gives a demo athlete rules and a plan, once what it did is measured."""

from homestretch.demo.coach.plan import plan, without_plan
from homestretch.flow.runtime.context import Context
from homestretch.jobs.job import Arguments, Job
from homestretch.store.scope import Scope


def _due(context: Context) -> list[Arguments]:
    return [{"athlete": athlete, "account": account} for athlete, account in without_plan(context)]


def _run(context: Context, arguments: Arguments) -> None:
    plan(context, Scope(arguments["athlete"], arguments["account"]))


JOB = Job("demo_plan", "Planning for the demo athlete", 5.0, _due, _run)
