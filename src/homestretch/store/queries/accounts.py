"""Reads who has an account, and what an administrator chose."""

from sqlalchemy import func, select

from homestretch.model.documents.people import WeekStart
from homestretch.store.database import Reader
from homestretch.store.tables.kept import accounts, settings

#: The hash of an account without a password, which no password has.
NO_PASSWORD = "!"  # noqa: S105


def admins(reader: Reader) -> list[int]:
    """Return the accounts of administrators."""
    return [
        int(row.id) for row in reader.rows(select(accounts.c.id).where(accounts.c.is_admin).order_by(accounts.c.id))
    ]


def is_admin(reader: Reader, account_id: int) -> bool:
    """Return whether an account is an administrator's."""
    return bool(reader.scalar(select(accounts.c.is_admin).where(accounts.c.id == account_id)))


def username_of(reader: Reader, account_id: int) -> str:
    """Return an account's name; empty where it is gone."""
    return str(reader.scalar(select(accounts.c.username).where(accounts.c.id == account_id)) or "")


def has_password(reader: Reader, account_id: int) -> bool:
    """Return whether an account has a password; one made for somebody of a provider has none."""
    found = reader.scalar(select(accounts.c.password_hash).where(accounts.c.id == account_id))
    return bool(found != NO_PASSWORD)


def count_accounts(reader: Reader) -> int:
    """Return how many accounts there are."""
    return int(reader.scalar(select(func.count()).select_from(accounts)) or 0)


def week_start(reader: Reader, account_id: int | None) -> WeekStart:
    """Return on which day a week begins for an account; Monday where it has not chosen, and for the system."""
    stored = reader.scalar(select(accounts.c.preferences).where(accounts.c.id == account_id)) or {}
    return "sunday" if stored.get("week_start") == "sunday" else "monday"


def preferred_zone(reader: Reader, account_id: int) -> str | None:
    """Return the zone in which an account wants to see times; None where it has not chosen one."""
    stored = reader.scalar(select(accounts.c.preferences).where(accounts.c.id == account_id)) or {}
    zone = stored.get("zone")
    return zone if isinstance(zone, str) and zone else None


def chosen_option(reader: Reader, key: str) -> str | None:
    """Return what an administrator set an option to; None where it is at its default."""
    found: str | None = reader.scalar(select(settings.c.value).where(settings.c.key == key))
    return found
