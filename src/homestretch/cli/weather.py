"""`homestretch weather`: whether the weather of activities is asked for."""

from typing import Annotated, Literal

import typer

from homestretch.cli._runtime.opened import AthleteOption, JsonOption, opened
from homestretch.cli._runtime.say import say_json

Switch = Annotated[
    Literal["on", "off"] | None,
    typer.Argument(help="on: Open-Meteo gets the day of each activity outdoors, and its place to about 10 km."),
]


def COMMAND(switch: Switch = None, json: JsonOption = False, athlete: AthleteOption = None) -> None:
    """Show whether the weather of activities is asked for, or switch that on or off."""
    from homestretch.flow.weather.weather import switch_off, switch_on
    from homestretch.views.page.weather import weather_setting

    with opened(athlete) as (app, scope, _):
        if switch is not None:
            (switch_on if switch == "on" else switch_off)(app.context, scope)
        with app.database.read() as reader:
            found = weather_setting(reader, scope)
    if json:
        say_json(found)
        return
    state = f"on since {(found['since'] or '')[:10]}" if found["on"] else "off"
    print(f"Weather: {state}, {found['days']} days asked.")
    if found["reason"]:
        print(f"{found['reason']} Next try: {found['retry_at']}")
