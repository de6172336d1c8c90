"""Somewhere, described."""

from homestretch.model.terms import Terms
from homestretch.net.budget import Limits
from homestretch.net.oauth import CLIENT_ID, CLIENT_SECRET, REDIRECT
from homestretch.sources.base import AuthMethod, Kind, Source

SOURCE = Source(
    key="somewhere",
    name="Somewhere",
    auth="oauth",
    auth_methods=(AuthMethod("oauth", "Your own API app", "", (CLIENT_ID, CLIENT_SECRET, REDIRECT)),),
    kinds=(Kind("activity", "Activities", "activity"),),
    limits=Limits(pause_s=0.0),
    terms=Terms(),
    module="somewhere.client",
)
