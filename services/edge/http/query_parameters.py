"""What stands behind a call's question mark: what we don't know is refused, for it was meant to do
something; what is empty was not filled in."""

from typing import Any
from urllib.parse import parse_qsl, urlencode

from starlette.requests import HTTPConnection

from services.edge.http.languages import of as language_of
from services.edge.http.problems import Problem
from services.edge.http.validation import FieldError
from services.wording import render


def without_empty(query: bytes) -> bytes:
    """`status=&q=a` asks what `q=a` does; not so `asOf=`: the present must not pass for past."""
    if not query:
        return query
    pairs = parse_qsl(query.decode("latin-1"), keep_blank_values=True, encoding="latin-1")
    kept = [(name, value) for name, value in pairs if value or name == "asOf"]
    if len(kept) == len(pairs):
        return query
    return urlencode(kept, encoding="latin-1").encode("latin-1")


def refuse_unknown(asked: HTTPConnection) -> None:
    """Raises `Problem` 422 that names what is unknown, and what is known here."""
    if not asked.query_params:
        return
    known = _known(asked)
    if known is None or not (unknown := sorted(asked.query_params.keys() - known)):
        return
    params = {"known": ", ".join(sorted(known)) or "-"}
    said = render("invalid.unknownQuery", params, language_of(asked))
    errors = [FieldError(field=name, message=said) for name in unknown]
    raise Problem(422, "InvalidFields", {"fields": ", ".join(unknown)}, errors=errors)


def _known(asked: HTTPConnection) -> frozenset[str] | None:
    """What the API's own description has for this call; None where it is not described."""
    document: dict[str, Any] = asked.app.openapi()
    calls = document["paths"].get(getattr(asked.scope.get("route"), "path_format", ""), {})
    call = calls.get(asked.scope.get("method", "").lower())
    if call is None:
        return None
    return frozenset(p["name"] for p in call.get("parameters", ()) if p["in"] == "query") | {"asOf"}
