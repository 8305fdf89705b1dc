# The commands of the project; `make help` lists them. Everything is installed into .venv and nowhere else.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help

PYTHON ?= python3
PORT ?= 8501
PY := .venv/bin/python
STAMP := .venv/.installed
LISTS := requirements.txt requirements-dev.txt constraints.txt
COVERAGE := 90

.PHONY: help setup run test coverage browser bench check freeze

help: ## this list
	@sed -nE 's/^([a-z]+):.*## (.*)/make \1|\2/p' Makefile | column -t -s '|'

setup: $(STAMP) ## install what the project needs into .venv; does nothing when that is done

$(STAMP): $(LISTS)
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "Python 3.11 or newer is needed; '$(PYTHON)' is $$($(PYTHON) --version 2>&1 || true). Choose another: make setup PYTHON=python3.12" >&2; \
	  exit 1; }
	@test -x $(PY) || $(PYTHON) -m venv .venv || { \
	  rm -rf .venv; echo "'$(PYTHON) -m venv' failed; on Debian and Ubuntu: apt-get install python3-venv" >&2; exit 1; }
	$(PY) -m pip install --disable-pip-version-check --quiet -c constraints.txt -r requirements.txt -r requirements-dev.txt
	$(PY) -c 'from pages.parts.assets import ensure_assets; ensure_assets()'
	@touch $@

run: setup ## start the app on http://localhost:8501 (PORT=... for another port)
	exec .venv/bin/streamlit run app.py --server.port $(PORT) --server.headless true

browser: setup
	@scripts/ensure_browser.sh

test: setup browser ## all tests: the quick ones first, then those in a real browser
	$(PY) -m pytest -n auto --dist loadfile --ignore=tests/browser
	$(PY) -m pytest tests/browser

coverage: setup ## the share of lib/ that the quick tests run; measuring it makes them twice as slow
	$(PY) -m pytest -n auto --dist loadfile --ignore=tests/browser --cov=lib --cov-report=term:skip-covered --cov-fail-under=$(COVERAGE)

bench: setup browser ## measure against the named baselines and write benchmarks/results.json
	$(PY) -m benchmarks

check: setup ## linter and types
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m mypy

freeze: setup ## write constraints.txt anew after a version in requirements*.txt changed
	{ echo "# Every package of a working installation, made by 'make freeze': a fresh machine gets the same set."; \
	  $(PY) -m pip freeze --disable-pip-version-check; } > constraints.txt.new
	mv constraints.txt.new constraints.txt
	touch $(STAMP)
