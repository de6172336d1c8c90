"""Pointing the real client library at the fake."""

from typing import Any

from garminconnect.client import sso

#: What is to be set on a client, after the host that each stands for.
PLACES = {
    "_sso": "", "_connect": "", "_connectapi": "", "_di_token_url": "/di-oauth2-service/oauth/token",
    "_ios_service_url": "/gcm/ios", "_mobile_sso_service_url": "/gcm/android", "_portal_service_url": "/app",
}  # fmt: skip
DELAYS = (
    "MOBILE_DELAY_MIN_S", "MOBILE_DELAY_MAX_S", "WIDGET_DELAY_MIN_S", "WIDGET_DELAY_MAX_S", "LOGIN_DELAY_MIN_S",
    "LOGIN_DELAY_MAX_S",
)  # fmt: skip


def point_at(garmin_or_client: Any, base_url: str) -> None:
    """Make a `Garmin` (or its client) talk to the fake, without waiting: the delays are the module's, for all clients.

    The waits between the library's own retries become 10 ms; the second it sleeps between two looks at a profile stays.
    """
    client = getattr(garmin_or_client, "client", garmin_or_client)
    for name, path in PLACES.items():
        setattr(client, name, f"{base_url}{path}")
    for name in DELAYS:
        setattr(sso, name, 0.0)
    if garmin_or_client is not client:
        garmin_or_client.garmin_connect_ecg_url = "/ghs/ecg/v1/ecg"
        garmin_or_client.retry_min_wait = garmin_or_client.retry_max_wait = 0.01
