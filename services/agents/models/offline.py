"""A deterministic model with no network, so that a first campaign runs with nothing at hand.

It goes through CrewAI's loop as any model does: it calls the tool, reads what the tool gave, and
answers in JSON. What it knows is a handful of rules.
"""

import json
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from services.agents.crewai_adapter import BaseLLM
from services.french.headcount import headcount_band

_CONTEXT_WINDOW_TOKENS = 1_000_000
_LONGEST_QUOTE_CHARS = 160
_SURE, _LIKELY = 1.0, 0.7


class Rule(NamedTuple):
    """Where a field's value stands: behind its label, or else anywhere in the text."""

    field: str
    labelled: re.Pattern[str]
    anywhere: re.Pattern[str] | None = None


RULES = (
    Rule(
        "activity",
        re.compile(r"^Activité NAF : (\d\d\.\d\d[A-Z])$", re.M),
        re.compile(r"\b(\d\d\.\d\d[A-Z])\b"),
    ),
    Rule(
        "headcountBand",
        re.compile(r"^Effectif : .*\(tranche (NN|\d\d)\)$", re.M),
        re.compile(r"\b(\d{1,6}) (?:salariés|personnes|collaborateurs|employés|employees|people)"),
    ),
    Rule("postalCode", re.compile(r"^Code postal : (\d{5})$", re.M), re.compile(r"\b(\d{5})\b")),
    Rule("jobTitle", re.compile(r"^Fonction : (.+)$", re.M)),
    Rule(
        "email",
        re.compile(r"^E-mail : (\S+@\S+)$", re.M),
        re.compile(r"\b([\w.+-]+@[\w-]+(?:\.[\w-]+)+)"),
    ),
    Rule(
        "phone",
        re.compile(r"^Téléphone : (.+)$", re.M),
        re.compile(r"((?:\+33 ?|\b0)[1-9](?:[ .-]?\d\d){4})\b"),
    ),
    Rule(
        "website",
        re.compile(r"^Site web : (\S+)$", re.M),
        re.compile(r"\b((?:https?://|www\.)[\w-]+(?:\.[\w-]+)+)"),
    ),
)


class OfflineModel(BaseLLM):
    """Rules in place of a language model; it counts no tokens, for it spends none."""

    def call(self, messages: Any, tools: Any = None, *args: Any, **kwargs: Any) -> Any:
        """The tool first, then what the rules make of its document."""
        name = tools[0]["function"]["name"]
        document = next((m["content"] for m in reversed(messages) if m["role"] == "tool"), None)
        if document is None:
            function = {"name": name, "arguments": "{}"}
            return [{"id": "call-1", "type": "function", "function": function}]
        return json.dumps(ANSWERS[name](document), ensure_ascii=False)

    def supports_function_calling(self) -> bool:
        return True

    def get_context_window_size(self) -> int:
        return _CONTEXT_WINDOW_TOKENS

    def get_input_tokens_count(self, *args: Any, **kwargs: Any) -> int:
        return 0


def assess(document: str) -> dict[str, Any]:
    """The quoted facts of a company's document."""
    return {"facts": list(_facts(document))}


def _facts(document: str) -> Iterator[dict[str, Any]]:
    for rule in RULES:
        confidence, match = _SURE, rule.labelled.search(document)
        if match is None and rule.anywhere is not None:
            confidence, match = _LIKELY, rule.anywhere.search(document)
        if match is None:
            continue
        value = match[1].strip()
        if rule.field == "headcountBand" and confidence == _LIKELY:
            value = headcount_band(value)
        quote = _quote(document, match)
        yield {"field": rule.field, "value": value, "quote": quote, "confidence": confidence}


def _quote(document: str, match: re.Match[str]) -> str:
    """The line that the value stands on, or the value's own words where that is long."""
    start = document.rfind("\n", 0, match.start()) + 1
    end = document.find("\n", match.end())
    line = document[start : end if end >= 0 else len(document)].strip()
    return line if len(line) <= _LONGEST_QUOTE_CHARS else match[0].strip()


def select(document: str) -> dict[str, Any]:
    """Every company of a page: whom the campaign does not want, the source's query left out."""
    lines = re.findall(r"^\[(\d+)\] (.+?)(?: ; |$)", document, re.M)
    return {"kept": [{"number": int(number), "quote": quote} for number, quote in lines]}


ANSWERS = {"read_company": assess, "read_source_page": select}
