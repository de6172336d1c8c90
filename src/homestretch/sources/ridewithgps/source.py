"""Ride with GPS, described: how one signs in, what it has of an athlete, and how gently it wants to be asked."""

from homestretch.model.terms import Terms
from homestretch.net.budget import Limits
from homestretch.net.field import Field
from homestretch.net.oauth import CLIENT_ID, CLIENT_SECRET, REDIRECT
from homestretch.sources.base import AuthMethod, Kind, Source

_SIGNS = (
    "For instant updates, enter this server's address followed by /api/webhooks/ridewithgps as the webhook URL at "
    "Ride with GPS. It signs its webhooks with this secret."
)

SOURCE = Source(
    key="ridewithgps",
    name="Ride with GPS",
    auth="oauth",
    module="ridewithgps.client",
    revokes=True,
    home="https://ridewithgps.com",
    page="https://ridewithgps.com/trips/{key}",
    records=True,
    webhooks=True,
    writes=("name", "description", "gear", "upload"),
    auth_methods=(
        AuthMethod(
            "oauth",
            "Authorise in the browser",
            "Create an API client at ridewithgps.com/settings/developers and enter its ID and secret.",
            (CLIENT_ID, CLIENT_SECRET, REDIRECT),
        ),
        AuthMethod(
            "key",
            "API key, e-mail and password",
            "Create an API client at ridewithgps.com/settings/developers. E-mail and password are used once to sign "
            "in and not stored. Only the token is stored, encrypted.",
            (
                Field("api_key", "API key", required=True, variable="RIDEWITHGPS_API_KEY"),
                Field("email", "E-mail", required=True, variable="RIDEWITHGPS_EMAIL"),
                Field("password", "Password", kind="password", required=True, variable="RIDEWITHGPS_PASSWORD"),
                Field("client_secret", "Client secret for webhooks", kind="password", help=_SIGNS),
            ),
        ),
    ),
    kinds=(Kind("activity", "Trips", "activity"), Kind("gear", "Gear", "once")),
    limits=Limits(pause_s=0.25, step_days=30, step_pause_s=5.0),
    terms=Terms(),
    settings=(
        Field("pause_s", "Seconds between requests", kind="number", default=0.25, least=0, most=600),
        Field("page", "Trips per page", kind="number", default=200, least=20, most=200),
        Field("step_days", "Days per step in the first sync", kind="number", default=30, least=1, most=366),
        Field("step_pause_s", "Seconds between steps", kind="number", default=5, least=0, most=86400),
        Field("per_day", "Maximum requests per day", kind="number", least=10, most=100_000),
    ),
    note="Ride with GPS returns its cleaned-up track; the original device file has more detail.",
)
