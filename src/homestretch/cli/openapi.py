"""`homestretch openapi`: describes the API."""

from homestretch.cli._runtime.say import say_json


def COMMAND() -> None:
    """Print the OpenAPI description of the API."""
    from homestretch.serve import api_for_schema

    say_json(api_for_schema().openapi())
