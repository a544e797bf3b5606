# `make demo` and `make test` are all that a newcomer needs; everything they use is installed by them.
PYTHON ?= python3
# Each worker of the tests has a Neo4j of its own, of about 1.5 GB.
WORKERS ?= 2
BIN := .venv/bin
PACKAGES := graph loaders queries proofs pages cli

.PHONY: help install demo test audit check format data browser lint bench torture model lock docs revisions pictures released-fields ids answers clean

help:            ## what there is
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/: *[^#]*##/\t/' | expand -t 12

install: .venv/.installed  ## the virtual environment in .venv

QUIETLY := -m pip install --quiet --disable-pip-version-check
PIP := $(BIN)/python $(QUIETLY)

.venv/bin/python:
	$(PYTHON) -c 'import sys; sys.exit("Sightline needs Python 3.11 or newer; this is " + sys.version) if sys.version_info < (3, 11) else None'
	$(PYTHON) -m venv .venv

# The backend that builds ours comes from a lock too; pip on its own would fetch the newest one, without a hash.
.venv/.run: requirements/run.lock requirements/build.lock pyproject.toml | .venv/bin/python
	$(PIP) --require-hashes -r requirements/run.lock -r requirements/build.lock
	$(PIP) --no-build-isolation --no-deps -e .
	@touch $@

.venv/.installed: requirements/dev.lock .venv/.run
	$(PIP) --require-hashes -r requirements/dev.lock
	@touch $@

# The driver imports pandas and NumPy where it finds them: what is measured, and its peers, have environments of their own.
.venv/bench/ours/.installed: requirements/run.lock requirements/build.lock pyproject.toml | .venv/bin/python
	$(BIN)/python -m venv $(@D)
	$(@D)/bin/python $(QUIETLY) --require-hashes -r requirements/run.lock -r requirements/build.lock
	$(@D)/bin/python $(QUIETLY) --no-build-isolation --no-deps -e .
	@touch $@

.venv/bench/door/.installed: requirements/mcp.lock requirements/build.lock pyproject.toml | .venv/bin/python
	$(BIN)/python -m venv $(@D)
	$(@D)/bin/python $(QUIETLY) --require-hashes -r requirements/mcp.lock -r requirements/build.lock
	$(@D)/bin/python $(QUIETLY) --no-build-isolation --no-deps -e .
	@touch $@

.venv/bench/peers/.installed: requirements/bench.lock | .venv/bin/python
	$(BIN)/python -m venv $(@D)
	$(@D)/bin/python $(QUIETLY) --require-hashes -r requirements/bench.lock
	@touch $@

.venv/audit/.installed: requirements/audit.lock | .venv/bin/python
	$(BIN)/python -m venv $(@D)
	$(@D)/bin/python $(QUIETLY) --require-hashes -r requirements/audit.lock
	@touch $@

demo: .venv/.run ## a local Neo4j with the bundled sample, and the first answers
	$(BIN)/sightline demo

test: install    ## unit and integration tests against a private Neo4j
	$(BIN)/python -m pytest -m "not torture" -n $(WORKERS) --dist loadfile $(PYTEST_ARGS)

browser: install ## only the tests of the Neo4j Browser in Chromium
	$(BIN)/python -m pytest -m browser $(PYTEST_ARGS)

check: install   ## a minute without server and data: ruff, mypy, the unit tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m pytest -q -m "not data and not integration" tests/unit $(PYTEST_ARGS)

format: install  ## ruff's format, and what it can repair
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

data: .venv/.run ## the real data that tests read, as far as it is published, into .data
	$(BIN)/python -m tools.data

torture: install ## the long runs: kill -9, full disks and heaps, damaged stores, many mutations, all answers as recorded
	$(BIN)/python -m pytest -m torture $(PYTEST_ARGS)

# SEED=5 tries the worlds of one seed again, WORLDS=1000 so many of them.
model: install   ## random worlds, each answer about them compared with a second model
	MODEL_SEED=$(SEED) MODEL_WORLDS=$(WORLDS) $(BIN)/python -m pytest -q -n0 -s tests/integration/queries/test_second_model.py $(PYTEST_ARGS)

lint: install    ## ruff, mypy strict, the floors, known vulnerabilities
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(MAKE) --no-print-directory audit

audit: .venv/audit/.installed ## known vulnerabilities of what the locks name, where their data can be reached
	$(BIN)/python -m tools.audit

bench: install .venv/bench/ours/.installed .venv/bench/door/.installed .venv/bench/peers/.installed ## ratios against peers, same input, same run
	$(BIN)/python -m bench

docs: install    ## the generated pages: docs/model.md, docs/queries.md
	$(BIN)/python -m docs.generate

pictures: install ## the pictures of docs/pages.md, from the sample in Chromium
	$(BIN)/python -m tools.pictures

released-fields: install ## the fields of answers that later versions keep, after some were added
	$(BIN)/python -m tools.released_fields

revisions: install ## queries/revisions.csv, after the number of a changed question rose
	$(BIN)/python -m tools.revisions

ids: install ## loaders/tables/attack-ids.csv, after a release of ATT&CK came
	$(BIN)/python -m tools.attack_ids

answers: install ## record anew what every query and command answers, after a change on purpose
	RENEW_ANSWERS=1 $(BIN)/python -m pytest -q -n0 tests/integration/test_answers.py

lock: install    ## requirements/*.lock from pyproject.toml
	$(BIN)/python -m tools.lock

clean:           ## everything that can be made again
	rm -rf .venv dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
