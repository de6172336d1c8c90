"""The control door, for tests whose fake is another process: `/_fake/...`, JSON in and out."""

from collections.abc import Callable
from dataclasses import fields
from datetime import date
from typing import TYPE_CHECKING, Any

from tests.fakes.garmin.account import Account
from tests.fakes.garmin.asked import Ask, Reply, told

if TYPE_CHECKING:
    from tests.fakes.garmin.server import FakeGarmin

DOOR = "/_fake/"
_SSO = ("answers", "mfa", "code", "sends_code", "mfa_lifetime_s")
_TOKENS = ("access_lifetime_s", "refresh_lifetime_s", "ticket_lifetime_s", "clients", "reuse_revokes")


def answer(ask: Ask) -> Reply:
    """Answer the control door."""
    doors: dict[str, Callable[[FakeGarmin, dict[str, Any]], Any]] = {
        "GET counts": lambda fake, _: fake.counts.document() | {"problems": fake.problems},
        "POST reset": lambda fake, _: fake.reset(),
        "POST fault": _set_fault,
        "DELETE fault": lambda fake, _: fake.faults.clear(),
        "GET sso": _sso,
        "POST sso": _set_sso,
        "POST ticket": lambda fake, given: {"ticket": fake.browser_ticket(given.get("email"))},
        "POST revoke": lambda fake, given: fake.tokens.revoke(given.get("what", "access")),
        "GET account": lambda fake, _: _account(fake.account),
        "POST account": _change,
    }
    door = doors.get(f"{ask.method} {ask.path.removeprefix(DOOR)}")
    if door is None:
        return told({"doors": sorted(doors)}, 404)
    try:
        return told(door(ask.fake, ask.json()) or {})
    except (KeyError, TypeError, ValueError, AttributeError) as bad:
        return told({"wrong": repr(bad)}, 400)


def _set_fault(fake: "FakeGarmin", given: dict[str, Any]) -> None:
    fake.fault(given.pop("pattern"), given.pop("kind"), **given)


def _sso(fake: "FakeGarmin", given: dict[str, Any]) -> dict[str, Any]:
    tokens, sso = fake.tokens, fake.sso
    return {
        "logins": sso.logins, "wrong_codes": sso.wrong_codes, "codes_sent": sso.codes_sent,
        "exchanges": tokens.exchanges, "refreshes": tokens.refreshes, "reused": tokens.reused,
        "refused": tokens.refused,
    }  # fmt: skip


def _set_sso(fake: "FakeGarmin", given: dict[str, Any]) -> dict[str, Any]:
    for name, value in given.items():
        if name not in _SSO + _TOKENS:
            raise ValueError(name)
        setattr(fake.sso if name in _SSO else fake.tokens, name, value)
    return _sso(fake, {})


def _account(account: Account) -> dict[str, Any]:
    ids = [number for _, _, number in account.newest()]
    return {
        "email": account.email, "password": account.password, "display_name": account.display_name,
        "zone": account.zone, "first": account.first.isoformat(), "last": account.last.isoformat(),
        "count": len(ids), "newest": ids[:100],
    }  # fmt: skip


def _change(fake: "FakeGarmin", given: dict[str, Any]) -> dict[str, Any]:
    """Add (`add`: facts), edit (`edit`: id and facts), delete (`delete`: id), or set fields (`set`) of the account."""
    account = fake.account
    told: dict[str, Any] = {}
    if "add" in given:
        told["id"] = account.add_activity(**given["add"])
    if "edit" in given:
        account.edit_activity(given["edit"].pop("id"), **given["edit"])
    if "delete" in given:
        account.delete_activity(given["delete"])
    known = {one.name for one in fields(account)}
    for name, value in given.get("set", {}).items():
        if name not in known:
            raise ValueError(name)
        setattr(account, name, _typed(name, value))
        account.forget()
    return told | _account(account)


def _typed(name: str, value: Any) -> Any:
    if name == "unworn":
        return {date.fromisoformat(one) for one in value}
    dated = name in ("last_day", "hrv_from", "offloaded_before") and value is not None
    return date.fromisoformat(value) if dated else value
