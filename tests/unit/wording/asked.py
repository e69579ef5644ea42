"""Which codes the tree asks words for, found by reading it."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import projections
import services
import services.dashboard
from services.wording.catalogue import catalogue

ROOT = Path(services.__file__).parent
PROJECTIONS = Path(projections.__file__).parent
SCRIPTS = [
    path.read_text()
    for path in sorted((Path(services.dashboard.__file__).parent / "static").glob("*.js"))
]
SPACES = (
    "csv", "line", "siren", "import", "column", "activity", "failure", "score", "invalid", "title",
    "history", "export", "setting", "supervisor", "operations",
)  # fmt: skip
"""What a literal begins with that can be nothing but a code."""
_CODE = re.compile(rf"(?:{'|'.join(SPACES)})\.[A-Za-z][\w.-]*\w")
_PROBLEM = re.compile(r"[A-Z][a-z]+(?:[A-Z][a-z]+)+")


class Said(NamedTuple):
    """A call that takes a code: in which folders, which argument it is, and what it loses there."""

    folders: tuple[str, ...]
    argument: int
    prefix: str


SAID = {
    "Problem": Said(("edge",), 1, ""),
    "CannotStart": Said(("supervisor",), 0, "supervisor."),
    "say": Said(("supervisor",), 0, "supervisor."),
    "phrase": Said(("supervisor",), 0, "supervisor."),
}
CODED = {
    "missing", "string_type", "string_too_short", "string_too_long", "string_pattern_mismatch",
    "string_unicode", "int_type", "int_parsing", "int_from_float", "int_parsing_size", "float_type",
    "float_parsing", "finite_number", "greater_than_equal", "less_than_equal", "greater_than",
    "literal_error", "tuple_type", "list_type", "too_long", "model_attributes_type", "model_type",
    "dict_type", "extra_forbidden",
}  # fmt: skip
"""Pydantic's types of errors that have words of ours; for others its own English stands."""


@cache
def asked_by_services() -> dict[str, frozenset[str] | None]:
    """Each code, and the parameters that its call names, if it names them where it stands."""
    asked: dict[str, frozenset[str] | None] = {}
    for path in sorted(file for root in (ROOT, PROJECTIONS) for file in root.rglob("*.py")):
        folder = path.relative_to(ROOT).parts[0] if path.is_relative_to(ROOT) else "projections"
        tree = ast.parse(path.read_text())
        if folder != "wording":
            asked |= dict.fromkeys(_literals(tree, folder)) | dict(_calls(tree, folder))
    return asked


def _literals(tree: ast.AST, folder: str) -> Iterator[str]:
    """Of the words that may be a problem's code, those that are one."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            text = node.value
            problem = folder == "edge" and _PROBLEM.fullmatch(text) and text in catalogue("fr")
            if problem or _CODE.fullmatch(text):
                yield text


def _calls(tree: ast.AST, folder: str) -> Iterator[tuple[str, frozenset[str] | None]]:
    for node in ast.walk(tree):
        said = SAID.get(_name(node.func)) if isinstance(node, ast.Call) else None
        if isinstance(node, ast.Call) and said and folder in said.folders:
            for code in _constants(node.args[said.argument : said.argument + 1]):
                yield said.prefix + code, _given(node, said)


def _name(function: ast.expr) -> str:
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


def _constants(arguments: list[ast.expr]) -> Iterator[str]:
    for argument in arguments:
        if isinstance(argument, ast.IfExp):
            yield from _constants([argument.body, argument.orelse])
        elif isinstance(argument, ast.Constant) and isinstance(argument.value, str):
            yield argument.value


def _given(call: ast.Call, said: Said) -> frozenset[str] | None:
    """None where the parameters are not written in the call itself."""
    rest = call.args[said.argument + 1 :]
    if any(not isinstance(each, ast.Dict) for each in rest):
        return None
    keys = [key for each in rest if isinstance(each, ast.Dict) for key in each.keys]
    written = {key.value for key in keys if isinstance(key, ast.Constant)}
    return frozenset(map(str, written)) | {word.arg for word in call.keywords if word.arg}


@cache
def asked_by_page() -> frozenset[str]:
    """Keys that stand in a script as they are."""
    texts = "\n".join(SCRIPTS)
    spaces = set(re.findall(r'\bt\("(\w+)\.', texts)) | {"panel", "score"}
    anywhere = re.findall(rf'"((?:{"|".join(sorted(spaces))})\.[\w.-]+)"', texts)
    return frozenset(f"page.{key}" for key in anywhere)


def page_prefixes() -> set[str]:
    """Beginnings of keys that a script completes."""
    return {
        f"page.{prefix}" for text in SCRIPTS for prefix in re.findall(r"\bt\(`([\w.-]+)\$", text)
    }
