"""A phone, described: nothing is fetched, its apps send what they have to an address of this server."""

from homestretch.model.terms import Terms
from homestretch.net.budget import Limits
from homestretch.sources.base import Kind, Source

SOURCE = Source(
    key="phone",
    name="Phone (Health Connect, Apple Health)",
    auth="push",
    module="phone.client",
    auth_methods=(),
    kinds=(
        Kind("health_connect", "Health Connect", "once", fetched=False),
        Kind("health_auto_export", "Apple Health", "once", fetched=False),
    ),
    limits=Limits(pause_s=0.0, step_pause_s=0.0),
    terms=Terms(may_compare=False),  # it says nothing of activities
    note="On Android the app “HC Webhook” sends what Health Connect has, on an iPhone “Health Auto Export” what Apple "
    "Health has. Create a token for health data under Settings, API tokens. In the app enter this server's address "
    "followed by /api/health/receive, and the header “Authorization: Bearer” with the token.",
)
