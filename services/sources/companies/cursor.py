"""Where a reader of the company search stands."""

import base64
import hashlib
from dataclasses import dataclass

from events.fact import Value
from services.sources.companies.query import Query, split


class _Stored(Value):
    asked: str
    path: tuple[int, ...]
    page: int


@dataclass(frozen=True, slots=True)
class SearchPosition:
    """A page of one part of the queries: `path` says which query, then which of its parts, then
    which part of that. How a query is cut never depends on answers, so that it is found again."""

    path: tuple[int, ...] = (0,)
    page: int = 1

    def query(self, whole: list[Query]) -> Query:
        first, *rest = self.path
        query = whole[first]
        for at in rest:
            query = split(query)[at]
        return query

    def is_end(self, whole: list[Query]) -> bool:
        return self.path == (len(whole),)

    def after_part(self, whole: list[Query]) -> "SearchPosition":
        """The first page of the next part, or the end."""
        *above, at = self.path
        while above and at + 1 == len(split(SearchPosition(tuple(above)).query(whole))):
            *above, at = above
        return SearchPosition((*above, at + 1))

    def encode(self, whole: list[Query]) -> str:
        stored = _Stored(asked=_fingerprint(whole), path=self.path, page=self.page)
        return base64.urlsafe_b64encode(stored.model_dump_json().encode()).decode().rstrip("=")


def parse_cursor(cursor: str, whole: list[Query]) -> SearchPosition:
    """Of another targeting, a cursor means nothing: then all is read from the beginning.

    Raises ValueError for what is no cursor.
    """
    if not cursor:
        return SearchPosition()
    decoded = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
    stored = _Stored.model_validate_json(decoded)
    same = stored.asked == _fingerprint(whole)
    return SearchPosition(stored.path, stored.page) if same else SearchPosition()


def _fingerprint(whole: list[Query]) -> str:
    return hashlib.sha256(repr(whole).encode()).hexdigest()[:16]
