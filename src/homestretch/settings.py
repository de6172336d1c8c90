"""One frozen Settings: environment `HOMESTRETCH_*`, `.env`, and files with secrets."""

import json
import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, AliasChoices, BeforeValidator, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict, SettingsError

from homestretch.errors import HomestretchError

#: Where containers (/run/secrets) and systemd (LoadCredential=) put secrets, a file each.
_SECRETS = tuple(Path(place) for place in ("/run/secrets", os.environ.get("CREDENTIALS_DIRECTORY")) if place)
_BUCKET = re.compile(r"(s3|gs|az)://[\w.-]+(/[\w./-]*)?")
_CGROUP = Path("/sys/fs/cgroup/memory.max")
#: Names of other services that are taken for ours, where ours is not set.
TAKEN_OVER = {
    "POCKETID_ISSUER": "HOMESTRETCH_OIDC_ISSUER", "POCKETID_CLIENT_ID": "HOMESTRETCH_OIDC_CLIENT_ID",
    "POCKETID_CLIENT_SECRET": "HOMESTRETCH_OIDC_CLIENT_SECRET", "BASE_URL": "HOMESTRETCH_PUBLIC_URL",
    "ADMIN_USERNAME": "HOMESTRETCH_ADMIN_USERNAME", "ADMIN_PASSWORD": "HOMESTRETCH_ADMIN_PASSWORD",
}  # fmt: skip
#: What a decoder may need at least and at most, in MB; all of them together get half of the machine's memory.
DECODER_MB, DECODER_MOST_MB = 256, 1500


class WrongSettings(HomestretchError):
    """Can't start: {reason}. Correct it in the environment, in .env or where the secrets are."""

    status = 400
    exit_code = 2


def memory_mb() -> int:
    """Return the memory of this machine, or of the container that this runs in, in MB."""
    whole: int = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    limit = _CGROUP.read_text().strip() if _CGROUP.exists() else ""
    return int(min(whole, int(limit) if limit.isdigit() else whole)) // 1_000_000


def secret_file(name: str) -> str | None:
    """Return the content of the file of a secret, such as /run/secrets/garmin_password, or None."""
    places = (folder / name.lower() for folder in _SECRETS)
    return next((place.read_text(encoding="utf-8").strip() for place in places if place.is_file()), None)


def _also(own: str) -> AliasChoices:
    """Return the name of a variable of ours, and those that are taken for it."""
    return AliasChoices(own, *(name for name, ours in TAKEN_OVER.items() if ours == own))


def taken_over() -> list[tuple[str, str]]:
    """Return the names of other services in the environment that are taken for ours, each with ours."""
    return [(name, own) for name, own in TAKEN_OVER.items() if name in os.environ and own not in os.environ]


def origin_of(url: str) -> str | None:
    """Return scheme, host and port of an address, as browsers write an origin; None for what has no host."""
    parts = urlsplit(url)
    if not parts.hostname:
        return None
    usual = {"https": 443, "http": 80}.get(parts.scheme)
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    return f"{parts.scheme}://{host}" + (f":{parts.port}" if parts.port not in (None, usual) else "")


def _decoders() -> int:
    """Return as many decoders as there are cores and memory for."""
    return max(1, min(os.cpu_count() or 1, 64, memory_mb() // 2 // DECODER_MB))


def _decode_memory_mb(given: dict[str, int]) -> int:
    """Return what each decoder may take of half of the memory."""
    decoders = given.get("decoders", 1)
    return min(DECODER_MOST_MB, max(DECODER_MB, memory_mb() // 2 // decoders))


def _listed(given: object) -> object:
    """Return the names of a list with commas, or of one in JSON."""
    if not isinstance(given, str):
        return given
    try:
        names = json.loads(given) if given.lstrip().startswith("[") else given.split(",")
    except ValueError:
        raise ValueError("write names with commas between them") from None
    return [name.strip() for name in names if name.strip()]


type Names = Annotated[tuple[str, ...], NoDecode, BeforeValidator(_listed)]


def _places(given: tuple[str, ...]) -> tuple[str, ...]:
    """Return places of originals as they are named, without a slash at the end."""
    for place in given:
        if place != "folder" and not _BUCKET.fullmatch(place):
            raise ValueError("name `folder` or a bucket, such as s3://bucket/prefix")
    return tuple(place.rstrip("/") for place in given) or ("folder",)


def _bucket(given: str | None) -> str | None:
    """Return the address of a bucket, without a slash at the end."""
    if given and not _BUCKET.fullmatch(given):
        raise ValueError("name a bucket, such as s3://bucket/prefix")
    return given.rstrip("/") if given else None


type Places = Annotated[tuple[str, ...], NoDecode, BeforeValidator(_listed), AfterValidator(_places)]


@dataclass(frozen=True, slots=True)
class Option:
    """A setting that the web app may change; `HOMESTRETCH_<KEY>` in the environment wins and locks it."""

    key: str
    default: str | None = None
    choices: tuple[str, ...] = ()


OPTIONS = (
    Option("map_kind", "none", ("none", "raster", "style", "pmtiles")),
    Option("map_url"),
    Option("map_attribution"),
    Option("map_hosts"),
    Option("home_zone"),
    Option("private_sinks", None, ("everyone", "admins", "nobody")),
    Option("mcp", "off", ("off", "on")),
    Option("model_names", "on", ("on", "off")),
    Option("links", "off", ("off", "on")),
    Option("second_factor", "nobody", ("nobody", "administrators", "everyone")),
)


def _reason(error: ValidationError | SettingsError) -> str:
    """Return which settings are wrong, and why; never their values, which may be secret."""
    if isinstance(error, SettingsError):
        return str(error)
    wrong = [one for one in error.errors() if one["type"] != "default_factory_not_called"]
    return "; ".join(f"{_variable(str(one['loc'][0]))}: {one['msg'].lower()}" for one in wrong)


def _variable(name: str) -> str:
    return name if name.isupper() else f"HOMESTRETCH_{name.upper()}"


class Settings(BaseSettings):
    """How this process runs; what the web app may change lives in the table `settings` instead."""

    model_config = SettingsConfigDict(
        env_prefix="HOMESTRETCH_",
        env_file=".env",
        secrets_dir=[folder for folder in _SECRETS if folder.is_dir()] or None,
        frozen=True,
        extra="ignore",
        populate_by_name=True,
    )

    def __init__(self, **given: Any) -> None:
        """Read the environment, under what is given. Raises WrongSettings."""
        try:
            super().__init__(**given)
        except (ValidationError, SettingsError) as error:
            raise WrongSettings(reason=_reason(error)) from None

    # The text below each setting is its line in docs/reference/settings.md (scripts/reference).

    data_dir: Path = Path("data")
    """The data folder: archive, databases, uploads, maps."""
    host: str = "127.0.0.1"
    """Where to listen. For other addresses than this machine's own the first visit needs a one-time code, printed at
    start."""
    port: int = Field(8080, ge=0, le=65535)
    """The port to listen on."""
    database_url: str | None = None
    """SQLite in the data folder, or `postgresql://user:password@host/database` for any number of workers."""
    database_pooled: Literal["on", "off"] = "off"
    """Whether a pooler in transaction mode, such as PgBouncer, is between."""
    admin_username: str | None = Field(None, validation_alias=_also("HOMESTRETCH_ADMIN_USERNAME"))
    """Create this administrator at the first start; without it, whoever opens the page first is asked."""
    admin_password: SecretStr | None = Field(None, validation_alias=_also("HOMESTRETCH_ADMIN_PASSWORD"))
    """The password of that administrator."""
    secret_key: SecretStr | None = None
    """Encrypts the stored sign-ins at providers; by default a key in the data folder, made once. Several keys have
    blanks between them: the first encrypts. It is in no backup, so keep a copy elsewhere."""
    provider_urls: dict[str, str] = Field(default_factory=dict)
    """Where providers are, by key, instead of where they really are: for tests and for a relay of your own, such as
    `{"garmin": "https://relay.example"}`."""
    public_url: str | None = Field(None, validation_alias=_also("HOMESTRETCH_PUBLIC_URL"))
    """The address that people type. Needed behind a proxy with TLS, and to sign in by a provider."""
    allowed_hosts: Names = ()
    """Other host names that the server answers to; lists have commas."""
    trusted_proxies: Names = ("127.0.0.1",)
    """Addresses of proxies that say who asks; a network is written as `172.18.0.0/16`."""
    log_level: Literal["debug", "info", "warning", "error"] = "info"
    """How much is logged, as JSON lines on standard error."""
    log_file: Path | None = None
    """Where the same lines go as well."""
    decoders: int = Field(default_factory=_decoders, ge=1, le=64)
    """How many processes read files."""
    decode_seconds: float = Field(120.0, gt=0)
    """How long a file may take to read, in seconds."""
    decode_memory_mb: int = Field(default_factory=_decode_memory_mb, ge=DECODER_MB)
    """How much memory each of them may take, in MB."""
    min_free_mb: int = Field(200, ge=0)
    """Nothing is taken in while less of the disk is free, in MB."""
    home_zone: str | None = None
    """The time zone of activities without one, such as `Europe/Berlin`."""
    backup_dir: Path | None = None
    """Where backups go by themselves, also set in the app: a folder that is there already, best on another disk."""
    backup_bucket: Annotated[str | None, AfterValidator(_bucket)] = None
    """An object store that they are copied to, such as `s3://bucket/backups`, with the key that is named below."""
    backup_key: SecretStr | None = None
    """The key with which backups are encrypted; older ones behind it, with blanks between, still open theirs."""
    originals: Places = ("folder",)
    """Where originals are kept: `folder`, which is in the data folder, or an object store, such as `s3://bucket/prefix`,
    `gs://…` or `az://…`. Of several, with commas between, all are read and the first takes what is new."""
    s3_endpoint: str | None = None
    """Where the object store is, if it is not Amazon's, such as `https://minio.example:9000`."""
    s3_region: str | None = None
    """Its region; else as `AWS_REGION` says."""
    s3_access_key_id: str | None = None
    """The access key there; without it, `AWS_ACCESS_KEY_ID` and the machine's role count."""
    s3_secret_access_key: SecretStr | None = None
    """The secret of that key."""
    private_sinks: Literal["everyone", "admins", "nobody"] | None = None
    """Who may send days and notifications to addresses in the server's own network; by default everyone on a server
    with one account, else administrators."""
    mcp: Literal["off", "on"] | None = None
    """Whether language models may read at `/mcp`, with a token."""
    model_names: Literal["on", "off"] | None = None
    """Whether language models get names and notes."""
    links: Literal["off", "on"] | None = None
    """Whether links by which athletes share activities lead anywhere."""
    second_factor: Literal["nobody", "administrators", "everyone"] | None = None
    """Who has to have a second factor to sign in with a password."""
    map_kind: Literal["none", "raster", "style", "pmtiles"] | None = None
    """The background map."""
    map_url: str | None = None
    """The address of its tiles or style, or the name of its file in `maps`."""
    map_attribution: str | None = None
    """Whom the map names as its makers."""
    map_hosts: str | None = None
    """Other hosts that a style may load from."""
    executor: str = "server"
    """The name of this server among others on one database."""
    oidc_issuer: str | None = Field(None, validation_alias=_also("HOMESTRETCH_OIDC_ISSUER"))
    """A provider of OpenID Connect, besides those that administrators set up: its issuer."""
    oidc_client_id: str | None = Field(None, validation_alias=_also("HOMESTRETCH_OIDC_CLIENT_ID"))
    """The client ID there."""
    oidc_client_secret: SecretStr | None = Field(None, validation_alias=_also("HOMESTRETCH_OIDC_CLIENT_SECRET"))
    """The client secret there."""
    oidc_name: str = "Single sign-on"
    """What its button says."""
    oidc_scopes: str = ""
    """Further scopes to ask for; lists have commas."""
    oidc_groups_claim: str = "groups"
    """The claim that has a person's groups."""
    oidc_allowed_groups: str = ""
    """Groups that may sign in; empty for everybody."""
    oidc_allowed_domains: str = ""
    """E-mail domains that may sign in; empty for all."""
    oidc_admin_groups: str = ""
    """Groups whose members are administrators."""
    oidc_policy: Literal["refuse", "create"] = "refuse"
    """What happens to people without an account here."""
    trusted_header: str | None = None
    """The header by which a proxy says who asks, such as `Remote-User`: the user name of an account. It counts only
    from `HOMESTRETCH_TRUSTED_PROXIES`, with their secret."""
    trusted_header_secret: SecretStr | None = None
    """What those proxies send as `X-Homestretch-Proxy-Secret`, 32 characters at least."""
    password_sign_in: Literal["on", "off"] = "on"  # noqa: S105
    """Whether people may sign in with a password."""

    def locked(self, option: Option) -> str | None:
        """Return what the environment sets an option to, or None where the web app may change it."""
        value: str | None = getattr(self, option.key)
        return value

    @property
    def loopback(self) -> bool:
        """Whether only this machine can reach the server."""
        return self.host in {"127.0.0.1", "::1", "localhost"}

    @property
    def address(self) -> str:
        """Where a browser finds the server, as far as it knows itself; no slash ends it."""
        if self.public_url:
            return self.public_url.rstrip("/")
        host = "127.0.0.1" if self.host in ("0.0.0.0", "::") else self.host  # noqa: S104
        return f"http://[{host}]:{self.port}" if ":" in host else f"http://{host}:{self.port}"

    @property
    def takes_passwords(self) -> bool:
        """Whether people may sign in with a password."""
        return self.password_sign_in != "off"  # noqa: S105

    @property
    def known_address(self) -> str | None:
        """Where a browser finds the server, if that is certain: it was set, or only this machine can reach it."""
        return self.address if self.public_url or self.loopback else None

    @property
    def sqlite(self) -> bool:
        """Whether the store is the SQLite file of the data folder."""
        return self.database_url is None or self.database_url.startswith("sqlite")

    @property
    def archive_dir(self) -> Path:
        """Where the originals lie."""
        return self.data_dir / "archive"

    @property
    def originals_places(self) -> tuple[str, ...]:
        """The places of originals; the folder is always read, since that is where they once were."""
        return tuple(dict.fromkeys((*self.originals, "folder")))

    @property
    def maps_dir(self) -> Path:
        """Where background maps of one's own lie; they are no originals, and in no backup."""
        return self.data_dir / "maps"

    @property
    def photos_dir(self) -> Path:
        """Where smaller pictures of photos lie; they are made again from the originals, and in no backup."""
        return self.data_dir / "photos"

    @property
    def given_backup_dir(self) -> Path | None:
        """The folder for backups that the environment names; None where administrators choose it."""
        return None if self.backup_dir is None else self.backup_dir.expanduser().absolute()

    @property
    def uploads_dir(self) -> Path:
        """Where uploads lie until their bytes are in the archive."""
        return self.data_dir / "uploads"
