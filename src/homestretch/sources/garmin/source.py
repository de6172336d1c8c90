"""Garmin Connect, described: how one signs in, what it has of an athlete, and how gently it wants to be asked."""

from homestretch.model.terms import Terms
from homestretch.net.budget import Limits
from homestretch.net.field import Field
from homestretch.sources.base import AuthMethod, Kind, Source

_REGION = Field(
    "region",
    "Region",
    kind="choice",
    default="garmin.com",
    choices=(("garmin.com", "Global"), ("garmin.cn", "China")),
)
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
    writes=("name", "description", "gear", "sport", "upload", "session"),
    workout_format="garmin",
    auth_methods=(
        AuthMethod(
            "password",
            "E-mail and password",
            "Used once to sign in and not stored. Only Garmin's token is stored, encrypted.",
            (
                Field("email", "E-mail", required=True, variable="GARMIN_EMAIL", aliases=("GARMIN_USERNAME",)),
                Field("password", "Password", kind="password", required=True, variable="GARMIN_PASSWORD"),
                _REGION,
            ),
        ),
        AuthMethod(
            "tokens",
            "Token file",
            "For when Garmin blocks this server. Sign in with garminconnect on another machine and paste its token "
            "file here.",
            (Field("tokens", "Content of garmin_tokens.json", kind="long", required=True), _REGION),
        ),
        AuthMethod(
            "ticket",
            "Ticket from your browser",
            f"Open https://sso.garmin.com{TICKET_PAGE.format(domain='garmin.com')} in a browser and sign in. Then "
            "copy the address or the page text with the ticket (ST-…). It works once and only for a few minutes.",
            (Field("ticket", "Ticket or address", required=True), _REGION),
        ),
    ),
    kinds=(
        Kind("activity", "Activity files", "activity"),
        Kind("summary", "Daily summary", "block", "days"),
        Kind("sleep", "Sleep", "day", "days"),
        Kind("hrv", "HRV", "day", "days"),
        Kind("heart_rate", "Heart rate", "day", "days"),
        Kind("stress", "Stress and Body Battery", "day", "days"),
        Kind("spo2", "SpO₂", "day", "days"),
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
        Field("days", "Daily health data", kind="switch", default=True),
        Field("wellness", "Wellness files from the watch", kind="switch", default=True),
        Field("since", "Health data from", kind="day", help="Leave empty to start on the day of your first activity."),
        Field(
            "reread",
            "Each sync rereads",
            kind="choice",
            default="both",
            choices=(("both", "yesterday and today"), ("yesterday", "yesterday only")),
        ),
        Field("pause_s", "Seconds between requests", kind="number", default=2.0, least=0, most=600),
        Field("page", "Activities per page", kind="number", default=1000, least=1, most=1000),
        Field("step_days", "Days per step in the first sync", kind="number", default=10, least=1, most=366),
        Field("step_pause_s", "Seconds between steps", kind="number", default=30, least=0, most=86400),
        Field("per_day", "Maximum requests per day", kind="number", least=10, most=100_000),
        Field("folder", "Also save activity files to this folder", kind="path", help="Path on the server"),
    ),
    note=(
        "Garmin has no public API for individuals. Homestretch signs in like its app, which Garmin's terms do not "
        "cover."
    ),
)
