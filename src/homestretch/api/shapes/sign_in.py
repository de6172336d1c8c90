"""What is sent about signing in: providers of OpenID Connect, and who confirms who it is."""

from typing import Annotated, Literal

from pydantic import Field

from homestretch.api.shapes.base import Shape
from homestretch.model.documents.sign_in import Policy

type Words = Annotated[list[Annotated[str, Field(min_length=1, max_length=200)]], Field(max_length=200)]


class BeginOidc(Shape):
    """What a sign-in at a provider is for, and the page to go on to."""

    purpose: Literal["sign_in", "link", "confirm"] = "sign_in"
    back: str = Field("/", max_length=2000)


class Confirm(Shape):
    """The caller's own password."""

    password: str = Field(max_length=2000)


class OidcProviderChange(Shape):
    """A provider of OpenID Connect; without a `client_secret` the one that is there stays, an empty one is none."""

    name: str = Field(min_length=1, max_length=60)
    issuer: str = Field(min_length=1, max_length=500)
    client_id: str = Field(min_length=1, max_length=500)
    client_secret: str | None = Field(None, max_length=2000)
    scopes: str = Field("", max_length=300)
    groups_claim: str = Field("groups", max_length=200)
    allowed_groups: Words = Field(default_factory=list)
    allowed_domains: Words = Field(default_factory=list)
    admin_groups: Words = Field(default_factory=list)
    policy: Policy = "refuse"
    invited: Words = Field(default_factory=list)
    end_session: bool = False


class NewOidcProvider(OidcProviderChange):
    """A provider to set up; `key` is its name in addresses."""

    key: str = Field(min_length=1, max_length=31)


class OidcAddress(Shape):
    """The address of a provider."""

    issuer: str = Field(min_length=1, max_length=500)
