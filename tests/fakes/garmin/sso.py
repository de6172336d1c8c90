"""The sign-in: mobile and portal by JSON, the widget by forms, each as it is told to answer."""

import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import RLock
from typing import Any

from tests.fakes.garmin import pages
from tests.fakes.garmin.asked import Ask, Reply, page, told
from tests.fakes.garmin.faults import Fault
from tests.fakes.garmin.tokens import Tokens

ANSWERS = (
    "success",
    "mfa",
    "wrong_password",
    "captcha",
    "locked",
    "427",
    "429",
    "429json",
    "429html",
    "403",
    "500",
    "html",
)


@dataclass(slots=True)
class Session:
    """A browser's session: the flow whose page it loaded, its CSRF token, and the login that waits for a code."""

    flow: str
    csrf: str = field(default_factory=lambda: secrets.token_hex(20))
    service: str = ""
    waiting: str | None = None
    until_s: float = 0.0
    signed_in: str | None = None


@dataclass(eq=False)
class Sso:
    """The sign-in desk.

    `answers` says by strategy (`mobile+cffi`, `mobile+requests`, `widget+cffi`, `portal+cffi`, `portal+requests`, `*`)
    how it answers, one of `ANSWERS` or a list of them, one after the other (the last stays); with `@page` behind it
    the page that is loaded first answers so. `mfa` is None, `email`, `phone` or `totp`, `code` the right code. The
    widget sends its code by itself only if `sends_code`.
    """

    tokens: Tokens
    password_of: Callable[[str], str | None]
    answers: dict[str, str | list[str]] = field(default_factory=dict)
    mfa: str | None = None
    code: str = "123456"
    sends_code: bool = True
    mfa_lifetime_s: float = 900
    logins: list[tuple[str, str]] = field(default_factory=list)
    wrong_codes: int = 0
    codes_sent: int = 0
    _sessions: dict[str, Session] = field(default_factory=dict)
    _lock: RLock = field(default_factory=RLock)

    def answer(self, ask: Ask, flow: str) -> Reply:
        """Return the answer of a flow's next step."""
        step = {"sign-in": self._load, "embed": self._embed, "signin": self._widget, "login": self._login,
                "verifyCode": self._verify, "mfaCode": self._send,
                "loginEnterMfaCode": self._widget_verify}  # fmt: skip
        with self._lock:
            return step[ask.path.rsplit("/", 1)[-1]](ask, flow)

    def _strategy(self, ask: Ask, flow: str) -> str:
        """Return which strategy asks: a browser's imitation offers HTTP/2 on the open wire, which nothing else does."""
        return f"{flow}+{'cffi' if ask.headers.get('upgrade') == 'h2c' else 'requests'}"

    def _planned(self, ask: Ask, flow: str, step: str) -> str:
        """Return how this step is to be answered."""
        name = self._strategy(ask, flow)
        name = name if name in self.answers else "*"
        plan = self.answers.get(name, "success")
        first = plan[0] if isinstance(plan, list) else plan
        kind, _, where = first.partition("@")
        if (where == "page") != (step == "page"):
            return "success"
        if isinstance(plan, list) and len(plan) > 1:
            self.answers[name] = plan[1:]
        if kind not in ANSWERS:
            raise ValueError(f"no such answer: {kind}")
        return kind

    def _load(self, ask: Ask, flow: str) -> Reply:
        refused = _refusal(self._planned(ask, flow, "page"))
        if refused:
            return refused
        old = self._sessions.get(ask.cookies().get("SESSION", ""))
        renewed = (
            (("Set-Cookie", f"JWT_WEB={self.tokens.web(old.signed_in)}; Path=/"),) if old and old.signed_in else ()
        )
        return page(pages.spa(), 200, *self._cookies(Session(flow, signed_in=old.signed_in if old else None)), *renewed)

    def _cookies(self, session: Session) -> tuple[tuple[str, str], ...]:
        name = secrets.token_hex(16)
        self._sessions[name] = session
        return (("Set-Cookie", f"SESSION={name}; Path=/; HttpOnly"), ("Set-Cookie", f"__cf_bm={name[:12]}; Path=/"))

    def _session(self, ask: Ask) -> Session | None:
        return self._sessions.get(ask.cookies().get("SESSION", ""))

    def _login(self, ask: Ask, flow: str) -> Reply:
        session = self._session(ask)
        if session is None or session.flow != flow or "/sign-in" not in ask.headers.get("referer", ""):
            return told({"error": {"status-code": "429", "request-id": secrets.token_hex(4)}}, 429)
        kind, given = self._planned(ask, flow, "post"), ask.json()
        refused = _refusal(kind)
        if refused:
            return refused
        if kind == "captcha":
            return told(pages.status("CAPTCHA_REQUIRED"))
        email = str(given.get("username", ""))
        if kind in ("wrong_password", "locked") or self.password_of(email) != given.get("password"):
            return told(pages.status("INVALID_USERNAME_PASSWORD"), 401)
        session.service = ask.one("service")
        if kind == "mfa" or self.mfa:
            self._wait(session, email, sent=True)
            return told(pages.status("MFA_REQUIRED", mfa_info=self._mfa_info(email)))
        return self._done(ask, session, email, flow)

    def _mfa_info(self, email: str) -> dict[str, Any]:
        hidden = f"{email[:2]}*****@{email.rpartition('@')[2]}"
        setting = {"allowPhoneOption": True, "allowAddEmailAddress": False, "chooseDifferentWayShown": False}
        return {"email": hidden, "phoneNumber": None, "mfaLastMethodUsed": self.mfa or "email",
                "defaultMfaMethod": None, "mfaUISetting": setting}  # fmt: skip

    def _wait(self, session: Session, email: str, sent: bool) -> None:
        session.waiting, session.until_s = email, time.time() + self.mfa_lifetime_s
        self.codes_sent += sent and self.mfa != "totp"

    def _waiting(self, session: Session | None, code: Any) -> str | None:
        """Return whose login waits if the code is right; a wrong one is counted and changes nothing."""
        if session is None or session.waiting is None or session.until_s < time.time():
            return None
        if code != self.code:
            self.wrong_codes += 1
            return None
        return session.waiting

    def _verify(self, ask: Ask, flow: str) -> Reply:
        session = self._session(ask)
        email = self._waiting(session, ask.json().get("mfaVerificationCode"))
        if session is None or email is None:
            return told(pages.status("MFA_CODE_INVALID"), 401)
        return self._done(ask, session, email, flow)

    def _done(self, ask: Ask, session: Session, email: str, flow: str) -> Reply:
        ticket = self._signed_in(ask, session, email, flow)
        cookie = ("Set-Cookie", f"CASTGC=TGT-{secrets.token_hex(8)}; Path=/; HttpOnly")
        return told(pages.status("SUCCESSFUL", ticket, session.service), 200, cookie)

    def _signed_in(self, ask: Ask, session: Session, email: str, flow: str) -> str:
        session.waiting, session.signed_in = None, email
        self.logins.append((self._strategy(ask, flow), email))
        return self.tokens.ticket(email, session.service)

    def _embed(self, ask: Ask, flow: str) -> Reply:
        return _refusal(self._planned(ask, flow, "page")) or page(pages.embed(), 200, *self._cookies(Session(flow)))

    def _widget(self, ask: Ask, flow: str) -> Reply:
        session = self._session(ask)
        if session is None or session.flow != flow:
            return _refusal("429html") or page("")
        if ask.method == "GET":
            return page(pages.sign_in(session.csrf))
        given, kind = ask.form(), self._planned(ask, flow, "post")
        refused = _refusal(kind)
        if refused:
            return refused
        if kind == "captcha" or given.get("_csrf") != session.csrf:
            return page(pages.sign_in(session.csrf, "Verify that you are human."))
        if kind == "locked":
            return page(pages.sign_in(session.csrf, "Locked.", "Account Locked"))
        email = given.get("username", "")
        if kind == "wrong_password" or self.password_of(email) != given.get("password"):
            return page(pages.sign_in(session.csrf, "Invalid sign in. (Passwords are case sensitive.)"), 401)
        session.service = ask.one("service")
        if kind == "mfa" or self.mfa:
            self._wait(session, email, sent=self.sends_code)
            return self._ask_code(session)
        return page(pages.success(session.service, self._signed_in(ask, session, email, flow)))

    def _ask_code(self, session: Session, problem: str = "") -> Reply:
        sent_to = "ru*****@example.test" if self.sends_code and self.mfa != "totp" else ""
        return page(pages.mfa(session.csrf, self.mfa or "email", "4f1c", sent_to, problem))

    def _send(self, ask: Ask, flow: str) -> Reply:
        """Send a code because the page asks for it."""
        session = self._session(ask)
        if session is None or session.waiting is None or ask.json().get("customerGuid") != "4f1c":
            return told({"error": "no login waits"}, 400)
        self.codes_sent += 1
        return told({"status": "SUCCESS"})

    def _widget_verify(self, ask: Ask, flow: str) -> Reply:
        session, given = self._session(ask), ask.form()
        if session is None or given.get("_csrf") != session.csrf:
            return page(pages.sign_in(secrets.token_hex(20)))
        email = self._waiting(session, given.get("mfa-code"))
        if email is None:
            return self._ask_code(session, "Invalid code.")
        return page(pages.success(session.service, self._signed_in(ask, session, email, flow)))


def _refusal(kind: str) -> Reply | None:
    """Return the answer of those kinds that are the same wherever they are given, else None."""
    if kind == "429json":
        return told({"error": {"status-code": "429", "request-id": secrets.token_hex(4)}})
    if kind == "427":
        return page("<html><head><title>Blocked</title></head></html>", 427)
    same = {"429": "429", "429html": "429html", "403": "cloudflare", "500": "503", "html": "html"}
    return Fault("*", same[kind]).reply() if kind in same else None
