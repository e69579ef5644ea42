"""Which Filon this is, as its package says; `filon --version`, OpenAPI and AsyncAPI agree."""

from importlib.metadata import version

VERSION = version("filon")
