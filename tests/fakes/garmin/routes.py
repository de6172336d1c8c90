"""All paths that are known: which function answers each, and whether a token is needed."""

import re
from collections.abc import Callable
from typing import NamedTuple

from tests.fakes.garmin.asked import Ask, Reply, page
from tests.fakes.garmin.routes_activities import ACTIVITIES
from tests.fakes.garmin.routes_days import DAYS
from tests.fakes.garmin.routes_workouts import WORKOUTS

type Answer = Callable[[Ask], Reply]


class Route(NamedTuple):
    """A path with named parts, and what answers it."""

    method: str
    template: str
    pattern: re.Pattern[str]
    answer: Answer
    needs_token: bool

    @property
    def name(self) -> str:
        """How it is counted."""
        return f"{self.method} {self.template}"


def _route(method: str, template: str, answer: Answer, needs_token: bool) -> Route:
    pattern = re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", template)
    return Route(method, template, re.compile(f"^{pattern}/?$"), answer, needs_token)


def _sso(flow: str) -> Answer:
    return lambda ask: ask.fake.sso.answer(ask, flow)


def _service(ask: Ask) -> Reply:
    """Use a ticket up where a browser would, and return the cookie that the site goes by."""
    owner = ask.fake.tokens.take_ticket(ask.one("ticket", ""), f"http://{ask.headers['host']}{ask.path}")
    cookies = (("Set-Cookie", f"JWT_WEB={ask.fake.tokens.web(owner)}; Path=/"),) if owner else ()
    return page("<html><head><title>Garmin Connect</title></head></html>", 200, *cookies)


_SIGN_IN = (
    ("GET", "/mobile/sso/en_US/sign-in", _sso("mobile")),
    ("POST", "/mobile/api/login", _sso("mobile")),
    ("POST", "/mobile/api/mfa/verifyCode", _sso("mobile")),
    ("GET", "/portal/sso/en-US/sign-in", _sso("portal")),
    ("POST", "/portal/api/login", _sso("portal")),
    ("POST", "/portal/api/mfa/verifyCode", _sso("portal")),
    ("GET", "/sso/embed", _sso("widget")),
    ("GET", "/sso/signin", _sso("widget")),
    ("POST", "/sso/signin", _sso("widget")),
    ("POST", "/sso/verifyMFA/mfaCode", _sso("widget")),
    ("POST", "/sso/verifyMFA/loginEnterMfaCode", _sso("widget")),
    ("POST", "/di-oauth2-service/oauth/token", lambda ask: ask.fake.tokens.answer(ask)),
    ("GET", "/gcm/ios", _service),
    ("GET", "/gcm/android", _service),
    ("GET", "/app", _service),
)
ROUTES = (
    *(_route(method, template, answer, False) for method, template, answer in _SIGN_IN),
    *(_route(method, template, answer, True) for method, template, answer in (*ACTIVITIES, *DAYS, *WORKOUTS)),
)


def find(method: str, path: str) -> tuple[Route, dict[str, str]] | None:
    """Return the route of a request and the named parts of its path (not unquoted), or None."""
    for route in ROUTES:
        if route.method == method and (found := route.pattern.match(path)):
            return route, found.groupdict()
    return None
