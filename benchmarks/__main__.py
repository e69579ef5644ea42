"""`make bench`: all of them, one after another; `python -m benchmarks.campaign` for one."""

import importlib
import pkgutil

import benchmarks

SUPPORT = {"__main__", "report"}

for module in pkgutil.iter_modules(benchmarks.__path__):
    if module.name not in SUPPORT:
        found = importlib.import_module(f"benchmarks.{module.name}")
        if hasattr(found, "main"):
            found.main()
