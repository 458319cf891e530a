# Everything a newcomer, a server and CI need. `make help` lists it.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.PHONY: help run serve test soak check format shots bench venv venv-dev

PYTHON := .venv/bin/python
PORT ?= 8501
SERVER := $(PYTHON) -m streamlit run app.py --server.port=$(PORT) --server.headless=true
# What pytest gets besides: make test TESTS="tests/db -x", or TESTS="tests/db/test_points.py -n 0"
# for one process, in which a debugger works
TESTS ?=
# A process a core; a file's tests in one of them, in their order, the fast layers' files first
SIDE_BY_SIDE := -n auto --dist loadfile --no-loadscope-reorder
# Of all tests together only: the floor is in pyproject.toml
COVERAGE := --cov --cov-report=

help:  ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-9s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: export LUJI_DEMO := 1
run: venv  ## the app with demo data, on http://localhost:8501 (PORT=… for another)
	@if $(PYTHON) -m observations demo --help >/dev/null 2>&1; \
	  then $(PYTHON) -m observations demo --if-empty || echo "starting without demo data"; fi
	@exec $(SERVER)

serve: venv  ## the app as in production: no demo data, no demo sign-in
	@unset LUJI_DEMO; exec $(SERVER)

test: venv-dev  ## every test, on both stores and in a real browser
	@$(PYTHON) -m tests.support.provision
	@$(PYTHON) -m pytest $(SIDE_BY_SIDE) --durations=20 $(if $(TESTS),,$(COVERAGE)) $(TESTS)

soak: venv-dev  ## the same kind of tests at length
	@$(PYTHON) -m tests.support.provision
	@$(PYTHON) -m pytest -m soak $(TESTS)

check: venv-dev  ## format, lint, types (Python and JavaScript), translations, the import rule
	@$(PYTHON) -m ruff format --check .
	@$(PYTHON) -m ruff check .
	@$(PYTHON) -m mypy
	@.ci/node eslint .
	@.ci/node tsc
	@$(PYTHON) -m pytest -q tests/test_architecture.py tests/test_wording.py

format: venv-dev  ## put the code into the format that `make check` wants
	@$(PYTHON) -m ruff check --fix .
	@$(PYTHON) -m ruff format .

shots: venv-dev  ## pictures of every page into shots/ (SHOTS="--empty" for a city without records)
	@$(PYTHON) -m tests.support.provision browser fonts
	@$(PYTHON) -m tests.browser.shots $(SHOTS)

bench: venv-dev  ## what is measured, each beside its floor (BENCH="first_visit" for one)
	@$(PYTHON) -m tests.support.provision
	@$(PYTHON) -m bench $(BENCH)

venv:
	@.ci/venv run

venv-dev:
	@.ci/venv dev
