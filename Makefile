# Everything a new machine needs beyond Python 3.11, make and git is made by these targets.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
DATA   ?= tripleaim-data
# Where pages are served; empty for the first port that is free from 8000 on.
PORT   ?=
# Tests run in this many processes; each holds a county of people, about 1.5 GB.
WORKERS ?= 2
ASSETS := src/tripleaim/web/assets/manifest.json

.DEFAULT_GOAL := help
# What `make fuzz` takes: seconds of processor in all, and a seed.
SECONDS ?= 3600
SEED    ?= 1

.PHONY: help install demo serve test test-fast fuzz words system lint audit format bench soak docs notebooks paper dist schema lock clean

help: ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

$(VENV)/.python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "Triple Aim needs Python 3.11 or later; try: make PYTHON=python3.11 $(MAKECMDGOALS)"; exit 2; }
	$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/.installed: requirements/build.txt pyproject.toml | $(VENV)/.python
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/build.txt
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.dev: requirements/dev.txt $(VENV)/.installed
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	@touch $@

$(ASSETS): frontend/package.json frontend/package-lock.json frontend/build.py GLOSSARY.md $(wildcard src/tripleaim/web/ui/style/*) | $(VENV)/.installed
	$(BIN)/python frontend/build.py

install: $(VENV)/.installed $(ASSETS) ## the environment in .venv, and the front-end files

demo: install ## build Somerset and serve its plan, at http://127.0.0.1:8000 if that is free
	$(BIN)/tripleaim demo --data $(DATA) $(if $(PORT),--port $(PORT))

serve: install ## serve what is already built
	$(BIN)/tripleaim serve --data $(DATA) $(if $(PORT),--port $(PORT))

system: $(VENV)/.python ## what tests need through apt, installed; or what is left out, and why
	@$(BIN)/python requirements/system.py

test: install $(VENV)/.dev system ## every test, with what it needs; prints skipped and slowest
	$(BIN)/python -m pytest -n $(WORKERS) --dist loadfile --no-loadscope-reorder

test-fast: install $(VENV)/.dev ## every test but those with a browser or the whole county
	$(BIN)/python -m pytest -n $(WORKERS) --dist loadfile --no-loadscope-reorder -m "not browser and not slow"

fuzz: install $(VENV)/.dev ## bad inputs for every parser, for an hour; says what broke
	PYTHONPATH=. $(BIN)/python tests/fuzz --seconds $(SECONDS) --seed $(SEED)

words: install $(VENV)/.dev ## plain words: banned turns, reading age, digits of numbers
	$(BIN)/python -m pytest -q tests/plain_words tests/web/test_web_reading_age.py tests/web/test_web_digits.py -m "not slow"

lint: $(VENV)/.dev ## format, style, types, floors of the house
	$(BIN)/ruff format --check src tests bench paper website notebooks frontend requirements footprint_data
	$(BIN)/ruff check src tests bench paper website notebooks frontend requirements footprint_data
	$(BIN)/mypy
	$(BIN)/mypy --platform win32
	$(BIN)/lint-imports --no-cache

audit: install $(VENV)/.dev ## known faults of locked packages, or how old the locks are
	$(BIN)/python requirements/audit.py requirements/run.txt requirements/dev.txt

format: $(VENV)/.dev ## put the code in order
	$(BIN)/ruff format src tests bench paper website notebooks frontend requirements footprint_data
	$(BIN)/ruff check --fix src tests bench paper website notebooks frontend requirements footprint_data

bench: install $(VENV)/.dev ## speed and memory against limits, reference models and exact expectations
	$(BIN)/python -m bench

soak: install $(VENV)/.dev ## ten minutes of everything at once: readers, edits, kills, faults
	$(BIN)/python -m bench.soak --minutes $(or $(MINUTES),10) --seed $(or $(SEED),1)

notebooks: install $(VENV)/.dev ## run the notebooks anew and keep what they print
	$(BIN)/python -m website.notebooks

docs: install $(VENV)/.dev ## the documents as a site, searched; the product serves it and links to it
	$(BIN)/python -m website

paper: install ## the tables and numbers of the methods paper (docs/background), from the code
	$(BIN)/python -m paper --data $(DATA)

dist: install docs ## a wheel that holds the front-end files and runs on its own, and its source
	rm -rf dist
	$(BIN)/python -m build --no-isolation --outdir dist

schema: $(VENV)/.installed ## write what docs/reference says of the code: schemas, the API
	$(BIN)/tripleaim schema > docs/reference/plan.schema.json
	$(BIN)/tripleaim schema backtest > docs/reference/backtest.schema.json
	$(BIN)/python -m website.reference
	$(BIN)/tripleaim schema futures > docs/reference/futures.schema.json
	$(BIN)/tripleaim schema prevention > docs/reference/prevention.schema.json

LOCK := --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	--no-emit-find-links --no-header --no-annotate
lock: $(VENV)/.dev ## renew requirements/*.txt
	$(BIN)/uv pip compile $(LOCK) --group build --group dev --upgrade -o requirements/dev.txt pyproject.toml
	$(BIN)/uv pip compile $(LOCK) --group build -c requirements/dev.txt -o requirements/build.txt pyproject.toml
	$(BIN)/uv pip compile $(LOCK) -c requirements/dev.txt -o requirements/run.txt pyproject.toml

clean: ## remove what was made, the environment and the demo's data included
	rm -rf $(VENV) dist build $(DATA) src/tripleaim/web/assets frontend/node_modules
