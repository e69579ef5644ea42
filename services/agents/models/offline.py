"""A deterministic model with no network, so that a first campaign runs with nothing at hand.

It goes through CrewAI's loop as any model does: it is asked about a document, and answers in JSON.
What it knows is a handful of rules, each for words that say a thing and nothing else: a number of
people at a fair is no headcount, and a capital of 34000 no postal code.
"""

import json
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from services.agents.crewai_adapter import BaseLLM
from services.agents.crews.document import in_words
from services.french.headcount import headcount_band

_CONTEXT_WINDOW_TOKENS = 1_000_000
_LONGEST_QUOTE_CHARS = 160
_CONFIDENCE = 0.7
_EMPLOYED = r"(?:salariés?|salariées?|collaborateurs|collaboratrices|employés|employees)"
_STAFF = r"(?:effectif|équipe|sommes|emploie|emploient|compte|team of|staff of|employs)"


class Rule(NamedTuple):
    """How a text says a field's value."""

    field: str
    says: re.Pattern[str]


RULES = (
    Rule("activity", re.compile(r"\b(\d\d\.\d\d[A-Z])\b")),
    Rule("headcountBand", re.compile(rf"\b(\d{{1,6}}) {_EMPLOYED}\b", re.I)),
    Rule(
        "headcountBand",
        re.compile(rf"\b{_STAFF}\W+(?:\w+\W+){{0,3}}?(\d{{1,6}}) (?:personnes|people)\b", re.I),
    ),
    Rule(
        "postalCode",
        re.compile(
            r"(?<!\d)(?<!\d )(?<!capital )(?<!capital de )(?<!Capital: )(?<!Capital : )"
            r"((?:0[1-9]|[1-8]\d|9[0-8])\d{3}) (?!Eur)[A-ZÀ-Ý][a-zà-ÿ]"
        ),
    ),
    Rule("email", re.compile(r"\b([\w.+-]+@[\w-]+(?:\.[\w-]+)+)")),
    Rule("phone", re.compile(r"((?:\+33 ?|\b0)[1-9](?:[ .-]?\d\d){4})\b")),
    Rule("website", re.compile(r"\b((?:https?://|www\.)[\w-]+(?:\.[\w-]+)+)")),
)


class OfflineModel(BaseLLM):
    """Rules in place of a language model; it counts no tokens, for it spends none."""

    def call(self, messages: Any, *args: Any, **kwargs: Any) -> Any:
        """What the rules make of the document that it is asked about."""
        return json.dumps(assess(document_asked(messages)), ensure_ascii=False)

    def get_context_window_size(self) -> int:
        return _CONTEXT_WINDOW_TOKENS

    def get_input_tokens_count(self, *args: Any, **kwargs: Any) -> int:
        return 0


def document_asked(messages: Any) -> str:
    """The document in the first message that holds one."""
    contents = (str(message["content"]) for message in messages)
    return next(filter(None, map(in_words, contents)), "")


def assess(document: str) -> dict[str, Any]:
    """The quoted facts of a company's document."""
    return {"facts": list(_facts(document))}


def _facts(document: str) -> Iterator[dict[str, Any]]:
    found = set()
    for rule in RULES:
        if rule.field in found or (match := rule.says.search(document)) is None:
            continue
        value = match[1].strip()
        if rule.field == "headcountBand":
            value = headcount_band(value)
        found.add(rule.field)
        quote = _quote(document, match)
        yield {"field": rule.field, "value": value, "quote": quote, "confidence": _CONFIDENCE}


def _quote(document: str, match: re.Match[str]) -> str:
    """The line that the value stands on, or the value's own words where that is long."""
    start = document.rfind("\n", 0, match.start()) + 1
    end = document.find("\n", match.end())
    line = document[start : end if end >= 0 else len(document)].strip()
    return line if len(line) <= _LONGEST_QUOTE_CHARS else match[0].strip()
