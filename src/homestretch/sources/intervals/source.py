"""intervals.icu, described: how one signs in, what it has of an athlete, and how gently it wants to be asked."""

from collections.abc import Mapping

from homestretch.model.terms import Terms
from homestretch.net.budget import Limits
from homestretch.net.field import Field
from homestretch.net.oauth import CLIENT_ID, CLIENT_SECRET, REDIRECT
from homestretch.sources.base import AuthMethod, Kind, Source

#: The windows of its limits, in s, in the order of its headers.
WINDOWS = (900, 86_400)


def quota_in(headers: Mapping[str, str]) -> dict[int, tuple[int, int]]:
    """Return what is allowed and spent, by window: `X-RateLimit-Limit: 2500,5000` and what remains."""
    most, left = (headers.get(f"x-ratelimit-{name}", "").split(",") for name in ("limit", "remaining"))
    if not len(most) == len(left) == len(WINDOWS) or not all(one.strip().isdecimal() for one in (*most, *left)):
        return {}
    return {
        seconds: (int(all_), max(0, int(all_) - int(rest)))
        for seconds, all_, rest in zip(WINDOWS, most, left, strict=True)
    }


SOURCE = Source(
    key="intervals",
    name="intervals.icu",
    auth="key",
    module="intervals.client",
    home="https://intervals.icu",
    page="https://intervals.icu/activities/{key}",
    records=True,
    webhooks=True,
    writes=("name", "description", "gear", "sport", "upload", "session"),
    workout_format="intervals",
    auth_methods=(
        AuthMethod(
            "key",
            "API key",
            "Find it at intervals.icu/settings under “Developer settings”. It is stored encrypted.",
            (Field("api_key", "API key", kind="password", required=True, variable="INTERVALS_API_KEY"),),
        ),
        AuthMethod(
            "oauth",
            "Authorise in the browser",
            "Uses an API app that intervals.icu registered for you.",
            (
                CLIENT_ID,
                CLIENT_SECRET,
                REDIRECT,
                Field(
                    "webhook_secret",
                    "Webhook secret",
                    kind="password",
                    help="For instant updates, enter this server's address followed by /api/webhooks/intervals as "
                    "the webhook URL at intervals.icu. Copy the secret shown next to it.",
                ),
            ),
        ),
    ),
    kinds=(
        Kind("activity", "Activities", "activity"),
        Kind("wellness", "Wellness", "block", "days", block_days=90),
        Kind("gear", "Gear", "once"),
    ),
    limits=Limits(
        windows=((900, 2500), (86_400, 5000)), pause_s=0.25, step_days=90, step_pause_s=5.0, read_quota=quota_in
    ),
    terms=Terms(),
    settings=(
        Field("days", "Daily wellness", kind="switch", default=True),
        Field("since", "Wellness from", kind="day", help="Leave empty to start on the day of your first activity."),
        Field("pause_s", "Seconds between requests", kind="number", default=0.25, least=0, most=600),
        Field("step_days", "Days per step in the first sync", kind="number", default=90, least=1, most=366),
        Field("step_pause_s", "Seconds between steps", kind="number", default=5, least=0, most=86400),
        Field("per_day", "Maximum requests per day", kind="number", least=10, most=100_000),
    ),
    note="intervals.icu may not pass on activities that came from Strava; only their date is available.",
)
