"""intervals.icu, described: how one signs in, what it has of an athlete, and how gently it wants to be asked."""

from collections.abc import Mapping

from homestretch.model.terms import Terms
from homestretch.net.budget import Limits
from homestretch.net.field import Field
from homestretch.net.oauth import CLIENT_ID, CLIENT_SECRET, REDIRECT
from homestretch.sources.base import AuthMethod, Kind, Source

#: The windows that its limits are told for, in s, in the order of its headers.
WINDOWS = (900, 86_400)


def told(headers: Mapping[str, str]) -> dict[int, tuple[int, int]]:
    """Return what is allowed and spent, by window: `X-RateLimit-Limit: 2500,5000` and what of it remains."""
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
    writes=("name", "description", "gear", "sport", "upload"),
    ways=(
        AuthMethod(
            "key",
            "API key",
            "You find it at intervals.icu/settings, under “Developer settings”. It is kept encrypted.",
            (Field("api_key", "API key", kind="password", required=True, variable="INTERVALS_API_KEY"),),
        ),
        AuthMethod(
            "oauth",
            "Sign in at intervals.icu",
            "With an application that intervals.icu registered for you.",
            (
                CLIENT_ID,
                CLIENT_SECRET,
                REDIRECT,
                Field(
                    "webhook_secret",
                    "Secret of its messages",
                    kind="password",
                    help="Enter this server's address with /api/webhooks/intervals behind it as webhook there, and "
                    "new activities come at once; the secret is the one that is shown beside it.",
                ),
            ),
        ),
    ),
    kinds=(
        Kind("activity", "Activities", "activity"),
        Kind("wellness", "Wellness", "block", "days", block_days=90),
        Kind("gear", "Gear", "once"),
    ),
    limits=Limits(windows=((900, 2500), (86_400, 5000)), pause_s=0.25, step_days=90, step_pause_s=5.0, told=told),
    terms=Terms(),
    settings=(
        Field("days", "Wellness of each day", kind="switch", default=True),
        Field("since", "Days from", kind="day", help="By default from the day of the first activity."),
        Field("pause_s", "Seconds between two requests", kind="number", default=0.25, least=0, most=600),
        Field("step_days", "Days in one step of the first sync", kind="number", default=90, least=1, most=366),
        Field("step_pause_s", "Seconds between two steps", kind="number", default=5, least=0, most=86400),
        Field("per_day", "Requests a day at most", kind="number", least=10, most=100_000),
    ),
    note="What came to intervals.icu from Strava it may not hand on: of that it names the day and nothing more.",
)
