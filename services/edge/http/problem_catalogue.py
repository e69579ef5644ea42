"""Every problem that the API may answer with: the edge's own, and the domain's refusals."""

from collections.abc import Iterator

from services.edge.http.problems import status_of
from services.prospecting.errors import Refused
from services.wording import codes, pattern


def every_problem() -> Iterator[tuple[str, int | None, str, str]]:
    """Code, status where it is always the same, and the sentence in French and in English."""
    refusals = {kind.__name__: status_of(kind()) for kind in _kinds(Refused)}
    for code in codes():
        if code[0].isupper() or code.startswith("csv."):
            yield code, refusals.get(code), pattern(code, "fr"), pattern(code, "en")


def _kinds(kind: type[Refused]) -> Iterator[type[Refused]]:
    for each in kind.__subclasses__():
        yield each
        yield from _kinds(each)
