"""One frozen Settings: environment `HOMESTRETCH_*`, `.env`, and files in /run/secrets."""

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

_SECRETS = Path("/run/secrets")


@dataclass(frozen=True, slots=True)
class Option:
    """A setting that the web app may change; `HOMESTRETCH_<KEY>` in the environment wins and locks it."""

    key: str
    default: str | None = None
    choices: tuple[str, ...] = ()


OPTIONS = (
    Option("map_kind", "none", ("none", "raster", "style")),
    Option("map_url"),
    Option("map_attribution"),
    Option("home_zone"),
)


class Settings(BaseSettings):
    """How this process runs; what the web app may change lives in the table `settings` instead."""

    model_config = SettingsConfigDict(
        env_prefix="HOMESTRETCH_",
        env_file=".env",
        secrets_dir=_SECRETS if _SECRETS.is_dir() else None,
        frozen=True,
        extra="ignore",
    )

    data_dir: Path = Path("data")
    host: str = "127.0.0.1"
    port: int = Field(8080, ge=0, le=65535)
    database_url: str | None = None
    admin_username: str | None = None
    admin_password: SecretStr | None = None
    #: Seals the stored sign-ins at providers; by default a key in the data folder, made once. Several: the first seals.
    secret_key: SecretStr | None = None
    #: Where providers are, by key, instead of where they really are: for tests and for a relay of one's own.
    provider_urls: dict[str, str] = Field(default_factory=dict)
    public_url: str | None = None
    allowed_hosts: tuple[str, ...] = ()
    trusted_proxies: tuple[str, ...] = ("127.0.0.1",)
    log_level: Literal["debug", "info", "warning", "error"] = "info"
    decoders: int = Field(default_factory=lambda: os.cpu_count() or 1, ge=1, le=64)
    decode_seconds: float = Field(120.0, gt=0)
    decode_memory_mb: int = Field(1500, ge=256)
    min_free_mb: int = Field(200, ge=0)
    home_zone: str | None = None
    map_kind: Literal["none", "raster", "style"] | None = None
    map_url: str | None = None
    map_attribution: str | None = None
    executor: str = "server"

    def locked(self, option: Option) -> str | None:
        """Return what the environment sets an option to, or None where the web app may change it."""
        value: str | None = getattr(self, option.key)
        return value

    @property
    def loopback(self) -> bool:
        """Whether only this machine can reach the server."""
        return self.host in {"127.0.0.1", "::1", "localhost"}

    @property
    def sqlite(self) -> bool:
        """Whether the store is the SQLite file of the data folder."""
        return self.database_url is None or self.database_url.startswith("sqlite")

    @property
    def archive_dir(self) -> Path:
        """Where the originals lie."""
        return self.data_dir / "archive"

    @property
    def uploads_dir(self) -> Path:
        """Where uploads lie until their bytes are in the archive."""
        return self.data_dir / "uploads"
