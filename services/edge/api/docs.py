"""The API described: OpenAPI for programs, and a plain page of it for people, with no script."""

from html import escape
from typing import Any

from fastapi import APIRouter, FastAPI
from fastapi.openapi.utils import get_openapi
from fastapi.routing import APIRoute
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response

from services.edge.http.problem_catalogue import every_problem
from services.edge.http.problems import ProblemDetails, kebab

router = APIRouter(include_in_schema=False)

_STYLE = (
    "body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}"
    "code{font-family:ui-monospace,monospace}article{border-top:1px solid #8884;padding:.5rem 0}"
    "pre{overflow:auto;background:#8881;padding:.75rem;border-radius:.4rem}"
    ":root{color-scheme:light dark}"
)
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'"


def operation_id(route: APIRoute) -> str:
    """What a generated client calls the operation: the name of the function that answers it."""
    return route.name


def description(app: FastAPI) -> dict[str, Any]:
    """The OpenAPI document, made once."""
    if app.openapi_schema is None:
        made = get_openapi(
            title=app.title, version=app.version, description=app.description, routes=app.routes
        )
        problem = ProblemDetails.model_json_schema(ref_template="#/components/schemas/{model}")
        parts = problem.pop("$defs", {})
        made["components"]["schemas"] |= {**parts, ProblemDetails.__name__: problem}
        app.openapi_schema = made
    return app.openapi_schema


@router.get("/openapi.json")
async def openapi(request: Request) -> Response:
    """The API for programs."""
    return JSONResponse(request.app.openapi())


@router.get("/docs")
async def page(request: Request) -> Response:
    """The API for people."""
    document: dict[str, Any] = request.app.openapi()
    calls = [
        _call(method, path, call)
        for path, item in document["paths"].items()
        for method, call in item.items()
    ]
    intro = (
        f"<p>{escape(document['info']['description'])}</p>"
        '<p><a href="/openapi.json">OpenAPI</a> · <a href="/asyncapi">AsyncAPI</a> · '
        '<a href="/docs/problems">Problems</a></p>'
    )
    return _page("Filon API", intro + "".join(calls))


@router.get("/docs/problems")
async def problem_types() -> Response:
    """Every `type` that a problem may have."""
    rows = [
        f'<article id="{kebab(code)}"><h2><code>{escape(code)}</code> '
        f"{status}</h2><p>{escape(english)}</p><p lang=fr>{escape(french)}</p></article>"
        for code, status, french, english in every_problem()
    ]
    return _page("Filon: problems", "".join(rows))


def _call(method: str, path: str, call: dict[str, Any]) -> str:
    parameters = "".join(_parameter(each) for each in call.get("parameters", ()))
    statuses = ", ".join(call["responses"])
    return (
        f"<article><h2><code>{method.upper()} {escape(path)}</code></h2>"
        f"<p>{escape(call.get('description') or call['summary'])}</p>"
        f"<ul>{parameters}{_body(call)}<li>answers {statuses}</li></ul></article>"
    )


def _parameter(parameter: dict[str, Any]) -> str:
    about = escape(parameter.get("description", ""))
    return f"<li><code>{escape(parameter['name'])}</code> ({parameter['in']}) {about}</li>"


def _body(call: dict[str, Any]) -> str:
    kinds = call.get("requestBody", {}).get("content", {})
    return "".join(
        f"<li>body {escape(kind)} <code>{escape(_named(content.get('schema', {})))}</code></li>"
        for kind, content in kinds.items()
    )


def _named(schema: dict[str, Any]) -> str:
    if "anyOf" in schema:  # one that may be left out
        return " | ".join(_named(each) for each in schema["anyOf"])
    name = str(schema.get("$ref", "")).rpartition("/")[2]
    return name or ", ".join(schema.get("properties", ())) or str(schema["type"])


def _page(title: str, body: str) -> Response:
    html = (
        f"<!doctype html><html lang=en><meta charset=utf-8><title>{title}</title>"
        f"<meta name=viewport content='width=device-width'><style>{_STYLE}</style>"
        f"<h1>{title}</h1>{body}</html>"
    )
    return HTMLResponse(html, headers={"Content-Security-Policy": _POLICY})
