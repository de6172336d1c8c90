"""Errors as problem+json: a code for programs, a sentence for people, and the details."""

import logging
from collections.abc import Mapping, Sequence
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from sqlalchemy.exc import OperationalError
from starlette.exceptions import HTTPException

from homestretch.api.shapes.base import InvalidField
from homestretch.errors import HomestretchError
from homestretch.store.database import DatabaseBusy

log = logging.getLogger("homestretch.api")


def problem(
    status: int,
    code: str,
    detail: str,
    details: Mapping[str, Any] | None = None,
    fields: Sequence[InvalidField] = (),
) -> JSONResponse:
    """Return a problem document; `fields` are those of a request that do not fit."""
    body: dict[str, Any] = _plain(details or {})
    body |= {"type": "about:blank", "title": code.replace("-", " "), "status": status, "code": code, "detail": detail}
    if fields:
        body["fields"] = list(fields)
    headers = {"Retry-After": str(body["retry_after_s"])} if "retry_after_s" in body else None
    return JSONResponse(body, status, headers, media_type="application/problem+json")


def _plain(details: Mapping[str, Any]) -> dict[str, str | float | bool]:
    return {key: value if isinstance(value, int | float | bool) else str(value) for key, value in details.items()}


def install(api: FastAPI) -> None:
    """Translate every error that a route may raise."""

    @api.exception_handler(HomestretchError)
    def _ours(_request: Request, error: HomestretchError) -> JSONResponse:
        return problem(error.status, error.code, str(error), error.details)

    @api.exception_handler(RequestValidationError)
    def _invalid(_request: Request, error: RequestValidationError) -> JSONResponse:
        fields: list[InvalidField] = [
            {"field": ".".join(map(str, e["loc"][1:])) or str(e["loc"][0]), "reason": e["msg"]} for e in error.errors()
        ]
        detail = "; ".join(f"{f['field']}: {f['reason']}" for f in fields)
        return problem(422, "invalid", detail, fields=fields)

    @api.exception_handler(HTTPException)
    def _http(_request: Request, error: HTTPException) -> JSONResponse:
        code = {404: "not-found", 405: "method-not-allowed", 413: "too-large", 416: "no-such-range"}.get(
            error.status_code, "refused"
        )
        answer = problem(error.status_code, code, str(error.detail))
        answer.headers.update(error.headers or {})
        return answer

    @api.exception_handler(Exception)
    def _unforeseen(_request: Request, _error: Exception) -> JSONResponse:
        return problem(500, "internal-error", "Something went wrong. Details are in the server log.")

    @api.exception_handler(OperationalError)
    def _database(_request: Request, error: OperationalError) -> JSONResponse:
        log.error("database error", exc_info=error)
        busy = DatabaseBusy()
        return problem(busy.status, busy.code, str(busy), {"retry_after_s": 1})
