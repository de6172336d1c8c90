"""`homestretch coach eval`: how well a model does what the coach asks."""

from typing import Annotated

import typer

from homestretch.cli._runtime.opened import JsonOption, whole
from homestretch.cli._runtime.say import say_json


def COMMAND(
    model: Annotated[str | None, typer.Option("--model", help="Its name at the endpoint; else the first one.")] = None,
    only: Annotated[str | None, typer.Option("--only", help="Id of a single scenario.")] = None,
    json: JsonOption = False,
) -> None:
    """Try a model with made-up situations and check its answers by code; exits with 1 where one does not pass."""
    from dataclasses import asdict

    from homestretch.flow.coach.evaluation.run import evaluate

    with whole() as (app, _):
        passed, results = 0, []
        for one in evaluate(app.context, model, only):
            passed += not one.faults
            results.append(asdict(one))
            if not json:
                mark = "passed" if not one.faults else "failed"
                print(f"{mark:8}{one.scenario:18}{one.title}{' (second try)' if one.retried else ''}", flush=True)
                for fault in one.faults[:4]:
                    print(f"        {fault}")
        if json:
            say_json(results)
        else:
            print(f"{passed} of {len(results)} passed, {sum(one['tokens'] for one in results)} tokens.")
    if passed < len(results):
        raise typer.Exit(1)
