"""NUL, which no id, search or name has, and which PostgreSQL's texts can't hold."""

from urllib.parse import parse_qsl

from services.edge.http.problems import Problem
from services.edge.http.validation import FieldError


def refuse_nul(path: str, query: bytes) -> None:
    """Raises `Problem`: 404 for a path with NUL, 422 for a query."""
    if "\0" in path:
        raise Problem(404, "NotFound")
    if b"%00" not in query and b"\0" not in query:
        return
    pairs = parse_qsl(query.decode("latin-1"), keep_blank_values=True)
    at_fault = sorted({name.replace("\0", "") for name, value in pairs if "\0" in name + value})
    if at_fault:
        errors = [FieldError(field=name, message="NUL (U+0000)") for name in at_fault]
        raise Problem(422, "InvalidFields", {"fields": ", ".join(at_fault)}, errors=errors)
