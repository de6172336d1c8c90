"""Documents about people, sign-in and settings."""

from typing import Any, Literal

from pydantic import BaseModel, Field

from homestretch.api.shapes.base import Shape


class Account(BaseModel):
    """Someone who signs in."""

    id: str
    username: str
    is_admin: bool
    preferences: dict[str, Any]
    created_at: str


class Athlete(BaseModel):
    """Someone whose data it is, what the account may do with it, and whether it is made up."""

    id: str
    name: str
    role: Literal["owner", "editor", "viewer"]
    demo: bool


class Demo(BaseModel):
    """A demo athlete, and the number of the import that makes its activities."""

    athlete: Athlete
    batch: str


class MapSetting(BaseModel):
    """Where map tiles come from."""

    kind: Literal["none", "raster", "style", "pmtiles"]
    url: str | None
    attribution: str | None


class MapPreset(BaseModel):
    """A background map that is known; where `sign_up` is an address, `{key}` in the URL is a key from there."""

    key: str
    title: str
    owner: str
    kind: Literal["raster", "style"]
    url: str
    attribution: str
    more: str
    hosts: list[str]
    sign_up: str


class MapFile(BaseModel):
    """A map file in the folder `maps`: its zooms, its box (west, south, east, north), and why it can't be shown."""

    name: str
    url: str
    size_bytes: int
    kind: Literal["vector", "raster"] | None
    min_zoom: int | None
    max_zoom: int | None
    box: tuple[float, float, float, float] | None
    attribution: str
    problem: str | None


class MapChoices(BaseModel):
    """The background maps to choose from: known ones, and the files of one's own."""

    items: list[MapPreset]
    files: list[MapFile]


class SessionState(BaseModel):
    """Who is signed in here, if anybody."""

    state: Literal["setup", "signed_out", "signed_in"]
    code_required: bool
    version: str
    account: Account | None
    athletes: list[Athlete]
    map: MapSetting


class SignIn(Shape):
    """A user name and a password."""

    username: str = Field(max_length=200)
    password: str = Field(max_length=2000)


class SetUp(SignIn):
    """The first account; the one-time code is asked for off this machine."""

    code: str | None = Field(None, max_length=200)


class NewAccount(SignIn):
    """An account to create; its athlete is called like it unless a name is given."""

    is_admin: bool = False
    athlete_name: str | None = Field(None, max_length=200)


class AccountChange(Shape):
    """Preferences to merge; null removes one."""

    preferences: dict[str, Any]


class PasswordChange(Shape):
    """The current and the new password; access tokens end with it unless they are kept."""

    current: str = Field(max_length=2000)
    new: str = Field(max_length=2000)
    keep_tokens: bool = False


class Token(BaseModel):
    """An API token; `token` is shown once, when it is created."""

    id: str
    name: str
    scope: Literal["read", "write"]
    created_at: str
    token: str | None = None


class NewToken(Shape):
    """An API token to create."""

    name: str = Field(max_length=100)
    scope: Literal["read", "write"] = "read"


class OptionState(BaseModel):
    """A setting, its value, and whether the environment locks it."""

    key: str
    value: str | None
    locked: bool
    kind: Literal["choice", "text"]
    choices: list[str]
