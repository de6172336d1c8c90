"""The pages and documents of the sign-in, made by us after the marks that client programs look for."""

from html import escape
from typing import Any

SIGN_IN_TITLE, MFA_TITLE = "GARMIN Authentication Application", "Enter MFA code for login"


def spa() -> str:
    """Return the sign-in page of the mobile app and of the portal: an application of its own."""
    return (
        "<!DOCTYPE html><html><head><title>Garmin SSO Portal</title></head><body><div id='portal'></div></body></html>"
    )


def embed() -> str:
    """Return the page that embeds the widget."""
    return _page("GAuth Embedded", "<div id='gauth-widget'></div>")


def sign_in(csrf: str, problem: str = "", title: str = SIGN_IN_TITLE) -> str:
    """Return the widget's form for name and password, with what was wrong before."""
    said = f'<div id="status" class="error">{escape(problem)}</div>' if problem else ""
    fields = '<input name="username"/><input name="password" type="password"/>'
    return _page(title, f'{said}<form method="post">{_token(csrf)}{fields}</form>')


def mfa(csrf: str, method: str, guid: str, sent_to: str, problem: str = "") -> str:
    """Return the widget's form for a code; `sent_to` is empty if no code was sent yet."""
    told = {"mfaMethod": method, "customerGuid": guid, "locale": "en_US", "clientId": "", "codeSentTo": sent_to}
    script = "".join(f'var {name} = "{value}";' for name, value in told.items())
    said = f'<div class="error">{escape(problem)}</div>' if problem else ""
    form = f'<form method="post">{_token(csrf)}<input name="mfa-code"/></form>'
    return _page(MFA_TITLE, f"<script>{script}</script>{said}{form}")


def success(url: str, ticket: str) -> str:
    """Return the widget's last page, which tells the ticket."""
    return _page(
        "Success", f'<script>var response_url = "{url}?ticket={ticket}"; var serviceTicket = "{ticket}";</script>'
    )


def _page(title: str, body: str) -> str:
    return f"<!DOCTYPE html>\n<html><head><title>{title}</title></head><body>{body}</body></html>"


def _token(csrf: str) -> str:
    return f'<input type="hidden" name="_csrf" value="{csrf}"/>'


def status(kind: str, ticket: str | None = None, service: str | None = None, mfa_info: Any = None) -> dict[str, Any]:
    """Return the document that the sign-in by JSON answers with."""
    refused = {
        "INVALID_USERNAME_PASSWORD": "generalLoginInvalidUsernameOrPassword",
        "MFA_CODE_INVALID": "mfaInvalidCode",
    }
    return {
        "serviceURL": service, "serviceTicketId": ticket,
        "responseStatus": {
            "type": kind, "message": refused.get(kind, ""), "httpStatus": "UNAUTHORIZED" if kind in refused else "OK",
        },
        "responseReason": None, "customerMfaInfo": mfa_info, "consentTypeList": None, "captchaAlreadyPassed": False,
        "samlResponse": None, "authType": "CAS" if ticket else None,
    }  # fmt: skip
