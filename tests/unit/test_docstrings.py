"""Whoever calls a public function reads what it raises."""

import ast
import importlib
import re
from collections.abc import Iterator
from operator import attrgetter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGES = ("events", "projections", "services")
Function = ast.FunctionDef | ast.AsyncFunctionDef


def _public(body: list[ast.stmt], path: str) -> Iterator[tuple[str, Function]]:
    for node in body:
        if not isinstance(node, ast.ClassDef | Function) or node.name.startswith("_"):
            continue
        if isinstance(node, ast.ClassDef):
            yield from _public(node.body, f"{path}.{node.name}")
        elif any(ast.unparse(each).startswith("router.") for each in node.decorator_list):
            continue  # a route's docstring is its public description; `responses` say the rest
        else:
            yield f"{path}.{node.name}", node


def _raised(node: ast.AST) -> Iterator[str]:
    """Names after `raise` in its own body; those of functions within are theirs."""
    for inner in ast.iter_child_nodes(node):
        if isinstance(inner, ast.ClassDef | Function | ast.Lambda):
            continue
        if isinstance(inner, ast.Raise) and inner.exc is not None:
            made = inner.exc.func if isinstance(inner.exc, ast.Call) else inner.exc
            yield ast.unparse(made)
        caught = _caught(inner) if isinstance(inner, ast.Try) else set()
        yield from (name for name in _raised(inner) if name not in caught)


def _caught(node: ast.Try) -> set[str]:
    kinds = (handler.type for handler in node.handlers if handler.type is not None)
    return {name for kind in kinds for name in re.findall(r"\w+", ast.unparse(kind))}


def _names(module: str, raised: str) -> set[str]:
    """The exception's and its parents'; none for what a function or a variable yields."""
    try:
        found = attrgetter(raised)(importlib.import_module(module))
    except AttributeError:
        return {raised} if raised[0].isupper() else set()
    if not isinstance(found, type):
        return set()
    return {kind.__name__ for kind in found.__mro__} - {"Exception", "BaseException", "object"}


FILES = sorted(file for package in PACKAGES for file in (ROOT / package).rglob("*.py"))
FUNCTIONS = [
    pytest.param(module, function, sorted({*_raised(function)}), id=path)
    for file in FILES
    for module in [".".join(file.relative_to(ROOT).with_suffix("").parts)]
    for path, function in _public(ast.parse(file.read_text()).body, module)
    if any(_raised(function))
]


@pytest.mark.parametrize(("module", "function", "raised"), FUNCTIONS)
def test_a_public_function_says_what_it_raises(
    module: str, function: Function, raised: list[str]
) -> None:
    said = ast.get_docstring(function) or ""

    assert "aises" in said, raised
    for name in raised:
        names = _names(module, name)
        assert not names or any(each in said for each in names), name
