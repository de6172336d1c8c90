"""Garmin Connect by `garminconnect`: its sign-in and transport, our budget around it, the bytes of its answers."""

import json
import re
import threading
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any
from urllib.parse import quote

from garminconnect import client as library
from garminconnect.client import sso
from garminconnect.exceptions import (
    GarminConnectAuthenticationError,
    GarminConnectConnectionError,
    GarminConnectTooManyRequestsError,
)

from homestretch.net.budget import (
    Blocked,
    NotApproved,
    Permit,
    Question,
    RateLimited,
    RateLimitedClient,
    Reply,
    SignInAgain,
    UnexpectedResponse,
    Unreachable,
    WrongCode,
    WrongCredentials,
)
from homestretch.net.field import Field
from homestretch.net.secret import Secret, SecretStore
from homestretch.sources._zip import ZIP, members
from homestretch.sources.base import Answer, ItemPage, RemoteAccount, RemoteItem
from homestretch.sources.garmin._gear import equipment
from homestretch.sources.garmin.listing import items_of

NAME = "Garmin Connect"
CODE = Field("code", "Code", kind="code", required=True)
#: How files begin that are no FIT.
_FILE_MARKS = (b"<gpx", b"<TrainingCenterDatabase")
_DELAYS = ("MOBILE_DELAY", "LOGIN_DELAY", "WIDGET_DELAY")
_TICKET = re.compile(r"ST-[\w.-]{5,200}")
_PROFILE = "/userprofile-service"
_FILES = "/download-service"
#: Where a day's or a block's answer lies: path and parameters; `{name}` is the account's, `{since}` and `{until}` days.
_PATHS: dict[str, tuple[str, dict[str, str]]] = {
    "summary": ("/usersummary-service/v2/dailysummaries", {"startDate": "{since}", "endDate": "{until}"}),
    "sleep": ("/wellness-service/wellness/dailySleepData/{name}", {"date": "{since}", "nonSleepBufferMinutes": "60"}),
    "hrv": ("/hrv-service/hrv/{since}", {}),
    "heart_rate": ("/wellness-service/wellness/dailyHeartRate/{name}", {"date": "{since}"}),
    "stress": ("/wellness-service/wellness/dailyStress/{since}", {}),
    "spo2": ("/wellness-service/wellness/daily/spo2/{since}", {}),
    "respiration": ("/wellness-service/wellness/daily/respiration/{since}", {}),
    "steps": ("/wellness-service/wellness/dailySummaryChart/{name}", {"date": "{since}"}),
    "weight": ("/weight-service/weight/range/{since}/{until}", {"includeAll": "true"}),
    "resting_heart_rate": (
        "/userstats-service/wellness/daily/{name}", {"fromDate": "{since}", "untilDate": "{until}", "metricId": "60"},
    ),
    "training_readiness": ("/metrics-service/metrics/trainingreadiness/{since}/{until}", {}),
    "training_status": ("/metrics-service/metrics/trainingstatus/aggregated/{since}", {}),
    "vo2max": ("/metrics-service/metrics/maxmet/daily/{since}/{until}", {}),
    "race_predictions": (
        "/metrics-service/metrics/racepredictions/daily/{name}",
        {"fromCalendarDate": "{since}", "toCalendarDate": "{until}"},
    ),
}  # fmt: skip


class Session(library.Client):
    """The library's client, whose tokens are renewed in the vault: by one process at a time, from what is stored."""

    def __init__(self, domain: str, calls: RateLimitedClient, secret_store: SecretStore | None = None) -> None:
        super().__init__(domain=domain)
        self.calls, self.secret_store = calls, secret_store
        if calls.base:
            self._sso = self._connect = self._connectapi = calls.base
            self._di_token_url = f"{calls.base}/di-oauth2-service/oauth/token"
            for name in _DELAYS:
                setattr(sso, f"{name}_MIN_S", 0.0)
                setattr(sso, f"{name}_MAX_S", 0.0)

    @property
    def secret(self) -> Secret:
        """What is to be kept of a signed-in session."""
        return {"domain": self.domain, "tokens": json.loads(self.dumps())}

    def adopt(self, secret: Mapping[str, Any]) -> None:
        """Go on with a stored secret."""
        self.loads(json.dumps(secret["tokens"]))

    def _refresh_session(self) -> None:
        """Renew the access token. Raises SignInAgain, RateLimited, Unreachable (the library would say nothing)."""
        if self.secret_store is None:
            raise SignInAgain(name=NAME, reason="the token has expired")
        self.adopt(self.secret_store.renew(self._renewed))

    def _renewed(self, stored: Secret) -> Secret:
        mine = self.di_token
        self.adopt(stored)
        if self.di_token != mine and not self._token_expires_soon():
            return stored  # another process was faster
        try:
            self._refresh_di_token()
        except GarminConnectAuthenticationError as error:
            raise _refresh_error(str(error)) from error
        except OSError as error:
            raise Unreachable(name=NAME, reason=type(error).__name__) from error
        except (ValueError, KeyError) as error:
            raise UnexpectedResponse(name=NAME, reason="no token", what="the request to renew the sign-in") from error
        return self.secret

    def get(self, path: str, parameters: Mapping[str, str] | None = None, *, accept: str = "application/json") -> Reply:
        """Get what lies at a path, as bytes."""
        return self._ask("GET", path, None, (), params=parameters or None, headers={"Accept": accept})

    def write(
        self, method: str, path: str, permit: Permit, reads: Collection[int] = (), *, once: bool = False, **how: Any
    ) -> Reply:
        """Change something there, as somebody approved; `how` are arguments of requests.

        What makes something new is asked for `once`: a request without an answer may have been carried out.
        """
        return self._ask(method, path, permit, reads, once=once, **how)

    def _ask(
        self, method: str, path: str, permit: Permit | None, reads: Collection[int], *, once: bool = False, **how: Any
    ) -> Reply:
        if method != "GET" and permit is None:
            raise NotApproved(name=NAME, what=f"{method} {path}")

        def exchange() -> Reply:
            try:
                got = self._run_request(method, path, timeout=60, **how)
            except GarminConnectConnectionError as error:
                if error.response is None:
                    raise ConnectionError(type(error).__name__) from error
                got = error.response
            headers = {name.lower(): value for name, value in getattr(got, "headers", {}).items()}
            return Reply(got.status_code, headers, got.content)

        return self.calls.make(path, exchange, reads, once=once)

    def document(self, path: str) -> dict[str, Any]:
        """Get a JSON object. Raises UnexpectedResponse for anything else."""
        reply = self.get(path)
        try:
            found = json.loads(reply.body)
        except ValueError:
            found = None
        if reply.status != 200 or not isinstance(found, dict):
            raise UnexpectedResponse(name=NAME, reason="no JSON", what=path)
        return found


def _refresh_error(said: str) -> Exception:
    """Return what a failed renewal means: Garmin names its status only at the end of a sentence."""
    status = int(found[0]) if (found := re.findall(r"(\d{3})$", said)) else 0
    if status == 429:
        return RateLimited(name=NAME, reason="429 while renewing the sign-in", after_s=None)
    if status >= 500:
        return Unreachable(name=NAME, reason=f"{status} while renewing the sign-in")
    return SignInAgain(name=NAME, reason=f"{status} while renewing the sign-in" if status else said)


class GarminSignIn:
    """Signs in by one of three ways; every strategy of the library is tried."""

    def __init__(self, calls: RateLimitedClient) -> None:
        self.calls = calls

    def begin(self, method: str, answers: Mapping[str, str]) -> Secret:
        """Return a secret. Raises Question (a code was sent), WrongCredentials, Blocked, Unreachable."""
        session = Session(answers.get("region") or "garmin.com", self.calls)
        if method == "tokens":
            return self._from_tokens(session, answers["tokens"])
        if method == "ticket":
            return self._from_ticket(session, answers["ticket"])
        needs, state = _attempted(
            lambda: session.login(answers["email"].strip(), answers["password"], return_on_mfa=True)
        )
        if needs == "needs_mfa":
            method = state.get("method") or "app"
            raise Question(f"Garmin asks for a code (by {method}).", (CODE,), state)
        return _kept(session)

    def resume(self, state: Mapping[str, Any], answers: Mapping[str, str]) -> Secret:
        """Go on with the code. Raises WrongCode (and may be tried again), Blocked, Unreachable."""
        session = Session(str(state["domain"]), self.calls)
        try:
            _attempted(lambda: session.resume_login(dict(state), answers["code"].strip()))
        except WrongCredentials as error:
            raise WrongCode(name=NAME) from error
        return _kept(session)

    def _from_tokens(self, session: Session, text: str) -> Secret:
        try:
            session.loads(text)
        except GarminConnectConnectionError as error:
            raise WrongTokens from error
        if not session.di_refresh_token:
            raise WrongTokens
        self._must_hold(session)
        return session.secret

    def _from_ticket(self, session: Session, text: str) -> Secret:
        found = _TICKET.search(text)
        if found is None:
            raise WrongTicket
        try:
            session._exchange_service_ticket(found[0], service_url=f"{session._sso}/sso/embed")
        except GarminConnectAuthenticationError as error:
            raise WrongTicket from error
        except GarminConnectTooManyRequestsError as error:
            raise Blocked(name=NAME, reason="429") from error
        except OSError as error:
            raise Unreachable(name=NAME, reason=type(error).__name__) from error
        return session.secret

    @staticmethod
    def _must_hold(session: Session) -> None:
        """Ask for the account once; a token that is about to expire is renewed by that. Raises SignInAgain."""
        session.secret_store = _Own(session)
        session.document(f"{_PROFILE}/socialProfile")


class WrongTokens(WrongCredentials):
    """This is not the content of a garmin_tokens.json: {{"di_token": …, "di_refresh_token": …, "di_client_id": …}}.
    Garmin no longer accepts the older oauth1_token.json and oauth2_token.json.
    """


class WrongTicket(WrongCredentials):
    """Garmin rejected this ticket. A ticket works once and only for a few minutes. Get a new one."""


class _Own:
    """The secret of a session that is not stored yet."""

    def __init__(self, session: Session) -> None:
        self.session, self.lock = session, threading.Lock()

    def read(self) -> Secret:
        """Return the session's own."""
        return self.session.secret

    def renew(self, renewed: Callable[[Secret], Secret]) -> Secret:
        """Renew it in place."""
        with self.lock:
            return renewed(self.session.secret)


def _attempted(attempt: Callable[[], Any]) -> Any:
    """Try to sign in, and say in one sentence what came in between."""
    try:
        return attempt()
    except GarminConnectAuthenticationError as error:
        raise WrongCredentials(name=NAME) from error
    except GarminConnectTooManyRequestsError as error:
        raise Blocked(name=NAME, reason="429 or 427 for every sign-in method") from error
    except GarminConnectConnectionError as error:
        said = str(error)
        reason = "CAPTCHA" if "CAPTCHA" in said.upper() else said.removeprefix("All login strategies ")
        raise Blocked(name=NAME, reason=reason[:200]) from error
    except OSError as error:
        raise Unreachable(name=NAME, reason=type(error).__name__) from error


def _kept(session: Session) -> Secret:
    if not session.di_token or not session.di_refresh_token:
        raise Blocked(name=NAME, reason="no token received")
    return session.secret


class Garmin:
    """A signed-in account."""

    def __init__(self, secret_store: SecretStore, remote_account: RemoteAccount, calls: RateLimitedClient) -> None:
        secret = secret_store.read()
        self.known = remote_account
        self.session = Session(str(secret.get("domain", "garmin.com")), calls, secret_store)
        self.session.adopt(secret)

    def remote_account(self) -> RemoteAccount:
        """Return the Garmin account, with the zone of the profile, which its days are in."""
        profile = self.session.document(f"{_PROFILE}/socialProfile")
        name = str(profile.get("displayName") or "")
        more = self.session.document(f"{_PROFILE}/userprofile/personal-information/{quote(name, safe='')}")
        own = more.get("userInfo") if isinstance(more.get("userInfo"), dict) else {}
        zone = more.get("timeZone") or (own or {}).get("timeZone")
        details = {"name": name, "pk": str(profile.get("profileId") or profile.get("id") or "")}
        return RemoteAccount(str(profile.get("fullName") or profile.get("userName") or name), name, zone, details)

    def activities(self, start: int, page: int, since: str | None) -> ItemPage:
        """Return a page of activities, the newest first."""
        asked = {"start": str(start), "limit": str(page)} | ({"startDate": since} if since else {})
        reply = self.session.get("/activitylist-service/activities/search/activities", asked)
        if reply.status == 200 and not reply.body.strip():
            raise UnexpectedResponse(
                name=NAME, reason="nothing at all", what="the request for activities"
            )  # no page is `[]`
        items, count = items_of(reply.body, NAME)
        name = f"{'recent' if since else 'activities'}-{start}.json"
        return ItemPage(Answer(name, "json", reply.body), items, start + count if count >= page else None)

    def fetch(self, item: RemoteItem) -> Sequence[Answer]:
        """Return what Garmin has of an item."""
        if item.kind == "activity":
            return self._activity(item.key)
        if item.kind == "wellness":
            return self._zipped(f"{_FILES}/files/wellness/{item.key}")
        if item.kind == "gear":
            return tuple(equipment(self.session.get, str(self.known.details.get("pk", ""))))
        path, parameters = _PATHS[item.kind]
        names = {**self.known.details, "since": item.since, "until": item.until}
        names["name"] = quote(str(names.get("name", "")), safe="")
        filled = {name: value.format(**names) for name, value in parameters.items()}
        return self._payload(f"{item.kind}-{item.key}.json", path.format(**names), filled)

    def _activity(self, key: str) -> Sequence[Answer]:
        """Return the original, else TCX, else GPX, else the points that Garmin draws its charts from."""
        if found := self._zipped(f"{_FILES}/files/activity/{key}"):
            return found
        for form, mark in (("tcx", b"<Lap"), ("gpx", b"<trkpt")):
            reply = self.session.get(f"{_FILES}/export/{form}/activity/{key}", accept="*/*")
            if reply.status == 200 and mark in reply.body:
                return (Answer(f"{key}.{form}", form, reply.body, file=True),)
        asked = {"maxChartSize": "100000", "maxPolylineSize": "100000"}
        return self._payload(f"streams-{key}.json", f"/activity-service/activity/{key}/details", asked, kind="streams")

    def _zipped(self, path: str) -> tuple[Answer, ...]:
        reply = self.session.get(path, accept="*/*")
        if reply.status != 200 or not reply.body:
            return ()
        return unzipped(path.rsplit("/", 1)[-1], reply.body)

    def _payload(
        self, name: str, path: str, parameters: Mapping[str, str], kind: str | None = None
    ) -> tuple[Answer, ...]:
        reply = self.session.get(path, parameters)
        if reply.status != 200 or reply.body.strip() in (b"", b"{}", b"[]", b"null"):
            return ()
        try:
            json.loads(reply.body)
        except ValueError as error:
            raise UnexpectedResponse(name=NAME, reason="no JSON", what=path) from error
        return (Answer(name, "json", reply.body, kind=kind),)


def unzipped(name: str, body: bytes) -> tuple[Answer, ...]:
    """Return the files of a zip, or the one file as it is without a zip.

    Raises UnexpectedResponse for a damaged or boundless zip, and for anything else (a page that says something else).
    """
    if body[:2] != ZIP:
        if not (body[8:12] == b".FIT" or any(mark in body[:2000] for mark in _FILE_MARKS)):
            raise UnexpectedResponse(name=NAME, reason="no file", what=name)
        return (Answer(name, _form(name, body), body, file=True),)
    read = [(path.rsplit("/", 1)[-1], data) for path, data in members(body, NAME, name)]
    return tuple(Answer(member, _form(member, data), data, file=True) for member, data in read)


def _form(name: str, data: bytes) -> str:
    if data[8:12] == b".FIT":
        return "fit"
    return name.rsplit(".", 1)[-1].lower() if "." in name else "file"


def sign_in(calls: RateLimitedClient) -> GarminSignIn:
    """Return how to sign in."""
    return GarminSignIn(calls)


def client(secret_store: SecretStore, remote_account: RemoteAccount, calls: RateLimitedClient) -> Garmin:
    """Return a signed-in account."""
    return Garmin(secret_store, remote_account, calls)
