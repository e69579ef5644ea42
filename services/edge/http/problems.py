"""Whatever goes wrong answers `application/problem+json` (RFC 9457), in the reader's language."""

import re
from collections.abc import Awaitable, Callable, Mapping, Sequence

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from nats.errors import Error as NatsError
from pydantic import Field
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Match

from events.fact import Value
from events.subjects import InvalidSubjectToken as UnusableId
from projections.queries import ReadModelsNotBuilt
from services.accounts import InvalidToken
from services.edge.cursor import MalformedCursor
from services.edge.http import languages
from services.edge.http.correlation import correlation
from services.edge.http.validation import FieldError, field_errors
from services.log import LogFull, Unavailable
from services.prospecting import errors
from services.wording import render

MEDIA_TYPE = "application/problem+json"
_LATER = {"Retry-After": "2"}


class ProblemDetails(Value):
    """RFC 9457, with the fields that are at fault and what to quote to an operator."""

    type: str = Field(examples=["/docs/problems#already-started"])
    """Where this type of problem is described."""
    title: str = Field(examples=["Conflict"])
    status: int = Field(examples=[409])
    detail: str = Field(
        examples=["The campaign was started before; pause, resume or cancel it instead."]
    )
    code: str = Field(examples=["AlreadyStarted"])
    """The same type as one word, for programs."""
    errors: tuple[FieldError, ...] = ()
    correlation_id: str


class Problem(Exception):
    """An answer that is a problem; `code` has its sentence in the catalogue of words."""

    def __init__(
        self,
        status: int,
        code: str,
        params: Mapping[str, str] | None = None,
        *,
        errors: Sequence[FieldError] = (),
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(status, code)
        self.status, self.code = status, code
        self.params = params or {}
        self.errors = tuple(errors)
        self.headers = headers


def kebab(code: str) -> str:
    """`CampaignNotFound` → `campaign-not-found`; dots too, for codes of files and fields."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "-", code).lower().replace(".", "-")


def answer(request: Request, problem: Problem) -> Response:
    """The problem as the client reads it."""
    language = languages.of(request)
    details = ProblemDetails(
        type=f"/docs/problems#{kebab(problem.code)}",
        title=render(f"title.{problem.status}", language=language),
        status=problem.status,
        detail=render(problem.code, problem.params, language),
        code=problem.code,
        errors=problem.errors,
        correlation_id=correlation.get(),
    )
    headers = {"Content-Language": language, **(problem.headers or {})}
    if problem.status == 401:
        headers["WWW-Authenticate"] = "Bearer"
    body = details.model_dump_json(by_alias=True)
    return Response(body, problem.status, headers, MEDIA_TYPE)


def install(app: FastAPI) -> None:
    """Every exception that a handler may raise, with the problem that it stands for."""
    app.add_exception_handler(Problem, _problem)
    app.add_exception_handler(errors.Refused, _refused)
    app.add_exception_handler(InvalidToken, _token)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _framework)
    for exception, problem in _KNOWN.items():
        app.add_exception_handler(exception, _always(problem))


_KNOWN: dict[type[Exception], Problem] = {
    UnusableId: Problem(404, "NotFound"),
    MalformedCursor: Problem(400, "MalformedCursor"),
    LogFull: Problem(503, "LogFull", headers={"Retry-After": "60"}),
    **dict.fromkeys(
        (ReadModelsNotBuilt, OperationalError, InterfaceError, PoolTimeout),
        Problem(503, "ReadModelsUnavailable", headers=_LATER),
    ),
    Unavailable: Problem(503, "LogUnavailable", headers=_LATER),
    NatsError: Problem(503, "LogUnavailable", headers=_LATER),
    TimeoutError: Problem(503, "LogUnavailable", headers=_LATER),
}


def _always(problem: Problem) -> Callable[[Request, Exception], Awaitable[Response]]:
    async def handler(request: Request, _error: Exception) -> Response:
        return answer(request, problem)

    return handler


async def _problem(request: Request, error: Exception) -> Response:
    assert isinstance(error, Problem)
    return answer(request, error)


async def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, errors.Refused)
    return answer(request, Problem(status_of(error), error.code, error.params))


def status_of(error: errors.Refused) -> int:
    """The HTTP status that a refusal of the domain is answered with."""
    if isinstance(error, errors.NotFound):
        return 404
    return 412 if isinstance(error, errors.Stale) else 409


async def _token(request: Request, error: Exception) -> Response:
    assert isinstance(error, InvalidToken)
    return answer(request, Problem(401, f"{error.code.capitalize()}Token"))


async def _invalid(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    found = error.errors()
    if found and found[0]["type"] == "json_invalid":
        reason = str((found[0].get("ctx") or {}).get("error", ""))
        return answer(request, Problem(400, "MalformedJson", {"reason": reason}))
    if any(tuple(each["loc"]) == ("body",) for each in found) and not _is_json(request):
        return answer(request, Problem(415, "JsonExpected"))
    fields = field_errors(found, languages.of(request))
    named = ", ".join(error.field or "body" for error in fields)
    return answer(request, Problem(422, "InvalidFields", {"fields": named}, errors=fields))


def _is_json(request: Request) -> bool:
    media = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    return media == "application/json" or media.endswith("+json")


async def _framework(request: Request, error: Exception) -> Response:
    """What FastAPI and Starlette refuse by themselves."""
    assert isinstance(error, HTTPException)
    if isinstance(error.__cause__, Problem):  # met while the framework read the body
        return answer(request, error.__cause__)
    headers = error.headers or {}
    code = {404: "NotFound", 405: "MethodNotAllowed"}.get(error.status_code, "BadRequest")
    status = error.status_code if error.status_code in (404, 405) else 400
    if status == 405:
        headers = {"Allow": _allowed(request)}
    params = {"allowed": headers.get("Allow", "")}
    return answer(request, Problem(status, code, params, headers=headers))


def _allowed(request: Request) -> str:
    """Of every route with this path; the framework names the first one's only."""
    scope = {**request.scope, "path_params": {}}
    # HEAD is not named: the middleware makes a GET of it before any route is asked.
    return ", ".join(
        method
        for method in ("GET", "POST", "PATCH", "DELETE")
        if any(
            route.matches({**scope, "method": method})[0] is Match.FULL
            for route in request.app.routes
        )
    )
