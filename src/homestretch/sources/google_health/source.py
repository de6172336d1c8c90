"""Google Health, described: how one signs in with a project of one's own, what it has, how gently it wants to be asked.

The steps of the sign-in method are what a person does at Google before, in order.
"""

from homestretch.model.terms import Terms
from homestretch.net.budget import Limits
from homestretch.net.field import Field
from homestretch.net.oauth import CALLBACK
from homestretch.sources.base import AuthMethod, Kind, SetUpStep, Source
from homestretch.sources.google_health.data_types import (
    ACTIVITY,
    CYCLE,
    DEVICES,
    LOCATION,
    METRICS,
    NUTRITION,
    PROFILE,
    SETTINGS,
    SLEEP,
    TYPES,
    WORKOUTS,
    scope_url,
)

#: What is asked for at every sign-in; what of it is allowed is the person's choice.
SCOPES = (ACTIVITY, METRICS, SLEEP, SETTINGS, PROFILE, LOCATION)
#: What is asked for besides where a person wants it, by the field of the sign-in.
MORE_SCOPES = {"food": NUTRITION, "cycle": CYCLE}
#: Ten days of every type are one batch: 20 requests.
BATCH_DAYS = 10
#: The choice of the setting `heart_rate_detail` that keeps means.
MINUTES = "minutes"

_HELP = (
    "Google wants every household to have a project of its own. That takes about ten minutes, once. Sign in there with "
    "the Google account that owns the Fitbit or Pixel data: with another account Google answers with errors."
)
_STEPS = (
    SetUpStep("Open https://console.cloud.google.com and create a project.", "Homestretch"),
    SetUpStep("Under APIs & Services, Library, find the Google Health API and enable it.", "Google Health API"),
    SetUpStep("Under Google Auth Platform, Branding, enter a name and your e-mail. Under Audience choose External."),
    SetUpStep("Under Data access add these scopes.", "\n".join(scope_url(scope) for scope in SCOPES)),
    SetUpStep(
        "Under Clients create a client of the type Web application. Add the redirect URL below as an authorized "
        "redirect URI. Google takes https addresses and http://localhost, no other address of a home network."
    ),
    SetUpStep("Copy client ID and client secret from there into this form."),
    SetUpStep(
        "Under Audience choose Publish app, so that the app is in production. In testing a sign-in ends after seven "
        "days. For yourself you need no verification: on the warning page choose Advanced, then go to your app."
    ),
    SetUpStep("Connect, and tick every box at Google. What you leave out is not fetched; you can allow it later."),
)

SOURCE = Source(
    key="google_health",
    name="Google Health",
    auth="oauth",
    module="google_health.client",
    revokes=True,
    home="https://health.google.com",
    records=True,
    replaces=True,
    auth_methods=(
        AuthMethod(
            "oauth",
            "Your own Google project",
            _HELP,
            (
                Field(
                    "client_id",
                    "Client ID",
                    required=True,
                    variable="GOOGLE_HEALTH_CLIENT_ID",
                    aliases=("FITBIT_CLIENT_ID",),
                ),
                Field(
                    "client_secret",
                    "Client secret",
                    kind="password",
                    required=True,
                    variable="GOOGLE_HEALTH_CLIENT_SECRET",
                    aliases=("FITBIT_CLIENT_SECRET",),
                ),
                Field(
                    "redirect_uri",
                    "Redirect URL",
                    kind="callback",
                    default=CALLBACK,
                    help="Enter the same URL at Google. If your address is not https or localhost, use "
                    f"http://localhost:8080{CALLBACK}: the page will fail to load after you allowed access. Then paste "
                    "its address here.",
                ),
                Field(
                    "food",
                    "Ask for food and drinks too",
                    kind="switch",
                    default=False,
                    help=f"Add the scope {scope_url(NUTRITION)} at Google first. Google does not offer it to everyone.",
                ),
                Field(
                    "cycle",
                    "Ask for the cycle too",
                    kind="switch",
                    default=False,
                    help=f"Add the scope {scope_url(CYCLE)} at Google first. It stays among your private measures.",
                ),
            ),
            _STEPS,
        ),
    ),
    kinds=(
        Kind(WORKOUTS, "Workouts", "activity"),
        *(
            Kind(
                one.kind,
                one.title,
                "day" if one.whole else "block",
                one.switch,
                block_days=BATCH_DAYS,
                optional=one.scope in MORE_SCOPES.values(),
            )
            for one in TYPES
        ),
        Kind(DEVICES, "Devices", "status"),
    ),
    # Google allows 300 requests a minute and person, and an unverified project 2.5 a second.
    limits=Limits(pause_s=0.5, step_days=BATCH_DAYS, step_pause_s=30.0),
    terms=Terms(),
    schedule="every 1h",
    # Points of the weeks before may still be corrected.
    recent_days=35,
    reread_days=35,
    oldest="2008-01-01",
    empty_days=9 * BATCH_DAYS,
    settings=(
        Field("days", "Steps, distance, energy, heart rate, SpO₂ and weight", kind="switch", default=True),
        Field("sleep", "Sleep", kind="switch", default=True),
        Field("hrv", "HRV", kind="switch", default=True),
        Field("respiration", "Respiration", kind="switch", default=True),
        Field("skin_temperature", "Skin temperature", kind="switch", default=True),
        Field("vo2max", "VO₂max", kind="switch", default=True),
        Field("more", "Blood glucose, body temperature and VO₂max of runs", kind="switch", default=False),
        Field("food", "Food and drinks", kind="switch", default=True, help="Where you allowed it at sign-in."),
        Field("cycle", "Cycle", kind="switch", default=True, help="Where you allowed it at sign-in."),
        Field("intraday", "Steps by minute, HRV, SpO₂ and respiration through the night", kind="switch", default=False),
        Field(
            "heart_rate",
            "Heart rate through the day",
            kind="switch",
            default=False,
            help="About seven more requests for each day.",
        ),
        Field(
            "heart_rate_detail",
            "Heart rate is kept as",
            kind="choice",
            default=MINUTES,
            choices=((MINUTES, "the mean of each minute"), ("all", "every sample, about 30,000 a day")),
        ),
        Field(
            "since",
            "Health data from",
            kind="day",
            help="Leave empty to start on the day your account began. Google is asked for the newest days first.",
        ),
        Field(
            "reread",
            "Each sync rereads",
            kind="choice",
            default="both",
            choices=(("both", "yesterday and today"), ("yesterday", "yesterday only")),
        ),
        Field("pause_s", "Seconds between requests", kind="number", default=0.5, least=0, most=600),
        Field("step_days", "Days per step in the first sync", kind="number", default=BATCH_DAYS, least=1, most=366),
        Field("step_pause_s", "Seconds between steps", kind="number", default=30, least=0, most=86400),
        Field("per_day", "Maximum requests per day", kind="number", least=10, most=100_000),
    ),
    note=(
        "For Fitbit and Pixel devices, and everything else that syncs into Google Health. It replaces the Fitbit API, "
        "which was turned off in November 2026."
    ),
)
