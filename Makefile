# `make up` runs Filon, `make test` tests it: both make what they need first.
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
USABLE := import sys, venv, ensurepip; sys.exit(not (3, 11) <= sys.version_info < (3, 14))
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11; do \
	"$$p" -c '$(USABLE)' 2>/dev/null && { command -v "$$p"; break; }; done)
NO_PYTHON := 'Filon needs Python 3.11, 3.12 or 3.13 with its venv module; none was found.' \
	'  Debian, Ubuntu: apt-get install python3 python3-venv      macOS: brew install python@3.13' \
	'  One that is elsewhere: make up PYTHON=/where/it/is/bin/python3'

.PHONY: help env up dev test test-slow check lint page references soak bench lock clean

help:  ## say what there is to make
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' Makefile

up: $(VENV)/runtime.stamp  ## run Filon: http://localhost:8000
	@$(BIN)/filon up

dev: $(VENV)/dev.stamp  ## run Filon, and start what changes again when its code does
	@$(BIN)/watchfiles --filter python --sigint-timeout 15 "$(BIN)/filon up" events services projections

test: $(VENV)/dev.stamp  ## run the tests
	@$(BIN)/python -m pytest

test-slow: $(VENV)/dev.stamp  ## run the tests with a slow projector, a slow log and busy processors
	@FILON_TESTS_SLOW_PROJECTOR=1.5 FILON_TESTS_SLOW_LOG=0.05 PYTHONPATH=tests/slowness \
		$(BIN)/python tests/slowness/busy.py 2 $(BIN)/python -m pytest --timeout 600 $(TESTS)

check: lint page test  ## all that must hold before a commit lands: style, types, imports, tests

lint: $(VENV)/dev.stamp  ## style, types and import contracts alone
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	PYTHONPATH=. $(BIN)/lint-imports

page: $(VENV)/page.stamp  ## types, style and tests of the dashboard's scripts
	@command -v npm >/dev/null || case ",$$FILON_REQUIRE," in \
		*,npm,*) echo "FILON_REQUIRE tolerates no omission: npm is missing" >&2; exit 1;; \
		*) echo "left out: the checks of the dashboard's scripts: there is no npm (Node 20 or later has it)";; \
		esac
	@! command -v npm >/dev/null || npm run --silent check

references: $(VENV)/dev.stamp  ## write again what is generated from the code: settings, docs/reference, docs/events
	@PYTHONPATH=. $(BIN)/python -m services.reference

env: $(VENV)/dev.stamp  ## make the environment, and run nothing

soak: $(VENV)/dev.stamp  ## the long and large tests
	$(BIN)/python -m pytest -m soak --timeout 1800

bench: $(VENV)/dev.stamp  ## measure; results go to benchmarks/results
	$(BIN)/python -m benchmarks

lock: $(BIN)/python  ## pin again what requirements*.in ask for
	$(PIP) install uv
	$(foreach name,requirements requirements-dev,$(BIN)/uv pip compile --quiet --upgrade --universal \
		--python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links \
		--custom-compile-command "make lock" $(name).in --output-file $(name).lock &&) true

clean:  ## take the environment and caches away; FILON_HOME stays
	rm -rf $(VENV) build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .import_linter_cache

$(BIN)/python:
	@"$(PYTHON)" -c '$(USABLE)' 2>/dev/null || { printf '%s\n' $(NO_PYTHON) >&2; exit 1; }
	"$(PYTHON)" -m venv $(VENV)

# A stamp is newer than its lock once everything in the lock is installed.
$(VENV)/runtime.stamp: requirements.lock pyproject.toml | $(BIN)/python
	@echo "Installing what Filon runs on (some minutes the first time)…"
	@$(PIP) install --require-hashes -r requirements.lock
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/dev.stamp: requirements-dev.lock $(VENV)/runtime.stamp
	@echo "Installing what its tests need…"
	@$(PIP) install --require-hashes -r requirements-dev.lock
	@touch $@

$(VENV)/page.stamp: package-lock.json | $(BIN)/python
	@! command -v npm >/dev/null || { npm ci --silent && touch $@; }
