"""Garmin Connect, described: how one signs in, what it has of an athlete, and how gently it wants to be asked."""

from homestretch.model.terms import Terms
from homestretch.net.budget import Limits
from homestretch.net.field import Field
from homestretch.sources.base import AuthMethod, Kind, Source

_REGION = Field(
    "region", "Region", kind="choice", default="garmin.com",
    choices=(("garmin.com", "Global"), ("garmin.cn", "China")),
)  # fmt: skip
TICKET_PAGE = (
    "/sso/embed?id=gauth-widget&embedWidget=true&gauthHost=https%3A%2F%2Fsso.{domain}%2Fsso"
    "&service=https%3A%2F%2Fsso.{domain}%2Fsso%2Fembed"
)

SOURCE = Source(
    key="garmin",
    name="Garmin Connect",
    auth="password",
    module="garmin.client",
    home="https://connect.garmin.com",
    page="https://connect.garmin.com/modern/activity/{key}",
    writes=("name", "description", "gear", "sport", "upload"),
    ways=(
        AuthMethod(
            "password",
            "E-mail and password",
            "They are used once, to sign in, and are not kept; the token that Garmin gives is, encrypted.",
            (
                Field("email", "E-mail", required=True, variable="GARMIN_EMAIL"),
                Field("password", "Password", kind="password", required=True, variable="GARMIN_PASSWORD"),
                _REGION,
            ),
        ),
        AuthMethod(
            "tokens",
            "A token file",
            "Where Garmin blocks this machine: sign in by garminconnect on another one, and bring its file.",
            (Field("tokens", "Content of garmin_tokens.json", kind="long", required=True), _REGION),
        ),
        AuthMethod(
            "ticket",
            "A ticket from your browser",
            f"Open https://sso.garmin.com{TICKET_PAGE.format(domain='garmin.com')} in a browser, sign in there, and "
            "copy the address or the page's text with the ticket (ST-…). It holds for a few minutes, once.",
            (Field("ticket", "Ticket, or the address that holds it", required=True), _REGION),
        ),
    ),
    kinds=(
        Kind("activity", "Activity files", "activity"),
        Kind("summary", "Daily summary", "block", "days"),
        Kind("sleep", "Sleep", "day", "days"),
        Kind("hrv", "Heart rate variability", "day", "days"),
        Kind("heart_rate", "Heart rate", "day", "days"),
        Kind("stress", "Stress and Body Battery", "day", "days"),
        Kind("spo2", "Blood oxygen", "day", "days"),
        Kind("respiration", "Respiration", "day", "days"),
        Kind("steps", "Steps", "day", "days"),
        Kind("weight", "Weight and body composition", "block", "days"),
        Kind("resting_heart_rate", "Resting heart rate", "block", "days"),
        Kind("training_readiness", "Training readiness", "block", "days"),
        Kind("training_status", "Training status", "day", "days"),
        Kind("vo2max", "VO₂max", "block", "days"),
        Kind("race_predictions", "Race predictions", "block", "days"),
        Kind("wellness", "Wellness files", "day", "wellness"),
        Kind("gear", "Gear", "once"),
    ),
    limits=Limits(pause_s=2.0, step_days=10, step_pause_s=30.0),
    terms=Terms(),
    settings=(
        Field("days", "Health data of each day", kind="switch", default=True),
        Field("wellness", "The watch's own files of each day", kind="switch", default=True),
        Field("since", "Days from", kind="day", help="By default from the day of the first activity."),
        Field(
            "reread", "Each sync reads again", kind="choice", default="both",
            choices=(("both", "yesterday and today"), ("yesterday", "yesterday alone")),
        ),
        Field("pause_s", "Seconds between two requests", kind="number", default=2.0, least=0, most=600),
        Field("page", "Activities in one listing", kind="number", default=1000, least=1, most=1000),
        Field("step_days", "Days in one step of the first sync", kind="number", default=10, least=1, most=366),
        Field("step_pause_s", "Seconds between two steps", kind="number", default=30, least=0, most=86400),
        Field("per_day", "Requests a day at most", kind="number", least=10, most=100_000),
        Field("folder", "Also write activity files into this folder", kind="path", help="A path on the server."),
    ),
    note="Garmin has no interface for private use; this signs in as its app does, which its terms do not provide for.",
)  # fmt: skip
