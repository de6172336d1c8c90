"""Somewhere, described."""

from homestretch.model.terms import Terms
from homestretch.sources import Kind, Source, Way
from homestretch.sources._calls import Limits
from homestretch.sources._oauth import CLIENT_ID, CLIENT_SECRET, REDIRECT

SOURCE = Source(
    key="somewhere",
    name="Somewhere",
    auth="oauth",
    ways=(Way("oauth", "An application of your own", "", (CLIENT_ID, CLIENT_SECRET, REDIRECT)),),
    kinds=(Kind("activity", "Activities", "activity"),),
    limits=Limits(pause_s=0.0),
    terms=Terms(),
    module="somewhere.client",
)
