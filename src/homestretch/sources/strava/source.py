"""Strava, described: an application of the athlete's own, both of its limits, and terms that let us keep a week."""

from collections.abc import Mapping

from homestretch.model.terms import Terms
from homestretch.net.budget import DAY_S, Limits
from homestretch.net.field import Field
from homestretch.net.oauth import CLIENT_ID, CLIENT_SECRET, REDIRECT
from homestretch.sources.base import AuthMethod, Kind, Source

#: Both of Strava's windows begin on the clock: at each quarter of an hour, and at midnight in UTC.
WINDOWS_S = (900, DAY_S)
#: An application's read limits by default; each of Strava's answers has the limits in force.
READS = (100, 1000)
API = "https://www.strava.com/api/v3"
#: Where the interface is: only places of Strava's, for the token goes there.
APIS = (API, "https://api-v3.strava.com", "https://www.api-v3.strava.com")
PAIRS = ("x-ratelimit", "x-readratelimit")


def quota_in(headers: Mapping[str, str]) -> dict[int, tuple[int, int]]:
    """Return of each window what is allowed and spent: of all calls and those that read, the pair that leaves less."""
    found: dict[int, tuple[int, int]] = {}
    for pair in PAIRS:
        most, quota_used = (_numbers(headers.get(f"{pair}-{name}", "")) for name in ("limit", "usage"))
        for seconds, allowed, used in zip(WINDOWS_S, most, quota_used, strict=False):
            known = found.get(seconds)
            if known is None or allowed - used < known[0] - known[1]:
                found[seconds] = (allowed, used)
    return found


def _numbers(said: str) -> list[int]:
    parts = [part.strip() for part in said.split(",")]
    return [int(part) for part in parts] if all(part.isdigit() for part in parts) else []


SOURCE = Source(
    key="strava",
    name="Strava",
    auth="oauth",
    module="strava.client",
    revokes=True,
    home="https://www.strava.com",
    page="https://www.strava.com/activities/{key}",
    auth_methods=(
        AuthMethod(
            "oauth",
            "Your own API app",
            "Create one at https://www.strava.com/settings/api. Since June 2026 it works only while you have a paid "
            "subscription. Its callback domain is the host name in the redirect URL, without the port.",
            (CLIENT_ID, CLIENT_SECRET, REDIRECT),
        ),
    ),
    kinds=(Kind("activity", "Activity summaries", "activity", fetched=False),),
    limits=Limits(windows=tuple(zip(WINDOWS_S, READS, strict=True)), pause_s=0.5, read_quota=quota_in),
    terms=Terms(may_share=False, may_blend=False, may_llm=False, keep_days=7),
    settings=(
        Field(
            "api",
            "API address",
            kind="choice",
            default=API,
            choices=tuple((address, address.removeprefix("https://")) for address in APIS),
            help="Strava moves its API in 2027. Choose api-v3.strava.com from January, before June at the latest.",
        ),
        Field("pause_s", "Seconds between requests", kind="number", default=0.5, least=0, most=600),
    ),
    webhooks=True,
    writes=("name", "description", "gear", "sport", "upload", "messages"),
    note="Strava's API terms allow display for seven days only, without merging or analysis. To keep everything, "
    "import your Strava archive.",
)
